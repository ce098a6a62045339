#include <CLI/CLI.hpp>
#include <memory>
#include <set>

#include "admin/command_parts.h"
#include "admin/questionnaire_folder.h"
#include "admin/table.h"
#include "authoring/check.h"
#include "base/file.h"
#include "survey/recording.h"
#include "xlsform/export.h"
#include "xlsform/import.h"

namespace perspective::admin {

namespace fs = std::filesystem;

namespace {

struct ImportRequest {
  fs::path file;
  fs::path into;
  fs::path media;
  std::string language = "en";
};

// No more than a form can be: what is larger is not even read.
Result<Bytes> read_form(const fs::path& file) {
  std::error_code error;
  const auto size = fs::file_size(file, error);
  if (error) return fail(ErrorCode::not_found, file.string() + " cannot be read: " + error.message());
  if (size > xlsform::kMaxFileBytes) {
    return fail(ErrorCode::invalid, file.string() + " has more than " + std::to_string(xlsform::kMaxFileBytes >> 20U) +
                                        " MB: copy the sheets survey, choices and settings into a new workbook");
  }
  return read_file(file);
}

// Where ODK keeps the files of a form: "pets-media" beside "pets.xlsx".
fs::path media_of(const ImportRequest& request) {
  if (!request.media.empty()) return request.media;
  return request.file.parent_path() / (request.file.stem().string() + "-media");
}

Result<std::map<std::string, Bytes>> read_media(const fs::path& folder) {
  std::map<std::string, Bytes> media;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    const std::string suffix = entry->path().extension().string();
    if (suffix != ".svg" && suffix != ".opus") continue;
    const auto size = entry->file_size(error);
    if (error || size > survey::kMaxRecordingBytes || media.size() > survey::kMaxRecordings) continue;
    auto content = read_file(entry->path());
    if (!content) return std::unexpected(content.error());
    media[entry->path().filename().string()] = *std::move(content);
  }
  return media;
}

Result<void> write_all(const fs::path& folder, const std::map<std::string, Bytes>& files) {
  for (const auto& [name, content] : files) {
    const fs::path path = folder / name;
    if (auto made = make_private_directory(path.parent_path()); !made) return made;
    if (auto written = write_file(path, content); !written) return written;
  }
  return {};
}

Bytes bytes_of(const std::string& text) {
  const ByteView view = as_bytes(text);
  return {view.begin(), view.end()};
}

std::map<std::string, Bytes> files_of(const authoring::Folder& folder) {
  std::map<std::string, Bytes> files{{"definition.json", bytes_of(folder.definition)}};
  for (const auto& [language, text] : folder.texts) files["texts/" + language + ".json"] = bytes_of(text);
  for (const auto& [language, text] : folder.section) files["section/" + language + ".json"] = bytes_of(text);
  for (const auto& [name, svg] : folder.pictures) files["pictures/" + name + ".svg"] = bytes_of(svg);
  for (const auto& [name, file] : folder.recordings) files["recordings/" + name + ".opus"] = file;
  return files;
}

void print_lines(const xlsform::Lines& lines) {
  for (const auto& line : lines) print_line(printable(to_text(line)));
}

std::string counts(const xlsform::Lines& lines) {
  return std::to_string(count(lines, xlsform::Weight::lost)) + " not carried over, " +
         std::to_string(count(lines, xlsform::Weight::changed)) + " changed";
}

// Beside its place and then moved there: a folder is whole or not there.
Result<void> write_folder(const authoring::Folder& folder, const fs::path& into) {
  fs::path beside = into;
  beside += ".part";
  std::error_code error;
  if (fs::exists(into, error) || fs::exists(beside, error)) {
    return fail(ErrorCode::conflict,
                (fs::exists(into, error) ? into : beside).string() + " is there already: name a folder that is not");
  }
  auto written = write_all(beside, files_of(folder));
  if (written) fs::rename(beside, into, error);
  if (written && !error) return {};
  std::error_code ignored;
  fs::remove_all(beside, ignored);
  return written ? fail(ErrorCode::io, into.string() + " cannot be made: " + error.message()) : written;
}

Result<void> import_form(const ImportRequest& request) {
  const auto file = read_form(request.file);
  if (!file) return std::unexpected(file.error());
  const auto workbook = xlsform::read_workbook(*file, xlsform::sheets_of_a_form());
  if (!workbook) return in_context(request.file.string(), workbook.error());
  auto media = read_media(media_of(request));
  if (!media) return std::unexpected(media.error());
  const auto imported = xlsform::import_form(
      *workbook, {.name = request.file.stem().string(), .language = request.language, .media = *std::move(media)});
  if (!imported) return in_context(request.file.string(), imported.error());
  if (auto written = write_folder(imported->folder, request.into); !written) return written;
  print_lines(imported->lines);
  const auto folder = authoring::read_folder(request.into);
  if (!folder) return std::unexpected(folder.error());
  const auto checked = authoring::check(*folder);
  if (!imported->lines.empty()) print_line("");
  for (const auto& remark : checked.remarks) {
    if (remark.severity == authoring::Severity::error) print_line(printable(to_text(remark, request.into.string())));
  }
  print_line(request.into.string() + " is made: " + std::to_string(checked.items.size()) + " questions; " +
             counts(imported->lines) + "; still to do: " +
             counts_in_words(count(checked.remarks, authoring::Severity::error),
                             count(checked.remarks, authoring::Severity::warning)) +
             " (questionnaire check " + request.into.string() + ")");
  return {};
}

void add_import(CLI::App& group, Chosen& chosen) {
  auto* const command = group.add_subcommand("import", "Make a questionnaire's folder of an XLSForm");
  const auto request = std::make_shared<ImportRequest>();
  command->add_option("FILE", request->file, "XLSForm, .xlsx, with the sheets survey, choices and settings")
      ->required();
  command->add_option("--into", request->into, "Folder to be made; refused where it is there already")->required();
  command->add_option("--language", request->language, "Code of the language of columns that name none")
      ->capture_default_str();
  command->add_option("--media", request->media,
                      "Folder of its pictures and recordings (else FILE's name with -media)");
  command->footer(
      "Needs no running collector. One line for everything that could not be carried over, with sheet, row and "
      "column,\n"
      "and what to do; then what the check of the new folder says. Nothing is left out in silence.\n"
      "Exit code 0: the folder is made, whatever the lines say. 1: it is not, and why.\n\n"
      "Example:\n  perspective-collector questionnaire import pets.xlsx --into questionnaires/pets");
  command->callback([&chosen, request] { chosen.run = [request] { return import_form(*request); }; });
}

struct ExportRequest {
  fs::path folder;
  fs::path file;
};

Result<void> export_form(const ExportRequest& request) {
  const fs::path media = request.file.parent_path() / (request.file.stem().string() + "-media");
  std::error_code error;
  for (const auto& path : {request.file, media}) {
    if (fs::exists(path, error)) {
      return fail(ErrorCode::conflict, path.string() + " is there already: name a file that is not");
    }
  }
  const auto folder = authoring::read_folder(request.folder);
  if (!folder) return std::unexpected(folder.error());
  const auto exported = xlsform::export_form(*folder);
  if (!exported) return in_context(request.folder.string(), exported.error());
  const auto file = xlsform::write_workbook(exported->workbook);
  if (!file) return std::unexpected(file.error());
  if (auto written = write_all(media, exported->media); !written) return written;
  if (auto written = write_file(request.file, *file); !written) return written;
  print_lines(exported->lines);
  print_line(request.file.string() + " is made" +
             (exported->media.empty() ? "" : ", with its pictures and recordings in " + media.string()) + "; " +
             counts(exported->lines));
  return {};
}

void add_export(CLI::App& group, Chosen& chosen) {
  auto* const command = group.add_subcommand("export", "Make an XLSForm of a questionnaire's folder");
  const auto request = std::make_shared<ExportRequest>();
  command->add_option("FOLDER", request->folder, "Folder with definition.json, texts/ and section/")->required();
  command->add_option("FILE", request->file, "XLSForm to be made, .xlsx; refused where it is there already")
      ->required();
  command->footer(
      "Needs no running collector. One line for everything that a form has no words for. Pictures and recordings are\n"
      "put beside it, into a folder of FILE's name with -media, where ODK looks for them.\n\n"
      "Example:\n  perspective-collector questionnaire export questionnaires/pets pets.xlsx");
  command->callback([&chosen, request] { chosen.run = [request] { return export_form(*request); }; });
}

}  // namespace

void add_form_commands(CLI::App& questionnaires, Chosen& chosen) {
  add_import(questionnaires, chosen);
  add_export(questionnaires, chosen);
}

}  // namespace perspective::admin

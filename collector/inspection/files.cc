#include "inspection/files.h"

#include "base/log.h"
#include "documents/documents.h"

namespace perspective::inspection {
namespace {

std::string as_string(const Bytes& bytes) { return std::string(as_text(bytes)); }

Result<File> word_file(const report::Document& document, const FileWanted& wanted,
                       const std::filesystem::path& assets) {
  auto parts = wanted.word_template.empty() ? documents::parts_in(assets / "report" / "word")
                                            : Result<documents::Parts>(wanted.word_template);
  if (!parts) return std::unexpected(parts.error());
  auto file = documents::docx(document, *parts);
  if (!file) return std::unexpected(file.error());
  return File{as_string(file->bytes), documents::kDocxMediaType, ".docx", std::move(file->remarks)};
}

Result<File> open_document_text(const report::Document& document, const std::filesystem::path& assets) {
  const auto parts = documents::parts_in(assets / "report" / "odt");
  if (!parts) return std::unexpected(parts.error());
  const auto bytes = documents::odt(document, *parts);
  if (!bytes) return std::unexpected(bytes.error());
  return File{as_string(*bytes), documents::kOdtMediaType, ".odt"};
}

}  // namespace

Result<File> file_of(const report::Document& document, const FileWanted& wanted, const std::string& stem,
                     const std::filesystem::path& assets) {
  Result<File> file = fail(ErrorCode::invalid, "\"format\" may be text, docx or odt");
  if (!wanted.word_template.empty() && wanted.format != "docx")
    return fail(ErrorCode::invalid, "a template goes with \"format\" docx");
  if (wanted.format == "text") file = File{report::to_text(document), "text/plain; charset=utf-8", ".txt"};
  if (wanted.format == "docx") file = word_file(document, wanted, assets);
  if (wanted.format == "odt") file = open_document_text(document, assets);
  if (file) file->file_name = stem + "." + document.language + file->file_name;
  return file;
}

Result<File> file_of(const documents::Workbook& workbook, std::string_view format, const std::string& stem) {
  const auto name = stem + "." + workbook.language;
  if (format == "ods") {
    const auto bytes = documents::ods(workbook);
    if (!bytes) return std::unexpected(bytes.error());
    return File{as_string(*bytes), documents::kOdsMediaType, name + ".ods"};
  }
  if (format != "xlsx") return fail(ErrorCode::invalid, "\"format\" of tables may be xlsx or ods");
  const auto temporary = documents::MemoryFolder::make();
  if (!temporary) return std::unexpected(temporary.error());
  const auto bytes = documents::xlsx(workbook, *temporary);
  if (!bytes) return std::unexpected(bytes.error());
  return File{as_string(*bytes), documents::kXlsxMediaType, name + ".xlsx"};
}

Result<File> file_of(const ReleaseTables& release, const std::string& format) {
  const auto& [tables, phrases] = release;
  const auto stem = tables.release.inspection + "-release";
  const auto name = stem + "." + phrases.language();
  constexpr const char* kCsv = "text/csv; charset=utf-8; header=present";
  if (format == "csv") return File{documents::release_csv(tables), kCsv, name + ".csv"};
  if (format == "json")
    return File{documents::release_json(tables, phrases.language()), "application/json", name + ".json"};
  if (format == "codebook") {
    auto codebook = documents::release_codebook(phrases);
    if (!codebook) return std::unexpected(codebook.error());
    return File{*std::move(codebook), kCsv, name + "-codebook.csv"};
  }
  if (format != "xlsx" && format != "ods")
    return fail(ErrorCode::invalid, "\"format\" may be xlsx, ods, csv, codebook or json");
  const auto workbook = documents::release_workbook(tables, phrases);
  if (!workbook) return std::unexpected(workbook.error());
  return file_of(*workbook, format, stem);
}

void clear_left_workbooks() {
  if (const int left = documents::MemoryFolder::clear_left(); left > 0)
    log::info("cleared away what a collector that was killed left of " + std::to_string(left) +
              " workbooks, in memory");
}

}  // namespace perspective::inspection

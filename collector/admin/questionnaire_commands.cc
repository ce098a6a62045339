#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <memory>

#include "admin/command_parts.h"
#include "admin/questionnaire_folder.h"
#include "admin/table.h"
#include "authoring/check.h"

namespace perspective::admin {

namespace json = boost::json;

namespace {

using authoring::Severity;

struct Request {
  std::filesystem::path folder;
  bool is_json = false;
};

std::string figure(const authoring::Reading& reading, const std::string& language) {
  return fmt::format("{:.1f}", authoring::has_grade(language) ? reading.grade() : reading.lix());
}

std::vector<std::string> row(const std::string& name, const std::map<std::string, authoring::Reading>& readings,
                             const std::vector<std::string>& languages) {
  std::vector<std::string> cells{name};
  for (const auto& language : languages) {
    const auto found = readings.find(language);
    const bool is_there = found != readings.end() && found->second.words > 0;
    cells.push_back(is_there ? figure(found->second, language) : "-");
    cells.push_back(is_there ? fmt::format("{:.1f}", found->second.words_a_sentence()) : "-");
  }
  return cells;
}

std::string reading_table(const authoring::Check& checked) {
  std::vector<std::string> headings{"ITEM"};
  headings.reserve(1 + 2 * checked.languages.size());
  for (const auto& language : checked.languages) {
    headings.push_back(language + (authoring::has_grade(language) ? " GRADE" : " LIX"));
    headings.push_back(language + " WORDS A SENTENCE");
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& item : checked.items)
    rows.push_back(row(printable(item.variable), item.by_language, checked.languages));
  rows.push_back(row("(all that is read)", checked.whole, checked.languages));
  return table(headings, rows) +
         fmt::format(
             "GRADE: Flesch-Kincaid; a child in grade g is g + 5 years old. Aim {:.0f} for all that is read; a "
             "question "
             "over {:.0f} is warned of.\nLIX has no such scale: compare it within one language only. Of one short "
             "question both are hints.\n",
             authoring::kGradeAimedAt, authoring::kMaxGrade);
}

void print_text(const Request& request, const authoring::Check& checked) {
  for (const auto& remark : checked.remarks) print_line(printable(to_text(remark, request.folder.string())));
  if (!checked.items.empty()) print_line((checked.remarks.empty() ? "" : "\n") + reading_table(checked));
  print_line(counts_in_words(count(checked.remarks, Severity::error), count(checked.remarks, Severity::warning)));
}

json::object to_json(const std::map<std::string, authoring::Reading>& readings) {
  json::object by_language;
  for (const auto& [language, reading] : readings) {
    json::object one{{"words", reading.words}, {"sentences", reading.sentences}};
    one[authoring::has_grade(language) ? "flesch_kincaid_grade" : "lix"] =
        authoring::has_grade(language) ? reading.grade() : reading.lix();
    by_language[language] = std::move(one);
  }
  return by_language;
}

void print_json(const authoring::Check& checked) {
  json::array remarks;
  for (const auto& remark : checked.remarks) {
    remarks.push_back(json::object{{"severity", authoring::to_text(remark.severity)},
                                   {"file", remark.file},
                                   {"line", remark.line},
                                   {"column", remark.column},
                                   {"pointer", remark.pointer},
                                   {"what", remark.what},
                                   {"remedy", remark.remedy}});
  }
  json::array items;
  for (const auto& item : checked.items) {
    items.push_back(json::object{{"variable", item.variable}, {"reading", to_json(item.by_language)}});
  }
  print_line(json::serialize(json::object{{"errors", count(checked.remarks, Severity::error)},
                                          {"warnings", count(checked.remarks, Severity::warning)},
                                          {"remarks", std::move(remarks)},
                                          {"items", std::move(items)},
                                          {"all", to_json(checked.whole)}}));
}

Result<void> check(const Request& request) {
  const auto folder = authoring::read_folder(request.folder);
  if (!folder) return std::unexpected(folder.error());
  const auto checked = authoring::check(*folder);
  if (request.is_json) {
    print_json(checked);
  } else {
    print_text(request, checked);
  }
  if (count(checked.remarks, Severity::error) == 0) return {};
  return fail(ErrorCode::invalid, request.folder.string() + " has errors: no inspection can be made with it");
}

}  // namespace

void add_questionnaire_commands(CLI::App& app, Chosen& chosen) {
  auto* const group = app.add_subcommand("questionnaire", "Questionnaires on disk: check them, from and to XLSForm");
  group->require_subcommand(1);
  auto* const command = group->add_subcommand("check", "Tell everything that is wrong with a questionnaire's folder");
  const auto request = std::make_shared<Request>();
  command->add_option("FOLDER", request->folder, "Folder with definition.json, texts/ and section/")->required();
  command->add_flag("--json", request->is_json, "As JSON");
  command->footer(
      "Needs no running collector. One line each, \"file:line: error: /place: what is wrong; what to do\"; then how "
      "hard\n"
      "each question is to read; then the counts. An error is refused when an inspection is created, a warning is "
      "not.\n"
      "Exit code 0: no error. 1: at least one, or the folder cannot be read.\n\n"
      "Example:\n  perspective-collector questionnaire check questionnaires/victims");
  command->callback([&chosen, request] { chosen.run = [request] { return check(*request); }; });
  add_form_commands(*group, chosen);
}

}  // namespace perspective::admin

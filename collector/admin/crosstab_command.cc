#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <cstdio>
#include <memory>
#include <vector>

#include "admin/command_parts.h"
#include "admin/table.h"

namespace perspective::admin {

namespace json = boost::json;

namespace {

struct Wanted {
  std::string inspection;
  std::string rows;
  std::string columns;
  std::string questionnaire;
  std::string only;
  std::string reason;
  bool is_json = false;
};

std::string name_of(const json::object& line) {
  auto option = text_of(line, "option");
  if (option.empty()) option = text_of(line, "kind");
  return flag_of(line, "in_base") ? option : "(" + option + ")";
}

std::vector<json::object> lines_of(const json::object& answer, std::string_view side) {
  const json::value* const value = answer.if_contains(json::string_view(side.data(), side.size()));
  return value != nullptr && value->is_object() ? list_of(value->get_object(), "lines") : std::vector<json::object>();
}

std::string share_of(const json::object& cell) {
  auto text = std::to_string(number_of(cell, "count"));
  const auto& interval = cell.at("interval");
  if (!interval.is_array()) return text;
  const auto percent = [&](std::size_t i) {
    return std::to_string(static_cast<int>(interval.get_array().at(i).to_number<double>() * 100 + 0.5));
  };
  return text + " (" + std::to_string(number_of(cell, "percent")) + "%, " + percent(0) + "-" + percent(1) + ")";
}

void print_test(const json::object& answer) {
  const auto& found = answer.at("association");
  if (!found.is_object()) {
    print_line("No test of independence: " + text_of(answer, "why_no_association") + ".");
    return;
  }
  const auto& test = found.get_object();
  char line[200];
  std::snprintf(line, sizeof line, "%s: p = %.3g, Cramer's V = %.2f%s",
                text_of(test, "test") == "fisher_exact" ? "Fisher's exact test" : "Chi-squared test",
                test.at("p").to_number<double>(), test.at("cramers_v").to_number<double>(),
                flag_of(test, "is_approximate") ? " (approximate: expected counts are small)" : "");
  print_line(line);
}

Result<void> crosstab(const Chosen& chosen, const Wanted& wanted) {
  ApiClient client(chosen.data);
  const auto text = client.get(
      inspection_path(wanted.inspection) + "/crosstab?questionnaire=" + ApiClient::segment(wanted.questionnaire) +
      "&rows=" + ApiClient::segment(wanted.rows) + "&columns=" + ApiClient::segment(wanted.columns) +
      "&only=" + ApiClient::segment(wanted.only) + "&reason=" + ApiClient::segment(wanted.reason));
  if (!text) return std::unexpected(text.error());
  std::fprintf(stderr, "That you read it is in the audit: %s\n", client.audit_head().c_str());
  if (wanted.is_json) {
    print_line(*text);
    return {};
  }
  const auto answer = json::parse(*text).as_object();
  print_line("Not for release: it holds every number. " + std::to_string(number_of(answer, "people")) +
             " people are looked at; " + std::to_string(number_of(answer, "base")) + " answered both.");
  std::vector<std::string> headings{wanted.rows + " \\ " + wanted.columns};
  for (const auto& line : lines_of(answer, "columns")) headings.push_back(name_of(line));
  std::vector<std::vector<std::string>> rows;
  const auto lines = lines_of(answer, "rows");
  const auto& counts = answer.at("counts").as_array();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::vector<std::string> row{name_of(lines[i])};
    for (const auto& cell : counts.at(i).as_array()) row.push_back(share_of(cell.as_object()));
    rows.push_back(std::move(row));
  }
  print_line(table(headings, rows));
  print_line("Per cent are of a row's people who answered the other question, with Wilson's 95% interval; what stands");
  print_line("in brackets is outside the base.");
  print_test(answer);
  return {};
}

}  // namespace

void add_crosstab_command(CLI::App& app, Chosen& chosen) {
  auto* const command =
      app.add_subcommand("crosstab", "Set two questions of an unlocked inspection against each other");
  const auto wanted = std::make_shared<Wanted>();
  command->add_option("ID", wanted->inspection, "The inspection")->required();
  command->add_option("ROWS", wanted->rows, "A question, by its variable")->required();
  command->add_option("COLUMNS", wanted->columns, "Another")->required();
  command->add_option("--questionnaire", wanted->questionnaire, "Of which questionnaire")->required();
  command->add_option("--only", wanted->only,
                      "Only who chose one of these: VARIABLE=OPTION,OPTION; of several questions, all of them: "
                      "VARIABLE=OPTION;VARIABLE=OPTION");
  command
      ->add_option("--reason", wanted->reason, "Why it is read; needed while fieldwork is open, and kept in the audit")
      ->type_name("TEXT");
  command->add_flag("--json", wanted->is_json, "As JSON");
  command->footer(
      "For inspectors, never for release.\n\nExample:\n  perspective-collector crosstab croydon-2012 ONE OTHER "
      "--questionnaire victims --only THIRD=yes");
  command->callback([&chosen, wanted] { chosen.run = [&chosen, wanted] { return crosstab(chosen, *wanted); }; });
}

}  // namespace perspective::admin

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <cstdio>
#include <memory>
#include <vector>

#include "admin/command_parts.h"
#include "admin/subcommand.h"
#include "admin/table.h"
#include "base/bytes.h"
#include "base/file.h"

namespace perspective::admin {

namespace json = boost::json;

namespace {

struct Wanted {
  std::string inspection;
  std::string questionnaire;
  std::string finding;
  std::string language;
  std::string reason;
  std::string confirmation;
  std::string format = "csv";
  std::string out = {};
  bool is_json = false;
  bool is_taken_back = false;
};
using Run = Result<void> (*)(const Chosen& chosen, const Wanted& wanted);

std::string release_path(const Wanted& wanted) { return inspection_path(wanted.inspection) + "/release"; }

json::object object_in(const json::object& object, std::string_view name) {
  const json::value* const value = object.if_contains(json::string_view(name.data(), name.size()));
  return value != nullptr && value->is_object() ? value->get_object() : json::object();
}

std::vector<json::object> parts_of(const json::object& answer) {
  return list_of(object_in(answer, "release"), "parts");
}

void print_share(const json::object& answer) {
  print_line(std::to_string(number_of(answer, "say_something")) + " of " +
             std::to_string(number_of(answer, "findings")) + " findings say something.");
}

// A line each; what decided it stands beside it where an inspector asks.
void print_statements(const json::object& answer) {
  for (const auto& part : parts_of(answer)) {
    const auto questionnaire = text_of(part, "questionnaire");
    print_line("\n" + questionnaire + ": " + std::to_string(number_of(part, "respondents")) + " took part");
    const auto words = object_in(object_in(answer, "words"), questionnaire);
    const auto clauses = object_in(object_in(answer, "clauses"), questionnaire);
    std::vector<std::vector<std::string>> rows;
    for (const auto& statement : list_of(part, "statements")) {
      const auto finding = text_of(statement, "finding");
      auto said = text_of(words, finding);
      rows.push_back({"  " + finding, said.empty() ? "-" : std::move(said), text_of(clauses, finding)});
    }
    for (const auto& stated : list_of(part, "stated_more")) {
      rows.push_back({"  " + text_of(stated, "finding"),
                      std::to_string(number_of(stated, "count")) + " of " + std::to_string(number_of(stated, "base")),
                      "stated more"});
    }
    print_line(table({"  finding", "says", clauses.empty() ? "" : "rule"}, rows));
  }
}

Result<void> check(const Chosen& chosen, const Wanted& wanted) {
  const auto answer =
      get_object(chosen, release_path(wanted) + "/check?language=" + ApiClient::segment(wanted.language) +
                             "&reason=" + ApiClient::segment(wanted.reason));
  if (!answer) return std::unexpected(answer.error());
  if (wanted.is_json) {
    print_line(json::serialize(*answer));
    return {};
  }
  print_line("What a release would say now. For inspectors: it is not one yet.");
  print_statements(*answer);
  print_share(*answer);
  print_line("Plain suppression would leave " + std::to_string(number_of(*answer, "say_something_by_suppression")) +
             " of them.");
  for (const auto& each : list_of(*answer, "overrides")) {
    print_line(printable("Stated more from the next freezing on: " + text_of(each, "questionnaire") + " / " +
                         text_of(each, "finding") + ", by " + text_of(each, "by") + ": " + text_of(each, "reason") +
                         (flag_of(each, "holds") ? "" : " (NOT WHAT WAS CONFIRMED: look at it again)")));
  }
  for (const auto& each : list_of(*answer, "exposures")) {
    print_line("GIVES AWAY: " + text_of(each, "questionnaire") + ": " + text_of(each, "says"));
  }
  if (const auto* const warnings = answer->if_contains("warnings"); warnings != nullptr && warnings->is_array()) {
    for (const auto& each : warnings->get_array())
      if (each.is_string()) print_line(printable("NOTE: " + std::string(each.get_string())));
  }
  if (list_of(*answer, "exposures").empty()) print_line("The auditor finds nothing that it gives away.");
  print_line(flag_of(*answer, "may_be_frozen") ? "It can be frozen."
                                               : "It cannot be frozen: " + text_of(*answer, "why_not") + ".");
  return {};
}

Result<void> freeze(const Chosen& chosen, const Wanted& wanted) {
  const auto answer = post_object(chosen, release_path(wanted), json::object{});
  if (!answer) return std::unexpected(answer.error());
  print_line("Frozen: release " + std::to_string(number_of(*answer, "number")) + " of " + wanted.inspection + ".");
  print_line("Provisional findings, draft and publication say this and nothing else: `release show` prints it.");
  return {};
}

Result<json::object> read(const Chosen& chosen, const Wanted& wanted) {
  return get_object(chosen, release_path(wanted) + "?language=" + ApiClient::segment(wanted.language));
}

Result<void> show(const Chosen& chosen, const Wanted& wanted) {
  const auto answer = read(chosen, wanted);
  if (!answer) return std::unexpected(answer.error());
  print_line("Release " + std::to_string(number_of(*answer, "number")) + " of " + wanted.inspection + ", frozen " +
             text_of(*answer, "frozen_at") + (flag_of(*answer, "is_published") ? ", published" : ""));
  print_statements(*answer);
  print_share(*answer);
  return {};
}

Result<void> export_json(const Chosen& chosen, const Wanted& wanted) {
  const auto answer = read(chosen, wanted);
  if (!answer) return std::unexpected(answer.error());
  print_line(json::serialize(object_in(*answer, "release")));
  return {};
}

Result<void> tables(const Chosen& chosen, const Wanted& wanted) {
  if (auto checked = check_export(wanted.out); !checked) return checked;
  ApiClient client(chosen.data);
  const auto bytes = client.get(release_path(wanted) + "/tables?format=" + wanted.format +
                                "&language=" + ApiClient::segment(wanted.language));
  if (!bytes) return std::unexpected(bytes.error());
  if (auto written = write_export(client, wanted.out, *bytes); !written) return written;
  print_line(wanted.out + " is written.");
  return {};
}

void print_given_away(const json::object& shown) {
  print_line("It would state: " + text_of(shown, "finding") + ", " + std::to_string(number_of(shown, "count")) +
             " of " + std::to_string(number_of(shown, "base")) + ".");
  const auto gives_away = list_of(shown, "gives_away");
  for (const auto& each : gives_away) print_line("GIVES AWAY: " + text_of(each, "says"));
  if (gives_away.empty()) print_line("The auditor finds nothing else that this gives away.");
}

Result<void> override_cell(const Chosen& chosen, const Wanted& wanted) {
  json::object body{{"questionnaire", wanted.questionnaire}, {"finding", wanted.finding}};
  if (wanted.is_taken_back) {
    const auto answer = post_object(chosen, release_path(wanted) + "/overrides/removal", body);
    if (!answer) return std::unexpected(answer.error());
    print_line("Taken back: what is frozen from now on says of it what the rules say.");
    return {};
  }
  if (wanted.reason.empty()) return fail(ErrorCode::invalid, "--reason is needed: the audit keeps why it is stated");
  body["reason"] = wanted.reason;
  if (wanted.confirmation.empty()) {
    const auto answer = post_object(chosen, release_path(wanted) + "/overrides/trial", body);
    if (!answer) return std::unexpected(answer.error());
    print_given_away(*answer);
    print_line("Nothing has been changed. To state all of this, ask again with --confirm " +
               text_of(*answer, "confirmation"));
    return {};
  }
  body["confirmation"] = wanted.confirmation;
  const auto answer = post_object(chosen, release_path(wanted) + "/overrides", body);
  if (!answer) return std::unexpected(answer.error());
  print_line("Confirmed, by your name and with your reason: the next release that is frozen states it.");
  return {};
}

using Command = Subcommand<Wanted>;

Command add(CLI::App& group, Chosen& chosen, const char* name, const char* says, Run run, const char* footer) {
  auto command = subcommand<Wanted>(group, chosen, name, says, run, footer);
  command.app->add_option("ID", command.wanted->inspection, "The inspection")->required();
  return command;
}

void add_language(const Command& command) {
  command.app->add_option("--language", command.wanted->language,
                          "Of the words: one of the inspection's; else the first that has a report");
}

}  // namespace

void add_release_commands(CLI::App& app, Chosen& chosen) {
  auto* const group =
      app.add_subcommand("release", "What may be said outside the inspectorate: check, freeze, show, state more");
  group->require_subcommand(1);
  const auto checking = add(*group, chosen, "check", "Show what a release would say now, and what it gives away", check,
                            "Of an unlocked inspection; for inspectors.\n\n"
                            "Example:\n  perspective-collector release check croydon-2012");
  add_language(checking);
  checking.app->add_option("--reason", checking.wanted->reason,
                           "Why it is read; needed while fieldwork is open, and kept in the audit");
  checking.app->add_flag("--json", checking.wanted->is_json, "As JSON");
  add(*group, chosen, "freeze", "Freeze the release of an unlocked inspection whose fieldwork has ended", freeze,
      "Once: another one only where ten responses changed since. Refused where the auditor finds that it would give "
      "something away.\n\nExample:\n  perspective-collector release freeze croydon-2012");
  const auto showing = add(*group, chosen, "show", "Show the frozen release", show,
                           "Once the inspection is published; before, while it is unlocked.\n\n"
                           "Example:\n  perspective-collector release show croydon-2012 --language cy");
  add_language(showing);
  add(*group, chosen, "export-json", "Print the frozen release as JSON", export_json,
      "Example:\n  perspective-collector release export-json croydon-2012 > croydon-2012.release.json");
  const auto making =
      add(*group, chosen, "tables", "Write the frozen release as tables, a row for each finding", tables,
          "Once the inspection is published; before, while it is unlocked.\n\n"
          "Example:\n  perspective-collector release tables croydon-2012 --format xlsx --out release.xlsx");
  add_language(making);
  making.app
      ->add_option("--format", making.wanted->format,
                   "xlsx (Excel), ods (OpenDocument), csv, codebook (what the names of the CSV mean) or json")
      ->check(CLI::IsMember({"xlsx", "ods", "csv", "codebook", "json"}))
      ->capture_default_str();
  making.app->add_option("--out", making.wanted->out, "Write it to this new file")->required()->type_name("FILE");
  const auto stating =
      add(*group, chosen, "override", "State count and base of one finding although the rules do not", override_cell,
          "First it shows what else that gives away; --confirm then states it, by your name.\n\n"
          "Example:\n  perspective-collector release override croydon-2012 --questionnaire victims "
          "--finding satisfied --reason \"all five agreed\"");
  stating.app->add_option("--questionnaire", stating.wanted->questionnaire, "Whose finding")->required();
  stating.app->add_option("--finding", stating.wanted->finding, "Which")->required();
  auto* const reason = stating.app->add_option("--reason", stating.wanted->reason, "Why; kept in the audit");
  auto* const confirm =
      stating.app->add_option("--confirm", stating.wanted->confirmation, "What was printed with what it gives away");
  stating.app->add_flag("--take-back", stating.wanted->is_taken_back, "Leave it to the rules again")
      ->excludes(reason)
      ->excludes(confirm);
}

}  // namespace perspective::admin

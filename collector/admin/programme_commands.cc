#include "admin/programme_commands.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json.hpp>
#include <memory>
#include <optional>
#include <vector>

#include "admin/command_parts.h"
#include "admin/request_body.h"
#include "admin/subcommand.h"
#include "admin/table.h"
#include "base/file.h"
#include "base/passphrase.h"

namespace perspective::admin {

namespace json = boost::json;

namespace {

constexpr const char* kPassphrase = "passphrase of the programme";
constexpr const char* kRecoveryPassphrase = "recovery passphrase of the programme";

struct Wanted {
  std::string id;  // of the programme, or of the inspection
  std::string inspection = {};
  std::string title = {};
  std::string themes = {};
  std::string theme = {};
  std::string comment = {};
  std::optional<int> percent = {};
  std::string language = {};
  std::string format = "csv";
  std::string out = {};
  bool is_recovery = false;
  bool is_joint = false;
  bool is_json = false;
};
using Run = Result<void> (*)(const Chosen& chosen, const Wanted& wanted);

std::string programme_path(const Wanted& wanted) { return "/v1/programmes/" + ApiClient::segment(wanted.id); }

Result<void> create(const Chosen& chosen, const Wanted& wanted) {
  json::object open{{"id", wanted.id}, {"title", wanted.title}, {"joint", wanted.is_joint}};
  if (!wanted.themes.empty()) {
    const auto text = read_text(wanted.themes);
    if (!text) return std::unexpected(text.error());
    boost::system::error_code error;
    open["themes"] = json::parse(*text, error);
    if (error) return fail(ErrorCode::invalid, wanted.themes + " is no JSON: " + error.message());
  }
  const auto answered = ApiClient(chosen.data).get("/v1/programmes");  // before anybody thinks up a passphrase
  if (!answered) return std::unexpected(answered.error());
  const auto passphrase = ask_passphrase_twice(kPassphrase);
  if (!passphrase) return std::unexpected(passphrase.error());
  const auto recovery = ask_passphrase_twice(kRecoveryPassphrase);
  if (!recovery) return std::unexpected(recovery.error());
  const SecretBytes body = request_body(open, {{"passphrase", &*passphrase}, {"recovery_passphrase", &*recovery}});
  const auto answer = post_object(chosen, "/v1/programmes", body.view());
  if (!answer) return std::unexpected(answer.error());
  print_line("Programme " + wanted.id + " is there, and both passphrases open its keys.\n" +
             "Keep the recovery passphrase somewhere else: without either, no average can be printed.\n" +
             "Next, with each inspection unlocked and its release frozen:  perspective-collector programme add " +
             wanted.id + " INSPECTION");
  return {};
}

std::size_t published_of(const json::object& programme) {
  const auto all = list_of(programme, "inspections");
  return static_cast<std::size_t>(
      std::ranges::count_if(all, [](const auto& each) { return flag_of(each, "is_published"); }));
}

std::string printed_of(const json::object& programme) {
  const auto at = text_of(programme, "printed_at");
  return at.empty() ? "not yet" : at.substr(0, at.find('T'));
}

Result<void> list(const Chosen& chosen, const Wanted& wanted) {
  const auto answer = get_object(chosen, "/v1/programmes");
  if (!answer) return std::unexpected(answer.error());
  if (wanted.is_json) {
    print_line(json::serialize(*answer));
    return {};
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& each : list_of(*answer, "programmes"))
    rows.push_back({text_of(each, "id"), printable(text_of(each, "title")),
                    std::to_string(list_of(each, "inspections").size()), std::to_string(published_of(each)),
                    printed_of(each)});
  print_line(rows.empty() ? "There is no programme yet. Make one with: perspective-collector programme create"
                          : table({"PROGRAMME", "TITLE", "INSPECTIONS", "PUBLISHED", "PRINTED"}, rows));
  return {};
}

void print_averages(const json::object& print) {
  for (const auto& part : list_of(print, "parts")) {
    print_line("\n" + text_of(part, "questionnaire") + " " + std::to_string(number_of(part, "version")) + ": " +
               std::to_string(texts_of(part, "services").size()) + " services");
    std::vector<std::vector<std::string>> rows;
    for (const auto& average : list_of(part, "averages"))
      rows.push_back({"  " + text_of(average, "finding"), std::to_string(number_of(average, "percent")) + " %"});
    print_line(table({"  finding", "average"}, rows));
  }
}

void print_programme(const json::object& programme) {
  print_line(printable(text_of(programme, "title")) + " (" + text_of(programme, "id") +
             "), printed: " + printed_of(programme));
  for (const auto& each : list_of(programme, "inspections"))
    print_line("  " + text_of(each, "inspection") + ", " + printable(text_of(each, "area")) +
               (flag_of(each, "is_published") ? "" : ": not published yet"));
  if (const auto* print = programme.if_contains("print"); print != nullptr && print->is_object())
    print_averages(print->get_object());
}

Result<void> show(const Chosen& chosen, const Wanted& wanted) {
  const auto answer = get_object(chosen, programme_path(wanted));
  if (!answer) return std::unexpected(answer.error());
  if (wanted.is_json)
    print_line(json::serialize(*answer));
  else
    print_programme(*answer);
  return {};
}

Result<void> add_inspection(const Chosen& chosen, const Wanted& wanted) {
  const auto answer =
      post_object(chosen, programme_path(wanted) + "/inspections", json::object{{"inspection", wanted.inspection}});
  if (!answer) return std::unexpected(answer.error());
  print_line(wanted.inspection + " is in the programme " + wanted.id + ". " +
             std::to_string(list_of(*answer, "inspections").size()) + " are, " + std::to_string(published_of(*answer)) +
             " of them published; it takes 20 that are.");
  return {};
}

Result<json::object> post_with_passphrase(const Chosen& chosen, const Wanted& wanted, const std::string& path) {
  const auto passphrase = ask_passphrase(wanted.is_recovery ? kRecoveryPassphrase : kPassphrase);
  if (!passphrase) return std::unexpected(passphrase.error());
  const SecretBytes body = request_body({{"recovery", wanted.is_recovery}}, {{"passphrase", &*passphrase}});
  return post_object(chosen, programme_path(wanted) + path, body.view());
}

Result<void> check(const Chosen& chosen, const Wanted& wanted) {
  const auto answer = post_with_passphrase(chosen, wanted, "/print/trial");
  if (!answer) return std::unexpected(answer.error());
  print_line("It may be printed: the auditor finds nothing that the averages would give away.");
  return {};
}

Result<void> print(const Chosen& chosen, const Wanted& wanted) {
  const auto answer = post_with_passphrase(chosen, wanted, "/print");
  if (!answer) return std::unexpected(answer.error());
  print_programme(*answer);
  print_line("\nPrinted, once. What the services brought is gone, and so are the keys to it that lay here.");
  return {};
}

Result<void> score(const Chosen& chosen, const Wanted& wanted) {
  const auto path = inspection_path(wanted.id) + "/programme/scores";
  const auto before = get_object(chosen, path);
  if (!before) return std::unexpected(before.error());
  json::array scores;
  for (auto& each : list_of(*before, "scores"))
    if (text_of(each, "theme") != wanted.theme) scores.push_back(std::move(each));
  scores.push_back(json::object{{"theme", wanted.theme},
                                {"percent", wanted.percent ? json::value(*wanted.percent) : json::value(nullptr)},
                                {"comment", wanted.comment}});
  const auto answer = post_object(chosen, path, json::object{{"scores", std::move(scores)}});
  if (!answer) return std::unexpected(answer.error());
  std::vector<std::vector<std::string>> rows;
  for (const auto& each : list_of(*answer, "scores")) {
    const bool has_percent = each.contains("percent") && !each.at("percent").is_null();
    rows.push_back({text_of(each, "theme"), has_percent ? std::to_string(number_of(each, "percent")) + " %" : "-",
                    text_of(each, "comment")});
  }
  print_line(table({"THEME", "SCORE", "COMMENT"}, rows));
  return {};
}

Result<void> write_table(const Chosen& chosen, const Wanted& wanted) {
  if (auto checked = check_export(wanted.out); !checked) return checked;
  ApiClient client(chosen.data);
  const auto bytes = client.get(inspection_path(wanted.id) + "/programme?format=" + wanted.format +
                                "&language=" + ApiClient::segment(wanted.language));
  if (!bytes) return std::unexpected(bytes.error());
  if (auto written = write_export(client, wanted.out, *bytes); !written) return written;
  print_line(wanted.out + " is written.");
  return {};
}

using Command = Subcommand<Wanted>;

Command add(CLI::App& group, Chosen& chosen, const char* name, const char* says, Run run, const char* footer) {
  return subcommand<Wanted>(group, chosen, name, says, run, footer);
}

Command with_id(Command command, const char* says) {
  command.app->add_option("ID", command.wanted->id, says)->required();
  return command;
}

void add_printing(CLI::App& group, Chosen& chosen) {
  const auto checking =
      with_id(add(group, chosen, "check", "Say whether the averages may be printed now, without a number", check,
                  "Asks for the programme's passphrase, or reads it as a line from standard input.\n\n"
                  "Example:\n  perspective-collector programme check core-2012"),
              "The programme");
  const auto printing = with_id(
      add(group, chosen, "print", "Print the averages of 20 published inspections or more, once", print,
          "Asks for the programme's passphrase, or reads it as a line from standard input. Refused where the auditor\n"
          "finds that an average would give a service away. Afterwards the keys that lie here are destroyed.\n\n"
          "Example:\n  perspective-collector programme print core-2012"),
      "The programme");
  for (const auto& each : {checking, printing})
    each.app->add_flag("--recovery", each.wanted->is_recovery,
                       "With the recovery key, when the programme's passphrase is lost");
}

void add_table(CLI::App& group, Chosen& chosen) {
  const auto making = with_id(
      add(group, chosen, "table", "Write an inspection beside those of its programme, a row for each finding",
          write_table,
          "Lowest, highest, average and this one. Once the inspection is published; before, while it is unlocked.\n\n"
          "Example:\n  perspective-collector programme table croydon-2012 --format xlsx --out beside.xlsx"),
      "The inspection");
  making.app->add_option("--format", making.wanted->format, "xlsx (Excel), ods (OpenDocument), csv or json")
      ->check(CLI::IsMember({"xlsx", "ods", "csv", "json"}))
      ->capture_default_str();
  making.app->add_option("--language", making.wanted->language,
                         "Of the words: one of the inspection's; else the first that has a report");
  making.app->add_option("--out", making.wanted->out, "Write it to this new file")->required()->type_name("FILE");
}

}  // namespace

void add_programme_commands(CLI::App& app, Chosen& chosen) {
  auto* const group =
      app.add_subcommand("programme", "Inspections beside each other: averages, lowest, highest; typed scores");
  group->require_subcommand(1);
  const auto creating = with_id(
      add(*group, chosen, "create", "Make a programme, with keys of its own, that inspections are put into", create,
          "Asks for two passphrases, twice each: one opens what services bring to the averages, the other recovers it\n"
          "if the first is lost. From a pipe: four lines, passphrase, again, recovery passphrase, again.\n\n"
          "Example:\n  perspective-collector programme create core-2012 --title \"Core case inspections 2012\""),
      "Its id: small letters, digits and hyphens");
  creating.app->add_option("--title", creating.wanted->title, "As people call it")->required();
  creating.app->add_flag("--joint", creating.wanted->is_joint, "The areas of a full joint inspection as its themes");
  creating.app
      ->add_option("--themes", creating.wanted->themes,
                   "Themes of your own, as JSON; else those of assets/programme/themes.json")
      ->type_name("FILE");
  const auto listing =
      add(*group, chosen, "list", "List the programmes", list, "Example:\n  perspective-collector programme list");
  listing.app->add_flag("--json", listing.wanted->is_json, "As JSON");
  const auto showing = with_id(add(*group, chosen, "show", "Show which inspections are in it, and what it printed",
                                   show, "Example:\n  perspective-collector programme show core-2012"),
                               "The programme");
  showing.app->add_flag("--json", showing.wanted->is_json, "As JSON");
  const auto adding = with_id(
      add(*group, chosen, "add", "Put an unlocked inspection with a frozen release into a programme", add_inspection,
          "What it brings to the averages is sealed to the programme. Again where its release was frozen again.\n\n"
          "Example:\n  perspective-collector programme add core-2012 croydon-2012"),
      "The programme");
  adding.app->add_option("INSPECTION", adding.wanted->inspection, "The inspection")->required();
  add_printing(*group, chosen);
  const auto scoring =
      with_id(add(*group, chosen, "score",
                  "Type an inspection's score and comment for a theme, from the assessment of cases", score,
                  "In the place of the one before; without --percent and --comment it has none.\n\n"
                  "Example:\n  perspective-collector programme score croydon-2012 --theme safeguarding --percent 68 "
                  "--comment MODERATE"),
              "The inspection");
  scoring.app->add_option("--theme", scoring.wanted->theme, "A theme of its programme")->required();
  scoring.app->add_option("--percent", scoring.wanted->percent, "The score, 0 to 100");
  scoring.app->add_option("--comment", scoring.wanted->comment, "The improvement that is needed")
      ->check(CLI::IsMember({"MINIMUM", "MODERATE", "SUBSTANTIAL", "DRASTIC"}));
  add_table(*group, chosen);
}

}  // namespace perspective::admin

#include "admin/life_commands.h"

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <memory>
#include <vector>

#include "admin/command_parts.h"
#include "admin/table.h"

namespace perspective::admin {

namespace json = boost::json;

namespace {

json::object object_in(const json::object& object, std::string_view name) {
  const json::value* const value = object.if_contains(name);
  return value != nullptr && value->is_object() ? value->get_object() : json::object();
}

std::string or_dash(const std::string& text) { return text.empty() ? "-" : text; }

std::string guardians_of(const json::object& policy) {
  std::string text;
  for (const auto& [questionnaire, said] : object_in(policy, "guardian_policies")) {
    if (said.is_string()) {
      text += (text.empty() ? "" : ", ") + std::string(questionnaire) + " " + std::string(said.get_string());
    }
  }
  return text;
}

std::string tokens_of(const json::object& policy) {
  if (flag_of(policy, "are_tokens_asked_for")) return "each visit spends one";
  const auto why = text_of(policy, "why_no_tokens");
  return why.empty() ? "not asked for" : "not asked for: " + why;
}

std::string described(const json::object& inspection) {
  const auto dates = object_in(inspection, "dates");
  const auto policy = object_in(inspection, "policy");
  std::vector<std::vector<std::string>> rows{
      {"area", text_of(inspection, "area")},
      {"state", text_of(inspection, "state")},
      {"key", flag_of(inspection, "is_unlocked") ? "unlocked" : "locked"},
      {"answers", answers_of(inspection)},
      {"new answers", flag_of(inspection, "is_accepting") ? "are taken" : "are not taken"},
      {"fieldwork", or_dash(text_of(dates, "fieldwork_starts")) + " to " + or_dash(text_of(dates, "fieldwork_ends"))},
      {"report due", or_dash(text_of(dates, "report_due"))},
      {"published", or_dash(text_of(dates, "published_on"))},
      {"questionnaires", joined(inspection, "questionnaires")},
      {"languages", joined(policy, "languages")},
      {"machines", flag_of(policy, "is_own_machine") ? "the inspectorate's" : "the service's"},
      {"smallest batch", std::to_string(number_of(policy, "smallest_batch"))},
      {"tokens", tokens_of(policy)},
      {"ask a worker", flag_of(policy, "may_ask_worker") ? "offered" : "not offered"},
      {"parents, carers", guardians_of(policy)},
      {"kept", std::to_string(number_of(policy, "retention_months")) + " months after publication"},
      {"guard", "no count under " + std::to_string(number_of(policy, "guard_threshold")) + " in a release"}};
  for (auto& row : rows) row[1] = printable(row[1]);
  std::string text = table({"INSPECTION", text_of(inspection, "id")}, rows);
  for (const auto& alarm : list_of(inspection, "alarms")) text += "\nAlarm: " + text_of(alarm, "says");
  for (const auto& reminder : list_of(inspection, "reminders")) {
    text += (flag_of(reminder, "is_overdue") ? "\nLate. " : "\n") + text_of(reminder, "says");
  }
  return text;
}

Result<void> show(const Chosen& chosen, const std::string& inspection, bool is_json) {
  const auto answer = get_object(chosen, inspection_path(inspection));
  if (!answer) return std::unexpected(answer.error());
  print_line(is_json ? json::serialize(*answer) : described(*answer));
  return {};
}

struct Setting {
  std::string inspection;
  Terms terms;
  std::optional<std::string> area;
  std::vector<std::string> languages;
  std::optional<int> smallest_batch;
  std::optional<std::string> why_no_tokens;
  bool has_tokens = false;
  std::vector<std::string> guardian_policies;
  std::optional<std::string> machines;
};

Result<void> set(const Chosen& chosen, const Setting& setting) {
  json::object body;
  put_terms(setting.terms, body);
  if (setting.area) body["area"] = *setting.area;
  if (!setting.languages.empty()) body["languages"] = json::value_from(setting.languages);
  if (setting.smallest_batch) body["smallest_batch"] = *setting.smallest_batch;
  if (setting.why_no_tokens) body["why_no_tokens"] = *setting.why_no_tokens;
  if (setting.has_tokens) body["why_no_tokens"] = "";
  if (!setting.guardian_policies.empty()) body["guardian_policies"] = json::value_from(setting.guardian_policies);
  if (setting.machines) body["is_own_machine"] = *setting.machines == "own";
  if (body.empty()) return fail(ErrorCode::invalid, "nothing was named that should change; nothing was changed");
  const auto answer = post_object(chosen, inspection_path(setting.inspection) + "/settings", body);
  if (!answer) return std::unexpected(answer.error());
  print_line(described(*answer));
  return {};
}

void add_show(CLI::App& group, Chosen& chosen) {
  auto* const command =
      group.add_subcommand("show", "Show one inspection: its state, its dates, what was agreed, what is due");
  const auto id = std::make_shared<std::string>();
  const auto is_json = std::make_shared<bool>(false);
  command->add_option("ID", *id, "The inspection")->required();
  command->add_flag("--json", *is_json, "As JSON");
  command->footer("Example:\n  perspective-collector inspection show croydon-2012");
  command->callback(
      [&chosen, id, is_json] { chosen.run = [&chosen, id, is_json] { return show(chosen, *id, *is_json); }; });
}

void add_set(CLI::App& group, Chosen& chosen) {
  auto* const command = group.add_subcommand("set", "Change the dates of an inspection; of a draft also all else");
  const auto setting = std::make_shared<Setting>();
  command->add_option("ID", setting->inspection, "The inspection")->required();
  add_terms(*command, setting->terms);
  command->add_option("--area", setting->area, "The area as people call it");
  command->add_option("--languages", setting->languages, "en,cy")->delimiter(',');
  command->add_option("--smallest-batch", setting->smallest_batch, "As with `inspection create`")
      ->check(CLI::Range(1, 50))
      ->type_name("N");
  auto* const without = command->add_option("--no-tokens", setting->why_no_tokens, "Let visits begin without a token");
  without->type_name("REASON");
  command->add_flag("--tokens", setting->has_tokens, "Each visit spends a token")->excludes(without);
  command->add_option("--guardian-policy", setting->guardian_policies, "As with `inspection create`")
      ->type_name("[QUESTIONNAIRE=]POLICY");
  command->add_option("--machines", setting->machines, "own: the inspectorate's; service: the service's")
      ->check(CLI::IsMember({"own", "service"}));
  command->footer(
      "Dates can be changed until the report is published, all else while it is a draft.\n\n"
      "Example:\n  perspective-collector inspection set croydon-2012 --fieldwork-ends 2012-11-30 --report-due "
      "2013-02-22");
  command->callback([&chosen, setting] { chosen.run = [&chosen, setting] { return set(chosen, *setting); }; });
}

struct Step {
  const char* name;
  const char* description;
  const char* said;
};
constexpr Step kSteps[] = {
    {"open", "Open a draft: kiosks may be invited and offer visits", "Open: kiosks can be invited, and offer visits."},
    {"end-fieldwork", "Tell kiosks to offer no more visits; what they hold is still taken",
     "Fieldwork has ended: kiosks learn it when they next ask, and still send what they hold."},
    {"provisional", "Note that the provisional findings are out; what kiosks hold is still taken",
     "The provisional findings are out. What kiosks still hold is taken until the draft report."},
    {"draft-report", "Note that the draft report goes to the service: from then on no new answer is taken",
     "The draft report is out: no new answer is taken any more, so that its numbers stand."},
    {"publish", "Note that the report is published: from then on nothing changes, and it is locked",
     "Published: nothing of it changes any more, and it is locked. It can be unlocked to read the results."}};

Result<void> take_step(const Chosen& chosen, const std::string& inspection, const Step& step) {
  auto answer = post_object(chosen, inspection_path(inspection) + "/" + step.name, json::object{});
  if (!answer) return std::unexpected(answer.error());
  print_line(step.said);
  return {};
}

void add_step(CLI::App& group, Chosen& chosen, const Step& step) {
  auto* const command = group.add_subcommand(step.name, step.description);
  const auto id = std::make_shared<std::string>();
  command->add_option("ID", *id, "The inspection")->required();
  command->footer(std::string("Example:\n  perspective-collector inspection ") + step.name + " croydon-2012");
  command->callback([&chosen, id, step] { chosen.run = [&chosen, id, step] { return take_step(chosen, *id, step); }; });
}

}  // namespace

void add_terms(CLI::App& command, Terms& terms) {
  command.add_option("--fieldwork-starts", terms.fieldwork_starts, "Its first day: 2012-11-19")->type_name("DAY");
  command.add_option("--fieldwork-ends", terms.fieldwork_ends, "Its last day")->type_name("DAY");
  command.add_option("--report-due", terms.report_due, "The day by which the report is published")->type_name("DAY");
  command
      .add_option("--retention-months", terms.retention_months, "So long after publication answers are kept; else 6")
      ->type_name("N");
  command
      .add_option("--guard-threshold", terms.guard_threshold,
                  "No smaller count is said exactly outside the inspectorate: 5, for which the release rules are made")
      ->type_name("N");
}

void put_terms(const Terms& terms, json::object& body) {
  if (terms.fieldwork_starts) body["fieldwork_starts"] = *terms.fieldwork_starts;
  if (terms.fieldwork_ends) body["fieldwork_ends"] = *terms.fieldwork_ends;
  if (terms.report_due) body["report_due"] = *terms.report_due;
  if (terms.retention_months) body["retention_months"] = *terms.retention_months;
  if (terms.guard_threshold) body["guard_threshold"] = *terms.guard_threshold;
}

void add_life_commands(CLI::App& inspections, Chosen& chosen) {
  add_show(inspections, chosen);
  add_set(inspections, chosen);
  for (const auto& step : kSteps) add_step(inspections, chosen, step);
}

}  // namespace perspective::admin

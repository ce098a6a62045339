#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>
#include <memory>
#include <optional>

#include "admin/command_parts.h"
#include "admin/life_commands.h"
#include "admin/questionnaire_folder.h"
#include "admin/request_body.h"
#include "admin/table.h"
#include "base/passphrase.h"

namespace perspective::admin {

namespace json = boost::json;

namespace {

constexpr const char* kInspectionPassphrase = "passphrase of the inspection";
constexpr const char* kRecoveryPassphrase = "recovery passphrase";

struct Creation {
  std::string id;
  std::string area;
  QuestionnaireFiles files;
  bool is_service_machine = false;
  bool may_ask_worker = false;
  std::optional<int> smallest_batch = {};  // else as the collector has it
  std::string why_no_tokens = {};
  std::vector<std::string> guardian_policies = {};
  std::string like = {};
  bool is_draft = false;
  Terms terms = {};
};

// What is not said is as with the earlier one, where one is named.
json::object like_another(const Creation& creation, const json::array& questionnaires) {
  json::object open = {{"id", creation.id}, {"area", creation.area}, {"like", creation.like}};
  if (!questionnaires.empty()) open["questionnaires"] = questionnaires;
  if (!creation.files.languages.empty()) open["languages"] = json::value_from(creation.files.languages);
  if (creation.is_service_machine) open["is_own_machine"] = false;
  if (creation.may_ask_worker) open["may_ask_worker"] = true;
  return open;
}

json::object public_part(const Creation& creation, json::array questionnaires) {
  if (!creation.like.empty()) return like_another(creation, questionnaires);
  json::object open = {{"id", creation.id},
                       {"area", creation.area},
                       {"languages", json::value_from(creation.files.languages)},
                       {"is_own_machine", !creation.is_service_machine},
                       {"may_ask_worker", creation.may_ask_worker},
                       {"questionnaires", std::move(questionnaires)}};
  return open;
}

json::object asked_for(const Creation& creation, json::array questionnaires) {
  json::object open = public_part(creation, std::move(questionnaires));
  if (!creation.guardian_policies.empty()) open["guardian_policies"] = json::value_from(creation.guardian_policies);
  if (!creation.why_no_tokens.empty()) open["why_no_tokens"] = creation.why_no_tokens;
  if (creation.smallest_batch) open["smallest_batch"] = *creation.smallest_batch;
  if (creation.is_draft) open["is_draft"] = true;
  put_terms(creation.terms, open);
  return open;
}

// Fails before anybody has thought up a passphrase, when nobody would be there to take it.
Result<void> is_answered(const Chosen& chosen) {
  auto answer = ApiClient(chosen.data).get("/v1/inspections?limit=1");
  if (!answer) return std::unexpected(answer.error());
  return {};
}

Result<void> create(const Chosen& chosen, Creation& creation) {
  const bool has_none = creation.files.folders.empty() && !creation.like.empty();
  auto questionnaires = has_none ? Result<json::array>(json::array()) : read_questionnaires(creation.files);
  for (const auto& remark : creation.files.remarks) std::fprintf(stderr, "%s\n", printable(remark).c_str());
  if (!questionnaires) return std::unexpected(questionnaires.error());
  if (auto answered = is_answered(chosen); !answered) return answered;
  const auto passphrase = ask_passphrase_twice(kInspectionPassphrase);
  if (!passphrase) return std::unexpected(passphrase.error());
  const auto recovery = ask_passphrase_twice(kRecoveryPassphrase);
  if (!recovery) return std::unexpected(recovery.error());
  const SecretBytes body = request_body(asked_for(creation, *std::move(questionnaires)),
                                        {{"passphrase", &*passphrase}, {"recovery_passphrase", &*recovery}});
  auto answer = post_object(chosen, "/v1/inspections", body.view());
  if (!answer) return std::unexpected(answer.error());
  print_line("Inspection " + creation.id + " is there, and both passphrases open its keys.\n" +
             "Keep the recovery passphrase somewhere else: without either, no answer can ever be read.\n" +
             (creation.is_draft ? "It is a draft, which no kiosk knows. Next:  perspective-collector inspection open "
                                : "Next:  perspective-collector kiosk invite --inspection ") +
             creation.id +
             (creation.why_no_tokens.empty()
                  ? "\n       perspective-collector inspection tokens " + creation.id + " --count 20 --out slips.pdf"
                  : "\nNo visit spends a token, and the tally says why: " + creation.why_no_tokens));
  return {};
}

std::string key_of(const json::object& inspection) {
  if (!flag_of(inspection, "is_unlocked")) return "locked";
  return "unlocked, for " + std::to_string(number_of(inspection, "locks_in_minutes")) + " min";
}

// The first of what is due; "late" where it should have been done.
std::string due_of(const json::object& inspection) {
  if (!list_of(inspection, "alarms").empty()) return "ALARM: see `alarms`";
  const auto reminders = list_of(inspection, "reminders");
  const auto late = std::ranges::find_if(reminders, [](const auto& each) { return flag_of(each, "is_overdue"); });
  if (late != reminders.end()) return "late: see `inspection show " + text_of(inspection, "id") + "`";
  return reminders.empty() ? "-" : text_of(reminders.front(), "says");
}

}  // namespace

// While fieldwork is open inspectors see how many have answered in fives only: one more would be one person.
std::string answers_of(const json::object& inspection) {
  const std::int64_t envelopes = number_of(inspection, "envelopes");
  if (!flag_of(inspection, "is_rounded_down")) return std::to_string(envelopes);
  return envelopes == 0 ? "fewer than 5" : std::to_string(envelopes) + " or more";
}

namespace {

Result<void> list(const Chosen& chosen, bool is_json) {
  const auto answer = get_list(chosen, "/v1/inspections", "inspections");
  if (!answer) return std::unexpected(answer.error());
  if (is_json) {
    print_line(json::serialize(*answer));
    return {};
  }
  std::vector<std::vector<std::string>> rows;
  for (const json::object& inspection : list_of(*answer, "inspections")) {
    rows.push_back({text_of(inspection, "id"), printable(text_of(inspection, "area")), text_of(inspection, "state"),
                    key_of(inspection), answers_of(inspection), due_of(inspection)});
  }
  print_line(rows.empty() ? "There is no inspection yet. Make one with: perspective-collector inspection create"
                          : table({"INSPECTION", "AREA", "STATE", "KEY", "ANSWERS", "DUE"}, rows));
  return {};
}

Result<void> unlock(const Chosen& chosen, const std::string& inspection, bool is_recovery) {
  const auto passphrase = ask_passphrase(is_recovery ? kRecoveryPassphrase : kInspectionPassphrase);
  if (!passphrase) return std::unexpected(passphrase.error());
  const SecretBytes body = request_body({{"recovery", is_recovery}}, {{"passphrase", &*passphrase}});
  const auto answer = post_object(chosen, inspection_path(inspection) + "/unlock", body.view());
  if (!answer) return std::unexpected(answer.error());
  const auto in_words = [&](const char* name) {
    const auto count = number_of(*answer, name);
    if (!flag_of(*answer, "is_rounded_down")) return std::to_string(count);
    return count == 0 ? std::string("fewer than 5") : std::to_string(count) + " or more";
  };
  print_line("Unlocked: " + in_words("counted") + " counted, " + in_words("set_aside") +
             " set aside.\nIt is locked again once nobody has read anything of it for " +
             std::to_string(number_of(*answer, "locks_after_minutes")) +
             " minutes, when the collector stops, or by\n`perspective-collector inspection lock " + inspection + "`.");
  return {};
}

Result<void> forget(const Chosen& chosen, const std::string& inspection) {
  auto answer = post_object(chosen, inspection_path(inspection) + "/lock", json::object{});
  if (!answer) return std::unexpected(answer.error());
  print_line("Locked: its key and its opened answers are forgotten.");
  return {};
}

struct Side {
  std::string inspection;
  std::string language;
  bool is_json = false;
};

Result<void> reconcile(const Chosen& chosen, const Side& side) {
  const auto format = side.is_json ? "json" : "text&language=" + ApiClient::segment(side.language);
  const auto answer = ApiClient(chosen.data).get(inspection_path(side.inspection) + "/reconciliation?format=" + format);
  if (!answer) return std::unexpected(answer.error());
  print_line(side.is_json ? *answer : printable(*answer));
  return {};
}

void add_reconcile(CLI::App& group, Chosen& chosen) {
  auto* const command =
      group.add_subcommand("reconcile", "Set what kiosks say was sent, and tokens, beside what came in");
  const auto side = std::make_shared<Side>();
  command->add_option("ID", side->inspection, "The inspection")->required();
  auto* const as_json = command->add_flag("--json", side->is_json, "As JSON");
  command->add_option("--language", side->language, "One of the inspection's; else the first that has a report")
      ->excludes(as_json);
  command->footer(
      "Kiosks tell how their visits ended when fieldwork has ended and all that they held has gone: switch on one "
      "that\n"
      "is off, and wait. One without network learns of the end from the receipts on a stick, and tells with the next\n"
      "copy. Any gap heads the tally and the section, too.\n"
      "Not for release.\n\n"
      "Example:\n  perspective-collector inspection reconcile croydon-2012");
  command->callback([&chosen, side] { chosen.run = [&chosen, side] { return reconcile(chosen, *side); }; });
}

void add_create(CLI::App& group, Chosen& chosen) {
  auto* const command = group.add_subcommand("create", "Make an inspection: its keys, its package, its questionnaires");
  const auto creation = std::make_shared<Creation>();
  command->add_option("ID", creation->id, "Lower-case letters, digits and hyphens: croydon-2012")->required();
  command->add_option("--area", creation->area, "The area as people call it: \"Croydon\"")->required();
  auto* const what = command->add_option_group("What is asked");
  what->add_option("--questionnaire", creation->files.folders, "Folder of a questionnaire; may be given again");
  what->add_option("--like", creation->like,
                   "An earlier inspection: its questionnaires, and whatever else is not said here, hold for this one")
      ->type_name("EARLIER");
  what->require_option(1, 2);
  command->add_option("--languages", creation->files.languages, "en,cy; else all that the questionnaires share")
      ->delimiter(',');
  command->add_flag("--service-machine", creation->is_service_machine,
                    "The kiosks are the service's own machines: the words on the screen then promise less");
  command->add_flag("--ask-worker", creation->may_ask_worker,
                    "Respondents may have the screen ask for a worker to come; agree with the service who comes");
  command
      ->add_option("--guardian-policy", creation->guardian_policies,
                   "What the supervisor says is so of a parent or carer before each visit: informed, consent (they "
                   "said yes), not-needed, or local, what the place's own policy requires, as if it is "
                   "left out. For one questionnaire: victims=not-needed; may be given again")
      ->type_name("[QUESTIONNAIRE=]POLICY");
  command
      ->add_option("--smallest-batch", creation->smallest_batch,
                   "So many answers wait on a kiosk before any is sent, until fieldwork ends: who watches the "
                   "network then cannot tell who sent theirs. 5 if it is left out; 1, for trials: each goes at once")
      ->check(CLI::Range(1, 50))
      ->type_name("N");
  command
      ->add_option("--no-tokens", creation->why_no_tokens,
                   "Let visits begin without a token; the tally shows this reason. Without tokens nobody can tell "
                   "whether more answers came than people")
      ->check([](const std::string& reason) { return reason.empty() ? std::string("a reason is needed") : ""; })
      ->type_name("REASON");
  command->add_flag("--draft", creation->is_draft, "Not open yet: until `inspection open` it can be changed");
  add_terms(*command, creation->terms);
  command->footer(
      "Asks for two passphrases, twice each: one opens the answers, the other recovers them if the first is lost.\n"
      "From a pipe: four lines, passphrase, again, recovery passphrase, again.\n\n"
      "Example:\n  perspective-collector inspection create croydon-2012 --area Croydon \\\n"
      "      --questionnaire questionnaires/children-and-young-people --questionnaire questionnaires/victims\n"
      "  perspective-collector inspection create croydon-2013 --area Croydon --like croydon-2012");
  command->callback([&chosen, creation] { chosen.run = [&chosen, creation] { return create(chosen, *creation); }; });
}

void add_list(CLI::App& group, Chosen& chosen) {
  auto* const command = group.add_subcommand("list", "Show all inspections and their state");
  const auto is_json = std::make_shared<bool>(false);
  command->add_flag("--json", *is_json, "As JSON");
  command->footer("Example:\n  perspective-collector inspection list");
  command->callback([&chosen, is_json] { chosen.run = [&chosen, is_json] { return list(chosen, *is_json); }; });
}

void add_unlock(CLI::App& group, Chosen& chosen) {
  auto* const command = group.add_subcommand("unlock", "Open an inspection's answers in the collector's memory");
  const auto id = std::make_shared<std::string>();
  const auto is_recovery = std::make_shared<bool>(false);
  command->add_option("ID", *id, "The inspection")->required();
  command->add_flag("--recovery", *is_recovery, "With the recovery key, when the inspection's passphrase is lost");
  command->footer(
      "Asks for the passphrase of the inspection (or the recovery passphrase), or reads it as a line from standard "
      "input.\n"
      "Refused where swap is on, unless the collector was started with --allow-swap.\n\n"
      "Example:\n  perspective-collector inspection unlock croydon-2012");
  command->callback([&chosen, id, is_recovery] {
    chosen.run = [&chosen, id, is_recovery] { return unlock(chosen, *id, *is_recovery); };
  });
}

void add_lock(CLI::App& group, Chosen& chosen) {
  auto* const command = group.add_subcommand("lock", "Forget an inspection's key and everything that was opened");
  const auto id = std::make_shared<std::string>();
  command->add_option("ID", *id, "The inspection")->required();
  command->footer("Example:\n  perspective-collector inspection lock croydon-2012");
  command->callback([&chosen, id] { chosen.run = [&chosen, id] { return forget(chosen, *id); }; });
}

}  // namespace

void add_inspection_commands(CLI::App& app, Chosen& chosen) {
  auto* const group =
      app.add_subcommand("inspection", "Inspections: make, list, show, set, unlock, and each step of one");
  group->require_subcommand(1);
  add_create(*group, chosen);
  add_list(*group, chosen);
  add_life_commands(*group, chosen);
  add_token_commands(*group, chosen);
  add_unlock(*group, chosen);
  add_lock(*group, chosen);
  add_reconcile(*group, chosen);
  add_destroy_command(*group, chosen);
}

}  // namespace perspective::admin

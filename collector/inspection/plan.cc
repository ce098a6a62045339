// What was asked for of an inspection: shown, changed, and taken over into another.
#include <algorithm>
#include <utility>

#include "inspection/creation.h"
#include "inspection/inspections.h"
#include "inspection/record.h"
#include "text/catalogue.h"

namespace perspective::inspection {
namespace {

Policy policy_of(const Record& record) {
  const auto& package = record.package;
  Policy policy{.languages = package.languages,
                .is_own_machine = package.is_own_machine,
                .smallest_batch = package.smallest_batch,
                .are_tokens_asked_for = package.tokens.has_value(),
                .why_no_tokens = record.why_no_tokens,
                .may_ask_worker = package.may_ask_worker,
                .guardian_policies = {},
                .retention_months = record.retention_months,
                .guard_threshold = record.guard_threshold};
  for (const auto& [id, packed] : package.questionnaires) {
    policy.guardian_policies.emplace(id, protocol::to_text(packed.guardian_policy));
  }
  return policy;
}

// As if it were to be made anew; without passphrases.
NewInspection remade(const Record& record) {
  const auto& package = record.package;
  NewInspection inspection;
  inspection.id = package.inspection;
  inspection.area = package.area;
  inspection.languages = package.languages;
  inspection.is_own_machine = package.is_own_machine;
  inspection.smallest_batch = package.smallest_batch;
  inspection.why_no_tokens = record.why_no_tokens;
  inspection.may_ask_worker = package.may_ask_worker;
  inspection.dates = record.dates;
  inspection.retention_months = record.retention_months;
  inspection.guard_threshold = record.guard_threshold;
  for (const auto& id : record.chapters) {
    const auto& packed = package.questionnaires.at(id);
    inspection.guardian_policies.push_back(id + "=" + std::string(protocol::to_text(packed.guardian_policy)));
    inspection.questionnaires.push_back({.definition = packed.definition,
                                         .texts = packed.texts,
                                         .section = record.sections.at(id),
                                         .pictures = packed.pictures,
                                         .recordings = packed.recordings});
  }
  return inspection;
}

template <typename Value>
void put(const std::optional<Value>& change, Value& place) {
  if (change) place = *change;
}

void apply(const Changes& changes, NewInspection& inspection) {
  put(changes.fieldwork_starts, inspection.dates.fieldwork_starts);
  put(changes.fieldwork_ends, inspection.dates.fieldwork_ends);
  put(changes.report_due, inspection.dates.report_due);
  put(changes.area, inspection.area);
  put(changes.languages, inspection.languages);
  put(changes.is_own_machine, inspection.is_own_machine);
  put(changes.smallest_batch, inspection.smallest_batch);
  put(changes.why_no_tokens, inspection.why_no_tokens);
  put(changes.may_ask_worker, inspection.may_ask_worker);
  put(changes.guardian_policies, inspection.guardian_policies);
  put(changes.retention_months, inspection.retention_months);
  put(changes.guard_threshold, inspection.guard_threshold);
}

// Keys, salts and tokens stay: what was made with them stays good.
Result<Record> changed_record(const Record& before, const NewInspection& wanted) {
  const auto questionnaires = check(wanted, true);
  if (!questionnaires) return std::unexpected(questionnaires.error());
  auto record = record_of(wanted, *questionnaires);
  if (!record) return record;
  auto& package = record->package;
  package.salt = before.package.salt;
  package.inspection_certificate = before.package.inspection_certificate;
  package.recovery_certificate = before.package.recovery_certificate;
  package.receipt_key = before.package.receipt_key;
  if (package.tokens && before.package.tokens) package.tokens = before.package.tokens;
  return record;
}

Result<std::string> title_of(const Record& record, const std::string& questionnaire, const std::string& language) {
  const auto& texts = record.package.questionnaires.at(questionnaire).texts;
  const auto& languages = record.package.languages;
  const bool has_it = std::ranges::find(languages, language) != languages.end();
  const auto found = texts.find(has_it ? language : languages.front());
  if (found == texts.end()) return questionnaire;
  const auto words = text::Catalogue::parse(found->second, found->first);
  if (!words) return std::unexpected(words.error());
  return words->has("title") ? words->format("title") : questionnaire;
}

}  // namespace

Result<Described> Inspections::describe(std::string_view inspection, const std::string& language) {
  const auto stored = store_.inspection(inspection);
  if (!stored) return std::unexpected(stored.error());
  const auto record = record_from(stored->definition);
  if (!record) return std::unexpected(record.error());
  const auto standings = standings_of({stored->head});
  if (!standings) return std::unexpected(standings.error());
  auto summary = summary_of(stored->head, standings->front(),
                            Plan{.dates = record->dates, .retention_months = record->retention_months}, working_days());
  if (!summary) return std::unexpected(summary.error());
  const auto questionnaires = questionnaires_of(*record);
  if (!questionnaires) return std::unexpected(questionnaires.error());
  Described described{.summary = *std::move(summary), .policy = policy_of(*record), .questionnaires = {}, .titles = {}};
  for (const auto& questionnaire : *questionnaires) {
    described.questionnaires.push_back(questionnaire.id + " " + std::to_string(questionnaire.version));
    auto title = title_of(*record, questionnaire.id, language);
    if (!title) return std::unexpected(title.error());
    described.titles.emplace(questionnaire.id, *std::move(title));
  }
  return described;
}

Result<NewInspection> Inspections::like(std::string_view inspection) {
  const auto stored = store_.inspection(inspection);
  if (!stored) return std::unexpected(stored.error());
  const auto record = record_from(stored->definition);
  if (!record) return std::unexpected(record.error());
  auto made = remade(*record);
  made.id.clear();
  made.area.clear();
  made.dates = {};
  return made;
}

Result<void> Inspections::change(std::string_view inspection, const Changes& changes, const store::NextEntry& entry) {
  const std::lock_guard lock(life_);
  auto stored = store_.inspection(inspection);
  if (!stored) return std::unexpected(stored.error());
  auto& head = stored->head;
  const auto state = state_of(head.state, head.id);
  if (!state) return std::unexpected(state.error());
  if (changes.has_policy() && !allowed_in(*state).policy) {
    return fail(ErrorCode::conflict, "'" + head.id + "' is " + std::string(to_text(*state)) +
                                         ": but for its dates, an inspection can be changed while it is a draft");
  }
  if (!allowed_in(*state).dates) {
    return fail(ErrorCode::conflict, "'" + head.id + "' is " + std::string(to_text(*state)) + ": it stays as it is");
  }
  auto record = record_from(stored->definition);
  if (!record) return std::unexpected(record.error());
  auto wanted = remade(*record);
  apply(changes, wanted);
  if (auto dates = check_dates(wanted.dates); !dates) return dates;
  record->dates = wanted.dates;
  if (changes.has_policy()) {
    auto made = changed_record(*record, wanted);
    if (!made) return std::unexpected(made.error());
    *record = *std::move(made);
    head.version += 1;
    record->package.version = head.version;
    head.area = record->package.area;
    head.envelope_bytes = record->package.envelope_bytes;
    auto package = signed_package(record->package);
    if (!package) return std::unexpected(package.error());
    stored->package = *std::move(package);
  }
  stored->definition = to_json(*record);
  return store_.update_inspection(*stored, entry);
}

}  // namespace perspective::inspection

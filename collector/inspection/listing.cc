// All inspections beside each other: what each is about and what is due, without opening or counting any.
#include <algorithm>
#include <utility>

#include "inspection/inspections.h"
#include "text/editing.h"

namespace perspective::inspection {
namespace {

bool is_wanted(const store::InspectionHead& head, State state, const Wanted& wanted, const std::string& words) {
  if (wanted.is_unfinished && (state == State::published || state == State::destroyed)) return false;
  if (wanted.state && state != *wanted.state) return false;
  return words.empty() || text::folded(head.area).contains(words) || head.id.contains(words);
}

}  // namespace

Result<Plan> Plans::of(store::Store& store, const store::InspectionHead& head) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = known_.find(head.id);
    if (found != known_.end() && found->second.written == head.written) return found->second.plan;
  }
  const auto stored = store.inspection(head.id);
  if (!stored) return std::unexpected(stored.error());
  auto plan = plan_from(stored->definition);
  if (!plan) return plan;
  plan->release.clear();  // may be long, and nobody asks for it here
  const std::lock_guard lock(mutex_);
  known_.insert_or_assign(head.id, Known{stored->head.written, *plan});
  return plan;
}

Result<std::vector<store::Standing>> Inspections::standings_of(const std::vector<store::InspectionHead>& heads) {
  std::vector<std::string> ids;
  for (const auto& head : heads) ids.push_back(head.id);
  return store_.standings(ids);
}

Result<Summary> Inspections::summary_of(const store::InspectionHead& head, const store::Standing& standing,
                                        const Plan& plan, const comments::WorkingDays& calendar) {
  const auto state = state_of(head.state, head.id);
  if (!state) return std::unexpected(state.error());
  auto alarms = alarms_of(head, standing, calendar);
  if (!alarms) return std::unexpected(alarms.error());
  const auto unread = unread_of(*state, standing);
  return Summary{.id = head.id,
                 .area = head.area,
                 .state = *state,
                 .is_unlocked = opened(head.id).has_value(),
                 .locks_in_s = locks_in_s(head.id),
                 .package_version = head.version,
                 .envelopes = standing.stored(),
                 .unread = unread ? unread->responses : 0,
                 .is_accepting = head.is_accepting,
                 .dates = plan.dates,
                 .reminders = reminders(*state, plan.dates, plan.retention_months, day_of(clock_.now_s())),
                 .alarms = *std::move(alarms)};
}

Result<std::vector<std::string>> Inspections::ids(const Wanted& wanted) {
  const auto heads = store_.inspections();
  if (!heads) return std::unexpected(heads.error());
  const auto words = text::folded(wanted.words);
  std::vector<std::string> ids;
  for (const auto& head : *heads) {
    const auto state = state_of(head.state, head.id);
    if (!state) return std::unexpected(state.error());
    if (is_wanted(head, *state, wanted, words)) ids.push_back(head.id);
  }
  return ids;
}

Result<std::vector<Summary>> Inspections::summaries_of(const std::vector<store::InspectionHead>& heads) {
  const auto standings = standings_of(heads);
  if (!standings) return std::unexpected(standings.error());
  const auto calendar = working_days();
  std::vector<Summary> summaries;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    const auto plan = plans_.of(store_, heads[i]);
    if (!plan) return std::unexpected(plan.error());
    auto summary = summary_of(heads[i], (*standings)[i], *plan, calendar);
    if (!summary) return std::unexpected(summary.error());
    summaries.push_back(*std::move(summary));
  }
  return summaries;
}

Result<std::vector<Summary>> Inspections::list() {
  const auto heads = store_.inspections();
  if (!heads) return std::unexpected(heads.error());
  return summaries_of(*heads);
}

Result<std::vector<Summary>> Inspections::summaries(const std::vector<std::string>& ids) {
  std::vector<store::InspectionHead> heads;
  for (const auto& id : ids) {
    auto head = store_.head(id);
    if (!head) return std::unexpected(head.error());
    heads.push_back(*std::move(head));
  }
  return summaries_of(heads);
}

Result<std::vector<DueReminder>> Inspections::due_reminders() {
  const auto heads = store_.inspections();
  if (!heads) return std::unexpected(heads.error());
  const auto today = day_of(clock_.now_s());
  std::vector<DueReminder> all;
  for (const auto& head : *heads) {
    const auto state = state_of(head.state, head.id);
    if (!state) return std::unexpected(state.error());
    const auto plan = plans_.of(store_, head);
    if (!plan) return std::unexpected(plan.error());
    for (auto& one : reminders(*state, plan->dates, plan->retention_months, today)) {
      all.push_back({head.id, head.area, std::move(one)});
    }
  }
  return all;
}

}  // namespace perspective::inspection

// What somebody must do about comments, concerns and paper forms, by counts alone: the same whether or not it is
// unlocked.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/file.h"
#include "comments/unread.h"
#include "inspection/inspections.h"

namespace perspective::inspection {
namespace {

// In fives while fieldwork is open, as everywhere: one more would be one person.
std::string responses_in_words(std::int64_t responses, bool is_exact) {
  if (is_exact) return responses == 1 ? "1 response" : fmt::format("{} responses", responses);
  const auto rounded = in_fives(responses);
  return rounded == 0 ? "responses" : fmt::format("{} or more responses", rounded);
}

Alarm unread_alarm(const store::InspectionHead& head, const comments::Unread& unread, const comments::Term& term,
                   bool is_exact) {
  const auto came = fmt::format("{} that came since {}", responses_in_words(unread.responses, is_exact), unread.since);
  return {.inspection = head.id,
          .area = head.area,
          .kind = Alarm::Kind::unread,
          .since = unread.since,
          .due = term.due,
          .is_overdue = term.is_overdue,
          .says = fmt::format("nobody has read what is in {}. Somebody may be in danger: unlock it and read the "
                              "comments{}.",
                              came, term.is_overdue ? ", which was due on " + term.due : " today")};
}

// From the moment at which it is raised: whoever decides may look here before it is due.
Alarm concern_alarm(const store::InspectionHead& head, const std::string& since, const std::string& reference,
                    const comments::Term& term) {
  auto until = ", which is due on " + term.due;
  if (term.is_alarm) until = term.is_overdue ? ", which was due on " + term.due : ", which is due today";
  return {.inspection = head.id,
          .area = head.area,
          .kind = term.is_alarm ? Alarm::Kind::undecided : Alarm::Kind::raised,
          .since = since,
          .due = term.due,
          .is_overdue = term.is_overdue,
          .says = fmt::format("concern {}, raised on {}, waits for a decision{}.", reference, since, until)};
}

std::string forms_in_words(std::int64_t forms, bool is_exact) {
  if (is_exact) return forms == 1 ? "1 paper form" : fmt::format("{} paper forms", forms);
  const auto rounded = in_fives(forms);
  return rounded == 0 ? "paper forms" : fmt::format("{} or more paper forms", rounded);
}

// What is on them nobody reads before they are counted, but who keyed them.
Alarm unsettled_alarm(const store::InspectionHead& head, const std::string& since, std::int64_t forms,
                      const comments::Term& term, bool is_exact) {
  return {.inspection = head.id,
          .area = head.area,
          .kind = Alarm::Kind::unsettled,
          .since = since,
          .due = term.due,
          .is_overdue = term.is_overdue,
          .says = fmt::format(
              "{} that somebody keyed, the first on {}, wait to be keyed a second time, keyed again or settled. "
              "Somebody may be in danger: `paper forms` says which{}.",
              forms_in_words(forms, is_exact), since, term.is_overdue ? "; that was due on " + term.due : "")};
}

struct Waiting {
  std::int64_t forms = 0;
  std::string since;  // of the one that has waited longest
};

// Of before days were kept: as if from long ago, too early rather than too late.
Waiting waiting_of(const std::vector<std::string>& forms, const std::string& today) {
  Waiting waiting{.forms = static_cast<std::int64_t>(forms.size()), .since = today};
  for (const auto& day : forms) waiting.since = std::min(waiting.since, day.empty() ? std::string(kLongAgo) : day);
  return waiting;
}

// Somebody has held what was counted from paper since the day on which it was keyed.
std::string first_keyed(const std::vector<store::PlainCount>& counts, std::int64_t read, std::string since) {
  for (const auto& [name, count] : counts) {
    if (name.starts_with(kPaperCount) && count > read) since = std::min(since, name.substr(kPaperCount.size()));
  }
  return since;
}

std::int64_t read_until(const store::Standing& standing) {
  const auto read = std::ranges::find(standing.counts, kReadCount, &store::PlainCount::name);
  return read == standing.counts.end() ? 0 : read->count;
}

}  // namespace

std::string_view to_text(Alarm::Kind kind) {
  switch (kind) {
    case Alarm::Kind::unread:
      return "unread";
    case Alarm::Kind::undecided:
      return "undecided";
    case Alarm::Kind::raised:
      return "raised";
    case Alarm::Kind::unsettled:
      return "unsettled";
  }
  return {};
}

comments::WorkingDays Inspections::working_days() const {
  const auto text = read_text(setting_.assets / "comments" / "working-days.json");
  const auto days = text ? comments::WorkingDays::parse(*text) : std::unexpected(text.error());
  return days ? *days : comments::WorkingDays();  // weekends alone: too early, never too late
}

std::string Inspections::calendar_warning() {
  const auto text = read_text(setting_.assets / "comments" / "working-days.json");
  if (text) {
    if (const auto days = comments::WorkingDays::parse(*text); !days) return days.error().what;
  }
  return working_days().warning(*parse_day(day_of(clock_.now_s())));
}

std::optional<comments::Unread> Inspections::unread_of(State state, const store::Standing& standing) {
  if (!allowed_in(state).unlocking) return std::nullopt;  // a draft, or what nobody can read
  std::vector<comments::Arrived> arrived;
  for (const auto& day : standing.days) arrived.push_back({day.day, day.envelopes});
  return comments::unread_of(std::move(arrived), read_until(standing), standing.stored());
}

Result<std::vector<Alarm>> Inspections::alarms_of(const store::InspectionHead& head, const store::Standing& standing,
                                                  const comments::WorkingDays& calendar) {
  const auto state = state_of(head.state, head.id);
  if (!state) return std::unexpected(state.error());
  if (!allowed_in(*state).unlocking) return std::vector<Alarm>();  // a draft, or what nobody can read
  const auto& counts = standing.counts;
  const auto today = day_of(clock_.now_s());

  std::vector<Alarm> alarms;
  auto unread = unread_of(*state, standing);
  if (unread) {
    unread->since = first_keyed(counts, read_until(standing), unread->since);
    const auto term = comments::term_of(calendar, unread->since, comments::kReadWithin, today);
    if (!term) return std::unexpected(term.error());
    if (term->is_alarm) alarms.push_back(unread_alarm(head, *unread, *term, is_past_fieldwork(*state)));
  }
  for (const auto& [name, count] : counts) {
    if (!name.starts_with(kConcernCount) || count >= kDecided) continue;
    const auto since = name.substr(kConcernCount.size(), 10);
    const auto term = comments::term_of(calendar, since, comments::kDecideWithin, today);
    if (!term) return std::unexpected(term.error());
    const auto reference = name.substr(std::min(name.size(), kConcernCount.size() + 11));
    alarms.push_back(concern_alarm(head, since, reference, *term));
  }
  if (const auto waiting = waiting_of(standing.forms, today); waiting.forms > 0) {
    const auto term = comments::term_of(calendar, waiting.since, comments::kReadWithin, today);
    if (!term) return std::unexpected(term.error());
    if (term->is_alarm) {
      alarms.push_back(unsettled_alarm(head, waiting.since, waiting.forms, *term, is_past_fieldwork(*state)));
    }
  }
  return alarms;
}

Result<std::vector<Alarm>> Inspections::alarms(std::string_view inspection) {
  auto heads = store_.inspections();
  if (!heads) return std::unexpected(heads.error());
  if (!inspection.empty()) {
    const auto head = store_.head(inspection);
    if (!head) return std::unexpected(head.error());
    *heads = {*head};
  }
  const auto standings = standings_of(*heads);
  if (!standings) return std::unexpected(standings.error());
  const auto calendar = working_days();
  std::vector<Alarm> all;
  for (std::size_t i = 0; i < heads->size(); ++i) {
    auto alarms = alarms_of((*heads)[i], (*standings)[i], calendar);
    if (!alarms) return alarms;
    std::ranges::move(*alarms, std::back_inserter(all));
  }
  std::ranges::stable_sort(all, {}, [](const Alarm& alarm) { return std::pair(alarm.due, alarm.inspection); });
  return all;
}

}  // namespace perspective::inspection

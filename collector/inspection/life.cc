#include "inspection/life.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "base/clock.h"

namespace perspective::inspection {
namespace {

using Days = std::chrono::sys_days;

struct Row {
  State state;
  std::string_view name;
  std::string_view words;  // "it is ..."
  Allowance allowed;
  std::array<std::optional<State>, 3> next;
};

// Destroyed is only one that takes no answer any more: whatever came then would be lost.
constexpr std::array<Row, kStates.size()> kTable{{
    {State::draft,
     "draft",
     "a draft",
     {.policy = true, .dates = true, .tokens = true},
     {State::open, State::destroyed}},
    {State::open,
     "open",
     "open",
     {.dates = true,
      .kiosks = true,
      .tokens = true,
      .envelopes = true,
      .withdrawals = true,
      .quotations = true,
      .unlocking = true},
     {State::fieldwork_ended}},
    {State::fieldwork_ended,
     "fieldwork-ended",
     "past its fieldwork",
     {.dates = true,
      .kiosks = true,
      .envelopes = true,
      .ledgers = true,
      .quotations = true,
      .unlocking = true,
      .releases = true},
     {State::provisional, State::draft_report}},
    {State::provisional,
     "provisional",
     "at its provisional findings",
     {.dates = true,
      .kiosks = true,
      .envelopes = true,
      .ledgers = true,
      .quotations = true,
      .unlocking = true,
      .releases = true},
     {State::draft_report}},
    {State::draft_report,
     "draft-report",
     "at its draft report",
     {.dates = true, .kiosks = true, .ledgers = true, .quotations = true, .unlocking = true, .releases = true},
     {State::published, State::destroyed}},
    {State::published,
     "published",
     "published",
     {.kiosks = true, .ledgers = true, .unlocking = true},
     {State::destroyed}},
    {State::destroyed, "destroyed", "destroyed", {}, {}},
}};

const Row& row_of(State state) { return kTable.at(static_cast<std::size_t>(state)); }

std::string days_in_words(long days) { return days == 1 ? "1 day" : fmt::format("{} days", days); }

// After the last day of fieldwork: provisional findings in two weeks, the draft to the service within six.
constexpr int kProvisionalDays = 14;
constexpr int kDraftDays = 42;

class Calendar {
 public:
  explicit Calendar(Days today) : today_(today) {}

  // `late`: "Fieldwork was to end on {day}, {n days} ago: ..."; `soon`: "Fieldwork ends {on day, in n days}."
  void due(std::string_view what, std::optional<Days> day, std::string_view what_was, std::string_view what_is,
           std::string_view then) {
    if (!day) return;
    const long left = (*day - today_).count();
    if (left < 0) {
      all_.push_back({true, what, day_text(*day), left,
                      fmt::format("{} {}, {} ago: {}.", what_was, day_text(*day), days_in_words(-left), then)});
    } else if (left <= kReminderDays) {
      const auto when = left == 0 ? std::string("today") : "in " + days_in_words(left);
      all_.push_back({false, what, day_text(*day), left, fmt::format("{} {}, {}.", what_is, day_text(*day), when)});
    }
  }
  std::vector<Reminder> take() { return std::move(all_); }

 private:
  Days today_;
  std::vector<Reminder> all_;
};

std::optional<Days> later(std::optional<Days> day, int days) {
  if (!day) return std::nullopt;
  return *day + std::chrono::days(days);
}

// The last day of the month where it has no such day.
std::optional<Days> months_later(std::optional<Days> day, int months) {
  if (!day) return std::nullopt;
  auto date = std::chrono::year_month_day(*day) + std::chrono::months(months);
  if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
  return Days(date);
}

}  // namespace

std::string_view to_text(State state) { return row_of(state).name; }

Result<State> state_of(std::string_view stored, std::string_view inspection) {
  if (stored == "closed") return State::fieldwork_ended;
  for (const auto& row : kTable) {
    if (row.name == stored) return row.state;
  }
  return fail(ErrorCode::corrupt,
              fmt::format("inspection '{}' is in a state that this version does not know", inspection));
}

const Allowance& allowed_in(State state) { return row_of(state).allowed; }

Result<void> check_step(State from, State to) {
  const auto& next = row_of(from).next;
  if (std::ranges::find(next, std::optional(to)) != next.end()) return {};
  if (from == to) return fail(ErrorCode::conflict, fmt::format("it is {} already", row_of(from).words));
  std::string ways;
  for (const auto& way : next) {
    if (way) ways += (ways.empty() ? "" : " or ") + std::string(to_text(*way));
  }
  return fail(ErrorCode::conflict, ways.empty() ? fmt::format("it is {}, and stays so", row_of(from).words)
                                                : fmt::format("it is {}: what can follow is {}, not {}",
                                                              row_of(from).words, ways, to_text(to)));
}

Result<void> check_dates(const Dates& dates) {
  std::optional<Days> last;
  for (const auto& [day, name] :
       {std::pair(&dates.fieldwork_starts, "fieldwork starts"), std::pair(&dates.fieldwork_ends, "fieldwork ends"),
        std::pair(&dates.report_due, "the report is due")}) {
    if (day->empty()) continue;
    const auto parsed = parse_day(*day);
    if (!parsed) {
      return fail(ErrorCode::invalid, fmt::format("'{}', when {}, is no day: write it as 2026-11-30", *day, name));
    }
    if (last && *parsed < *last) {
      return fail(ErrorCode::invalid, fmt::format("{}, when {}, is before the day that should come first", *day, name));
    }
    last = parsed;
  }
  return {};
}

std::vector<Reminder> reminders(State state, const Dates& dates, int retention_months, const std::string& today) {
  const auto now = parse_day(today);
  if (!now) return {};
  Calendar calendar(*now);
  const auto ends = parse_day(dates.fieldwork_ends);
  switch (state) {
    case State::draft:
      calendar.due("fieldwork-starts", parse_day(dates.fieldwork_starts), "Fieldwork was to start on",
                   "Fieldwork starts on", "open the inspection, or change the day");
      break;
    case State::open:
      calendar.due("fieldwork-ends", ends, "Fieldwork was to end on", "Fieldwork ends on", "end it, or change the day");
      break;
    case State::fieldwork_ended:
      calendar.due("provisional", later(ends, kProvisionalDays), "Provisional findings were due on",
                   "Provisional findings are due on", "they come two weeks after fieldwork");
      break;
    case State::provisional:
      calendar.due("draft-report", later(ends, kDraftDays), "The draft report was to go to the service by",
                   "The draft report goes to the service by", "it goes within six weeks of fieldwork");
      break;
    case State::published:
      calendar.due("answers", months_later(parse_day(dates.published_on), retention_months),
                   "The answers were to be destroyed on", "The answers are to be destroyed on",
                   "that is how long they were to be kept");
      break;
    case State::draft_report:
    case State::destroyed:
      break;
  }
  const bool is_written = state == State::published || state == State::destroyed;
  if (!is_written) {
    calendar.due("report", parse_day(dates.report_due), "The report was due on", "The report is due on",
                 "publish it, or change the day");
  }
  return calendar.take();
}

}  // namespace perspective::inspection

// The life of an inspection as one table: its states, what each allows, which may follow; and what is due when.
//
// Promise:   nothing outside this table says what may be done in a state.
// Errors:    check_step: conflict, saying what can follow. check_dates: invalid.
// Threads:   pure.
// Units:     days as "2026-11-22", UTC.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace perspective::inspection {

enum class State {
  draft,            // being prepared: no kiosk knows it
  open,             // kiosks offer visits
  fieldwork_ended,  // no more visits; what kiosks still hold is taken
  provisional,      // the provisional findings are out; the last of what kiosks hold is still taken
  draft_report,     // the service reads the draft: its numbers stand, nothing more is taken
  published,        // frozen
  destroyed,        // its keys are gone: nobody can read an answer of it
};
inline constexpr std::array kStates{State::draft,        State::open,      State::fieldwork_ended, State::provisional,
                                    State::draft_report, State::published, State::destroyed};

std::string_view to_text(State state);  // "draft", "open", "fieldwork-ended", ...
// As it is stored of this inspection. "closed", of before there were these, is fieldwork_ended. Errors: corrupt.
Result<State> state_of(std::string_view stored, std::string_view inspection);
constexpr bool is_past_fieldwork(State state) { return state != State::draft && state != State::open; }

struct Allowance {
  bool policy = false;       // may be changed
  bool dates = false;        // may be changed
  bool kiosks = false;       // may be invited, and are told of it
  bool tokens = false;       // may be issued
  bool envelopes = false;    // new ones are taken; repeats are answered in every state
  bool withdrawals = false;  // with four words, here
  bool ledgers = false;      // kiosks tell how their visits ended
  bool quotations = false;   // may be chosen
  bool unlocking = false;
  bool releases = false;  // may be frozen, and stated more in
};
const Allowance& allowed_in(State state);

Result<void> check_step(State from, State to);

struct Dates {
  std::string fieldwork_starts = {};  // empty: not set
  std::string fieldwork_ends = {};    // the last day of it
  std::string report_due = {};
  std::string published_on = {};  // set by publishing
  bool operator==(const Dates&) const = default;
};
Result<void> check_dates(const Dates& dates);

struct Reminder {
  bool is_overdue = false;
  std::string_view what =
      {};                 // "fieldwork-starts", "fieldwork-ends", "provisional", "draft-report", "report", "answers"
  std::string day = {};   // on which it is due: "2026-11-26"
  long days_left = 0;     // below 0: it was
  std::string says = {};  // all of that in an English sentence
};
// What is due within kReminderDays, or should have been done.
constexpr int kReminderDays = 7;
std::vector<Reminder> reminders(State state, const Dates& dates, int retention_months, const std::string& today);

// While fieldwork is open inspectors see how many have answered in fives, rounded down: one more would be one person.
constexpr std::int64_t in_fives(std::int64_t count) { return count < 0 ? 0 : count / 5 * 5; }

}  // namespace perspective::inspection

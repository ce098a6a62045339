// What a supervisor is told before a visit: why none can start, what to look after, why something waits. A closed list
// of codes; their words stand in assets/texts, under kiosk.start.reason.<code>.
//
// Promise:   a code never changes its meaning: the outbox keeps one from one run of the program to the next. No reason
//            tells how much waits: a count that rises tells who refused.
// Threads:   plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string_view>

namespace perspective::readiness {

enum class Reason : std::uint8_t {
  // No visit may start.
  disk_full,
  disk_broken,
  enrolment_damaged,
  no_questionnaire,
  fieldwork_ended,
  // One questionnaire may not.
  keys_unusable,
  words_unusable,
  // Visits go on.
  clock_wrong,
  certificate_ended,
  package_not_genuine,
  package_damaged,
  sound_missing,
  pin_missing,
  tokens_not_reported,  // which were spent; of no visit, and not how many
  // Something waits, and visits go on.
  collector_unreachable,
  collector_unproven,
  kiosk_not_accepted,
  collector_busy,
  collector_not_understood,
  package_missing,
  set_aside,
};

enum class Weight {
  stops_visits,
  stops_questionnaire,
  warning,
  waiting,  // of use only while something waits
};

using Reasons = std::set<Reason>;  // in the order above, the weightiest first

std::string_view code_of(Reason reason);                     // "disk_full"
std::optional<Reason> reason_of(std::string_view code);      // nothing: no code of this version
std::optional<Reason> reason_numbered(std::uint8_t number);  // nothing: there are not so many
Weight weight_of(Reason reason);
Reasons all_reasons();

// Without those that another explains: who has a wrong clock cannot tell a stranger from the collector.
Reasons without_echoes(Reasons reasons);

}  // namespace perspective::readiness

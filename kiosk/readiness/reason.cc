#include "readiness/reason.h"

#include <algorithm>
#include <array>

namespace perspective::readiness {
namespace {

struct Row {
  Reason reason;
  std::string_view code;
  Weight weight;
};

constexpr auto kRows = std::to_array<Row>({
    {Reason::disk_full, "disk_full", Weight::stops_visits},
    {Reason::disk_broken, "disk_broken", Weight::stops_visits},
    {Reason::enrolment_damaged, "enrolment_damaged", Weight::stops_visits},
    {Reason::no_questionnaire, "no_questionnaire", Weight::stops_visits},
    {Reason::fieldwork_ended, "fieldwork_ended", Weight::stops_visits},
    {Reason::keys_unusable, "keys_unusable", Weight::stops_questionnaire},
    {Reason::words_unusable, "words_unusable", Weight::stops_questionnaire},
    {Reason::clock_wrong, "clock_wrong", Weight::warning},
    {Reason::certificate_ended, "certificate_ended", Weight::warning},
    {Reason::package_not_genuine, "package_not_genuine", Weight::warning},
    {Reason::package_damaged, "package_damaged", Weight::warning},
    {Reason::sound_missing, "sound_missing", Weight::warning},
    {Reason::pin_missing, "pin_missing", Weight::warning},
    {Reason::tokens_not_reported, "tokens_not_reported", Weight::warning},
    {Reason::collector_unreachable, "collector_unreachable", Weight::waiting},
    {Reason::collector_unproven, "collector_unproven", Weight::waiting},
    {Reason::kiosk_not_accepted, "kiosk_not_accepted", Weight::waiting},
    {Reason::collector_busy, "collector_busy", Weight::waiting},
    {Reason::collector_not_understood, "collector_not_understood", Weight::waiting},
    {Reason::package_missing, "package_missing", Weight::waiting},
    {Reason::set_aside, "set_aside", Weight::waiting},
});

constexpr bool is_in_order() {
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    if (static_cast<std::size_t>(kRows[i].reason) != i) return false;
  }
  return true;
}
static_assert(is_in_order());

const Row& row_of(Reason reason) { return kRows[static_cast<std::size_t>(reason)]; }

}  // namespace

std::string_view code_of(Reason reason) { return row_of(reason).code; }

std::optional<Reason> reason_of(std::string_view code) {
  const auto* row = std::ranges::find(kRows, code, &Row::code);
  return row == kRows.end() ? std::nullopt : std::optional(row->reason);
}

std::optional<Reason> reason_numbered(std::uint8_t number) {
  return number < kRows.size() ? std::optional(kRows[number].reason) : std::nullopt;
}

Weight weight_of(Reason reason) { return row_of(reason).weight; }

Reasons all_reasons() {
  Reasons all;
  for (const Row& row : kRows) all.insert(row.reason);
  return all;
}

Reasons without_echoes(Reasons reasons) {
  if (reasons.contains(Reason::enrolment_damaged)) {
    // Without the authority no package can be told from a forgery, and nobody can be asked for one.
    for (const Reason echo : {Reason::no_questionnaire, Reason::clock_wrong, Reason::certificate_ended,
                              Reason::package_not_genuine, Reason::package_damaged}) {
      reasons.erase(echo);
    }
  }
  if (reasons.contains(Reason::clock_wrong)) {
    reasons.erase(Reason::collector_unproven);
    reasons.erase(Reason::certificate_ended);
  }
  if (reasons.contains(Reason::certificate_ended)) {
    reasons.erase(Reason::collector_unproven);
    reasons.erase(Reason::kiosk_not_accepted);
  }
  return reasons;
}

}  // namespace perspective::readiness

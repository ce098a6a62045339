// What became of the visits of one inspection at one kiosk: counts, for the reconciliation at the end of fieldwork.
//
// Promise:   started = in progress + lost + stopped + timed out + waiting + quarantined + sent + withdrawn, because
// what
//            is in progress is not written down but is what is left over. Nothing says when, or of which visit.
// Threads:   a plain value.
// Units:     visits.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace perspective {

struct Ledger {
  std::int64_t started = 0;
  // Ended without an envelope.
  std::int64_t lost = 0;       // the power went, or the window crashed too often, or the kiosk could not go on
  std::int64_t stopped = 0;    // by the person, who had all deleted
  std::int64_t timed_out = 0;  // nobody was there any more
  // Of those that were sent: where the envelope is.
  std::int64_t waiting = 0;
  std::int64_t quarantined = 0;  // the collector will not have it
  std::int64_t sent = 0;
  std::int64_t withdrawn = 0;

  constexpr std::int64_t in_progress() const {
    return started - lost - stopped - timed_out - waiting - quarantined - sent - withdrawn;
  }
  bool operator==(const Ledger&) const = default;
};

// As files, requests and tables call each count.
struct LedgerCount {
  std::string_view name;
  std::int64_t Ledger::*count;
};
inline constexpr std::array<LedgerCount, 8> kLedgerCounts{{{"started", &Ledger::started},
                                                           {"lost", &Ledger::lost},
                                                           {"stopped", &Ledger::stopped},
                                                           {"timed_out", &Ledger::timed_out},
                                                           {"waiting", &Ledger::waiting},
                                                           {"quarantined", &Ledger::quarantined},
                                                           {"sent", &Ledger::sent},
                                                           {"withdrawn", &Ledger::withdrawn}}};

}  // namespace perspective

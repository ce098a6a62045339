// The half of the outbox that counts how visits begin and end; outbox.cc has the envelopes.
#include <algorithm>

#include "outbox/outbox.h"

namespace perspective::outbox {

Result<void> Outbox::count_lost(const Ledgers& ledgers) {
  for (const auto& [inspection, ledger] : ledgers) {
    if (ledger.in_progress() <= 0) continue;
    if (auto lost = add_visits(database_, inspection, &Ledger::lost, ledger.in_progress()); !lost) return lost;
  }
  return {};
}

Result<void> Outbox::begin_visit(const std::string& inspection) {
  const std::lock_guard lock(mutex_);
  if (auto sound = refuse_unless_sound(); !sound) return sound;
  if (!is_ready_for_more()) return refused_for_room();
  const auto ledgers = read_ledgers(database_);
  if (!ledgers) return std::unexpected(ledgers.error());
  return write([&]() -> Result<void> {
    if (auto lost = count_lost(*ledgers); !lost) return lost;
    return add_visits(database_, inspection, &Ledger::started);
  });
}

Result<void> Outbox::end_visit(const std::string& inspection, Ending ending) {
  const std::lock_guard lock(mutex_);
  if (auto sound = refuse_unless_sound(); !sound) return sound;
  auto ledgers = read_ledgers(database_);
  if (!ledgers) return std::unexpected(ledgers.error());
  if ((*ledgers)[inspection].in_progress() <= 0) return {};
  const auto column = ending == Ending::stopped     ? &Ledger::stopped
                      : ending == Ending::timed_out ? &Ledger::timed_out
                                                    : &Ledger::lost;
  return write([&] { return add_visits(database_, inspection, column); });
}

Result<void> Outbox::write_off_visits() {
  const std::lock_guard lock(mutex_);
  if (auto sound = refuse_unless_sound(); !sound) return sound;
  const auto ledgers = read_ledgers(database_);
  if (!ledgers) return std::unexpected(ledgers.error());
  const bool is_any = std::ranges::any_of(*ledgers, [](const auto& each) { return each.second.in_progress() > 0; });
  return is_any ? write([&] { return count_lost(*ledgers); }) : Result<void>();
}

Result<Ledgers> Outbox::ledgers() {
  const std::lock_guard lock(mutex_);
  return read_ledgers(database_);
}

}  // namespace perspective::outbox

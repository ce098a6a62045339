// The half of the outbox that counts how visits begin and end, and hides which of them sent; outbox.cc has the
// envelopes.
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

Result<bool> Outbox::is_in_progress(const std::string& inspection) {
  const auto ledgers = read_ledgers(database_);
  if (!ledgers) return std::unexpected(ledgers.error());
  const auto ledger = ledgers->find(inspection);
  return ledger != ledgers->end() && ledger->second.in_progress() > 0;
}

Result<void> Outbox::begin_visit(const std::string& inspection) {
  const std::lock_guard lock(mutex_);
  under_way_ = inspection;
  if (auto sound = refuse_unless_sound(); !sound) return sound;
  if (!is_ready_for_more()) return refused_for_room();
  const auto ledgers = read_ledgers(database_);
  if (!ledgers) return std::unexpected(ledgers.error());
  return write([&]() -> Result<void> {
    if (auto lost = count_lost(*ledgers); !lost) return lost;
    if (auto noted = note_visit(inspection); !noted) return noted;
    return add_visits(database_, inspection, &Ledger::started);
  });
}

Result<void> Outbox::end_visit(const std::string& inspection, Ending ending) {
  const std::lock_guard lock(mutex_);
  under_way_.clear();
  return count_end(inspection, ending);
}

Result<void> Outbox::count_stopped(const std::string& inspection) {
  const std::lock_guard lock(mutex_);
  return count_end(inspection, Ending::stopped);
}

Result<void> Outbox::count_end(const std::string& inspection, Ending ending) {
  if (auto sound = refuse_unless_sound(); !sound) return sound;
  const auto has_begun = is_in_progress(inspection);
  if (!has_begun) return std::unexpected(has_begun.error());
  if (!*has_begun) return {};
  const auto column = ending == Ending::stopped     ? &Ledger::stopped
                      : ending == Ending::timed_out ? &Ledger::timed_out
                                                    : &Ledger::lost;
  return write([&]() -> Result<void> {
    if (auto noted = note_visit(inspection); !noted) return noted;
    return add_visits(database_, inspection, column);
  });
}

Result<void> Outbox::write_off_visits() {
  const std::lock_guard lock(mutex_);
  under_way_.clear();
  if (auto sound = refuse_unless_sound(); !sound) return sound;
  const auto ledgers = read_ledgers(database_);
  if (!ledgers) return std::unexpected(ledgers.error());
  const bool is_any = std::ranges::any_of(*ledgers, [](const auto& each) { return each.second.in_progress() > 0; });
  return is_any ? write([&] { return count_lost(*ledgers); }) : Result<void>();
}

// Inside a transaction that the visit writes in any case: sent or not, the file is written as often.
Result<void> Outbox::note_visit(const std::string& inspection) {
  if (options_.hides_visits && !options_.hides_visits(inspection)) return {};
  auto note = database_.prepare("INSERT OR REPLACE INTO visited VALUES(?, 0)");
  if (!note) return std::unexpected(note.error());
  return note->bind(1, inspection).run();
}

// Inside the transaction by which something waits no longer.
Result<void> Outbox::forget_visits_let_go() {
  return database_.execute(
      "DELETE FROM visited WHERE is_let_go AND inspection NOT IN (SELECT inspection FROM envelope WHERE status = 0"
      " UNION ALL SELECT inspection FROM withdrawal)");
}

Result<void> Outbox::let_go(const std::string& inspection, Visits how) {
  const std::lock_guard lock(mutex_);
  if (options_.is_guest || under_way_ == inspection) return {};
  if (auto sound = refuse_unless_sound(); !sound) return sound;
  {
    auto noted = database_.prepare("SELECT 1 FROM visited WHERE inspection = ? AND is_let_go < ?");
    if (!noted) return std::unexpected(noted.error());
    const auto is_any = noted->bind(1, inspection).bind(2, static_cast<std::int64_t>(how)).step();
    if (!is_any) return std::unexpected(is_any.error());
    if (!*is_any) return {};
  }
  return write([&]() -> Result<void> {
    auto note = database_.prepare("UPDATE visited SET is_let_go = ? WHERE inspection = ?");
    if (!note) return std::unexpected(note.error());
    return note->bind(1, static_cast<std::int64_t>(how)).bind(2, inspection).run();
  });
}

Result<void> Outbox::forget_visits(const std::string& inspection) {
  const auto noted = visited();
  if (!noted) return std::unexpected(noted.error());
  if (!noted->contains(inspection)) return {};
  const std::lock_guard lock(mutex_);
  if (auto sound = refuse_unless_sound(); !sound) return sound;
  return write([this] { return forget_visits_let_go(); });
}

Result<Visited> Outbox::visited() {
  const std::lock_guard lock(mutex_);
  auto list = database_.prepare("SELECT inspection, is_let_go FROM visited");
  if (!list) return std::unexpected(list.error());
  Visited visited;
  auto row = list->step();
  for (; row && *row; row = list->step()) {
    visited[list->text(0)] = static_cast<Visits>(std::clamp<std::int64_t>(list->integer(1), 0, 2));
  }
  if (!row) return std::unexpected(row.error());
  return visited;
}

Result<Ledgers> Outbox::ledgers() {
  const std::lock_guard lock(mutex_);
  return read_ledgers(database_);
}

}  // namespace perspective::outbox

#include "outbox/ledger.h"

#include <algorithm>

namespace perspective::outbox {

Result<void> add_visits(sqlite::Database& database, std::string_view inspection, std::int64_t Ledger::*count,
                        std::int64_t visits) {
  const auto* const found = std::ranges::find(kLedgerCounts, count, &LedgerCount::count);
  auto add = database.prepare(
      "INSERT INTO ledger VALUES(?, ?, ?) ON CONFLICT DO UPDATE SET visits = visits + excluded.visits");
  if (!add) return std::unexpected(add.error());
  return add->bind(1, inspection).bind(2, found->name).bind(3, visits).run();
}

Result<Ledgers> read_ledgers(sqlite::Database& database) {
  auto rows = database.prepare(
      "SELECT inspection, what, visits FROM ledger UNION ALL "
      "SELECT inspection, iif(status = 0, 'waiting', 'quarantined'), count(*) FROM envelope GROUP BY 1, 2");
  if (!rows) return std::unexpected(rows.error());
  Ledgers ledgers;
  auto row = rows->step();
  for (; row && *row; row = rows->step()) {
    const auto* const found = std::ranges::find(kLedgerCounts, rows->text(1), &LedgerCount::name);
    if (found == kLedgerCounts.end()) {
      return fail(ErrorCode::corrupt, "outbox: the ledger counts what is not known here");
    }
    ledgers[rows->text(0)].*(found->count) = rows->integer(2);
  }
  if (!row) return std::unexpected(row.error());
  return ledgers;
}

}  // namespace perspective::outbox

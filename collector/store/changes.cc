#include "store/changes.h"

#include <algorithm>
#include <string>

#include "store/as_it_stood.h"

namespace perspective::store::changes {
namespace {

std::int64_t integer_of(std::size_t value) { return static_cast<std::int64_t>(value); }

Result<bool> is_there(sqlite::Database& database, std::string_view sql, std::string_view key) {
  auto found = database.prepare(sql);
  if (!found) return std::unexpected(found.error());
  return found->bind(1, key).step();
}

std::unexpected<Error> no_inspection(std::string_view inspection) {
  return fail(ErrorCode::not_found, "there is no inspection '" + std::string(inspection) + "'");
}

// Statements of one batch, prepared once.
struct PutStatements {
  sqlite::Statement find, find_tombstone, insert;

  static Result<PutStatements> prepare(sqlite::Database& database) {
    auto find = database.prepare("SELECT digest FROM envelopes WHERE inspection = ? AND id = ?");
    if (!find) return std::unexpected(find.error());
    auto tombstone = database.prepare("SELECT 1 FROM tombstones WHERE inspection = ? AND id = ?");
    if (!tombstone) return std::unexpected(tombstone.error());
    auto insert = database.prepare("INSERT INTO envelopes (inspection, id, digest, body) VALUES (?, ?, ?, ?)");
    if (!insert) return std::unexpected(insert.error());
    return PutStatements{std::move(*find), std::move(*tombstone), std::move(*insert)};
  }
};

Result<PutOutcome> put_one(PutStatements& statements, const Batch& batch, const Envelope& envelope, bool is_accepting) {
  statements.find.reset();
  const auto found = statements.find.bind(1, batch.inspection).bind(2, ByteView(envelope.id)).step();
  if (!found) return std::unexpected(found.error());
  if (*found) {
    const bool is_same = std::ranges::equal(statements.find.blob(0), envelope.digest);
    statements.find.reset();
    return is_same ? PutOutcome::repeated : PutOutcome::conflicting;
  }
  statements.find_tombstone.reset();
  const auto withdrawn = statements.find_tombstone.bind(1, batch.inspection).bind(2, ByteView(envelope.id)).step();
  if (!withdrawn) return std::unexpected(withdrawn.error());
  statements.find_tombstone.reset();
  if (*withdrawn) return PutOutcome::withdrawn;
  if (!is_accepting) return PutOutcome::not_accepting;
  statements.insert.bind(1, batch.inspection).bind(2, ByteView(envelope.id)).bind(3, ByteView(envelope.digest));
  if (auto stored = statements.insert.bind(4, ByteView(envelope.body)).run(); !stored) {
    return std::unexpected(stored.error());
  }
  return PutOutcome::stored;
}

Result<void> count(sqlite::Database& database, const Batch& batch, std::int64_t stored) {
  if (stored == 0) return {};
  auto counted = database.prepare(
      "INSERT INTO daily_counts (inspection, day, kiosk, envelopes) VALUES (?, ?, ?, ?) "
      "ON CONFLICT DO UPDATE SET envelopes = envelopes + excluded.envelopes");
  if (!counted) return std::unexpected(counted.error());
  return counted->bind(1, batch.inspection).bind(2, batch.day).bind(3, batch.kiosk).bind(4, stored).run();
}

Result<void> count_withdrawn(sqlite::Database& database, std::string_view inspection, std::int64_t removed) {
  if (removed == 0) return {};
  auto counted = database.prepare(
      "INSERT INTO withdrawn_counts (inspection, envelopes) VALUES (?, ?) "
      "ON CONFLICT DO UPDATE SET envelopes = envelopes + excluded.envelopes");
  if (!counted) return std::unexpected(counted.error());
  return counted->bind(1, inspection).bind(2, removed).run();
}

Result<void> check(sqlite::Database& database, const SeenRecord& seen) {
  auto found = database.prepare("SELECT version FROM records WHERE kind = ? AND id = ?");
  if (!found) return std::unexpected(found.error());
  const auto row = found->bind(1, seen.kind).bind(2, seen.id).step();
  if (!row) return std::unexpected(row.error());
  return check_it_is_there(seen, *row ? found->integer(0) : 0);
}

}  // namespace

Result<void> add_inspection(sqlite::Database& database, const Inspection& inspection) {
  const auto& head = inspection.head;
  const auto taken = is_there(database, "SELECT 1 FROM inspections WHERE id = ?", head.id);
  if (!taken) return std::unexpected(taken.error());
  if (*taken) return fail(ErrorCode::conflict, "there is an inspection '" + head.id + "' already");
  auto added = database.prepare(
      "INSERT INTO inspections (id, area, state, version, envelope_bytes, is_accepting, definition, package) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  if (!added) return std::unexpected(added.error());
  added->bind(1, head.id).bind(2, head.area).bind(3, head.state).bind(4, std::int64_t{head.version});
  added->bind(5, integer_of(head.envelope_bytes)).bind(6, std::int64_t{head.is_accepting});
  return added->bind(7, inspection.definition).bind(8, ByteView(inspection.package)).run();
}

Result<void> update_inspection(sqlite::Database& database, const Inspection& inspection) {
  const auto& head = inspection.head;
  for (const auto& record : inspection.made_from) {
    if (auto checked = check(database, record); !checked) return checked;
  }
  auto updated = database.prepare(
      "UPDATE inspections SET state = ?1, version = ?2, is_accepting = ?3, package = ?4, definition = ?6, area = ?7, "
      "envelope_bytes = ?8 WHERE id = ?5 AND (version < ?2 OR (version = ?2 AND package = ?4)) "
      "AND (NOT ?9 OR (state = ?10 AND version = ?11 AND definition = ?12))");
  if (!updated) return std::unexpected(updated.error());
  updated->bind(1, head.state).bind(2, std::int64_t{head.version}).bind(3, std::int64_t{head.is_accepting});
  updated->bind(4, ByteView(inspection.package)).bind(5, head.id).bind(6, inspection.definition).bind(7, head.area);
  const auto seen = inspection.seen.value_or(SeenInspection());
  updated->bind(9, std::int64_t{inspection.seen.has_value()}).bind(10, seen.state).bind(11, std::int64_t{seen.version});
  updated->bind(12, seen.definition);
  if (auto run = updated->bind(8, integer_of(head.envelope_bytes)).run(); !run) return run;
  if (database.changes() > 0) return {};
  const auto known = is_there(database, "SELECT 1 FROM inspections WHERE id = ?", head.id);
  if (!known) return std::unexpected(known.error());
  if (!*known) return no_inspection(head.id);
  return fail(ErrorCode::conflict, "inspection '" + head.id + "' was changed meanwhile; look at it and ask again");
}

Result<std::vector<PutOutcome>> put(sqlite::Database& database, const Batch& batch) {
  const auto accepting =
      is_there(database, "SELECT 1 FROM inspections WHERE id = ? AND is_accepting = 1", batch.inspection);
  if (!accepting) return std::unexpected(accepting.error());
  auto statements = PutStatements::prepare(database);
  if (!statements) return std::unexpected(statements.error());
  std::vector<PutOutcome> outcomes;
  outcomes.reserve(batch.envelopes.size());
  for (const auto& envelope : batch.envelopes) {
    const auto outcome = put_one(*statements, batch, envelope, *accepting);
    if (!outcome) return std::unexpected(outcome.error());
    outcomes.push_back(*outcome);
  }
  const auto stored = std::ranges::count(outcomes, PutOutcome::stored);
  if (auto counted = count(database, batch, stored); !counted) return std::unexpected(counted.error());
  return outcomes;
}

Result<void> withdraw(sqlite::Database& database, std::string_view inspection, std::span<const Id> ids) {
  auto removed = database.prepare("DELETE FROM envelopes WHERE inspection = ? AND id = ?");
  if (!removed) return std::unexpected(removed.error());
  auto left = database.prepare("INSERT INTO tombstones (inspection, id) VALUES (?, ?) ON CONFLICT DO NOTHING");
  if (!left) return std::unexpected(left.error());
  std::int64_t stored = 0;
  for (const auto& id : ids) {
    if (auto run = removed->bind(1, inspection).bind(2, ByteView(id)).run(); !run) return run;
    stored += database.changes();
    if (auto gone = remove_keyings(database, inspection, id); !gone) return gone;
    if (auto run = left->bind(1, inspection).bind(2, ByteView(id)).run(); !run) return run;
  }
  return count_withdrawn(database, inspection, stored);
}

Result<void> withdraw_what_had_come(sqlite::Database& database, std::string_view inspection, const Id& id) {
  auto left = database.prepare(
      "INSERT INTO tombstones (inspection, id) SELECT ?1, ?2 "
      "WHERE NOT EXISTS (SELECT 1 FROM envelopes WHERE inspection = ?1 AND id = ?2) ON CONFLICT DO NOTHING");
  if (!left) return std::unexpected(left.error());
  if (auto run = left->bind(1, inspection).bind(2, ByteView(id)).run(); !run) return run;
  if (database.changes() == 0) return withdraw(database, inspection, std::span(&id, 1));
  if (auto gone = remove_keyings(database, inspection, id); !gone) return gone;
  if (auto counted = count(database, {std::string(inspection), "", "", {}}, 1); !counted) return counted;
  return count_withdrawn(database, inspection, 1);
}

Result<void> put_ledger(sqlite::Database& database, std::string_view inspection, const KioskLedger& ledger) {
  auto put = database.prepare(
      "INSERT INTO ledgers (inspection, kiosk, what, visits) VALUES (?, ?, ?, ?) "
      "ON CONFLICT DO UPDATE SET visits = excluded.visits");
  if (!put) return std::unexpected(put.error());
  for (const auto& [name, count] : kLedgerCounts) {
    put->bind(1, inspection).bind(2, ledger.kiosk).bind(3, name).bind(4, ledger.ledger.*count);
    if (auto run = put->run(); !run) return run;
  }
  return {};
}

Result<void> issue_tokens(sqlite::Database& database, const Inspection& inspection, const std::vector<Digest>& marks) {
  auto issued = database.prepare("INSERT INTO tokens (inspection, mark) VALUES (?, ?)");
  if (!issued) return std::unexpected(issued.error());
  for (const auto& mark : marks) {
    if (auto run = issued->bind(1, inspection.head.id).bind(2, ByteView(mark)).run(); !run) return run;
  }
  return update_inspection(database, inspection);
}

Result<void> spend_tokens(sqlite::Database& database, std::string_view inspection, std::string_view kiosk,
                          const std::vector<Digest>& marks) {
  auto spent =
      database.prepare("INSERT INTO spent_tokens (inspection, mark, kiosk) VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
  if (!spent) return std::unexpected(spent.error());
  for (const auto& mark : marks) {
    if (auto run = spent->bind(1, inspection).bind(2, ByteView(mark)).bind(3, kiosk).run(); !run) return run;
  }
  return {};
}

Result<void> put_annotation(sqlite::Database& database, std::string_view inspection, const Annotation& annotation) {
  auto put = database.prepare(
      "INSERT INTO annotations (inspection, id, body) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body");
  if (!put) return std::unexpected(put.error());
  auto done = put->bind(1, inspection).bind(2, ByteView(annotation.id)).bind(3, ByteView(annotation.body)).run();
  if (!done) return done;
  return raise(database, inspection, annotation.counts);
}

Result<void> raise(sqlite::Database& database, std::string_view inspection, const std::vector<PlainCount>& counts) {
  for (const auto& [name, count] : counts) {
    auto raised = database.prepare(
        "INSERT INTO plain_counts (inspection, name, count) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET "
        "count = max(count, excluded.count)");
    if (!raised) return std::unexpected(raised.error());
    raised->bind(1, inspection).bind(2, std::string_view(name)).bind(3, count);
    if (auto run = raised->run(); !run) return run;
  }
  return {};
}

Result<void> remove_annotation(sqlite::Database& database, std::string_view inspection, const Id& id) {
  auto removed = database.prepare("DELETE FROM annotations WHERE inspection = ? AND id = ?");
  if (!removed) return std::unexpected(removed.error());
  return removed->bind(1, inspection).bind(2, ByteView(id)).run();
}

}  // namespace perspective::store::changes

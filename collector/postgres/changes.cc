#include "postgres/changes.h"

#include <algorithm>
#include <string>

#include "store/as_it_stood.h"

namespace perspective::postgres::changes {
namespace {

std::unexpected<Error> no_inspection(std::string_view inspection) {
  return fail(ErrorCode::not_found, "there is no inspection '" + std::string(inspection) + "'");
}

Result<void> done(const Result<Rows>& rows) {
  if (!rows) return std::unexpected(rows.error());
  return {};
}

// Nobody writes it until the end of the transaction; where it is not there, whoever puts it while the inspection stands
// as it stood waits for the inspection's lock.
Result<void> check(Connection& connection, const store::SeenRecord& seen) {
  const auto found = connection.run("SELECT version FROM records WHERE kind = $1 AND id = $2 FOR SHARE",
                                    Parameters().text(seen.kind).text(seen.id));
  if (!found) return std::unexpected(found.error());
  return store::check_it_is_there(seen, found->size() == 0 ? 0 : found->integer(0, 0));
}

Result<void> count_withdrawn(Connection& connection, std::string_view inspection, std::int64_t removed) {
  if (removed == 0) return {};
  return done(connection.run(
      "INSERT INTO withdrawn_counts (inspection, envelopes) VALUES ($1, $2) ON CONFLICT (inspection) DO UPDATE SET "
      "envelopes = withdrawn_counts.envelopes + excluded.envelopes",
      Parameters().text(inspection).integer(removed)));
}

// A notice has 7999 bytes at most; of more than fit in one, the others look for themselves.
constexpr std::size_t kMostIdsInNotice = 100;
std::string notice_of(std::string_view inspection, std::span<const store::Id> ids) {
  std::string notice = "withdrawn " + std::string(inspection);
  if (ids.size() > kMostIdsInNotice) return notice;
  for (const auto& id : ids) notice += " " + to_hex(ByteView(id));
  return notice;
}

std::vector<ByteView> in_order(const std::vector<store::Digest>& marks) {
  std::vector<ByteView> sorted(marks.begin(), marks.end());
  std::ranges::sort(sorted, [](ByteView a, ByteView b) { return std::ranges::lexicographical_compare(a, b); });
  return sorted;
}

}  // namespace

Result<void> lock_alone(Connection& connection, std::string_view inspection) {
  return done(connection.run("SELECT pg_advisory_xact_lock(hashtextextended($1, 20))", Parameters().text(inspection)));
}

Result<void> add_inspection(Connection& connection, const store::Inspection& inspection) {
  const auto& head = inspection.head;
  const auto added = connection.run(
      "INSERT INTO inspections (id, area, state, version, envelope_bytes, is_accepting, definition, package) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
      Parameters()
          .text(head.id)
          .text(head.area)
          .text(head.state)
          .integer(head.version)
          .integer(static_cast<std::int64_t>(head.envelope_bytes))
          .flag(head.is_accepting)
          .text(inspection.definition)
          .bytes(inspection.package));
  if (!added) return std::unexpected(added.error());
  if (added->affected() == 0) {
    return fail(ErrorCode::conflict, "there is an inspection '" + head.id + "' already");
  }
  return {};
}

Result<void> update_inspection(Connection& connection, const store::Inspection& inspection) {
  const auto& head = inspection.head;
  const auto seen = inspection.seen.value_or(store::SeenInspection());
  if (auto locked = lock_alone(connection, head.id); !locked) return locked;
  for (const auto& record : inspection.made_from) {
    if (auto checked = check(connection, record); !checked) return checked;
  }
  const auto updated = connection.run(
      "UPDATE inspections SET state = $2, version = $3, is_accepting = $4, package = $5, definition = $6, area = $7, "
      "envelope_bytes = $8 WHERE id = $1 AND (version < $3 OR (version = $3 AND package = $5)) "
      "AND (NOT $9 OR (state = $10 AND version = $11 AND definition = $12))",
      Parameters()
          .text(head.id)
          .text(head.state)
          .integer(head.version)
          .flag(head.is_accepting)
          .bytes(inspection.package)
          .text(inspection.definition)
          .text(head.area)
          .integer(static_cast<std::int64_t>(head.envelope_bytes))
          .flag(inspection.seen.has_value())
          .text(seen.state)
          .integer(seen.version)
          .text(seen.definition));
  if (!updated) return std::unexpected(updated.error());
  if (updated->affected() > 0) return {};
  const auto found = connection.run("SELECT 1 FROM inspections WHERE id = $1", Parameters().text(head.id));
  if (!found) return std::unexpected(found.error());
  if (found->size() == 0) return no_inspection(head.id);
  return fail(ErrorCode::conflict, "inspection '" + head.id + "' was changed meanwhile; look at it and ask again");
}

Result<void> withdraw(Connection& connection, std::string_view inspection, std::span<const store::Id> ids) {
  if (auto locked = lock_alone(connection, inspection); !locked) return locked;
  const Parameters keys = Parameters().text(inspection).byte_strings({ids.begin(), ids.end()});
  const auto removed = connection.run("DELETE FROM envelopes WHERE inspection = $1 AND id = ANY($2)", keys);
  if (!removed) return std::unexpected(removed.error());
  if (auto counted = count_withdrawn(connection, inspection, removed->affected()); !counted) return counted;
  const auto gone = connection.run("DELETE FROM keyings WHERE inspection = $1 AND form = ANY($2)", keys);
  if (!gone) return std::unexpected(gone.error());
  const auto left = connection.run(
      "INSERT INTO tombstones (inspection, id) SELECT $1, id FROM unnest($2) AS id ON CONFLICT DO NOTHING", keys);
  if (!left) return std::unexpected(left.error());
  return done(connection.run("SELECT pg_notify('perspective', $1)", Parameters().text(notice_of(inspection, ids))));
}

Result<void> withdraw_what_had_come(Connection& connection, std::string_view inspection, const store::Id& id) {
  if (auto locked = lock_alone(connection, inspection); !locked) return locked;
  const auto left = connection.run(
      "INSERT INTO tombstones (inspection, id) SELECT $1, $2 "
      "WHERE NOT EXISTS (SELECT 1 FROM envelopes WHERE inspection = $1 AND id = $2) ON CONFLICT DO NOTHING",
      Parameters().text(inspection).bytes(id));
  if (!left) return std::unexpected(left.error());
  if (left->affected() == 0) return withdraw(connection, inspection, std::span(&id, 1));
  if (auto gone = remove_keyings(connection, inspection, id); !gone) return gone;
  const auto came = connection.run(
      "INSERT INTO daily_counts (inspection, day, kiosk, envelopes) VALUES ($1, '', '', 1) "
      "ON CONFLICT (inspection, day, kiosk) DO UPDATE SET envelopes = daily_counts.envelopes + 1",
      Parameters().text(inspection));
  if (!came) return std::unexpected(came.error());
  return count_withdrawn(connection, inspection, 1);
}

Result<void> put_ledger(Connection& connection, std::string_view inspection, const store::KioskLedger& ledger) {
  std::vector<std::string_view> names;
  std::vector<std::int64_t> visits;
  for (const auto& [name, count] : kLedgerCounts) {
    names.push_back(name);
    visits.push_back(ledger.ledger.*count);
  }
  return done(
      connection.run("INSERT INTO ledgers (inspection, kiosk, what, visits) SELECT $1, $2, n.what, n.visits "
                     "FROM unnest($3, $4) AS n (what, visits) "
                     "ON CONFLICT (inspection, kiosk, what) DO UPDATE SET visits = excluded.visits",
                     Parameters().text(inspection).text(ledger.kiosk).texts(names).integers(visits)));
}

Result<void> issue_tokens(Connection& connection, const store::Inspection& inspection,
                          const std::vector<store::Digest>& marks) {
  if (auto updated = update_inspection(connection, inspection); !updated) return updated;
  return done(connection.run("INSERT INTO tokens (inspection, mark) SELECT $1, mark FROM unnest($2) AS mark",
                             Parameters().text(inspection.head.id).byte_strings(in_order(marks))));
}

Result<void> spend_tokens(Connection& connection, std::string_view inspection, std::string_view kiosk,
                          const std::vector<store::Digest>& marks) {
  return done(
      connection.run("INSERT INTO spent_tokens (inspection, mark, kiosk) SELECT $1, mark, $2 FROM unnest($3) AS mark "
                     "ON CONFLICT DO NOTHING",
                     Parameters().text(inspection).text(kiosk).byte_strings(in_order(marks))));
}

Result<void> put_annotation(Connection& connection, std::string_view inspection, const store::Annotation& annotation) {
  const auto put = connection.run(
      "INSERT INTO annotations (inspection, id, body) VALUES ($1, $2, $3) "
      "ON CONFLICT (inspection, id) DO UPDATE SET body = excluded.body",
      Parameters().text(inspection).bytes(annotation.id).bytes(annotation.body));
  if (!put) return std::unexpected(put.error());
  return raise(connection, inspection, annotation.counts);
}

Result<void> raise(Connection& connection, std::string_view inspection, const std::vector<store::PlainCount>& counts) {
  for (const auto& [name, count] : counts) {
    const auto raised = connection.run(
        "INSERT INTO plain_counts (inspection, name, count) VALUES ($1, $2, $3) ON CONFLICT (inspection, name) DO "
        "UPDATE SET count = greatest(plain_counts.count, excluded.count)",
        Parameters().text(inspection).text(name).integer(count));
    if (!raised) return std::unexpected(raised.error());
  }
  return {};
}

Result<void> remove_annotation(Connection& connection, std::string_view inspection, const store::Id& id) {
  return done(connection.run("DELETE FROM annotations WHERE inspection = $1 AND id = $2",
                             Parameters().text(inspection).bytes(id)));
}

}  // namespace perspective::postgres::changes

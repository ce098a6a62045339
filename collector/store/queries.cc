#include "store/queries.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "store/standing.h"

namespace perspective::store::queries {
namespace {

using sqlite::Database;
using sqlite::Statement;

// All rows of a statement that is bound already, each by `row_of`.
template <typename RowOf>
auto all_rows(Statement& statement, RowOf row_of) -> Result<std::vector<decltype(row_of(statement))>> {
  std::vector<decltype(row_of(statement))> rows;
  for (;;) {
    const auto row = statement.step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return rows;
    rows.push_back(row_of(statement));
  }
}

template <std::size_t kSize>
std::array<std::uint8_t, kSize> array_of(const Bytes& bytes) {
  std::array<std::uint8_t, kSize> array{};
  std::copy_n(bytes.begin(), std::min(kSize, bytes.size()), array.begin());
  return array;
}

InspectionHead head_of(const Statement& row) {
  return {.id = row.text(0),
          .area = row.text(1),
          .state = row.text(2),
          .version = static_cast<int>(row.integer(3)),
          .envelope_bytes = static_cast<std::size_t>(row.integer(4)),
          .is_accepting = row.integer(5) != 0};
}

Envelope envelope_of(const Statement& row) {
  return {.id = array_of<16>(row.blob(0)), .digest = array_of<32>(row.blob(1)), .body = row.blob(2)};
}

Kiosk kiosk_of(const Statement& row) {
  return {.id = row.text(0),
          .name = row.text(1),
          .serial = row.text(2),
          .is_revoked = row.integer(3) != 0,
          .inspections = {},
          .disallowed = {},
          .last_contact = {}};
}

Contact contact_of(const Statement& row) {
  Contact contact{.day = row.text(0),
                  .program = row.text(1),
                  .certificate_ends_s = row.integer(2),
                  .clock_offset_min = {},
                  .is_waiting = {}};
  if (row.integer(3) != 0) contact.clock_offset_min = row.integer(4);
  if (row.integer(5) != 0) contact.is_waiting = row.integer(6) != 0;
  return contact;
}

std::unexpected<Error> no_inspection(std::string_view inspection) {
  return fail(ErrorCode::not_found, "there is no inspection '" + std::string(inspection) + "'");
}

// What stands of a kiosk in the other tables.
Result<void> complete(Database& database, Kiosk& kiosk) {
  auto found = database.prepare(
      "SELECT inspection, EXISTS (SELECT 1 FROM kiosk_disallowed AS d WHERE d.kiosk = s.kiosk AND d.inspection = "
      "s.inspection) FROM kiosk_inspections AS s WHERE kiosk = ? ORDER BY inspection");
  if (!found) return std::unexpected(found.error());
  found->bind(1, kiosk.id);
  const auto inspections =
      all_rows(*found, [](const Statement& row) { return std::pair(row.text(0), row.integer(1) != 0); });
  if (!inspections) return std::unexpected(inspections.error());
  for (const auto& [inspection, is_disallowed] : *inspections) {
    (is_disallowed ? kiosk.disallowed : kiosk.inspections).push_back(inspection);
  }
  auto contact = database.prepare(
      "SELECT day, program, certificate_ends_s, clock_offset_min IS NOT NULL, clock_offset_min, is_waiting IS NOT "
      "NULL, "
      "is_waiting FROM kiosk_contacts WHERE kiosk = ?");
  if (!contact) return std::unexpected(contact.error());
  const auto row = contact->bind(1, kiosk.id).step();
  if (!row) return std::unexpected(row.error());
  if (*row) kiosk.last_contact = contact_of(*contact);
  return {};
}

}  // namespace

Result<std::vector<InspectionHead>> heads(Database& database) {
  auto found =
      database.prepare("SELECT id, area, state, version, envelope_bytes, is_accepting FROM inspections ORDER BY id");
  if (!found) return std::unexpected(found.error());
  return all_rows(*found, head_of);
}

Result<InspectionHead> head(Database& database, std::string_view inspection) {
  auto found =
      database.prepare("SELECT id, area, state, version, envelope_bytes, is_accepting FROM inspections WHERE id = ?");
  if (!found) return std::unexpected(found.error());
  const auto row = found->bind(1, inspection).step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return no_inspection(inspection);
  return head_of(*found);
}

Result<Inspection> inspection(Database& database, std::string_view inspection) {
  auto found = database.prepare(
      "SELECT id, area, state, version, envelope_bytes, is_accepting, definition, package FROM inspections "
      "WHERE id = ?");
  if (!found) return std::unexpected(found.error());
  const auto row = found->bind(1, inspection).step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return no_inspection(inspection);
  auto head = head_of(*found);
  const auto definition = found->text(6);
  SeenInspection seen{.state = head.state, .version = head.version, .definition = definition};
  return Inspection{
      .head = std::move(head), .definition = definition, .package = found->blob(7), .seen = std::move(seen)};
}

Result<std::vector<Envelope>> envelopes(Database& database, std::string_view inspection, const std::optional<Id>& after,
                                        std::size_t limit) {
  auto found = database.prepare(
      after ? "SELECT id, digest, body FROM envelopes WHERE inspection = ?1 AND id > ?3 ORDER BY id LIMIT ?2"
            : "SELECT id, digest, body FROM envelopes WHERE inspection = ?1 ORDER BY id LIMIT ?2");
  if (!found) return std::unexpected(found.error());
  found->bind(1, inspection).bind(2, static_cast<std::int64_t>(limit));
  if (after) found->bind(3, ByteView(*after));
  return all_rows(*found, envelope_of);
}

Result<std::vector<Envelope>> envelopes(Database& database, std::string_view inspection, const std::vector<Id>& ids) {
  auto found = database.prepare("SELECT id, digest, body FROM envelopes WHERE inspection = ? AND id = ?");
  if (!found) return std::unexpected(found.error());
  std::vector<Envelope> envelopes;
  for (const auto& id : ids) {
    const auto row = found->bind(1, inspection).bind(2, ByteView(id)).step();
    if (!row) return std::unexpected(row.error());
    if (*row) envelopes.push_back(envelope_of(*found));
    found->reset();
  }
  return envelopes;
}

Result<std::vector<Id>> envelope_ids(Database& database, std::string_view inspection) {
  auto found = database.prepare("SELECT id FROM envelopes WHERE inspection = ? ORDER BY id");
  if (!found) return std::unexpected(found.error());
  found->bind(1, inspection);
  return all_rows(*found, [](const Statement& row) { return array_of<16>(row.blob(0)); });
}

Result<std::int64_t> count_envelopes(Database& database, std::string_view inspection) {
  auto found = database.prepare("SELECT count(*) FROM envelopes WHERE inspection = ?");
  if (!found) return std::unexpected(found.error());
  const auto row = found->bind(1, inspection).step();
  if (!row) return std::unexpected(row.error());
  return found->integer(0);
}

Result<std::vector<Withdrawn>> withdrawn(Database& database) {
  auto found = database.prepare("SELECT inspection, id FROM tombstones ORDER BY inspection, id");
  if (!found) return std::unexpected(found.error());
  return all_rows(*found, [](const Statement& row) { return Withdrawn{row.text(0), array_of<16>(row.blob(1))}; });
}

Result<std::vector<Id>> withdrawn_among(Database& database, std::string_view inspection, std::span<const Id> ids) {
  auto found = database.prepare("SELECT 1 FROM tombstones WHERE inspection = ? AND id = ?");
  if (!found) return std::unexpected(found.error());
  std::set<Id> taken_back;
  for (const auto& id : ids) {
    found->reset();
    const auto is_there = found->bind(1, inspection).bind(2, ByteView(id)).step();
    if (!is_there) return std::unexpected(is_there.error());
    if (*is_there) taken_back.insert(id);
  }
  return std::vector<Id>(taken_back.begin(), taken_back.end());
}

Result<std::int64_t> count_withdrawn(Database& database, std::string_view inspection) {
  auto found = database.prepare("SELECT envelopes FROM withdrawn_counts WHERE inspection = ?");
  if (!found) return std::unexpected(found.error());
  const auto row = found->bind(1, inspection).step();
  if (!row) return std::unexpected(row.error());
  return *row ? found->integer(0) : 0;
}

Result<std::vector<KioskLedger>> ledgers(Database& database, std::string_view inspection) {
  auto found = database.prepare("SELECT kiosk, what, visits FROM ledgers WHERE inspection = ? ORDER BY kiosk");
  if (!found) return std::unexpected(found.error());
  found->bind(1, inspection);
  std::vector<KioskLedger> ledgers;
  for (;;) {
    const auto row = found->step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return ledgers;
    if (ledgers.empty() || ledgers.back().kiosk != found->text(0)) ledgers.push_back({found->text(0), {}});
    const auto* const known = std::ranges::find(kLedgerCounts, found->text(1), &LedgerCount::name);
    if (known != kLedgerCounts.end()) ledgers.back().ledger.*(known->count) = found->integer(2);
  }
}

Result<std::vector<DailyCount>> daily_counts(Database& database, std::string_view inspection) {
  auto found =
      database.prepare("SELECT day, kiosk, envelopes FROM daily_counts WHERE inspection = ? ORDER BY day, kiosk");
  if (!found) return std::unexpected(found.error());
  found->bind(1, inspection);
  return all_rows(*found, [](const Statement& row) { return DailyCount{row.text(0), row.text(1), row.integer(2)}; });
}

// One statement an inspection: what is said of each fits together.
Result<std::vector<Standing>> standings(Database& database, const std::vector<std::string>& inspections) {
  auto found = database.prepare(R"(
    SELECT 0, day, sum(envelopes) FROM daily_counts WHERE inspection = ?1 GROUP BY day
    UNION ALL SELECT 1, '', envelopes FROM withdrawn_counts WHERE inspection = ?1
    UNION ALL SELECT 2, name, count FROM plain_counts WHERE inspection = ?1
    UNION ALL SELECT 3, min(day), count(*) FROM keyings WHERE inspection = ?1 GROUP BY form)");
  if (!found) return std::unexpected(found.error());
  std::vector<Standing> standings(inspections.size());
  for (std::size_t i = 0; i < inspections.size(); ++i) {
    found->bind(1, inspections[i]);
    for (;;) {
      const auto row = found->step();
      if (!row) return std::unexpected(row.error());
      if (!*row) break;
      add_to(standings[i], found->integer(0), found->text(1), found->integer(2));
    }
    found->reset();
  }
  return standings;
}

Result<std::vector<Invite>> live_invites(Database& database, std::int64_t now_s) {
  auto found = database.prepare(
      "SELECT secret_hash, inspection, name, expires_s, coalesce(kiosk, '') FROM invites LEFT JOIN invites_again "
      "USING (secret_hash) WHERE is_spent = 0 AND expires_s > ?");
  if (!found) return std::unexpected(found.error());
  found->bind(1, now_s);
  return all_rows(*found, [](const Statement& row) {
    return Invite{row.blob(0), row.text(1), row.text(2), row.integer(3), row.text(4)};
  });
}

// By the index: the first that is not before the mark is the one that begins with it, if any does.
Result<bool> is_invited(Database& database, ByteView mark, std::int64_t now_s) {
  auto found = database.prepare(
      "SELECT secret_hash FROM invites WHERE secret_hash >= ? AND expires_s > ? ORDER BY secret_hash LIMIT 1");
  if (!found) return std::unexpected(found.error());
  const auto row = found->bind(1, mark).bind(2, now_s).step();
  if (!row) return std::unexpected(row.error());
  return *row && as_text(found->blob(0)).starts_with(as_text(mark));
}

Result<std::string> enrolled(Database& database, ByteView secret_hash, std::int64_t now_s, const Digest& key) {
  auto found = database.prepare(
      "SELECT k.id FROM enrolled_keys AS e JOIN invites AS i ON i.secret_hash = e.secret_hash JOIN kiosks AS k "
      "ON k.id = e.kiosk WHERE e.secret_hash = ? AND e.key = ? AND i.expires_s > ? AND k.is_revoked = 0");
  if (!found) return std::unexpected(found.error());
  const auto row = found->bind(1, secret_hash).bind(2, ByteView(key)).bind(3, now_s).step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return fail(ErrorCode::not_found, "the invite has let in nobody with this key");
  return found->text(0);
}

Result<std::vector<Kiosk>> kiosks(Database& database) {
  auto found = database.prepare("SELECT id, name, serial, is_revoked FROM kiosks ORDER BY id");
  if (!found) return std::unexpected(found.error());
  auto kiosks = all_rows(*found, kiosk_of);
  if (!kiosks) return kiosks;
  for (auto& kiosk : *kiosks) {
    if (auto completed = complete(database, kiosk); !completed) return std::unexpected(completed.error());
  }
  return kiosks;
}

Result<Kiosk> kiosk_by_serial(Database& database, std::string_view serial) {
  auto found = database.prepare(
      "SELECT id, name, serial, is_revoked FROM kiosks WHERE serial = ?1 OR id = (SELECT kiosk FROM kiosk_certificates "
      "WHERE serial = ?1)");
  if (!found) return std::unexpected(found.error());
  const auto row = found->bind(1, serial).step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return fail(ErrorCode::not_found, "no kiosk was enrolled with this certificate");
  auto kiosk = kiosk_of(*found);
  if (auto completed = complete(database, kiosk); !completed) return std::unexpected(completed.error());
  return kiosk;
}

Result<std::vector<Digest>> tokens(Database& database, std::string_view inspection) {
  auto found = database.prepare("SELECT mark FROM tokens WHERE inspection = ? ORDER BY mark");
  if (!found) return std::unexpected(found.error());
  found->bind(1, inspection);
  return all_rows(*found, [](const Statement& row) { return array_of<32>(row.blob(0)); });
}

Result<std::int64_t> unknown_tokens(Database& database, std::string_view inspection, std::string_view kiosk,
                                    const std::vector<Digest>& marks) {
  auto known = database.prepare(
      "SELECT 1 FROM tokens WHERE inspection = ?1 AND mark = ?2 "
      "UNION ALL SELECT 1 FROM spent_tokens WHERE inspection = ?1 AND mark = ?2 AND kiosk = ?3");
  if (!known) return std::unexpected(known.error());
  std::int64_t count = 0;
  for (const auto& mark : marks) {
    const auto row = known->bind(1, inspection).bind(2, ByteView(mark)).bind(3, kiosk).step();
    if (!row) return std::unexpected(row.error());
    if (!*row) ++count;
    known->reset();
  }
  return count;
}

Result<TokenCounts> token_counts(Database& database, std::string_view inspection) {
  auto found = database.prepare(R"(
    WITH spent AS (SELECT mark, count(*) AS kiosks FROM spent_tokens WHERE inspection = ?1 GROUP BY mark),
         issued AS (SELECT mark FROM tokens WHERE inspection = ?1)
    SELECT (SELECT count(*) FROM issued),
           (SELECT count(*) FROM spent WHERE mark IN issued),
           (SELECT count(*) FROM spent WHERE mark IN issued AND kiosks > 1),
           (SELECT count(*) FROM spent WHERE mark NOT IN issued))");
  if (!found) return std::unexpected(found.error());
  const auto row = found->bind(1, inspection).step();
  if (!row) return std::unexpected(row.error());
  return TokenCounts{found->integer(0), found->integer(1), found->integer(2), found->integer(3)};
}

Result<std::vector<KioskTokens>> tokens_by_kiosk(Database& database, std::string_view inspection) {
  auto found =
      database.prepare("SELECT kiosk, count(*) FROM spent_tokens WHERE inspection = ? GROUP BY kiosk ORDER BY kiosk");
  if (!found) return std::unexpected(found.error());
  found->bind(1, inspection);
  return all_rows(*found, [](const Statement& row) { return KioskTokens{row.text(0), row.integer(1)}; });
}

Result<std::vector<Annotation>> annotations(Database& database, std::string_view inspection) {
  auto found = database.prepare("SELECT id, body FROM annotations WHERE inspection = ?");
  if (!found) return std::unexpected(found.error());
  found->bind(1, inspection);
  return all_rows(*found, [](const Statement& row) { return Annotation{array_of<16>(row.blob(0)), row.blob(1)}; });
}

Result<std::vector<PlainCount>> plain_counts(Database& database, std::string_view inspection) {
  auto found = database.prepare("SELECT name, count FROM plain_counts WHERE inspection = ? ORDER BY name");
  if (!found) return std::unexpected(found.error());
  found->bind(1, inspection);
  return all_rows(*found, [](const Statement& row) { return PlainCount{row.text(0), row.integer(1)}; });
}

Result<std::vector<Keying>> keyings(Database& database, std::string_view inspection) {
  auto found = database.prepare("SELECT form, keyer, body, day FROM keyings WHERE inspection = ? ORDER BY form, keyer");
  if (!found) return std::unexpected(found.error());
  found->bind(1, inspection);
  return all_rows(*found, [](const Statement& row) {
    return Keying{array_of<16>(row.blob(0)), row.text(1), row.blob(2), row.text(3)};
  });
}

Result<Bytes> salt(Database& database) {
  auto found = database.prepare("SELECT salt FROM collector");
  if (!found) return std::unexpected(found.error());
  const auto row = found->step();
  if (!row) return std::unexpected(row.error());
  return found->blob(0);
}

}  // namespace perspective::store::queries

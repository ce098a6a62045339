#include "postgres/queries.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "store/standing.h"

namespace perspective::postgres::queries {
namespace {

// All rows, each by row_of(rows, row).
template <typename RowOf>
auto all(const Result<Rows>& rows, RowOf row_of) -> Result<std::vector<decltype(row_of(*rows, 0))>> {
  if (!rows) return std::unexpected(rows.error());
  std::vector<decltype(row_of(*rows, 0))> found;
  found.reserve(static_cast<std::size_t>(rows->size()));
  for (int row = 0; row < rows->size(); ++row) found.push_back(row_of(*rows, row));
  return found;
}

template <std::size_t kSize>
std::array<std::uint8_t, kSize> array_of(const Bytes& bytes) {
  std::array<std::uint8_t, kSize> array{};
  std::copy_n(bytes.begin(), std::min(kSize, bytes.size()), array.begin());
  return array;
}

// xmin: of the transaction that wrote the row.
constexpr const char* kHeads =
    "SELECT id, area, state, version, envelope_bytes, is_accepting, xmin::text::bigint FROM inspections ";

store::InspectionHead head_of(const Rows& rows, int row) {
  return {.id = rows.text(row, 0),
          .area = rows.text(row, 1),
          .state = rows.text(row, 2),
          .version = static_cast<int>(rows.integer(row, 3)),
          .envelope_bytes = static_cast<std::size_t>(rows.integer(row, 4)),
          .is_accepting = rows.flag(row, 5),
          .written = rows.integer(row, 6)};
}

store::Envelope envelope_of(const Rows& rows, int row) {
  return {
      .id = array_of<16>(rows.bytes(row, 0)), .digest = array_of<32>(rows.bytes(row, 1)), .body = rows.bytes(row, 2)};
}

constexpr const char* kKiosks =
    "SELECT k.id, k.name, k.serial, k.is_revoked, c.day, c.program, c.certificate_ends_s, c.clock_offset_min, "
    "c.is_waiting FROM kiosks AS k LEFT JOIN kiosk_contacts AS c ON c.kiosk = k.id ";

store::Kiosk kiosk_of(const Rows& rows, int row) {
  store::Kiosk kiosk{.id = rows.text(row, 0),
                     .name = rows.text(row, 1),
                     .serial = rows.text(row, 2),
                     .is_revoked = rows.flag(row, 3),
                     .inspections = {},
                     .disallowed = {},
                     .last_contact = {}};
  if (rows.is_null(row, 4)) return kiosk;
  kiosk.last_contact = store::Contact{.day = rows.text(row, 4),
                                      .program = rows.text(row, 5),
                                      .certificate_ends_s = rows.integer(row, 6),
                                      .clock_offset_min = {},
                                      .is_waiting = {}};
  if (!rows.is_null(row, 7)) kiosk.last_contact->clock_offset_min = rows.integer(row, 7);
  if (!rows.is_null(row, 8)) kiosk.last_contact->is_waiting = rows.flag(row, 8);
  return kiosk;
}

std::unexpected<Error> no_inspection(std::string_view inspection) {
  return fail(ErrorCode::not_found, "there is no inspection '" + std::string(inspection) + "'");
}

// What these kiosks, which come by their ids, may and may no longer offer.
Result<void> complete(Connection& connection, std::vector<store::Kiosk>& kiosks) {
  std::vector<std::string_view> ids;
  for (const auto& kiosk : kiosks) ids.emplace_back(kiosk.id);
  const auto found = connection.run(
      "SELECT s.kiosk, s.inspection, d.kiosk IS NOT NULL FROM kiosk_inspections AS s LEFT JOIN kiosk_disallowed AS d "
      "ON d.kiosk = s.kiosk AND d.inspection = s.inspection WHERE s.kiosk = ANY($1) ORDER BY s.kiosk, s.inspection",
      Parameters().texts(ids));
  if (!found) return std::unexpected(found.error());
  auto kiosk = kiosks.begin();
  for (int row = 0; row < found->size(); ++row) {
    while (kiosk->id != found->text(row, 0)) ++kiosk;
    (found->flag(row, 2) ? kiosk->disallowed : kiosk->inspections).push_back(found->text(row, 1));
  }
  return {};
}

Result<std::vector<store::Kiosk>> completed(Connection& connection, const Result<Rows>& rows) {
  auto kiosks = all(rows, kiosk_of);
  if (!kiosks) return kiosks;
  if (auto done = complete(connection, *kiosks); !done) return std::unexpected(done.error());
  return kiosks;
}

Result<std::int64_t> one_integer(const Result<Rows>& rows) {
  if (!rows) return std::unexpected(rows.error());
  return rows->size() == 0 ? 0 : rows->integer(0, 0);
}

}  // namespace

Result<std::vector<store::InspectionHead>> heads(Connection& connection) {
  return all(connection.run(std::string(kHeads) + "ORDER BY id"), head_of);
}

Result<store::InspectionHead> head(Connection& connection, std::string_view inspection) {
  const auto found = connection.run(std::string(kHeads) + "WHERE id = $1", Parameters().text(inspection));
  if (!found) return std::unexpected(found.error());
  if (found->size() == 0) return no_inspection(inspection);
  return head_of(*found, 0);
}

Result<store::Inspection> inspection(Connection& connection, std::string_view inspection) {
  const auto found = connection.run(
      "SELECT id, area, state, version, envelope_bytes, is_accepting, xmin::text::bigint, definition, package "
      "FROM inspections WHERE id = $1",
      Parameters().text(inspection));
  if (!found) return std::unexpected(found.error());
  if (found->size() == 0) return no_inspection(inspection);
  auto head = head_of(*found, 0);
  const auto definition = found->text(0, 7);
  store::SeenInspection seen{.state = head.state, .version = head.version, .definition = definition};
  return store::Inspection{
      .head = std::move(head), .definition = definition, .package = found->bytes(0, 8), .seen = std::move(seen)};
}

Result<std::vector<store::Envelope>> envelopes(Connection& connection, std::string_view inspection,
                                               const std::optional<store::Id>& after, std::size_t limit) {
  const ByteView first = after ? ByteView(*after) : ByteView();  // no id is empty: each comes after that
  return all(connection.run("SELECT id, digest, body FROM envelopes WHERE inspection = $1 AND id > $2 "
                            "ORDER BY id LIMIT $3",
                            Parameters().text(inspection).bytes(first).integer(static_cast<std::int64_t>(limit))),
             envelope_of);
}

Result<std::vector<store::Envelope>> envelopes(Connection& connection, std::string_view inspection,
                                               const std::vector<store::Id>& ids) {
  return all(connection.run("SELECT id, digest, body FROM envelopes WHERE inspection = $1 AND id = ANY($2)",
                            Parameters().text(inspection).byte_strings({ids.begin(), ids.end()})),
             envelope_of);
}

Result<std::vector<store::Id>> envelope_ids(Connection& connection, std::string_view inspection) {
  return all(
      connection.run("SELECT id FROM envelopes WHERE inspection = $1 ORDER BY id", Parameters().text(inspection)),
      [](const Rows& rows, int row) { return array_of<16>(rows.bytes(row, 0)); });
}

Result<std::int64_t> count_envelopes(Connection& connection, std::string_view inspection) {
  return one_integer(
      connection.run("SELECT count(*) FROM envelopes WHERE inspection = $1", Parameters().text(inspection)));
}

Result<std::vector<store::Withdrawn>> withdrawn(Connection& connection) {
  return all(connection.run("SELECT inspection, id FROM tombstones ORDER BY inspection, id"),
             [](const Rows& rows, int row) {
               return store::Withdrawn{rows.text(row, 0), array_of<16>(rows.bytes(row, 1))};
             });
}

Result<std::vector<store::Id>> withdrawn_among(Connection& connection, std::string_view inspection,
                                               std::span<const store::Id> ids) {
  return all(connection.run("SELECT id FROM tombstones WHERE inspection = $1 AND id = ANY($2) ORDER BY id",
                            Parameters().text(inspection).byte_strings({ids.begin(), ids.end()})),
             [](const Rows& rows, int row) { return array_of<16>(rows.bytes(row, 0)); });
}

Result<std::int64_t> count_withdrawn(Connection& connection, std::string_view inspection) {
  return one_integer(
      connection.run("SELECT envelopes FROM withdrawn_counts WHERE inspection = $1", Parameters().text(inspection)));
}

Result<std::vector<store::KioskLedger>> ledgers(Connection& connection, std::string_view inspection) {
  const auto found = connection.run("SELECT kiosk, what, visits FROM ledgers WHERE inspection = $1 ORDER BY kiosk",
                                    Parameters().text(inspection));
  if (!found) return std::unexpected(found.error());
  std::vector<store::KioskLedger> ledgers;
  for (int row = 0; row < found->size(); ++row) {
    if (ledgers.empty() || ledgers.back().kiosk != found->text(row, 0)) ledgers.push_back({found->text(row, 0), {}});
    const auto* const known = std::ranges::find(kLedgerCounts, found->text(row, 1), &LedgerCount::name);
    if (known != kLedgerCounts.end()) ledgers.back().ledger.*(known->count) = found->integer(row, 2);
  }
  return ledgers;
}

Result<std::vector<store::DailyCount>> daily_counts(Connection& connection, std::string_view inspection) {
  return all(connection.run("SELECT day, kiosk, envelopes FROM daily_counts WHERE inspection = $1 ORDER BY day, kiosk",
                            Parameters().text(inspection)),
             [](const Rows& rows, int row) {
               return store::DailyCount{rows.text(row, 0), rows.text(row, 1), rows.integer(row, 2)};
             });
}

Result<std::vector<store::Standing>> standings(Connection& connection, const std::vector<std::string>& inspections) {
  const auto found = connection.run(R"(
    SELECT inspection, 0::bigint, day, sum(envelopes)::bigint FROM daily_counts WHERE inspection = ANY($1)
      GROUP BY inspection, day
    UNION ALL SELECT inspection, 1, '', envelopes FROM withdrawn_counts WHERE inspection = ANY($1)
    UNION ALL SELECT inspection, 2, name, count FROM plain_counts WHERE inspection = ANY($1)
    UNION ALL SELECT inspection, 3, min(day), count(*) FROM keyings WHERE inspection = ANY($1) GROUP BY inspection, form
    ORDER BY 2, 3)",
                                    Parameters().texts({inspections.begin(), inspections.end()}));
  if (!found) return std::unexpected(found.error());
  std::map<std::string, std::size_t, std::less<>> places;
  for (std::size_t i = 0; i < inspections.size(); ++i) places.emplace(inspections[i], i);
  std::vector<store::Standing> standings(inspections.size());
  for (int row = 0; row < found->size(); ++row) {
    auto& standing = standings[places.find(found->text(row, 0))->second];
    store::add_to(standing, found->integer(row, 1), found->text(row, 2), found->integer(row, 3));
  }
  return standings;
}

Result<std::vector<store::Invite>> live_invites(Connection& connection, std::int64_t now_s) {
  return all(
      connection.run(
          "SELECT secret_hash, inspection, name, expires_s, coalesce(kiosk, '') FROM invites "
          "LEFT JOIN invites_again USING (secret_hash) WHERE NOT is_spent AND expires_s > $1 ORDER BY secret_hash",
          Parameters().integer(now_s)),
      [](const Rows& rows, int row) {
        return store::Invite{rows.bytes(row, 0), rows.text(row, 1), rows.text(row, 2), rows.integer(row, 3),
                             rows.text(row, 4)};
      });
}

// By the index: the first that is not before the mark is the one that begins with it, if any does.
Result<bool> is_invited(Connection& connection, ByteView mark, std::int64_t now_s) {
  const auto found = connection.run(
      "SELECT secret_hash FROM invites WHERE secret_hash >= $1 AND expires_s > $2 ORDER BY secret_hash LIMIT 1",
      Parameters().bytes(mark).integer(now_s));
  if (!found) return std::unexpected(found.error());
  return found->size() > 0 && as_text(found->bytes(0, 0)).starts_with(as_text(mark));
}

Result<std::string> enrolled(Connection& connection, ByteView secret_hash, std::int64_t now_s,
                             const store::Digest& key) {
  const auto found = connection.run(
      "SELECT k.id FROM enrolled_keys AS e JOIN invites AS i ON i.secret_hash = e.secret_hash JOIN kiosks AS k "
      "ON k.id = e.kiosk WHERE e.secret_hash = $1 AND e.key = $2 AND i.expires_s > $3 AND NOT k.is_revoked",
      Parameters().bytes(secret_hash).bytes(key).integer(now_s));
  if (!found) return std::unexpected(found.error());
  if (found->size() == 0) return fail(ErrorCode::not_found, "the invite has let in nobody with this key");
  return found->text(0, 0);
}

Result<std::vector<store::Kiosk>> kiosks(Connection& connection) {
  return completed(connection, connection.run(std::string(kKiosks) + "ORDER BY k.id"));
}

Result<store::Kiosk> kiosk_by_serial(Connection& connection, std::string_view serial) {
  auto found =
      completed(connection, connection.run(std::string(kKiosks) + "WHERE k.serial = $1 OR k.id = (SELECT kiosk FROM "
                                                                  "kiosk_certificates WHERE serial = $1)",
                                           Parameters().text(serial)));
  if (!found) return std::unexpected(found.error());
  if (found->empty()) return fail(ErrorCode::not_found, "no kiosk was enrolled with this certificate");
  return std::move(found->front());
}

Result<std::vector<store::Digest>> tokens(Connection& connection, std::string_view inspection) {
  return all(
      connection.run("SELECT mark FROM tokens WHERE inspection = $1 ORDER BY mark", Parameters().text(inspection)),
      [](const Rows& rows, int row) { return array_of<32>(rows.bytes(row, 0)); });
}

Result<std::int64_t> unknown_tokens(Connection& connection, std::string_view inspection, std::string_view kiosk,
                                    const std::vector<store::Digest>& marks) {
  const auto found = connection.run(
      "SELECT count(*) FROM unnest($3) AS n (mark) WHERE NOT EXISTS "
      "(SELECT 1 FROM tokens AS t WHERE t.inspection = $1 AND t.mark = n.mark) AND NOT EXISTS "
      "(SELECT 1 FROM spent_tokens AS s WHERE s.inspection = $1 AND s.mark = n.mark AND s.kiosk = $2)",
      Parameters().text(inspection).text(kiosk).byte_strings({marks.begin(), marks.end()}));
  if (!found) return std::unexpected(found.error());
  return found->integer(0, 0);
}

Result<store::TokenCounts> token_counts(Connection& connection, std::string_view inspection) {
  const auto found = connection.run(R"(
    WITH spent AS (SELECT mark, count(*) AS kiosks FROM spent_tokens WHERE inspection = $1 GROUP BY mark),
         issued AS (SELECT mark FROM tokens WHERE inspection = $1),
         judged AS (SELECT s.kiosks, i.mark IS NOT NULL AS is_issued FROM spent AS s LEFT JOIN issued AS i USING (mark))
    SELECT (SELECT count(*) FROM issued), count(*) FILTER (WHERE is_issued),
           count(*) FILTER (WHERE is_issued AND kiosks > 1), count(*) FILTER (WHERE NOT is_issued) FROM judged)",
                                    Parameters().text(inspection));
  if (!found) return std::unexpected(found.error());
  return store::TokenCounts{found->integer(0, 0), found->integer(0, 1), found->integer(0, 2), found->integer(0, 3)};
}

Result<std::vector<store::KioskTokens>> tokens_by_kiosk(Connection& connection, std::string_view inspection) {
  return all(
      connection.run("SELECT kiosk, count(*) FROM spent_tokens WHERE inspection = $1 GROUP BY kiosk ORDER BY kiosk",
                     Parameters().text(inspection)),
      [](const Rows& rows, int row) {
        return store::KioskTokens{rows.text(row, 0), rows.integer(row, 1)};
      });
}

Result<std::vector<store::Annotation>> annotations(Connection& connection, std::string_view inspection) {
  return all(connection.run("SELECT id, body FROM annotations WHERE inspection = $1 ORDER BY id",
                            Parameters().text(inspection)),
             [](const Rows& rows, int row) {
               return store::Annotation{array_of<16>(rows.bytes(row, 0)), rows.bytes(row, 1)};
             });
}

Result<std::vector<store::PlainCount>> plain_counts(Connection& connection, std::string_view inspection) {
  return all(connection.run("SELECT name, count FROM plain_counts WHERE inspection = $1 ORDER BY name",
                            Parameters().text(inspection)),
             [](const Rows& rows, int row) {
               return store::PlainCount{rows.text(row, 0), rows.integer(row, 1)};
             });
}

Result<std::vector<store::Keying>> keyings(Connection& connection, std::string_view inspection) {
  return all(connection.run("SELECT form, keyer, body, day FROM keyings WHERE inspection = $1 ORDER BY form, keyer",
                            Parameters().text(inspection)),
             [](const Rows& rows, int row) {
               return store::Keying{array_of<16>(rows.bytes(row, 0)), rows.text(row, 1), rows.bytes(row, 2),
                                    rows.text(row, 3)};
             });
}

Result<Bytes> salt(Connection& connection) {
  const auto found = connection.run("SELECT salt FROM collectors");
  if (!found) return std::unexpected(found.error());
  if (found->size() == 0) return fail(ErrorCode::corrupt, "the database has lost its salt");
  return found->bytes(0, 0);
}

}  // namespace perspective::postgres::queries

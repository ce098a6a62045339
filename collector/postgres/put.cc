// Envelopes of many batches in a handful of statements, however many they are.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "postgres/changes.h"

namespace perspective::postgres::changes {
namespace {

using store::Batch;
using store::Digest;
using store::Envelope;
using store::Id;
using store::PutOutcome;
using Batches = std::vector<const Batch*>;
using Key = std::pair<std::string_view, Id>;  // inspection, id

// What is known of a key by the end of the transaction.
struct Known {
  const Envelope* offered = nullptr;  // the first of the batches
  std::optional<Digest> digest;       // of what is stored
  bool is_withdrawn = false;
  bool is_new = false;  // stored by us
};
using Keys = std::map<Key, Known>;  // in the order of the keys

Digest digest_of(const Bytes& bytes) {
  Digest digest{};
  std::copy_n(bytes.begin(), std::min(digest.size(), bytes.size()), digest.begin());
  return digest;
}

Id id_of(const Bytes& bytes) {
  Id id{};
  std::copy_n(bytes.begin(), std::min(id.size(), bytes.size()), id.begin());
  return id;
}

Keys keys_of(const Batches& batches) {
  Keys keys;
  for (const auto* batch : batches) {
    for (const auto& envelope : batch->envelopes)
      keys.try_emplace({batch->inspection, envelope.id}, Known{&envelope, {}});
  }
  return keys;
}

// Those that take new envelopes. After their locks, in a statement of its own: each sees what was committed before it
// began.
Result<Names> accepting_of(Connection& connection, const Batches& batches) {
  std::set<std::string_view> named;
  for (const auto* batch : batches) named.insert(batch->inspection);
  const auto found = connection.run("SELECT id FROM inspections WHERE id = ANY($1) AND is_accepting",
                                    Parameters().texts({named.begin(), named.end()}));
  if (!found) return std::unexpected(found.error());
  Names accepting;
  for (int row = 0; row < found->size(); ++row) accepting.insert(found->text(row, 0));
  return accepting;
}

// Where another collector has one of these under way, this waits for its commit.
Result<void> insert(Connection& connection, Keys& keys, const Names& accepting) {
  std::vector<std::string_view> inspections;
  std::vector<ByteView> ids, digests, bodies;
  for (const auto& [key, known] : keys) {
    if (!accepting.contains(key.first)) continue;
    inspections.push_back(key.first);
    ids.emplace_back(key.second);
    digests.emplace_back(known.offered->digest);
    bodies.emplace_back(known.offered->body);
  }
  if (ids.empty()) return {};
  const auto stored = connection.run(
      "INSERT INTO envelopes (inspection, id, digest, body) SELECT n.inspection, n.id, n.digest, n.body "
      "FROM unnest($1, $2, $3, $4) AS n (inspection, id, digest, body) WHERE NOT EXISTS "
      "(SELECT 1 FROM tombstones AS t WHERE t.inspection = n.inspection AND t.id = n.id) "
      "ORDER BY n.inspection COLLATE \"C\", n.id ON CONFLICT DO NOTHING RETURNING inspection, id",
      Parameters().texts(inspections).byte_strings(ids).byte_strings(digests).byte_strings(bodies));
  if (!stored) return std::unexpected(stored.error());
  for (int row = 0; row < stored->size(); ++row) {
    const std::string inspection = stored->text(row, 0);
    if (const auto known = keys.find({inspection, id_of(stored->bytes(row, 1))}); known != keys.end()) {
      known->second.is_new = true;
      known->second.digest = known->second.offered->digest;
    }
  }
  return {};
}

Result<void> look_up_others(Connection& connection, Keys& keys) {
  std::vector<std::string_view> inspections;
  std::vector<ByteView> ids;
  std::vector<Known*> others;
  for (auto& [key, known] : keys) {
    if (known.is_new) continue;
    inspections.push_back(key.first);
    ids.emplace_back(key.second);
    others.push_back(&known);
  }
  if (others.empty()) return {};
  const auto found = connection.run(
      "SELECT n.place, e.digest, t.id IS NOT NULL FROM unnest($1, $2) WITH ORDINALITY AS n (inspection, id, place) "
      "LEFT JOIN envelopes AS e ON e.inspection = n.inspection AND e.id = n.id "
      "LEFT JOIN tombstones AS t ON t.inspection = n.inspection AND t.id = n.id",
      Parameters().texts(inspections).byte_strings(ids));
  if (!found) return std::unexpected(found.error());
  for (int row = 0; row < found->size(); ++row) {
    auto& known = *others.at(static_cast<std::size_t>(found->integer(row, 0) - 1));
    if (!found->is_null(row, 1)) known.digest = digest_of(found->bytes(row, 1));
    known.is_withdrawn = found->flag(row, 2);
  }
  return {};
}

PutOutcome outcome_of(const Envelope& envelope, const Known& known) {
  if (known.is_new && known.offered == &envelope) return PutOutcome::stored;
  if (known.digest) return *known.digest == envelope.digest ? PutOutcome::repeated : PutOutcome::conflicting;
  return known.is_withdrawn ? PutOutcome::withdrawn : PutOutcome::not_accepting;
}

Result<void> count(Connection& connection, const Batches& batches,
                   const std::vector<std::vector<PutOutcome>>& outcomes) {
  std::map<std::tuple<std::string_view, std::string_view, std::string_view>, std::int64_t> sums;
  for (std::size_t i = 0; i < batches.size(); ++i) {
    const auto stored = std::ranges::count(outcomes[i], PutOutcome::stored);
    if (stored > 0) sums[{batches[i]->inspection, batches[i]->day, batches[i]->kiosk}] += stored;
  }
  if (sums.empty()) return {};
  std::vector<std::string_view> inspections, days, kiosks;
  std::vector<std::int64_t> counts;
  for (const auto& [key, sum] : sums) {
    inspections.push_back(std::get<0>(key));
    days.push_back(std::get<1>(key));
    kiosks.push_back(std::get<2>(key));
    counts.push_back(sum);
  }
  const auto counted = connection.run(
      "WITH counted AS (INSERT INTO daily_counts (inspection, day, kiosk, envelopes) SELECT * FROM "
      "unnest($1, $2, $3, $4) ON CONFLICT (inspection, day, kiosk) DO UPDATE SET "
      "envelopes = daily_counts.envelopes + excluded.envelopes RETURNING inspection) "
      "SELECT pg_notify('perspective', 'stored ' || inspection) FROM (SELECT DISTINCT inspection FROM counted) AS n",
      Parameters().texts(inspections).texts(days).texts(kiosks).integers(counts));
  if (!counted) return std::unexpected(counted.error());
  return {};
}

}  // namespace

Result<void> share(Connection& connection, std::string_view inspection) {
  const auto shared =
      connection.run("SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 20))", Parameters().text(inspection));
  if (!shared) return std::unexpected(shared.error());
  return {};
}

Result<Names> share_those_free(Connection& connection, const std::vector<std::string_view>& inspections,
                               std::chrono::milliseconds longest) {
  const std::set<std::string_view> named(inspections.begin(), inspections.end());
  const auto tried = connection.run(
      "SELECT name, pg_try_advisory_xact_lock_shared(hashtextextended(name, 20)), set_config('lock_timeout', $2, TRUE) "
      "FROM unnest($1) AS name",
      Parameters().texts({named.begin(), named.end()}).text(std::to_string(longest.count())));
  if (!tried) return std::unexpected(tried.error());
  Names free;
  for (int row = 0; row < tried->size(); ++row) {
    if (tried->flag(row, 1)) free.insert(tried->text(row, 0));
  }
  return free;
}

Result<std::vector<std::vector<PutOutcome>>> put(Connection& connection, const Batches& batches) {
  const auto accepting = accepting_of(connection, batches);
  if (!accepting) return std::unexpected(accepting.error());
  auto keys = keys_of(batches);
  if (auto inserted = insert(connection, keys, *accepting); !inserted) return std::unexpected(inserted.error());
  if (auto looked = look_up_others(connection, keys); !looked) return std::unexpected(looked.error());
  std::vector<std::vector<PutOutcome>> outcomes;
  for (const auto* batch : batches) {
    auto& of_batch = outcomes.emplace_back();
    for (const auto& envelope : batch->envelopes) {
      of_batch.push_back(outcome_of(envelope, keys.at({batch->inspection, envelope.id})));
    }
  }
  if (auto counted = count(connection, batches, outcomes); !counted) return std::unexpected(counted.error());
  return outcomes;
}

}  // namespace perspective::postgres::changes

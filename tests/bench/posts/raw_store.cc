#include "bench/posts/raw_store.h"

#include "base/random.h"
#include "bench/samples.h"
#include "protocol/receipt.h"

namespace perspective::bench {
namespace {

constexpr std::size_t kIdBytes = 16;

}  // namespace

RawStore::RawStore(const std::filesystem::path& path) : database_(unwrapped(sqlite::Database::open(path))) {
  unwrapped(database_.execute(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;"
      "CREATE TABLE envelopes (inspection TEXT NOT NULL, id BLOB NOT NULL, digest BLOB NOT NULL, body BLOB NOT NULL,"
      " PRIMARY KEY (inspection, id)) STRICT, WITHOUT ROWID;"));
  insert_.emplace(unwrapped(database_.prepare("INSERT INTO envelopes VALUES ('bench-2026', ?, ?, ?)")));
}

RawOutcome RawStore::insert(const std::vector<Bytes>& bodies, std::size_t rows_a_commit, std::size_t most_rows,
                            double longest_s) {
  std::vector<protocol::Digest> digests;
  for (const Bytes& body : bodies) digests.push_back(protocol::digest_of(body));
  RawOutcome outcome;
  while (outcome.rows < most_rows && outcome.seconds < longest_s) {
    std::vector<Bytes> ids;
    for (std::size_t i = 0; i < rows_a_commit; ++i) ids.push_back(random_bytes(kIdBytes));
    const double commit_us = microseconds([&] {
      auto transaction = unwrapped(sqlite::Transaction::begin(database_));
      for (std::size_t i = 0; i < rows_a_commit; ++i) {
        const std::size_t turn = (outcome.rows + i) % bodies.size();
        insert_->bind(1, ByteView(ids[i])).bind(2, ByteView(digests[turn])).bind(3, ByteView(bodies[turn]));
        unwrapped(insert_->run());
      }
      unwrapped(transaction.commit());
    });
    outcome.rows += rows_a_commit;
    outcome.commit_us.push_back(commit_us);
    outcome.seconds += commit_us / 1e6;
  }
  return outcome;
}

}  // namespace perspective::bench

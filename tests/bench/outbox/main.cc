// A durable put into the outbox, beside a bare SQLite insert of the same bytes with the same settings on the same disk;
// with nothing waiting, and with much.
#include <CLI/CLI.hpp>
#include <filesystem>

#include "base/random.h"
#include "base/sqlite.h"
#include "bench/samples.h"
#include "outbox/outbox.h"

namespace perspective::bench {
namespace {

namespace fs = std::filesystem;

struct Setting {
  fs::path folder;
  int rounds = 5;
  int puts = 20;
  int waiting = 500;
  double longest_s = 8;
  std::size_t bytes = 8192;
};

constexpr const char* kInsert = "INSERT INTO envelope VALUES(?, 'bench-2026', 0, ?)";

outbox::Envelope new_envelope(std::size_t bytes) {
  outbox::Envelope envelope{.inspection = "bench-2026", .body = random_bytes(bytes)};
  std::ranges::copy(random_bytes(envelope.id.size()), envelope.id.begin());
  return envelope;
}

ByteView view(const outbox::Id& id) { return {id.data(), id.size()}; }

void insert(sqlite::Statement& statement, const outbox::Envelope& envelope) {
  unwrapped(statement.bind(1, view(envelope.id)).bind(2, ByteView(envelope.body)).run());
}

void fill(sqlite::Database& database, int rows, std::size_t bytes) {
  auto transaction = unwrapped(sqlite::Transaction::begin(database));
  auto statement = unwrapped(database.prepare(kInsert));
  for (int i = 0; i < rows; ++i) insert(statement, new_envelope(bytes));
  unwrapped(transaction.commit());
}

// The outbox's settings and table, and no more: it does not compact, and leaves its dates.
sqlite::Database bare_file(const fs::path& path) {
  auto database = unwrapped(sqlite::Database::open(path));
  unwrapped(
      database.execute("PRAGMA synchronous=EXTRA; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;"
                       "PRAGMA journal_mode=TRUNCATE;"
                       "CREATE TABLE envelope(id BLOB PRIMARY KEY, inspection TEXT NOT NULL, status INTEGER NOT NULL,"
                       " body BLOB NOT NULL) WITHOUT ROWID;"));
  return database;
}

// The medians of a round of puts, in milliseconds. What was put is taken out again, outside the time measured.
void measure(const Setting& setting, int waiting, Samples& samples) {
  const std::string name = std::to_string(waiting == 0 ? 0 : 500);
  const fs::path path = setting.folder / ("outbox-" + name + ".sqlite");
  const fs::path bare_path = setting.folder / ("bare-" + name + ".sqlite");
  unwrapped(outbox::Outbox::open(path));
  {
    auto database = unwrapped(sqlite::Database::open(path));
    fill(database, waiting, setting.bytes);
  }
  const auto outbox = unwrapped(outbox::Outbox::open(path));
  auto bare = bare_file(bare_path);
  fill(bare, waiting, setting.bytes);
  auto bare_insert = unwrapped(bare.prepare(kInsert));
  auto bare_erase = unwrapped(bare.prepare("DELETE FROM envelope WHERE id = ?"));
  for (int round = 0; round < setting.rounds; ++round) {
    std::vector<double> puts_us;
    std::vector<double> inserts_us;
    const auto begun = std::chrono::steady_clock::now();
    const std::chrono::duration<double> longest(setting.longest_s / setting.rounds);
    for (int i = 0; i < setting.puts && (i == 0 || std::chrono::steady_clock::now() - begun < longest); ++i) {
      const auto envelope = new_envelope(setting.bytes);
      puts_us.push_back(microseconds([&] { unwrapped(outbox->put(envelope)); }));
      unwrapped(outbox->remove(envelope.id, outbox::Leaving::sent));
      inserts_us.push_back(microseconds([&] { insert(bare_insert, envelope); }));
      unwrapped(bare_erase.bind(1, view(envelope.id)).run());
    }
    samples.add("put_" + name + "_ms", quantile(puts_us, 0.5) / 1000);
    samples.add("bare_" + name + "_ms", quantile(inserts_us, 0.5) / 1000);
  }
}

int main_of(int count, char** words) {
  Setting setting;
  CLI::App app("Puts envelopes into the outbox, and bare rows into SQLite.", "bench_outbox");
  app.add_option("--folder", setting.folder, "Empty, on the disk to be measured")->required()->type_name("DIR");
  app.add_option("--rounds", setting.rounds)->check(CLI::PositiveNumber);
  app.add_option("--puts", setting.puts, "Puts a round")->check(CLI::PositiveNumber);
  app.add_option("--seconds", setting.longest_s, "With as many waiting, at most")->check(CLI::PositiveNumber);
  app.add_option("--waiting", setting.waiting, "Envelopes that stand for 500")->check(CLI::PositiveNumber);
  app.add_option("--bytes", setting.bytes, "Of an envelope")->check(CLI::PositiveNumber);
  CLI11_PARSE(app, count, words);
  Samples samples;
  measure(setting, 0, samples);
  measure(setting, setting.waiting, samples);
  samples.print();
  return 0;
}

}  // namespace
}  // namespace perspective::bench

int main(int count, char** words) {
  return perspective::bench::end_of("bench_outbox", perspective::bench::main_of, count, words);
}

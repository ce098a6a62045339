// What a collector's store does while the database is gone, killed, or not fit to keep anything.
#include <gmock/gmock.h>
#include <libpq-fe.h>

#include <atomic>
#include <future>
#include <mutex>
#include <set>
#include <thread>

#include "postgres/connection.h"
#include "server.h"

namespace perspective::postgres {
namespace {

using store::PutOutcome;

class StoreOnAServer : public testing::Test {
 protected:
  void SetUp() override {
    need_server();
    if (IsSkipped() || HasFatalFailure()) return;
    database_ = server()->make_database();
  }
  std::unique_ptr<store::Store> open() const {
    auto opened = open_store(database_);
    if (!opened) throw std::runtime_error(opened.error().what);
    return *std::move(opened);
  }
  // As whoever administers the database.
  void by_hand(const std::string& sql) const {
    const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(server()->url(database_).c_str()),
                                                                  PQfinish);
    const std::unique_ptr<PGresult, decltype(&PQclear)> done(PQexec(connection.get(), sql.c_str()), PQclear);
    const auto status = PQresultStatus(done.get());
    ASSERT_TRUE(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) << PQerrorMessage(connection.get());
  }
  // The server, started anew with one more line of configuration; afterwards as it was.
  static void restart_with(const std::string& setting, const std::string& value) {
    server()->kill();
    server()->set(setting, value);
    server()->start();
  }
  std::string database_;
};

TEST_F(StoreOnAServer, HasAfterAKillAllThatItAcknowledgedAndEachOnce) {
  std::mutex mutex;
  std::set<std::uint32_t> acknowledged;
  std::atomic<std::size_t> refused = 0;
  std::atomic<std::size_t> sent = 0;
  std::atomic<bool> is_over = false;
  const auto store = open();  // goes before what its answers are noted in
  ASSERT_TRUE(store->add_inspection(inspection_of("croydon")));
  std::thread sending([&] {
    for (std::uint32_t number = 0; !is_over && number < 200000; ++number) {
      ++sent;
      store->put({"croydon", "kiosk-a", "2026-11-22", {envelope_of(number)}}, [&, number](const auto& outcomes) {
        if (!outcomes) {
          EXPECT_TRUE(outcomes.error().retry) << outcomes.error().what;
          ++refused;
        }
        const std::lock_guard lock(mutex);
        if (outcomes) acknowledged.insert(number);
      });
      std::this_thread::sleep_for(std::chrono::microseconds(300));
    }
  });
  const auto count = [&] {
    const std::lock_guard lock(mutex);
    return acknowledged.size();
  };
  for (std::size_t until : {200U, 400U, 600U}) {
    while (count() < until) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    server()->kill();
    const std::size_t before = refused;
    while (refused == before) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    server()->start();
  }
  while (count() < 700) std::this_thread::sleep_for(std::chrono::milliseconds(5));  // the same store goes on
  is_over = true;
  sending.join();
  while (count() + refused < sent) std::this_thread::sleep_for(std::chrono::milliseconds(5));  // each is answered
  std::set<store::Id> ids;
  const auto kept = store->envelopes("croydon", std::nullopt, 1000000);
  for (const auto& envelope : *kept) EXPECT_TRUE(ids.insert(envelope.id).second);
  for (const auto number : acknowledged) EXPECT_TRUE(ids.contains(envelope_of(number).id)) << number;
  const auto counts = store->daily_counts("croydon");
  EXPECT_EQ(counts->front().envelopes, static_cast<std::int64_t>(ids.size()));
}

TEST_F(StoreOnAServer, SaysThatTheDatabaseIsGoneAndToComeAgain) {
  const auto store = open();
  server()->kill();
  const auto lost = store->add_inspection(inspection_of("croydon"));
  const auto lost_read = store->inspections();
  server()->start();
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().code, ErrorCode::unreachable);
  EXPECT_TRUE(lost.error().retry);
  EXPECT_FALSE(lost_read);
  EXPECT_TRUE(store->add_inspection(inspection_of("croydon"))) << "the same store, once the server is back";
}

TEST_F(StoreOnAServer, ServesAtOnceAfterARestartDuringWhichNobodyAsked) {
  const auto store = open();
  ASSERT_TRUE(store->inspections());
  server()->kill();
  server()->start();
  EXPECT_TRUE(store->inspections());
  EXPECT_TRUE(store->add_inspection(inspection_of("croydon")));
}

TEST_F(StoreOnAServer, RefusesAServerThatForgetsAtAPowerCut) {
  restart_with("fsync", "off");
  const auto opened = open_store(database_);
  restart_with("fsync", "on");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::refused);
  EXPECT_THAT(opened.error().what, testing::HasSubstr("fsync"));
  EXPECT_TRUE(open_store(database_));
}

TEST_F(StoreOnAServer, RefusesAServerThatKeepsWhenEachEnvelopeCame) {
  restart_with("track_commit_timestamp", "on");
  const auto opened = open_store(database_);
  restart_with("track_commit_timestamp", "off");
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().what, testing::HasSubstr("track_commit_timestamp"));
}

TEST_F(StoreOnAServer, WaitsForTheDiskThoughTheDatabaseSaysNotTo) {
  const auto store = open();
  by_hand("ALTER DATABASE " + database_ + " SET synchronous_commit = off");
  const auto connection = Connection::open(*Address::parse(server()->url(database_)));
  ASSERT_TRUE(connection);
  EXPECT_EQ((*connection)->run("SELECT current_setting('synchronous_commit')")->text(0, 0), "on");
  by_hand("ALTER DATABASE " + database_ + " SET synchronous_commit = remote_apply");
  const auto stricter = Connection::open(*Address::parse(server()->url(database_)));
  EXPECT_EQ((*stricter)->run("SELECT current_setting('synchronous_commit')")->text(0, 0), "remote_apply");
}

TEST_F(StoreOnAServer, KeepsOutACollectorWithAnotherAuthority) {
  open();
  EXPECT_TRUE(open_store(database_));
  const auto stranger = open_store(database_, "another");
  ASSERT_FALSE(stranger);
  EXPECT_EQ(stranger.error().code, ErrorCode::refused);
}

TEST_F(StoreOnAServer, WorksOnAfterANewerCollectorHasExpandedTheTables) {
  const auto store = open();
  by_hand(
      "SET search_path = perspective; ALTER TABLE inspections ADD COLUMN later TEXT; "
      "ALTER TABLE envelopes ADD COLUMN later BIGINT NOT NULL DEFAULT 0; CREATE TABLE later (id TEXT PRIMARY KEY); "
      "UPDATE schema_versions SET version = version + 1");
  EXPECT_TRUE(store->add_inspection(inspection_of("croydon")));
  const auto newly_opened = open_store(database_);
  ASSERT_TRUE(newly_opened) << newly_opened.error().what;
  EXPECT_EQ((*newly_opened)->inspections()->size(), 1U);
}

TEST_F(StoreOnAServer, StopsOnceTheTablesServeItNoLonger) {
  const auto store = open();
  by_hand("UPDATE perspective.schema_versions SET version = version + 1, least_version = version + 1");
  const auto opened = open_store(database_);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::corrupt);
  EXPECT_THAT(opened.error().what, testing::HasSubstr("newer version"));
}

TEST(StoreAddress, MayHaveNoPasswordAndNeverRepeatsOne) {
  for (const std::string url : {"postgresql://user:hunter2@host/db", "postgresql://host/db?password=hunter2",
                                "postgresql://user:hunter2%zz@host/db", "postgresql://host/db?hunter2",
                                "postgresql://host/db?hunter2=1", "http://user:hunter2@host/"}) {
    const auto address = Address::parse(url);
    ASSERT_FALSE(address) << url;
    EXPECT_THAT(address.error().what, testing::Not(testing::HasSubstr("hunter2"))) << url;
  }
}

std::string word(const std::string& url, const std::string& keyword) {
  const auto address = Address::parse(url);
  if (!address) return "refused";
  for (const auto& [name, value] : address->words()) {
    if (name == keyword) return value;
  }
  return "";
}

TEST(StoreAddress, VerifiesWhoAnswersBeyondThisMachine) {
  EXPECT_EQ(word("postgresql://db.example/p", "sslmode"), "verify-full");
  EXPECT_EQ(word("postgresql://localhost,db.example/p", "sslmode"), "verify-full");
  EXPECT_EQ(word("postgresql://127.0.0.1/p?hostaddr=192.0.2.1", "sslmode"), "verify-full");
  EXPECT_EQ(word("postgresql://db.example/p?sslmode=verify-ca", "sslmode"), "verify-ca");
  EXPECT_EQ(word("postgresql:///p", "sslmode"), "");
  EXPECT_EQ(word("postgresql://%2Frun%2Fpostgresql/p", "sslmode"), "");
  EXPECT_EQ(word("postgresql:///p", "connect_timeout"), "5");
}

TEST(StoreAddress, IsWhereNobodyAnswersWithinItsTime) {
  const auto opened = PostgresStore::open({.url = "postgresql://nobody@%2Fnowhere/p", .authority_sha256 = kAuthority});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::unreachable);
  EXPECT_TRUE(opened.error().retry);
}

}  // namespace
}  // namespace perspective::postgres

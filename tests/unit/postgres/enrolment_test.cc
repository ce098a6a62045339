// Kiosks that enrol while something goes wrong between a collector and its database, or is done at another collector.
#include <gmock/gmock.h>
#include <libpq-fe.h>

#include <chrono>
#include <future>
#include <thread>

#include "cut_line.h"
#include "server.h"

namespace perspective::postgres {
namespace {

using Session = std::unique_ptr<PGconn, decltype(&PQfinish)>;
constexpr store::Digest kKey{1};

store::Kiosk kiosk(const std::string& serial) {
  return {.id = "k1", .name = "Front desk", .serial = serial, .inspections = {}, .key = kKey};
}

class EnrolmentOnAServer : public testing::Test {
 protected:
  void SetUp() override {
    need_server();
    if (IsSkipped() || HasFatalFailure()) return;
    database_ = server()->make_database();
    auto opened = open_store(database_);
    ASSERT_TRUE(opened) << opened.error().what;
    store_ = *std::move(opened);
    ASSERT_TRUE(store_->add_inspection(inspection_of("croydon")));
    ASSERT_TRUE(store_->add_invite({{7}, "croydon", "Front desk", 100}));
  }
  Session session() const { return {PQconnectdb(server()->url(database_).c_str()), PQfinish}; }
  // True when it could be done.
  static bool run(const Session& session, const std::string& sql) {
    const std::unique_ptr<PGresult, decltype(&PQclear)> done(PQexec(session.get(), sql.c_str()), PQclear);
    const auto status = PQresultStatus(done.get());
    return status == PGRES_COMMAND_OK || (status == PGRES_TUPLES_OK && PQntuples(done.get()) > 0);
  }

  std::string database_;
  std::unique_ptr<store::Store> store_;
};

TEST_F(EnrolmentOnAServer, SucceedsAgainWhereTheAnswerToItsCommitWasLost) {
  CutLine line(server()->socket());
  auto opened = PostgresStore::open({.url = line.url(database_), .authority_sha256 = kAuthority});
  ASSERT_TRUE(opened) << opened.error().what;
  const auto far = *std::move(opened);
  line.lose_next_answer_to_a_commit();
  const auto lost = far->enrol(Bytes{7}, 50, kiosk("0a"));
  ASSERT_EQ(line.lost(), 1);
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().code, ErrorCode::unreachable);
  EXPECT_TRUE(lost.error().retry);
  EXPECT_TRUE(store_->live_invites(50)->empty()) << "it was spent all the same";
  EXPECT_EQ(*far->enrolled(Bytes{7}, 50, kKey), "k1");
  const auto again = far->enrol(Bytes{7}, 50, kiosk("0b"));
  ASSERT_TRUE(again) << again.error().what;
  EXPECT_EQ(store_->kiosk_by_serial("0b")->id, "k1");
  EXPECT_EQ(store_->kiosks()->size(), 1U);
}

// The server looks for circles after a second: what waits here for less waits for somebody who waits for it.
// Revoking begins with the kiosk's row and goes on to its invites. Whoever enrols must not hold an invite meanwhile.
TEST_F(EnrolmentOnAServer, WaitsForWhoRevokesItsKioskWithItsHandsEmpty) {
  ASSERT_TRUE(store_->enrol(Bytes{7}, 50, kiosk("0a")));
  ASSERT_TRUE(store_->add_invite({{8}, "croydon", "Front desk", 100, "k1"}));
  const auto revoking = session();
  ASSERT_TRUE(run(revoking, "SET search_path = perspective"));
  ASSERT_TRUE(run(revoking, "SET lock_timeout = '300ms'"));
  ASSERT_TRUE(run(revoking, "BEGIN"));
  ASSERT_TRUE(run(revoking, "UPDATE kiosks SET is_revoked = TRUE WHERE id = 'k1'"));
  auto enrolling = std::async(std::launch::async, [&] { return store_->enrol(Bytes{8}, 50, kiosk("0b")); });
  const auto watching = session();
  bool is_waiting = false;
  for (int look = 0; look < 500 && !is_waiting; ++look) {
    is_waiting = run(watching, "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_TRUE(is_waiting);
  EXPECT_TRUE(run(revoking,
                  "UPDATE invites SET is_spent = TRUE WHERE secret_hash IN (SELECT secret_hash FROM invites_again "
                  "WHERE kiosk = 'k1')"))
      << PQerrorMessage(revoking.get());
  EXPECT_TRUE(run(revoking, "COMMIT"));
  EXPECT_EQ(enrolling.get().error().code, ErrorCode::refused);
  EXPECT_TRUE(store_->kiosk_by_serial("0a")->is_revoked);
}

TEST_F(EnrolmentOnAServer, AndRevokingAtTheSameTimeEndAsIfOneHadComeFirst) {
  ASSERT_TRUE(store_->enrol(Bytes{7}, 50, kiosk("00")));
  auto other = *open_store(database_);
  for (std::uint8_t round = 10; round < 60; ++round) {
    ASSERT_TRUE(store_->add_invite({{round}, "croydon", "Front desk", 100, "k1"}));
    auto revoking = std::async(std::launch::async, [&] { return other->revoke("k1"); });
    const auto enrolled = store_->enrol(Bytes{round}, 50, kiosk("s" + std::to_string(round)));
    EXPECT_TRUE(revoking.get());
    EXPECT_TRUE(enrolled || enrolled.error().code == ErrorCode::refused);
    EXPECT_TRUE(store_->kiosks()->front().is_revoked || enrolled);
  }
  const auto watching = session();
  EXPECT_TRUE(run(watching, "SELECT 1 FROM pg_stat_database WHERE datname = current_database() AND deadlocks = 0"));
}

}  // namespace
}  // namespace perspective::postgres

// A database that waits for a standby server: nothing is acknowledged that the standby has not, however often it is
// asked for, and whatever became of those who waited.
#include <gmock/gmock.h>
#include <libpq-fe.h>

#include <chrono>
#include <future>
#include <thread>

#include "server.h"

namespace perspective::postgres {
namespace {

using store::PutOutcome;
using Outcomes = Result<std::vector<PutOutcome>>;
constexpr std::chrono::seconds kLimit{60};

class AStandbyThatDoesNotAnswer : public testing::Test {
 protected:
  void SetUp() override {
    need_server();
    if (IsSkipped() || HasFatalFailure()) return;
    database_ = server()->make_database();
    store_ = open_store(database_).value();
    ASSERT_TRUE(store_->add_inspection(inspection_of("croydon")));
    by_hand("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
    by_hand("SELECT pg_reload_conf()");
    wait_until_commits_wait();
  }
  void TearDown() override {
    if (!store_) return;
    let_go();
    store_.reset();
  }
  void let_go() const {
    by_hand("ALTER SYSTEM RESET synchronous_standby_names");
    by_hand("SELECT pg_reload_conf()");
  }

  // As whoever administers the database; the first field of what it says.
  std::string by_hand(const std::string& sql) const {
    const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(server()->url(database_).c_str()),
                                                                  PQfinish);
    const std::unique_ptr<PGresult, decltype(&PQclear)> done(PQexec(connection.get(), sql.c_str()), PQclear);
    const auto status = PQresultStatus(done.get());
    EXPECT_TRUE(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) << PQerrorMessage(connection.get());
    return PQntuples(done.get()) > 0 ? PQgetvalue(done.get(), 0, 0) : "";
  }

  std::future<Outcomes> put(std::uint32_t number) const {
    auto answered = std::make_shared<std::promise<Outcomes>>();
    store_->put({"croydon", "kiosk-a", "2026-11-22", {envelope_of(number)}},
                [answered](Outcomes outcomes) { answered->set_value(std::move(outcomes)); });
    return answered->get_future();
  }
  static constexpr const char* kWho =
      "FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND backend_type = 'client backend'";
  std::string waiting() const { return by_hand(std::string("SELECT count(*) ") + kWho); }
  // The server's checkpointer has them wait, a moment after it was told to.
  void wait_until_commits_wait() const {
    const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(server()->url(database_).c_str()),
                                                                  PQfinish);
    const auto end = std::chrono::steady_clock::now() + kLimit;
    while (waiting() == "0") {
      ASSERT_LT(std::chrono::steady_clock::now(), end) << "no commit waits for the standby";
      PQconsumeInput(connection.get());
      if (PQisBusy(connection.get()) == 0) {
        while (PGresult* const done = PQgetResult(connection.get())) PQclear(done);
        PQsendQuery(connection.get(), "DROP TABLE IF EXISTS tried; CREATE TABLE tried ()");
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    end_the_wait("pg_terminate_backend");
    while (waiting() != "0") std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  // Until a commit waits for the standby.
  void wait_for_it() const {
    const auto end = std::chrono::steady_clock::now() + kLimit;
    while (waiting() != "1") {
      ASSERT_LT(std::chrono::steady_clock::now(), end) << "no commit waits for the standby";
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }
  void end_the_wait(const std::string& how) const { by_hand("SELECT " + how + "(pid) " + kWho); }
  static Outcomes answer_of(std::future<Outcomes>& put) {
    if (put.wait_for(kLimit) != std::future_status::ready) throw std::runtime_error("nothing is answered");
    return put.get();
  }
  static bool is_answered(const std::future<Outcomes>& put) {
    return put.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  }

  std::string database_;
  std::unique_ptr<store::Store> store_;
};

TEST_F(AStandbyThatDoesNotAnswer, KeepsAnEnvelopeFromBeingAcknowledged) {
  auto first = put(1);
  wait_for_it();
  EXPECT_FALSE(is_answered(first));
  let_go();
  EXPECT_EQ(answer_of(first).value().front(), PutOutcome::stored);
}

// As a server does that is restarted: what waited is then in its tables, and nowhere else.
TEST_F(AStandbyThatDoesNotAnswer, KeepsARepeatFromBeingAcknowledgedOnceTheFirstIsStoredHereAlone) {
  auto first = put(1);
  wait_for_it();
  end_the_wait("pg_terminate_backend");
  const auto refused = answer_of(first);
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().retry);
  EXPECT_EQ(by_hand("SELECT count(*) FROM perspective.envelopes"), "1");
  auto again = put(1);
  wait_for_it();
  EXPECT_FALSE(is_answered(again));
  let_go();
  EXPECT_EQ(answer_of(again).value().front(), PutOutcome::repeated);
}

TEST_F(AStandbyThatDoesNotAnswer, IsNoReasonToAcknowledgeWhatAnAdministratorHadWaitNoLonger) {
  auto first = put(1);
  wait_for_it();
  end_the_wait("pg_cancel_backend");
  const auto refused = answer_of(first);
  ASSERT_FALSE(refused) << "the server says COMMIT, and warns";
  EXPECT_TRUE(refused.error().retry);
  EXPECT_THAT(refused.error().what, testing::HasSubstr("standby"));
  let_go();
  auto again = put(1);
  EXPECT_EQ(answer_of(again).value().front(), PutOutcome::repeated);
}

}  // namespace
}  // namespace perspective::postgres

// A server that stands still, or a line to it that says nothing: nobody waits for it without end, and what it was asked
// last is not called undone.
#include <gmock/gmock.h>
#include <signal.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <thread>

#include "postgres/connection.h"
#include "server.h"

namespace perspective::postgres {
namespace {

using namespace std::chrono_literals;
using store::PutOutcome;
constexpr auto kPatienceHere = 1s;
constexpr auto kLimit = 20s;  // far more than all that is waited for below

// What `ask` gives. A failure where it waits without end, and then the server goes on so that the test ends.
template <typename Ask>
auto in_time(Ask ask) {
  auto asked = std::async(std::launch::async, ask);
  if (asked.wait_for(kLimit) != std::future_status::ready) {
    ADD_FAILURE() << "it waits without end";
    server()->go_on();
  }
  return asked.get();
}

template <typename Outcome>
void expect_unreachable(const Outcome& outcome) {
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::unreachable) << outcome.error().what;
  EXPECT_TRUE(outcome.error().retry);
}

class ASessionThatStandsStill : public testing::Test {
 protected:
  void SetUp() override {
    need_server();
    if (IsSkipped() || HasFatalFailure()) return;
    database_ = server()->make_database();
    ASSERT_TRUE(open(kPatience)->execute("DROP TABLE IF EXISTS public.tried; CREATE TABLE public.tried (n BIGINT)"));
    connection_ = open(kPatienceHere);
    backend_ = static_cast<pid_t>(connection_->run("SELECT pg_backend_pid()::bigint")->integer(0, 0));
  }
  void TearDown() override {
    if (server() != nullptr) server()->go_on();
  }
  std::unique_ptr<Connection> open(std::chrono::milliseconds patience) const {
    auto opened = Connection::open(*Address::parse(server()->url(database_)), patience);
    if (!opened) throw std::runtime_error(opened.error().what);
    return *std::move(opened);
  }
  void stands_still() const { ASSERT_EQ(::kill(backend_, SIGSTOP), 0); }
  void goes_on() const { ASSERT_EQ(::kill(backend_, SIGCONT), 0); }

  std::string database_;
  std::unique_ptr<Connection> connection_;
  pid_t backend_ = -1;
};

TEST_F(ASessionThatStandsStill, IsGivenUpWhateverItWasAsked) {
  for (const auto& ask : std::vector<std::function<Result<void>(Connection&)>>{
           [](Connection& connection) { return connection.execute("SELECT 1"); },
           [](Connection& connection) -> Result<void> {  // that it has not prepared
             if (auto rows = connection.run("SELECT 1"); !rows) return std::unexpected(rows.error());
             return {};
           },
           [](Connection& connection) -> Result<void> {  // that it has
             if (auto rows = connection.run("SELECT pg_backend_pid()::bigint"); !rows)
               return std::unexpected(rows.error());
             return {};
           }}) {
    stands_still();
    ASSERT_NO_FATAL_FAILURE(expect_unreachable(in_time([&] { return ask(*connection_); })));
    EXPECT_FALSE(connection_->is_alive()) << "nobody is given it again";
    in_time([&] {
      connection_.reset();
      return true;
    });
    goes_on();
    SetUp();
  }
}

TEST_F(ASessionThatStandsStill, IsGivenUpThoughItDoesNotEvenTakeWhatItIsSent) {
  ASSERT_TRUE(connection_->run("SELECT length($1)::bigint", Parameters().text("x")));
  const std::string large(32 * 1024 * 1024, 'x');
  stands_still();
  expect_unreachable(in_time([&] { return connection_->run("SELECT length($1)::bigint", Parameters().text(large)); }));
  in_time([&] {
    connection_.reset();
    return true;
  });
  goes_on();
}

TEST_F(ASessionThatStandsStill, IsAskedOnceForACommitWhichIsNotCalledUndone) {
  int attempts = 0;
  expect_unreachable(in_time([&] {
    return connection_->transact([&](Connection& connection) -> Result<void> {
      ++attempts;
      auto put = connection.run("INSERT INTO public.tried VALUES (7)");
      stands_still();
      if (!put) return std::unexpected(put.error());
      return {};
    });
  }));
  EXPECT_EQ(attempts, 1);
  goes_on();
  const auto other = open(kPatience);
  const auto end = std::chrono::steady_clock::now() + kLimit;
  while (other->run("SELECT n FROM public.tried")->size() == 0 && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(10ms);
  }
  EXPECT_EQ(other->run("SELECT n FROM public.tried")->size(), 1) << "it was kept, once it went on";
}

TEST_F(ASessionThatStandsStill, IsNotGivenUpWhereItOnlyWorks) {
  EXPECT_TRUE(connection_->execute("SELECT pg_sleep(0.25)"));
  EXPECT_TRUE(connection_->run("SELECT pg_sleep(0.25)"));
}

TEST_F(ASessionThatStandsStill, SaysOfSeveralStatementsWhatFailed) {
  EXPECT_TRUE(connection_->execute("SELECT 1; SELECT 2"));
  EXPECT_FALSE(connection_->execute("SELECT 1; SELECT 1 / 0; SELECT 2"));
  EXPECT_FALSE(connection_->execute("SELECT 1 / 0; SELECT 2"));
  EXPECT_FALSE(connection_->execute("SELECT 2; SELECT 1 / 0"));
  EXPECT_TRUE(connection_->execute("SELECT 3")) << "and can be asked again";
  const auto settings =
      connection_->run("SELECT current_setting('lock_timeout'), current_setting('statement_timeout')");
  EXPECT_EQ(settings->text(0, 0) + " " + settings->text(0, 1), "10s 1min");
}

TEST_F(ASessionThatStandsStill, GivesAllOfALargeAnswer) {
  const auto rows = open(kPatience)->run("SELECT repeat('x', 1000) FROM generate_series(1, 100000)");
  ASSERT_TRUE(rows);
  EXPECT_EQ(rows->size(), 100000);
  EXPECT_EQ(rows->text(99999, 0), std::string(1000, 'x'));
}

class AServerThatStandsStill : public testing::Test {
 protected:
  void SetUp() override {
    need_server();
    if (IsSkipped() || HasFatalFailure()) return;
    const auto database = server()->make_database();
    ASSERT_TRUE(open_store(database)) << "which makes the tables";
    const auto url = server()->url(database) + "?connect_timeout=2";
    auto opened = PostgresStore::open(
        {.url = url, .authority_sha256 = kAuthority, .on_notice = [](const Notice&) {}, .patience = kPatienceHere});
    ASSERT_TRUE(opened) << opened.error().what;
    store_ = *std::move(opened);
    ASSERT_TRUE(store_->add_inspection(inspection_of("croydon")));
  }
  void TearDown() override {
    if (server() != nullptr) server()->go_on();
  }
  Result<std::vector<PutOutcome>> put(std::uint32_t number) const {
    return in_time([&] {
      std::promise<Result<std::vector<PutOutcome>>> answered;
      store_->put({"croydon", "kiosk-a", "2026-11-22", {envelope_of(number)}},
                  [&](auto outcomes) { answered.set_value(std::move(outcomes)); });
      return answered.get_future().get();
    });
  }
  std::unique_ptr<store::Store> store_;
};

TEST_F(AServerThatStandsStill, KeepsNobodyWaitingAndServesOnceItGoesOn) {
  ASSERT_TRUE(put(1));
  server()->stand_still();
  expect_unreachable(put(2));
  expect_unreachable(in_time([&] { return store_->inspections(); }));
  expect_unreachable(in_time([&] { return store_->add_inspection(inspection_of("leeds")); }));
  server()->go_on();
  EXPECT_EQ(store_->inspections()->size(), 1U);
  const auto again = put(2);
  ASSERT_TRUE(again) << again.error().what;
  EXPECT_EQ(store_->count_envelopes("croydon"), 2);
}

TEST_F(AServerThatStandsStill, LetsItsCollectorStopAndSaysWhatItDoesNotKnow) {
  ASSERT_TRUE(put(1));
  server()->stand_still();
  std::atomic<int> unknown = 0;
  for (std::uint32_t number = 2; number < 6; ++number) {
    store_->put({"croydon", "kiosk-a", "2026-11-22", {envelope_of(number)}},
                [&](const auto& outcomes) { unknown += !outcomes && outcomes.error().retry ? 1 : 100; });
  }
  in_time([&] {
    store_.reset();
    return true;
  });
  EXPECT_EQ(unknown, 4);
  server()->go_on();
}

}  // namespace
}  // namespace perspective::postgres

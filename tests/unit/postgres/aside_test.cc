// What somebody holds of one inspection, its lock or an envelope that is under way, keeps no other inspection waiting.
#include <gmock/gmock.h>
#include <libpq-fe.h>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "server.h"

namespace perspective::postgres {
namespace {

using namespace std::chrono_literals;
using store::PutOutcome;
using Outcomes = Result<std::vector<PutOutcome>>;
constexpr auto kSoon = 1s;
constexpr auto kLimit = 20s;

// Somebody beside the collector, in a transaction that does not end by itself.
class Somebody {
 public:
  explicit Somebody(const std::string& url) : session_(PQconnectdb(url.c_str()), PQfinish) {
    says("SET search_path = perspective");
    says("BEGIN");
  }
  void holds(const std::string& inspection) {
    says("SELECT pg_advisory_xact_lock(hashtextextended('" + inspection + "', 20))");
  }
  void says(const std::string& sql) {
    const std::unique_ptr<PGresult, decltype(&PQclear)> done(PQexec(session_.get(), sql.c_str()), PQclear);
    const auto status = PQresultStatus(done.get());
    ASSERT_TRUE(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) << PQerrorMessage(session_.get());
  }

 private:
  std::unique_ptr<PGconn, decltype(&PQfinish)> session_;
};

class SomethingHeld : public testing::Test {
 protected:
  void SetUp() override {
    need_server();
    if (IsSkipped() || HasFatalFailure()) return;
    database_ = server()->make_database();
    store_ = open_store(database_).value();
    for (const auto* name : {"croydon", "leeds"}) ASSERT_TRUE(store_->add_inspection(inspection_of(name)));
    somebody_ = std::make_unique<Somebody>(server()->url(database_));
  }
  void TearDown() override { somebody_.reset(); }
  std::future<Outcomes> put(const std::string& inspection, std::uint32_t number) const {
    auto answered = std::make_shared<std::promise<Outcomes>>();
    store_->put({inspection, "kiosk-a", "2026-11-22", {envelope_of(number)}},
                [answered](Outcomes outcomes) { answered->set_value(std::move(outcomes)); });
    return answered->get_future();
  }
  static bool is_answered(const std::future<Outcomes>& put, std::chrono::milliseconds within = 0ms) {
    return put.wait_for(within) == std::future_status::ready;
  }
  // The outcome of its one envelope.
  static PutOutcome outcome_of(std::future<Outcomes>& put) {
    if (!is_answered(put, kLimit)) throw std::runtime_error("nothing is answered");
    const auto outcomes = put.get();
    if (!outcomes) throw std::runtime_error(outcomes.error().what);
    return outcomes->front();
  }

  std::string database_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<Somebody> somebody_;
};

TEST_F(SomethingHeld, KeepsOnlyWhatComesForThatInspectionWaiting) {
  somebody_->holds("croydon");
  auto held = put("croydon", 1);
  for (std::uint32_t number = 2; number < 6; ++number) {
    auto other = put("leeds", number);
    ASSERT_TRUE(is_answered(other, kSoon)) << number;
    EXPECT_EQ(outcome_of(other), PutOutcome::stored);
    EXPECT_FALSE(is_answered(held));
  }
  auto held_too = put("croydon", 6);
  somebody_->says("COMMIT");
  EXPECT_EQ(outcome_of(held), PutOutcome::stored);
  EXPECT_EQ(outcome_of(held_too), PutOutcome::stored);
  EXPECT_EQ(store_->count_envelopes("croydon"), 2);
  EXPECT_EQ(store_->daily_counts("croydon")->front().envelopes, 2);
}

TEST_F(SomethingHeld, KeepsOnlyWhatComesForThatInspectionWaitingWhereItIsAnEnvelopeThatIsUnderWay) {
  somebody_->says(
      "INSERT INTO envelopes (inspection, id, digest, body) VALUES ('croydon', decode('01' || repeat('00', 15), "
      "'hex'), "
      "decode(repeat('01', 32), 'hex'), 'x')");
  auto held = put("croydon", 1);
  for (std::uint32_t number = 2; number < 6; ++number) {
    auto other = put("leeds", number);
    ASSERT_TRUE(is_answered(other, kSoon)) << number;
    EXPECT_EQ(outcome_of(other), PutOutcome::stored);
    EXPECT_FALSE(is_answered(held)) << "it is not known yet whether it is there";
  }
  somebody_->says("COMMIT");
  EXPECT_EQ(outcome_of(held), PutOutcome::repeated);
}

TEST_F(SomethingHeld, OfManyInspectionsKeepsNoOtherWaiting) {
  std::vector<std::string> names;
  for (int i = 0; i < 12; ++i) {
    names.push_back("held-" + std::to_string(i));
    ASSERT_TRUE(store_->add_inspection(inspection_of(names.back())));
    somebody_->holds(names.back());
  }
  std::vector<std::future<Outcomes>> held;
  for (std::uint32_t number = 1; number <= 300; ++number) held.push_back(put(names.at(number % 12), number));
  auto other = put("leeds", 1000);
  EXPECT_TRUE(is_answered(other, kSoon));
  somebody_->says("COMMIT");
  for (auto& one : held) EXPECT_EQ(outcome_of(one), PutOutcome::stored);
  for (const auto& name : names) EXPECT_EQ(store_->count_envelopes(name), 25) << name;
}

TEST_F(SomethingHeld, IsWaitedForWhereTheCollectorStopsMeanwhile) {
  somebody_->holds("croydon");
  std::atomic<int> stored = 0;
  for (std::uint32_t number = 0; number < 50; ++number) {
    store_->put({number % 2 == 0 ? "croydon" : "leeds", "kiosk-a", "2026-11-22", {envelope_of(number)}},
                [&](const auto& outcomes) { stored += outcomes ? 1 : 1000; });
  }
  auto stopping = std::async(std::launch::async, [&] { store_.reset(); });
  EXPECT_EQ(stopping.wait_for(300ms), std::future_status::timeout);
  somebody_->says("COMMIT");
  ASSERT_EQ(stopping.wait_for(kLimit), std::future_status::ready);
  EXPECT_EQ(stored, 50) << "each was answered, once, and well";
}

// Whoever tries, and does not wait, may find it held by another each time.
TEST_F(SomethingHeld, ByOneAfterTheOtherLetsThoseInThatWait) {
  std::vector<std::jthread> holders;
  for (int i = 0; i < 3; ++i) {
    holders.emplace_back([url = server()->url(database_)](const std::stop_token& over) {
      Somebody other(url);
      while (!over.stop_requested()) {
        other.holds("croydon");
        std::this_thread::sleep_for(5ms);
        other.says("COMMIT");
        other.says("BEGIN");
      }
    });
  }
  for (std::uint32_t number = 0; number < 20; ++number) {
    auto one = put("croydon", number);
    EXPECT_TRUE(is_answered(one, kSoon)) << number;
    EXPECT_EQ(outcome_of(one), PutOutcome::stored);
  }
}

}  // namespace
}  // namespace perspective::postgres

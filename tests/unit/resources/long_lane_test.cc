#include "resources/long_lane.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>
#include <string>
#include <vector>

#include "resources/services.h"

namespace perspective::resources {
namespace {

using people::Right;

class LongWork : public testing::Test {
 protected:
  LongWork() {
    services_.pool = &pool_;
    services_.lane = &lane_;
  }
  ~LongWork() override { let_go(); }
  void let_go() {
    if (!gone_.try_wait()) gone_.count_down();
  }
  // That goes on until it is let go.
  Pool::Work work() {
    return [this] {
      gone_.wait();
      ++done_;
    };
  }
  // As the route of one with this right answers whoever asks; nothing: not while the others are at work.
  int ask(Right right, const std::string& user) {
    http::Router router;
    add_route(router, services_, right, "GET", "/v1/x",
              [](const auto&) -> Result<http::Response> { return http::Response{}; });
    http::Request request;
    request.method = "GET";
    request.peer.is_local = true;
    request.peer.user = user;
    const auto status = std::make_shared<std::promise<int>>();
    auto answered = status->get_future();
    router.routes().front().handler(std::move(request), [status](const auto& said) { status->set_value(said.status); });
    if (answered.wait_for(std::chrono::seconds(20)) == std::future_status::ready) return answered.get();
    let_go();
    answered.wait();
    return 0;
  }

  std::latch gone_{1};
  std::atomic<int> done_ = 0;
  LongLane lane_{4, 256};
  Pool pool_{1, 256};
  Services services_;
};

TEST_F(LongWork, IsAllDoneBeforeTheLaneCloses) {
  let_go();
  for (const std::string person : {"a", "b", "c", "d", "e", "f"}) {
    for (int i = 0; i < 30; ++i) EXPECT_TRUE(lane_.offer(person, work()));
  }
  lane_.close();
  EXPECT_EQ(done_, 180);
  EXPECT_FALSE(lane_.offer("a", work()));
}

TEST_F(LongWork, OfOnePersonKeepsNobodyElseWaiting) {
  for (int i = 0; i < 30; ++i) ASSERT_TRUE(lane_.offer("a", work()));
  EXPECT_EQ(ask(Right::read_answers, "b"), 200);
}

TEST_F(LongWork, KeepsWhatIsShortFromNobody) {
  for (const std::string person : {"a", "b", "c", "d"}) {
    for (int i = 0; i < 10; ++i) ASSERT_TRUE(lane_.offer(person, work()));
  }
  EXPECT_EQ(ask(Right::see_inspections, "e"), 200);
  EXPECT_EQ(ask(Right::run_people, "a"), 200) << "who waits for long work of their own";
}

TEST_F(LongWork, HasItsTurnsAmongPersons) {
  LongLane narrow(1, 256);
  std::vector<std::string> order;
  std::latch begun(1);
  EXPECT_TRUE(narrow.offer("z", [&] {
    begun.count_down();
    gone_.wait();
  }));
  begun.wait();
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(narrow.offer("a", [&] { order.emplace_back("a"); }));
  for (const std::string person : {"b", "c"}) {
    EXPECT_TRUE(narrow.offer(person, [&order, person] { order.push_back(person); }));
  }
  std::latch is_over(1);
  EXPECT_TRUE(narrow.offer("a", [&] { is_over.count_down(); }));
  let_go();
  is_over.wait();
  EXPECT_THAT(order, testing::ElementsAre("a", "a", "b", "c", "a", "a", "a"));
}

TEST_F(LongWork, IsTurnedAwayWhereTooMuchOfOneWaitsOrOfAll) {
  LongLane small(1, 100);
  std::size_t taken = 0;
  while (taken < 1000 && small.offer("a", work())) ++taken;
  EXPECT_GE(taken, LongLane::kMostWaitingOfOne);
  EXPECT_LE(taken, LongLane::kMostWaitingOfOne + LongLane::kMostAtOnce);
  for (; taken < 1000 && small.offer("b", work()); ++taken) {
  }
  EXPECT_GE(taken, 100U);
  EXPECT_LE(taken, 100U + 2);
  services_.lane = &small;
  EXPECT_EQ(ask(Right::read_answers, "c"), 503);
  let_go();
  small.close();
  EXPECT_EQ(done_, taken);
}

}  // namespace
}  // namespace perspective::resources

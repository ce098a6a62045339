#include "resources/fair_lane.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>
#include <memory>
#include <new>
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
    services_.short_lane = &short_lane_;
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
  FairLane lane_{4, 256};
  Pool pool_{1, 256};
  FairLane short_lane_{1, 256};
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
  FairLane narrow(1, 256);
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
  FairLane small(1, 100);
  std::latch begun(1);  // or its thread makes room just when there is to be none
  ASSERT_TRUE(small.offer("a", [&] {
    begun.count_down();
    work()();
  }));
  begun.wait();
  std::size_t taken = 1;
  while (taken < 1000 && small.offer("a", work())) ++taken;
  EXPECT_GE(taken, FairLane::kMostWaitingOfOne);
  EXPECT_LE(taken, FairLane::kMostWaitingOfOne + FairLane::kMostAtOnce);
  for (; taken < 1000 && small.offer("b", work()); ++taken) {
  }
  EXPECT_GE(taken, 100U);
  EXPECT_LE(taken, 100U + 2);
  services_.lane = &small;
  EXPECT_EQ(ask(Right::read_answers, "b"), 503);
  for (const std::string newcomer : {"c", "d", "e"}) {
    for (std::size_t i = 0; i < FairLane::kAlwaysRoomFor; ++i, ++taken)
      EXPECT_TRUE(small.offer(newcomer, work())) << "what the others asked for is in nobody's way";
    EXPECT_FALSE(small.offer(newcomer, work()));
  }
  let_go();
  small.close();
  EXPECT_EQ(done_, taken);
}

// What waits when its asker hangs up: of all that one asked for and gave up, one page after the other.
TEST_F(LongWork, IsNotBegunForWhoOnlyReadsAndHasGone) {
  const auto asked_by_who_has_gone = [this](const std::string& method) {
    bool is_done = false;
    http::Request request;
    request.method = method;
    request.has_gone = [] { return true; };
    std::promise<int> status;
    on_lane(services_, [&is_done](const auto&) -> Result<http::Response> {
      is_done = true;
      return http::Response{};
    })(std::move(request), [&status](const auto& said) { status.set_value(said.status); });
    const int answered = status.get_future().get();  // before `is_done` is looked at: the lane's thread writes it
    EXPECT_EQ(answered, is_done ? 200 : 503);
    return is_done;
  };
  EXPECT_FALSE(asked_by_who_has_gone("GET"));
  EXPECT_TRUE(asked_by_who_has_gone("POST")) << "what changes something was asked for";
}

TEST_F(LongWork, ThatThrowsEndsAloneAndWhoeverWaitsForItIsAnswered) {
  struct Answering {
    std::promise<void> answered;
    ~Answering() { answered.set_value(); }
  };
  auto asked = std::make_shared<Answering>();
  auto answered = asked->answered.get_future();
  EXPECT_TRUE(lane_.offer("a", [asked] { throw std::bad_alloc(); }));
  EXPECT_TRUE(pool_.offer([asked] { throw std::bad_alloc(); }));
  asked.reset();
  EXPECT_EQ(answered.wait_for(std::chrono::seconds(20)), std::future_status::ready);
  EXPECT_EQ(ask(Right::read_answers, "a"), 200) << "its place is free again";
  EXPECT_EQ(ask(Right::see_inspections, "a"), 200) << "and the thread goes on";
}

// How much of one who asks sixty times is done before what another asks then; asked by `ask` on one thread.
template <typename Ask>
int done_before_another(FairLane& lane, const Ask& ask) {
  std::latch gone(1);
  std::atomic<int> before = 0;
  std::promise<int> waited;
  for (int i = 0; i < 60; ++i) {
    ask("one", [&](const auto&) -> Result<http::Response> {
      gone.wait();
      ++before;
      return http::Response{};
    });
  }
  ask("other", [&](const auto&) -> Result<http::Response> {
    waited.set_value(before);
    return http::Response{};
  });
  gone.count_down();
  const int done = waited.get_future().get();
  lane.close();
  EXPECT_EQ(before, 60) << "all are answered";
  return done;
}

TEST(WhatAKioskAsks, WaitsForTwoThingsOfAnotherHoweverManyThatAsks) {
  FairLane lane(1, 256);
  Services services;
  services.kiosk_lane = &lane;
  const auto ask = [&](const std::string& kiosk, Answer answer) {
    http::Request request;
    request.peer.certificate_holder = kiosk;
    on_kiosk_lane(services, std::move(answer))(std::move(request), [](const auto&) {});
  };
  EXPECT_LE(done_before_another(lane, ask), FairLane::kMostAtOnce);
}

// Keying in a form, inviting a kiosk: a tenth of a second of one core each.
TEST(WhatAPersonAsks, WaitsForTwoThingsOfAnotherHoweverManyThatAsks) {
  FairLane lane(1, 256);
  Services services;
  services.short_lane = &lane;
  for (const Right right : {Right::enter_paper, Right::run_kiosks}) EXPECT_FALSE(takes_long(right, "/v1/x"));
  const auto ask = [&](const std::string& person, Answer answer) {
    http::Router router;
    add_route(router, services, Right::enter_paper, "GET", "/v1/x", std::move(answer));
    http::Request request;
    request.method = "GET";
    request.peer.user = person;
    request.peer.rights = people::rights_of({people::Role::data_entry});
    router.routes().front().handler(std::move(request), [](const auto&) {});
  };
  EXPECT_LE(done_before_another(lane, ask), FairLane::kMostAtOnce);
}

}  // namespace
}  // namespace perspective::resources

#include "inspection/together.h"

#include <atomic>
#include <deque>
#include <future>
#include <latch>
#include <set>
#include <thread>

#include "collector.h"

namespace perspective::inspection {
namespace {

using Work = std::function<void()>;

// Hands on threads of their own, as quick as they can.
class Crew {
 public:
  Hands hands(int most) {
    return {.offer =
                [this](Work work) {
                  threads_.emplace_back(std::move(work));
                  return true;
                },
            .most = most};
  }

 private:
  std::vector<std::jthread> threads_;
};

TEST(WorkDoneTogether, IsDoneByWhoCallsWhereNobodyIsFree) {
  int times = 0;
  together({}, [&] { ++times; });
  together({.offer = [](const Work&) { return false; }, .most = 3}, [&] { ++times; });
  EXPECT_EQ(times, 2);
}

TEST(WorkDoneTogether, IsDoneBySeveralAtOnce) {
  Crew crew;
  std::latch all_are_here(3);
  together(crew.hands(2), [&] { all_are_here.arrive_and_wait(); });
  SUCCEED() << "or it would still wait";
}

TEST(WorkDoneTogether, EndsWhenTheLastHandHasEnded) {
  Crew crew;
  std::promise<void> hand_has_begun;
  std::atomic<bool> has_hand_ended = false;
  const auto caller = std::this_thread::get_id();
  together(crew.hands(1), [&] {
    if (std::this_thread::get_id() == caller) return hand_has_begun.get_future().wait();
    hand_has_begun.set_value();
    for (int i = 0; i < 1000; ++i) std::this_thread::yield();
    has_hand_ended = true;
  });
  EXPECT_TRUE(has_hand_ended);
}

TEST(WorkDoneTogether, IsNothingToAHandThatComesTooLate) {
  std::deque<Work> waiting;
  int times = 0;
  together({.offer =
                [&](Work work) {
                  waiting.push_back(std::move(work));
                  return true;
                },
            .most = 2},
           [&] { ++times; });
  for (const auto& late : waiting) late();
  EXPECT_EQ(waiting.size(), 2U);
  EXPECT_EQ(times, 1);
}

TEST(WorkDoneTogether, ThrowsWhatAHandThrew) {
  Crew crew;
  std::latch both_are_here(2);
  const auto caller = std::this_thread::get_id();
  EXPECT_THROW(together(crew.hands(1),
                        [&] {
                          both_are_here.arrive_and_wait();
                          if (std::this_thread::get_id() != caller) throw std::bad_alloc();
                        }),
               std::bad_alloc);
}

class ManyResponses : public Collector {
 protected:
  static constexpr int kMany = 700;  // more than two pages
  void store_many() {
    create();
    store::Batch batch{"lewes", "kiosk-a", "2012-11-22", {}};
    for (int i = 0; i < kMany; ++i) {
      batch.envelopes.push_back(sealed(weekly_reader("Words of " + std::to_string(i))));
    }
    for (const int damaged : {3, 300, 699}) batch.envelopes[static_cast<std::size_t>(damaged)].body.back() ^= 1;
    std::promise<void> stored;
    store_->put(std::move(batch), [&](const auto& outcomes) {
      EXPECT_TRUE(outcomes);
      stored.set_value();
    });
    stored.get_future().wait();
  }
};

TEST_F(ManyResponses, AreCountedOnceEachByHoweverManyTheyAreOpened) {
  store_many();
  const auto alone = unlock();
  ASSERT_TRUE(alone) << alone.error().what;
  const auto tally = inspections_->tally_json("lewes").value();
  Crew crew;
  hands_ = crew.hands(3);
  restart();
  const auto together = unlock();
  ASSERT_TRUE(together) << together.error().what;
  EXPECT_EQ(together->counted, kMany - 3);
  EXPECT_EQ(together->set_aside, 3);
  EXPECT_EQ(together->counted, alone->counted);
  EXPECT_EQ(inspections_->tally_json("lewes").value(), tally);
  const auto comments = inspections_->comments("lewes").value();
  std::set<std::string> words;
  for (const auto& comment : comments) words.insert(comment.text);
  EXPECT_EQ(words.size(), static_cast<std::size_t>(kMany - 3));
  EXPECT_TRUE(words.contains("Words of 698"));
}

TEST_F(ManyResponses, MakeNobodyWaitWhileTheyAreOpened) {
  store_many();
  const auto late = sealed(weekly_reader("More chairs"));
  std::promise<void> came_back;
  auto is_back = came_back.get_future();
  std::jthread kiosk;
  std::atomic<bool> has_begun = false;
  std::vector<bool> somebody_must;
  hands_.most = 1;
  hands_.offer = [&](const Work&) {
    if (has_begun.exchange(true)) return false;
    kiosk = std::jthread([&] {
      std::promise<void> stored;
      store_->put({"lewes", "kiosk-b", "2012-11-22", {late}}, [&](const auto&) { stored.set_value(); });
      stored.get_future().wait();
      for (int i = 0; i < 3; ++i) somebody_must.push_back(inspections_->note_arrivals("lewes", {late.id}));
      EXPECT_TRUE(inspections_->absorb("lewes"));
      EXPECT_TRUE(inspections_->follow("lewes", false));
      EXPECT_TRUE(inspections_->withdraw("lewes", std::vector{envelope::EnvelopeId{1}}));
      came_back.set_value();
    });
    EXPECT_EQ(is_back.wait_for(std::chrono::seconds(60)), std::future_status::ready) << "it waits for the unlocking";
    return false;
  };
  restart();
  const auto unlocked = unlock();
  ASSERT_TRUE(unlocked) << unlocked.error().what;
  kiosk.join();
  EXPECT_THAT(somebody_must, testing::ElementsAre(true, false, false)) << "one thread for all that arrives";
  EXPECT_EQ(unlocked->counted, kMany - 3 + 1) << "what came meanwhile is opened before it is over";
  EXPECT_TRUE(inspections_->note_arrivals("lewes", {late.id})) << "and somebody must again for what comes next";
}

}  // namespace
}  // namespace perspective::inspection

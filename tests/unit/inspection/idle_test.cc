// Several inspections unlocked at once, each locked again when nobody reads anything of it.
#include "unit/inspection/collector.h"

namespace perspective::inspection {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class UnlockedInspections : public Collector {
 protected:
  void SetUp() override {
    Collector::SetUp();
    create("lewes");
    create("hove");
    ASSERT_TRUE(unlock("lewes"));
    ASSERT_TRUE(unlock("hove"));
  }
  void pass(std::int64_t minutes) { clock_.set(clock_.now_s() + minutes * 60); }
  bool is_unlocked(const std::string& id) { return inspections_->tally_json(id).has_value(); }
  std::optional<std::int64_t> locks_in_s(const std::string& id) {
    const auto all = *inspections_->list();
    return std::ranges::find(all, id, &Summary::id)->locks_in_s;
  }
};

TEST_F(UnlockedInspections, AreEachLockedByThemselves) {
  ASSERT_TRUE(inspections_->lock("lewes"));
  EXPECT_FALSE(is_unlocked("lewes"));
  EXPECT_TRUE(is_unlocked("hove"));
}

TEST_F(UnlockedInspections, AreLockedAfterHalfAnHourInWhichNobodyReadsThem) {
  pass(29);
  EXPECT_THAT(inspections_->lock_idle(), IsEmpty());
  ASSERT_TRUE(inspections_->comments("hove"));
  pass(1);
  EXPECT_THAT(inspections_->lock_idle(), ElementsAre("lewes"));
  EXPECT_EQ(inspections_->tally_json("lewes").error().code, ErrorCode::refused);
  EXPECT_TRUE(is_unlocked("hove"));
}

TEST_F(UnlockedInspections, AreNotOpenAfterSomebodyLockedThemMeanwhile) {
  ASSERT_TRUE(inspections_->lock("lewes"));
  auto unlocking = std::async(std::launch::async, [this] { return unlock("lewes"); });
  while (unlocking.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready) {
    ASSERT_TRUE(inspections_->lock("lewes"));
  }
  EXPECT_FALSE(unlocking.get());
  EXPECT_FALSE(is_unlocked("lewes"));
}

TEST_F(UnlockedInspections, AreNotReadOnceAnotherCollectorHasNotedThatTheyAreDestroyed) {
  auto stored = *store_->inspection("lewes");
  stored.head.state = to_text(State::destroyed);
  ASSERT_TRUE(store_->update_inspection(stored));
  EXPECT_FALSE(is_unlocked("lewes"));
  EXPECT_EQ(locks_in_s("lewes"), std::nullopt);
}

TEST_F(UnlockedInspections, AreNotKeptOpenByAReconciliation) {
  pass(29);
  ASSERT_TRUE(inspections_->end_fieldwork("hove"));
  ASSERT_TRUE(inspections_->reconciliation("hove"));
  EXPECT_EQ(locks_in_s("hove"), 60);
}

TEST_F(UnlockedInspections, AreNotKeptOpenByWhatArrivesNorByTheList) {
  pass(29);
  deliver(sealed(weekly_reader(), "hove"), "hove");
  ASSERT_TRUE(inspections_->absorb("hove"));
  EXPECT_EQ(locks_in_s("hove"), 60);
  pass(1);
  EXPECT_EQ(locks_in_s("hove"), 0);
  EXPECT_THAT(inspections_->lock_idle(), ElementsAre("hove", "lewes"));
  EXPECT_EQ(locks_in_s("hove"), std::nullopt);
}

TEST_F(UnlockedInspections, AreKeptOpenByEachWayOfReadingThem) {
  const std::vector<std::function<bool()>> ways{
      [this] { return inspections_->tally_json("hove").has_value(); },
      [this] { return inspections_->tally_text("hove", "en").has_value(); },
      [this] { return inspections_->section("hove", "full", "en").has_value(); },
      [this] { return inspections_->comments("hove").has_value(); }, [this] { return unlock("hove").has_value(); }};
  for (const auto& way : ways) {
    pass(20);
    EXPECT_TRUE(way());
    EXPECT_EQ(locks_in_s("hove"), kIdleLock_s) << &way - ways.data();
  }
}

TEST_F(UnlockedInspections, AreNotHeldOpenByAClockThatWasSetBack) {
  pass(-24 * 60);
  EXPECT_THAT(inspections_->lock_idle(), IsEmpty());
  pass(30);
  EXPECT_THAT(inspections_->lock_idle(), ElementsAre("hove", "lewes"));
}

}  // namespace
}  // namespace perspective::inspection

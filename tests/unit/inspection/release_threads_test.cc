// Freezing beside what else happens at the same moment: each pair of which one must wait for the other.
#include <chrono>
#include <future>

#include "inspection/releases.h"
#include "unit/inspection/collector.h"
#include "unit/inspection/interrupted_store.h"

namespace perspective::inspection {
namespace {

using testing::HasSubstr;

class FreezingBeside : public InterruptedCollector {
 protected:
  void SetUp() override {
    Collector::SetUp();
    inspections_ = interrupted();
    create();
    for (int i = 0; i < 12; ++i) deliver(weekly_reader());
    last_ = sealed(weekly_reader());
    deliver(last_);
    for (const auto step : {State::fieldwork_ended, State::provisional, State::draft_report})
      ASSERT_TRUE(inspections_->advance("lewes", step));
    ASSERT_TRUE(unlock());
  }
  void TearDown() override {
    inspections_.reset();
    interrupted_.reset();
    Collector::TearDown();
  }
  std::unique_ptr<Inspections> interrupted() {
    interrupted_ = std::make_unique<InterruptedStore>(*store_);
    return on(*interrupted_);
  }
  Result<ReadRelease> freeze() { return Releases(*inspections_).freeze("lewes", "ada"); }
  Result<void> withdraw_last() { return inspections_->withdraw(std::string("lewes"), {last_.id}); }

  // Begins `what` on a thread of its own and says whether it is done while this one stands still.
  template <typename What>
  bool is_done_meanwhile(What what) {
    other_ = std::async(std::launch::async, [what] { return what().has_value(); });
    return other_.wait_for(std::chrono::milliseconds(300)) == std::future_status::ready;
  }

  std::unique_ptr<InterruptedStore> interrupted_;
  store::Envelope last_;
  std::future<bool> other_;
};

TEST_F(FreezingBeside, PublishingWaitsAndPublishesWhatIsFrozen) {
  bool is_published_first = true;
  interrupted_->before_put_record = [&] {
    is_published_first = is_done_meanwhile([&] { return inspections_->advance("lewes", State::published); });
  };
  ASSERT_TRUE(freeze());
  EXPECT_TRUE(other_.get());
  EXPECT_FALSE(is_published_first);
  EXPECT_TRUE(Releases(*inspections_).read("lewes")->is_published);
}

TEST_F(FreezingBeside, PublishingMakesItWaitAndThenItComesTooLate) {
  bool is_frozen_first = true;
  interrupted_->before_update = [&] { is_frozen_first = is_done_meanwhile([&] { return freeze(); }); };
  ASSERT_TRUE(inspections_->advance("lewes", State::published));
  EXPECT_FALSE(other_.get());
  EXPECT_FALSE(is_frozen_first);
  EXPECT_EQ(Releases(*inspections_).read("lewes").error().code, ErrorCode::not_found);
}

// Whoever takes back waits for nobody, and is in no release that is frozen after they were told so.
TEST_F(FreezingBeside, TakingAnswersBackDoesNotWaitAndItIsLookedAtAgain) {
  bool is_withdrawn_first = false;
  interrupted_->before_put_record = [&] { is_withdrawn_first = is_done_meanwhile([&] { return withdraw_last(); }); };
  const auto frozen = freeze();
  ASSERT_TRUE(frozen) << frozen.error().what;
  EXPECT_TRUE(other_.get());
  EXPECT_TRUE(is_withdrawn_first);
  EXPECT_EQ(frozen->release.part("readers")->respondents, 12);
}

TEST_F(FreezingBeside, AWishOfAKioskDoesNotWaitForWhoeverPublishes) {
  bool is_taken_first = false;
  interrupted_->before_update = [&] {
    is_taken_first = is_done_meanwhile([&] { return inspections_->take_wishes("lewes", "kiosk", {last_.id}); });
  };
  ASSERT_TRUE(inspections_->advance("lewes", State::published));
  EXPECT_TRUE(other_.get());
  EXPECT_TRUE(is_taken_first);
}

TEST_F(FreezingBeside, WhatWasTakenBackWhileItWasLookedAtIsNotInIt) {
  interrupted_->after_reading_record = [&] { EXPECT_TRUE(withdraw_last()); };
  const auto frozen = freeze();
  ASSERT_TRUE(frozen) << frozen.error().what;
  EXPECT_EQ(frozen->release.part("readers")->respondents, 12);
}

TEST_F(FreezingBeside, DestroyingTheKeysWaits) {
  bool is_destroyed_first = true;
  interrupted_->before_put_record = [&] {
    is_destroyed_first = is_done_meanwhile([&] { return inspections_->destroy_keys("lewes"); });
  };
  EXPECT_TRUE(freeze());
  EXPECT_TRUE(other_.get());
  EXPECT_FALSE(is_destroyed_first);
}

TEST_F(FreezingBeside, LockingDoesNotWaitAndTheReleaseIsSealedAllTheSame) {
  bool is_locked_first = false;
  interrupted_->before_put_record = [&] {
    is_locked_first = is_done_meanwhile([&] { return inspections_->lock("lewes"); });
  };
  ASSERT_TRUE(freeze());
  EXPECT_TRUE(is_locked_first);
  EXPECT_EQ(Releases(*inspections_).read("lewes").error().code, ErrorCode::refused);
}

TEST_F(FreezingBeside, LockingWhileItWasLookedAtEndsIt) {
  interrupted_->after_reading_record = [&] { EXPECT_TRUE(inspections_->lock("lewes")); };
  EXPECT_EQ(freeze().error().code, ErrorCode::refused);
}

TEST_F(FreezingBeside, AnotherFreezingEndsWithOneRelease) {
  interrupted_->after_reading_record = [&] { EXPECT_TRUE(freeze()); };
  const auto second = freeze();
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::conflict);
  EXPECT_EQ(Releases(*inspections_).read("lewes")->number, 1);
}

// Another collector on the same store: nothing waits there for what is under way here.
class FreezingBesideAnotherCollector : public FreezingBeside {
 protected:
  void SetUp() override {
    FreezingBeside::SetUp();
    elsewhere_ = on(*store_);
    ASSERT_TRUE(elsewhere_->unlock("lewes", secret(kPassphrase)));
  }
  void TearDown() override {
    elsewhere_.reset();
    FreezingBeside::TearDown();
  }
  static void expect_too_late(const Error& error, const std::string& what) {
    EXPECT_EQ(error.code, ErrorCode::conflict);
    EXPECT_THAT(error.what, HasSubstr(what + " meanwhile; look at it and ask again"));
  }
  std::unique_ptr<Inspections> elsewhere_;
};

TEST_F(FreezingBesideAnotherCollector, ComesTooLateWhereThatPublishes) {
  interrupted_->before_put_record = [&] { EXPECT_TRUE(elsewhere_->advance("lewes", State::published)); };
  const auto frozen = freeze();
  ASSERT_FALSE(frozen);
  EXPECT_EQ(frozen.error().code, ErrorCode::conflict);
  EXPECT_THAT(frozen.error().what, HasSubstr("no release of it was frozen before")) << "it was looked at again";
  EXPECT_EQ(Releases(*elsewhere_).read("lewes").error().code, ErrorCode::not_found) << "published without one";
}

TEST_F(FreezingBesideAnotherCollector, HasThatPublishAnewWhatIsFrozen) {
  interrupted_->before_update = [&] { EXPECT_TRUE(Releases(*elsewhere_).freeze("lewes", "ada")); };
  const auto published = inspections_->advance("lewes", State::published);
  ASSERT_FALSE(published);
  expect_too_late(published.error(), "the release of 'lewes' was changed");
  EXPECT_EQ(store_->head("lewes")->state, "draft-report");
  ASSERT_TRUE(inspections_->advance("lewes", State::published));
  EXPECT_TRUE(Releases(*inspections_).read("lewes")->is_published);
}

TEST_F(FreezingBesideAnotherCollector, DoesNotCountWhoTakesTheirAnswersBackThere) {
  interrupted_->before_put_record = [&] { EXPECT_TRUE(elsewhere_->withdraw(std::string("lewes"), {last_.id})); };
  const auto frozen = freeze();
  ASSERT_TRUE(frozen) << frozen.error().what;
  EXPECT_EQ(frozen->release.part("readers")->respondents, 12) << "it was looked at again";
}

TEST_F(FreezingBesideAnotherCollector, StatesNothingMoreOfWhatThatPublished) {
  WantedOverride wanted{
      .questionnaire = "readers", .finding = "regulars", .by = "ada", .reason = "the readers asked for it"};
  wanted.confirmation = Releases(*inspections_).show("lewes", wanted)->confirmation;
  interrupted_->before_put_record = [&] { EXPECT_TRUE(elsewhere_->advance("lewes", State::published)); };
  const auto confirmed = Releases(*inspections_).confirm("lewes", wanted);
  ASSERT_FALSE(confirmed);
  expect_too_late(confirmed.error(), "inspection 'lewes' was changed");
}

}  // namespace
}  // namespace perspective::inspection

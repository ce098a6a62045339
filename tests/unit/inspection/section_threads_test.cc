// Editing a section beside what else happens at the same moment, here and at another collector on the same store.
#include <chrono>
#include <future>

#include "inspection/releases.h"
#include "inspection/section_texts.h"
#include "unit/inspection/collector.h"
#include "unit/inspection/interrupted_store.h"

namespace perspective::inspection {
namespace {

using testing::HasSubstr;

class EditingBeside : public InterruptedCollector {
 protected:
  static constexpr const char* kWords = "More chairs by the big window please";
  void SetUp() override {
    Collector::SetUp();
    interrupted_ = std::make_unique<InterruptedStore>(*store_);
    inspections_ = on(*interrupted_);
    create();
    create("brighton");
    for (int i = 0; i < 12; ++i) deliver(weekly_reader());
    last_ = sealed(weekly_reader(kWords));
    deliver(last_);
    for (const auto step : {State::fieldwork_ended, State::provisional, State::draft_report})
      ASSERT_TRUE(inspections_->advance("lewes", step));
    ASSERT_TRUE(unlock());
    ASSERT_TRUE(Releases(*inspections_).freeze("lewes", "ada"));
    elsewhere_ = on(*store_);
    ASSERT_TRUE(elsewhere_->unlock("lewes", secret(kPassphrase)));
  }
  void TearDown() override {
    elsewhere_.reset();
    inspections_.reset();
    interrupted_.reset();
    Collector::TearDown();
  }
  static SectionEdit edit(Inspections& inspections, const std::string& text, const SectionName& name) {
    const auto read = *SectionTexts(inspections).read("lewes", name);
    return {.name = name,
            .text = text,
            .version = read.version,
            .confirmed_numbers = {},
            .by = "ada",
            .words_as_of = read.words_as_of};
  }
  // What was read before anything happens.
  Result<EditOutcome> keep(const SectionEdit& edit) { return SectionTexts(*inspections_).keep("lewes", edit); }
  void expect_refused(const Result<EditOutcome>& kept, const std::string& what) {
    ASSERT_FALSE(kept);
    EXPECT_EQ(kept.error().code, ErrorCode::conflict);
    EXPECT_THAT(kept.error().what, HasSubstr(what + " meanwhile; look at it and ask again. What was typed is not kept: "
                                                    "copy it before you read this section again"));
  }
  // Begins `what` on a thread of its own and says whether it is done while this one stands still.
  template <typename What>
  bool is_done_meanwhile(What what) {
    other_ = std::async(std::launch::async, [what] { return what().has_value(); });
    return other_.wait_for(std::chrono::milliseconds(300)) == std::future_status::ready;
  }

  const SectionName kFull{"full", "en"};
  const SectionName kRelease{"release", "en"};
  std::unique_ptr<InterruptedStore> interrupted_;
  std::unique_ptr<Inspections> elsewhere_;
  store::Envelope last_;
  std::future<bool> other_;
};

TEST_F(EditingBeside, ComesTooLateWhereAnotherCollectorPublishes) {
  const auto mine = edit(*inspections_, "They came.", kFull);
  interrupted_->before_put_record = [&] { EXPECT_TRUE(elsewhere_->advance("lewes", State::published)); };
  expect_refused(keep(mine), "inspection 'lewes' was changed");
  EXPECT_THAT(keep(mine).error().what, HasSubstr("'lewes' is published: its sections stay as they are"));
  EXPECT_EQ(store_->record("section text", "lewes/full/en").error().code, ErrorCode::not_found);
}

TEST_F(EditingBeside, AReleaseComesTooLateWhereAnotherCollectorPublishes) {
  ASSERT_TRUE(keep(edit(*inspections_, "They came.", kRelease))->is_kept);
  const auto mine = edit(*inspections_, "They came back.", kRelease);
  interrupted_->before_put_record = [&] { EXPECT_TRUE(elsewhere_->advance("lewes", State::published)); };
  expect_refused(keep(mine), "inspection 'lewes' was changed");
  EXPECT_EQ(store_->record("section text", "lewes/release/en")->version, 1);
}

TEST_F(EditingBeside, HasAnotherCollectorLookAnewBeforeItPublishes) {
  for (const std::int64_t version : {0, 1}) {  // nobody had edited it; somebody had
    interrupted_->before_update = [&] {
      const auto kept = SectionTexts(*elsewhere_).keep("lewes", edit(*elsewhere_, "They came.", kRelease));
      EXPECT_TRUE(kept && kept->is_kept);
    };
    const auto published = inspections_->advance("lewes", State::published);
    ASSERT_FALSE(published);
    EXPECT_EQ(published.error().code, ErrorCode::conflict);
    EXPECT_THAT(published.error().what,
                HasSubstr("the section text of 'lewes/release/en' was changed meanwhile; look at it and ask again"));
    EXPECT_EQ(store_->head("lewes")->state, "draft-report");
    EXPECT_EQ(store_->record("section text", "lewes/release/en")->version, version + 1);
  }
  EXPECT_TRUE(inspections_->advance("lewes", State::published));
}

TEST_F(EditingBeside, AFullSectionKeepsNobodyFromPublishing) {
  interrupted_->before_update = [&] {
    EXPECT_TRUE(SectionTexts(*elsewhere_).keep("lewes", edit(*elsewhere_, "They came.", kFull))->is_kept);
  };
  EXPECT_TRUE(inspections_->advance("lewes", State::published));
}

TEST_F(EditingBeside, HasNoWordsOfWhoTakesThemBackAtAnotherCollector) {
  const auto mine = edit(*inspections_, std::string("One wrote “") + kWords + "”.", kFull);
  interrupted_->before_put_record = [&] { EXPECT_TRUE(elsewhere_->withdraw(std::string("lewes"), {last_.id})); };
  expect_refused(keep(mine), "answers of 'lewes' were taken back");
  EXPECT_THAT(keep(mine).error().what, HasSubstr("since this section was read somebody took their answers back"));
  ASSERT_TRUE(keep(edit(*inspections_, "They came.", kFull))->is_kept);
}

TEST_F(EditingBeside, DoesNotMakeWhoPublishesHereWait) {
  const auto mine = edit(*inspections_, "They came.", kRelease);
  bool is_published_first = false;
  interrupted_->before_put_record = [&] {
    is_published_first = is_done_meanwhile([&] { return inspections_->advance("lewes", State::published); });
  };
  expect_refused(keep(mine), "inspection 'lewes' was changed");
  EXPECT_TRUE(other_.get());
  EXPECT_TRUE(is_published_first);
}

// What is asked of an inspection is answered one at a time, and that may take a while.
TEST_F(EditingBeside, DoesNotMakeAWishForAnotherInspectionWait) {
  const auto mine = edit(*inspections_, "They came.", kRelease);
  bool is_taken_first = false;
  interrupted_->before_annotations = [&] {
    is_taken_first = is_done_meanwhile([&] { return inspections_->take_wishes("brighton", "kiosk-b", {last_.id}); });
  };
  const auto kept = keep(mine);
  EXPECT_TRUE(other_.get());
  EXPECT_TRUE(is_taken_first);
  EXPECT_TRUE(kept && kept->is_kept);
}

}  // namespace
}  // namespace perspective::inspection

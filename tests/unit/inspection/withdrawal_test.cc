// Somebody comes back with their four words.
#include "unit/inspection/collector.h"

namespace perspective::inspection {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kTheirs = "acorn acrobat activity actor";
constexpr const char* kOthers = "actor activity acrobat acorn";

class SomebodyWithFourWords : public Collector {
 protected:
  void SetUp() override {
    Collector::SetUp();
    create();
  }
  envelope::EnvelopeId id(const std::vector<std::string>& words = {"acorn", "acrobat", "activity", "actor"}) {
    return *envelope::derive_id(words, package().salt);
  }
  // What the kiosk made with these words.
  store::Envelope theirs(const std::string& comment = "Warm room") {
    auto submission = weekly_reader(comment);
    store::Envelope envelope;
    envelope.id = id();
    submission.envelope = to_hex(ByteView(envelope.id));
    submission.inspection = "lewes";
    return sealed_bytes(as_bytes(survey::to_json(submission)), envelope);
  }
  Result<void> withdraw(const std::string& words) { return inspections_->withdraw("lewes", secret(words)); }
  std::string refusal(const std::string& words) {
    const auto withdrawn = withdraw(words);
    return withdrawn ? "" : withdrawn.error().what;
  }
  std::int64_t stored() { return *store_->count_envelopes("lewes"); }
};

TEST_F(SomebodyWithFourWords, TakesTheirAnswersOutAndNobodyElses) {
  deliver(theirs());
  deliver(weekly_reader());
  ASSERT_TRUE(withdraw(kTheirs));
  EXPECT_EQ(stored(), 1);
  EXPECT_EQ(*store_->count_withdrawn("lewes"), 1);
}

TEST_F(SomebodyWithFourWords, MayWriteThemAsTheyCome) {
  deliver(theirs());
  ASSERT_TRUE(withdraw("  Acorn, ACROBAT\tactivity. actor\n"));
  EXPECT_EQ(stored(), 0);
}

TEST_F(SomebodyWithFourWords, HearsTheSameWhenNothingCameUnderThem) {
  deliver(theirs());
  EXPECT_TRUE(withdraw(kOthers));
  EXPECT_TRUE(withdraw(kOthers));
  EXPECT_EQ(stored(), 1);
  EXPECT_EQ(*store_->count_withdrawn("lewes"), 0);
}

TEST_F(SomebodyWithFourWords, IsToldOfASlipOfThePenWithoutTheWord) {
  EXPECT_THAT(refusal("acorn acrobat aktivity actor"), HasSubstr("word 3 is on no list"));
  EXPECT_THAT(refusal("acorn acrobat aktivity actor"), Not(HasSubstr("aktivity")));
  EXPECT_THAT(refusal("acorn acrobat activity"), HasSubstr("four words are needed"));
  EXPECT_THAT(refusal("acorn acrobat activity actor actor"), HasSubstr("four words are needed"));
  EXPECT_THAT(refusal(""), HasSubstr("four words are needed"));
  EXPECT_TRUE(store_->withdrawn()->empty());
}

TEST_F(SomebodyWithFourWords, MayHaveThemInWelsh) {
  EXPECT_TRUE(withdraw("aber acen achos achub"));
  EXPECT_EQ(store_->withdrawn()->at(0).id, id({"aber", "acen", "achos", "achub"}));
}

TEST_F(SomebodyWithFourWords, ComesTooLateOnceFieldworkHasEnded) {
  deliver(theirs());
  ASSERT_TRUE(inspections_->end_fieldwork("lewes"));
  EXPECT_EQ(withdraw(kTheirs).error().code, ErrorCode::conflict);
  EXPECT_EQ(stored(), 1);
}

TEST_F(SomebodyWithFourWords, CountsNoMoreInAnInspectionThatIsUnlocked) {
  deliver(theirs("Please paint it green"));
  deliver(weekly_reader("More chairs"));
  ASSERT_EQ(unlock()->counted, 2);
  ASSERT_TRUE(withdraw(kTheirs));
  EXPECT_EQ(reference_of("Please paint it green"), "none");
  EXPECT_NE(reference_of("More chairs"), "none");
  EXPECT_EQ(unlock()->counted, 1);
}

TEST_F(SomebodyWithFourWords, TakesAQuotationOfTheirsAwayToo) {
  deliver(theirs("Please paint it green"));
  ASSERT_TRUE(unlock());
  ASSERT_TRUE(inspections_->choose("lewes", {reference_of("Please paint it green"), false, {}}));
  ASSERT_TRUE(withdraw(kTheirs));
  EXPECT_THAT(*inspections_->section("lewes", "full", "en"), Not(HasSubstr("green")));
  EXPECT_TRUE(store_->annotations("lewes")->empty());
}

// A kiosk could wish away what nobody has, again and again.
TEST_F(SomebodyWithFourWords, ThatNothingCameUnderChangesNothingForWhoeverReads) {
  deliver(theirs("Please paint it green"));
  deliver(weekly_reader("More chairs"));
  ASSERT_TRUE(unlock());
  const auto green = reference_of("Please paint it green");
  const auto chairs = reference_of("More chairs");
  ASSERT_TRUE(inspections_->withdraw("lewes", {envelope::EnvelopeId{1}, envelope::EnvelopeId{2}}));
  EXPECT_EQ(reference_of("Please paint it green"), green) << "nothing was opened anew";
  EXPECT_EQ(reference_of("More chairs"), chairs);
  ASSERT_TRUE(inspections_->withdraw("lewes", {envelope::EnvelopeId{3}, id()}));
  EXPECT_EQ(reference_of("Please paint it green"), "none");
  EXPECT_EQ(reference_of("More chairs"), chairs) << "what others wrote stays as it was";
}

TEST_F(SomebodyWithFourWords, HearsTheAnswerBeforeTheOthersAreOpenedAnew) {
  std::vector<std::function<void()>> later;
  hands_.offer = [&](std::function<void()> work) {
    later.push_back(std::move(work));
    return true;
  };
  restart();
  deliver(theirs("Please paint it green"));
  ASSERT_TRUE(unlock());
  ASSERT_TRUE(inspections_->choose("lewes", {reference_of("Please paint it green"), false, {}}));
  later.clear();
  ASSERT_TRUE(withdraw(kOthers));
  ASSERT_EQ(later.size(), 1U) << "the same, whether anything had come";
  later.front()();
  later.clear();
  ASSERT_TRUE(withdraw(kTheirs));
  ASSERT_EQ(later.size(), 1U);
  EXPECT_FALSE(store_->annotations("lewes")->empty());
  later.front()();
  EXPECT_TRUE(store_->annotations("lewes")->empty()) << "though nobody asked for anything";
}

// The power went between the file and the database.
TEST_F(SomebodyWithFourWords, IsNotForgottenWhenOnlyTheFileHasIt) {
  deliver(theirs());
  ASSERT_TRUE(withdrawn_->add({{"lewes", id()}}));
  restart();
  ASSERT_TRUE(withdrawn_->apply_to(*store_));
  EXPECT_EQ(stored(), 0);
  EXPECT_EQ(*store_->count_withdrawn("lewes"), 1);
}

}  // namespace
}  // namespace perspective::inspection

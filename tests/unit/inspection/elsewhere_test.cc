// Another collector works on the same store: what comes to it, and what is taken back there, counts here.
#include <fstream>
#include <sstream>

#include "support/source_folder.h"
#include "unit/inspection/collector.h"

namespace perspective::inspection {
namespace {

using testing::HasSubstr;
using testing::Not;

class AnotherCollector : public Collector {
 protected:
  void SetUp() override {
    Collector::SetUp();
    create();
    elsewhere_ = std::move(*store::SqliteStore::open(folder_ / "collector.sqlite"));
  }
  void TearDown() override {
    elsewhere_.reset();
    Collector::TearDown();
  }
  // Nobody here is told.
  store::Envelope comes_there(const survey::Submission& submission) {
    const auto envelope = sealed(submission);
    std::promise<void> stored;
    elsewhere_->put({"lewes", "kiosk-b", "2012-11-22", {envelope}}, [&](const auto& outcomes) {
      EXPECT_THAT(*outcomes, testing::ElementsAre(store::PutOutcome::stored));
      stored.set_value();
    });
    stored.get_future().wait();
    return envelope;
  }
  void is_taken_back_there(const store::Envelope& envelope) { ASSERT_TRUE(elsewhere_->withdraw("lewes", envelope.id)); }
  std::int64_t counted() { return inspections_->reconciliation("lewes") ? unlock()->counted : -1; }
  std::string section() { return *inspections_->section("lewes", "full", "en"); }
  std::string withdrawn_file() const {
    std::ifstream file(folder_ / "withdrawn");
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
  }

  std::unique_ptr<store::Store> elsewhere_;
};

TEST_F(AnotherCollector, AddsToWhatIsCountedHere) {
  deliver(weekly_reader());
  ASSERT_EQ(unlock()->counted, 1);
  comes_there(weekly_reader("More chairs"));
  EXPECT_NE(reference_of("More chairs"), "none");
  EXPECT_EQ(counted(), 2);
  comes_there(weekly_reader());
  deliver(weekly_reader());
  comes_there(weekly_reader());
  EXPECT_EQ(counted(), 5) << "beside what came here";
}

TEST_F(AnotherCollector, TakesAwayWhatIsCountedReadAndQuotedHere) {
  const auto theirs = sealed(weekly_reader("Please paint it green"));
  deliver(theirs);
  deliver(weekly_reader("More chairs"));
  ASSERT_EQ(unlock()->counted, 2);
  ASSERT_TRUE(inspections_->choose("lewes", {reference_of("Please paint it green"), false, {}}));
  ASSERT_THAT(section(), HasSubstr("green"));
  is_taken_back_there(theirs);
  EXPECT_THAT(section(), Not(HasSubstr("green")));
  EXPECT_EQ(reference_of("Please paint it green"), "none");
  EXPECT_NE(reference_of("More chairs"), "none");
  EXPECT_THAT(*inspections_->tally_json("lewes"), Not(HasSubstr("\"weekly\":2")));
  EXPECT_TRUE(store_->annotations("lewes")->empty()) << "a choice holds its words";
  EXPECT_EQ(counted(), 1);
}

TEST_F(AnotherCollector, IsSeenThoughAsManyCameAsWentAway) {
  const auto theirs = sealed(weekly_reader("Please paint it green"));
  deliver(theirs);
  ASSERT_EQ(unlock()->counted, 1);
  is_taken_back_there(theirs);
  comes_there(weekly_reader("More chairs"));
  EXPECT_EQ(reference_of("Please paint it green"), "none");
  EXPECT_NE(reference_of("More chairs"), "none");
  EXPECT_EQ(counted(), 1);
}

TEST_F(AnotherCollector, IsSeenThoughWhatCameHereWasToldOfTooLate) {
  ASSERT_EQ(unlock()->counted, 0);
  const auto here = comes_there(weekly_reader());  // stored by us; its note comes last
  ASSERT_EQ(counted(), 1);
  const auto theirs = comes_there(weekly_reader("More chairs"));
  inspections_->note_arrivals("lewes", {here.id});
  EXPECT_NE(reference_of("More chairs"), "none");
  is_taken_back_there(theirs);
  inspections_->note_arrivals("lewes", {theirs.id});
  comes_there(weekly_reader("A door that closes"));
  EXPECT_NE(reference_of("A door that closes"), "none");
  EXPECT_EQ(reference_of("More chairs"), "none");
}

TEST_F(AnotherCollector, LeavesNothingToChooseOfWhatWasTakenBackThere) {
  const auto theirs = sealed(weekly_reader("Please paint it green"));
  deliver(theirs);
  ASSERT_TRUE(unlock());
  const auto reference = reference_of("Please paint it green");
  is_taken_back_there(theirs);
  EXPECT_EQ(inspections_->choose("lewes", {reference, false, {}}).error().code, ErrorCode::not_found);
  EXPECT_TRUE(store_->annotations("lewes")->empty());
}

TEST_F(AnotherCollector, ChoosesQuotationsForThisOneToo) {
  deliver(weekly_reader("Please paint it green"));
  ASSERT_TRUE(unlock());
  Inspections there(*elsewhere_, *withdrawn_, *cabinet_, clock_,
                    {.package_key_pem = signer_.key_pem,
                     .package_certificate_pem = signer_.certificate_pem,
                     .receipt_public_key = Bytes(32, 9),
                     .assets = std::filesystem::path(kSourceFolder) / "assets",
                     .is_swap_allowed = true});
  ASSERT_TRUE(there.unlock("lewes", secret(kPassphrase)));
  ASSERT_TRUE(there.choose("lewes", {there.comments("lewes")->front().reference, false, "paint it green"}));
  EXPECT_THAT(section(), HasSubstr("“paint it green”"));
  EXPECT_TRUE(inspections_->comments("lewes")->front().is_chosen);
}

TEST_F(AnotherCollector, TellsThisOneWhatNoBackupMayBringAgain) {
  const auto theirs = comes_there(weekly_reader());
  is_taken_back_there(theirs);
  EXPECT_EQ(withdrawn_file(), "");
  ASSERT_TRUE(inspections_->follow("lewes", true));
  EXPECT_EQ(withdrawn_file(), "lewes " + to_hex(ByteView(theirs.id)) + "\n");
}

}  // namespace
}  // namespace perspective::inspection

#include "base/file.h"
#include "unit/inspection/collector.h"

namespace perspective::inspection {
namespace {

using testing::HasSubstr;
using testing::Not;

class ACommentThatMayBePrinted : public Collector {
 protected:
  void SetUp() override {
    Collector::SetUp();
    create();
    deliver(weekly_reader("More chairs for Olwen"));
    deliver(weekly_reader("My secret wish", "rather_not"));
    ASSERT_TRUE(unlock());
  }
  Result<void> choose(const std::string& text, bool is_sic = false, std::optional<std::string> words = {}) {
    return inspections_->choose("lewes", {reference_of(text), is_sic, std::move(words)});
  }
  std::string section() { return *inspections_->section("lewes", "full", "en"); }
  void lock_and_unlock() {
    ASSERT_TRUE(inspections_->lock("lewes"));
    ASSERT_TRUE(unlock());
  }
};

TEST_F(ACommentThatMayBePrinted, StandsInTheSectionOnceChosen) {
  EXPECT_THAT(section(), Not(HasSubstr("Olwen")));
  ASSERT_TRUE(choose("More chairs for Olwen"));
  EXPECT_THAT(section(), HasSubstr("More chairs for Olwen"));
  const auto comments = *inspections_->comments("lewes");
  for (const auto& comment : comments) {
    EXPECT_EQ(comment.is_chosen, comment.text == "More chairs for Olwen");
  }
}

TEST_F(ACommentThatMayBePrinted, IsTheOnlyKindThatCanBeChosen) {
  EXPECT_EQ(choose("My secret wish").error().code, ErrorCode::refused);
  EXPECT_EQ(inspections_->choose("lewes", {"00000000x", false, {}}).error().code, ErrorCode::not_found);
  EXPECT_TRUE(store_->annotations("lewes")->empty());
}

TEST_F(ACommentThatMayBePrinted, StandsWithoutWhatWasRedacted) {
  ASSERT_TRUE(choose("More chairs for Olwen", true, "More chairs for [name]"));
  EXPECT_THAT(section(), HasSubstr("More chairs for [name]"));
  EXPECT_THAT(section(), HasSubstr("(sic)"));
  EXPECT_THAT(section(), Not(HasSubstr("Olwen")));
}

TEST_F(ACommentThatMayBePrinted, IsNotReplacedByNothing) {
  EXPECT_EQ(choose("More chairs for Olwen", false, "  ").error().code, ErrorCode::invalid);
}

TEST_F(ACommentThatMayBePrinted, StaysChosenThroughARestart) {
  ASSERT_TRUE(choose("More chairs for Olwen", true, "More chairs for [name]"));
  restart();
  ASSERT_TRUE(unlock());
  EXPECT_THAT(section(), HasSubstr("More chairs for [name]"));
  EXPECT_THAT(section(), HasSubstr("(sic)"));
}

TEST_F(ACommentThatMayBePrinted, CanBeChosenAgainOtherwise) {
  ASSERT_TRUE(choose("More chairs for Olwen"));
  lock_and_unlock();
  ASSERT_TRUE(choose("More chairs for Olwen", false, "More chairs"));
  lock_and_unlock();
  EXPECT_THAT(section(), Not(HasSubstr("Olwen")));
  EXPECT_EQ(store_->annotations("lewes")->size(), 1U);
}

TEST_F(ACommentThatMayBePrinted, DropsOutOfTheSectionWithItsEnvelope) {
  ASSERT_TRUE(choose("More chairs for Olwen"));
  const auto envelopes = *store_->envelopes("lewes", std::nullopt, 10);
  for (const auto& envelope : envelopes) {
    ASSERT_TRUE(store_->withdraw("lewes", envelope.id));
  }
  lock_and_unlock();
  EXPECT_THAT(section(), Not(HasSubstr("Olwen")));
  EXPECT_TRUE(store_->annotations("lewes")->empty());
}

TEST_F(ACommentThatMayBePrinted, IsKeptSealedAndAllChoicesHaveOneSize) {
  deliver(weekly_reader(std::string(300, '"')));
  ASSERT_TRUE(choose("More chairs for Olwen"));
  ASSERT_TRUE(choose(std::string(300, '"')));
  const auto annotations = *store_->annotations("lewes");
  ASSERT_EQ(annotations.size(), 2U);
  EXPECT_EQ(annotations[0].body.size(), annotations[1].body.size());
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder_)) {
    if (!file.is_regular_file()) continue;
    const auto content = *read_file(file.path());
    EXPECT_EQ(as_text(content).find("Olwen"), std::string_view::npos) << file.path();
    EXPECT_EQ(as_text(content).find("weekly\","), std::string_view::npos) << file.path();
  }
}

}  // namespace
}  // namespace perspective::inspection

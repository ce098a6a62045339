#include "base/file.h"
#include "inspection/annotation.h"
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
    const auto chairs = sealed(weekly_reader("More chairs for Olwen"));
    chairs_ = to_hex(chairs.id);
    deliver(chairs);
    deliver(weekly_reader("My secret wish", "rather_not"));
    ASSERT_TRUE(unlock());
  }
  Result<void> choose(const std::string& text, bool is_sic = false, std::optional<std::string> words = {}) {
    return inspections_->choose("lewes", {reference_of(text), is_sic, std::move(words)});
  }
  void redact(const std::string& words) {
    const auto work =
        inspections_->prepare("lewes", {reference_of("More chairs for Olwen"), Redact{{{words, ""}}}, "ada"});
    ASSERT_TRUE(work) << work.error().what;
    ASSERT_TRUE(inspections_->keep("lewes", *work));
  }
  // Which took any words.
  void put_as_an_earlier_version(const store::Id& id, const std::string& words) {
    const Annotation record{.envelope = chairs_, .questionnaire = "readers", .variable = "wishes", .words = words};
    const auto body = seal(record, package());
    ASSERT_TRUE(body);
    ASSERT_TRUE(store_->put_annotation("lewes", {.id = id, .body = *body}, {}));
  }
  std::string section() { return *inspections_->section("lewes", "full", "en"); }
  void lock_and_unlock() {
    ASSERT_TRUE(inspections_->lock("lewes"));
    ASSERT_TRUE(unlock());
  }

  std::string chairs_;  // its envelope
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
  redact("Olwen");
  ASSERT_TRUE(choose("More chairs for Olwen", true, "chairs for [name]"));
  EXPECT_THAT(section(), HasSubstr("“chairs for [name] (sic)”"));
  ASSERT_TRUE(choose("More chairs for Olwen", false, "for Olwen"));
  EXPECT_THAT(section(), HasSubstr("“for [name]”"));
  EXPECT_THAT(section(), Not(HasSubstr("Olwen")));
}

TEST_F(ACommentThatMayBePrinted, StandsInItsWritersWordsAlone) {
  for (const auto* const words :
       {"My secret wish", "something that nobody said", "More chairs for 15 of the 17", "for Olwen ... More chairs",
        "More chairs for [name]", "More chair", "More chairs for Olwen (sic)", "More Olwen"}) {
    const auto refused = choose("More chairs for Olwen", false, words);
    ASSERT_FALSE(refused) << words;
    EXPECT_EQ(refused.error().code, ErrorCode::invalid) << words;
  }
  EXPECT_THAT(choose("More chairs for Olwen", false, "More chairs for 15 of them").error().what,
              testing::StartsWith("\"15 of them\" is not what the comment says"));
  EXPECT_TRUE(store_->annotations("lewes")->empty());
  ASSERT_TRUE(choose("More chairs for Olwen", false, "more  CHAIRS [...] olwen!"));
  EXPECT_THAT(section(), HasSubstr("“More chairs [...] Olwen”"));
}

TEST_F(ACommentThatMayBePrinted, StandsNowhereWithHalfOfWhatWasTakenOut) {
  ASSERT_TRUE(choose("More chairs for Olwen", false, "chairs for"));
  redact("for Olwen");
  EXPECT_THAT(section(), Not(HasSubstr("chairs")));
  EXPECT_EQ(choose("More chairs for Olwen", false, "Olwen").error().code, ErrorCode::invalid);
}

TEST_F(ACommentThatMayBePrinted, IsNotQuotedWithOtherWordsThatAnEarlierVersionTook) {
  ASSERT_TRUE(choose("More chairs for Olwen"));
  const auto kept = store_->annotations("lewes")->at(0);
  put_as_an_earlier_version(kept.id, "my secret wish");
  EXPECT_THAT(section(), testing::AllOf(Not(HasSubstr("secret")), Not(HasSubstr("chairs"))));
  put_as_an_earlier_version(kept.id, "More chairs");
  EXPECT_THAT(section(), HasSubstr("“More chairs”"));
}

TEST_F(ACommentThatMayBePrinted, IsNotReplacedByNothing) {
  EXPECT_EQ(choose("More chairs for Olwen", false, "  ").error().code, ErrorCode::invalid);
}

TEST_F(ACommentThatMayBePrinted, StaysChosenThroughARestart) {
  redact("Olwen");
  ASSERT_TRUE(choose("More chairs for Olwen", true, "More chairs for [name]"));
  restart();
  ASSERT_TRUE(unlock());
  EXPECT_THAT(section(), HasSubstr("More chairs for [name]"));
  EXPECT_THAT(section(), HasSubstr("(sic)"));
}

TEST_F(ACommentThatMayBePrinted, IsShownAsItIsQuotedUntilThatIsTakenBack) {
  ASSERT_TRUE(choose("More chairs for Olwen", true, "MORE CHAIRS"));
  const auto reference = reference_of("More chairs for Olwen");
  const auto chosen = [&] {
    const auto comments = *inspections_->comments("lewes");
    return std::ranges::find(comments, reference, &Comment::reference)->chosen;
  };
  ASSERT_TRUE(chosen());
  EXPECT_EQ(chosen()->words, "More chairs");
  EXPECT_TRUE(chosen()->is_sic);
  ASSERT_TRUE(inspections_->choose_no_more("lewes", reference));
  EXPECT_FALSE(chosen());
  EXPECT_THAT(section(), Not(HasSubstr("chairs")));
  EXPECT_EQ(inspections_->choose_no_more("lewes", reference).error().code, ErrorCode::conflict);
  lock_and_unlock();
  EXPECT_FALSE(chosen());
  ASSERT_TRUE(choose("More chairs for Olwen"));
  EXPECT_THAT(section(), HasSubstr("“More chairs for Olwen”"));
  EXPECT_EQ(store_->annotations("lewes")->size(), 1U) << "one in the place of the other";
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

#include "support/trial_visit.h"
#include "visit/visit.h"

namespace perspective::visit {
namespace {

class ADraft : public trial::Trial {
 protected:
  void crash() {
    auto back = Visit::from_draft(visit_.to_draft(), trial::setting());
    ASSERT_TRUE(back.has_value()) << back.error().what;
    visit_ = std::move(*back);
  }
};

TEST_F(ADraft, BringsBackTheSameScreenWithAnswersAndSettings) {
  to_questions();
  act(NextSize{}, NextColours{}, NextTypeface{}, SwitchSpacing{}, Choose{"down"}, Next{}, Choose{"up"}, Next{},
      Choose{"red"}, Next{}, Write{"half "});
  act(ShowTalk{});
  const auto answers = visit_.answers();
  const auto settings = visit_.settings();
  EXPECT_EQ(settings.typeface, Typeface::open_dyslexic);
  EXPECT_TRUE(settings.is_spaced);
  crash();
  EXPECT_EQ(asked(), "d");
  EXPECT_EQ(visit_.over(), Over::talk);
  EXPECT_EQ(visit_.answers(), answers);
  EXPECT_EQ(visit_.settings(), settings);
  EXPECT_EQ(visit_.reached().size(), 4U);
}

TEST_F(ADraft, IsTheSameWhenWrittenAgain) {
  to_questions();
  act(Choose{"down"});
  const std::string draft = visit_.to_draft();
  crash();
  EXPECT_EQ(visit_.to_draft(), draft);
}

TEST_F(ADraft, OfASendingVisitIsStillSendingWithTheSameWords) {
  answer_up_and_skip_the_rest();
  act(Send{});
  visit_.keep_words({"one", "two", "three", "four"});
  const auto answers = visit_.answers();
  crash();
  EXPECT_EQ(visit_.step(), Step::sending);
  EXPECT_EQ(visit_.answers(), answers);
  EXPECT_EQ(visit_.words().at(3), "four");
}

TEST_F(ADraft, SaysWhatItBelongsTo) {
  const auto of = Visit::draft_of(visit_.to_draft());
  ASSERT_TRUE(of.has_value());
  EXPECT_EQ(of->inspection, "trial-2026");
  EXPECT_EQ(of->questionnaire, "trial");
  EXPECT_EQ(of->version, 3);
}

TEST_F(ADraft, ThatDoesNotSayWhatItBelongsToIsRefused) {
  for (const std::string_view member : {"inspection", "questionnaire", "version"}) {
    std::string draft = visit_.to_draft();
    draft.insert(draft.find(member), "x");
    EXPECT_FALSE(Visit::draft_of(draft).has_value()) << member;
    EXPECT_FALSE(Visit::from_draft(draft, trial::setting()).has_value()) << member;
  }
}

TEST_F(ADraft, ThatDoesNotFitIsRefusedWithoutQuotingIt) {
  to_questions();
  act(Choose{"down"});
  std::string draft = visit_.to_draft();
  draft.replace(draft.find("\"down\""), 6, "\"side\"");
  const auto back = Visit::from_draft(draft, trial::setting());
  ASSERT_FALSE(back.has_value());
  EXPECT_EQ(back.error().what.find("side"), std::string::npos);
  EXPECT_FALSE(Visit::from_draft("{}", trial::setting()).has_value());
  EXPECT_FALSE(Visit::from_draft("not json", trial::setting()).has_value());
}

}  // namespace
}  // namespace perspective::visit

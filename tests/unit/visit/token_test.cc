// A visit that asks for a token: typed before the welcome, and nothing of it stays.
#include "token/token.h"
#include "support/trial_visit.h"
#include "visit/visit.h"

namespace perspective::visit {
namespace {

class AVisitWithAToken : public trial::Trial {
 protected:
  void SetUp() override {
    visit_ = Visit(asking());
    act(ChooseLanguage{"en"}, Next{});
    ASSERT_EQ(visit_.step(), Step::token);
  }
  static Setting asking() {
    Setting setting = trial::setting();
    setting.asks_for_token = true;
    return setting;
  }
  void type(const std::string& text) {
    for (const char c : text) act(Insert{std::string(1, c)});
  }
  const std::string token_ = token::draw();
};

TEST_F(AVisitWithAToken, TakesWhatIsTypedHoweverItIsTyped) {
  type("7k3q-zOm 9");
  EXPECT_EQ(visit_.typed_token(), "7K3QZ0M9");
  type("u*");
  EXPECT_EQ(visit_.typed_token(), "7K3QZ0M9");
  type("iL2");
  EXPECT_EQ(visit_.typed_token(), "7K3QZ0M9112");
  act(Insert{"3"}, Insert{"4"});
  EXPECT_EQ(visit_.typed_token(), "7K3QZ0M91123") << "no longer than a token";
}

TEST_F(AVisitWithAToken, IsCorrectedWhereverTheCaretIs) {
  type("7K3");
  act(MoveCaret{-1}, Erase{Reach::before}, Insert{"q"});
  EXPECT_EQ(visit_.typed_token(), "7Q3");
  EXPECT_EQ(visit_.writing().caret, 2U);
  act(Write{"7K3Q Z0M9 XT4"}, PlaceCaret{5}, Insert{"2"});  // as it stands in groups
  EXPECT_EQ(visit_.typed_token(), "7K3Q2Z0M9XT4");
}

TEST_F(AVisitWithAToken, IsOnlyGivenWhereItCouldBeOne) {
  act(Next{});
  EXPECT_EQ(visit_.token_state(), TokenState::incomplete);
  std::string wrong = token_;
  wrong[5] = wrong[5] == '0' ? '1' : '0';
  act(Write{wrong}, Next{});
  EXPECT_EQ(visit_.token_state(), TokenState::incomplete);
  act(Write{token_});
  EXPECT_EQ(visit_.token_state(), TokenState::typing) << "what was wrong is not said of what is typed since";
  act(Next{});
  EXPECT_EQ(visit_.token_state(), TokenState::checking);
}

TEST_F(AVisitWithAToken, IsGivenByEnterToo) {
  act(Write{token_}, Insert{"\n"});
  EXPECT_EQ(visit_.token_state(), TokenState::checking);
}

TEST_F(AVisitWithAToken, ChangesNothingWhileItIsLookedAt) {
  act(Write{token_}, Next{}, Erase{Reach::before}, Write{"1"}, Back{}, Next{});
  EXPECT_EQ(visit_.step(), Step::token);
  EXPECT_EQ(visit_.typed_token(), token_);
}

TEST_F(AVisitWithAToken, GoesOnOnceItIsSpentAndIsNeverAskedAgain) {
  act(Write{token_}, Next{});
  visit_.accept_token();
  EXPECT_EQ(visit_.step(), Step::welcome);
  EXPECT_EQ(visit_.typed_token(), "");
  act(Back{});
  EXPECT_EQ(visit_.step(), Step::yours);
  act(Next{});
  EXPECT_EQ(visit_.step(), Step::welcome);
}

TEST_F(AVisitWithAToken, StaysWhereItIsWhenItIsRefused) {
  act(Write{token_}, Next{});
  visit_.refuse_token(TokenState::spent_before);
  EXPECT_EQ(visit_.step(), Step::token);
  EXPECT_EQ(visit_.token_state(), TokenState::spent_before);
  EXPECT_EQ(visit_.typed_token(), token_);
}

TEST_F(AVisitWithAToken, GoesBackToWhereItIsMadeOnesOwn) {
  act(Back{});
  EXPECT_EQ(visit_.step(), Step::yours);
}

TEST_F(AVisitWithAToken, HasNothingOfItInItsDraft) {
  act(Write{token_}, Next{});
  EXPECT_EQ(visit_.to_draft().find(token_), std::string::npos);
  const auto typing = Visit::from_draft(visit_.to_draft(), asking());
  EXPECT_EQ(typing->step(), Step::token);
  EXPECT_EQ(typing->typed_token(), "");
  visit_.accept_token();
  auto back = Visit::from_draft(visit_.to_draft(), asking());
  back->apply(Back{});
  back->apply(Next{});
  EXPECT_EQ(back->step(), Step::welcome) << "a crash does not make anybody type it again";
}

TEST_F(AVisitWithAToken, ForgetsItWhenNobodyIsThereAnyMore) {
  act(Write{token_});
  visit_.time_out();
  EXPECT_EQ(visit_.typed_token(), "");
}

TEST(AVisitWithoutAToken, NeverAsks) {
  Visit visit(trial::setting());
  visit.apply(ChooseLanguage{"en"});
  visit.apply(Next{});
  EXPECT_EQ(visit.step(), Step::welcome);
}

}  // namespace
}  // namespace perspective::visit

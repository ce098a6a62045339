#include <gtest/gtest.h>

#include "support/trial_visit.h"

namespace perspective::visit {
namespace {

constexpr Control kPedal{Control::Kind::button, 2};
constexpr Control kKey{Control::Kind::key, 96};
constexpr Control kOther{Control::Kind::key, 97};

class FindingOnesSwitch : public trial::Trial {
 protected:
  const Input& input() const { return visit_.settings().input; }
};

TEST_F(FindingOnesSwitch, LearnsAPressOnceItCameTwice) {
  act(FindSwitch{}, PressSwitch{kPedal});
  EXPECT_FALSE(input().has_switch());
  act(PressSwitch{kKey});
  EXPECT_FALSE(input().has_switch()) << "another one: a hand that slipped";
  act(PressSwitch{kKey});
  EXPECT_EQ(input().select, kKey);
  EXPECT_EQ(visit_.finding(), Finding::second);
}

TEST_F(FindingOnesSwitch, TakesTheFirstOnceMoreAsTheOnlyOne) {
  act(FindSwitch{}, PressSwitch{kKey}, PressSwitch{kKey}, PressSwitch{kKey});
  EXPECT_EQ(visit_.finding(), Finding::ready);
  EXPECT_TRUE(input().scans_by_itself());
  EXPECT_FALSE(visit_.is_listening());
}

TEST_F(FindingOnesSwitch, LearnsASecondOneToMoveWith) {
  act(FindSwitch{}, PressSwitch{kKey}, PressSwitch{kKey}, PressSwitch{kPedal}, PressSwitch{kOther});
  EXPECT_FALSE(input().move.has_value());
  act(PressSwitch{kPedal}, PressSwitch{kPedal});
  EXPECT_EQ(input().move, kPedal);
  EXPECT_FALSE(input().scans_by_itself());
  act(Close{});
  EXPECT_FALSE(visit_.over().has_value());
  EXPECT_EQ(input().select, kKey);
}

TEST_F(FindingOnesSwitch, CanSayThatThereIsOnlyOneByTouchButNotBeforeItIsKnown) {
  act(FindSwitch{}, OnlyOneSwitch{});
  EXPECT_EQ(visit_.finding(), Finding::first);
  act(PressSwitch{kKey}, PressSwitch{kKey}, OnlyOneSwitch{});
  EXPECT_EQ(visit_.finding(), Finding::ready);
}

TEST_F(FindingOnesSwitch, IsNoTrapForWhoeverPressedByAccident) {
  to_questions();
  act(OfferSwitch{kPedal});
  EXPECT_EQ(visit_.over(), Over::find_switch);
  EXPECT_FALSE(visit_.is_listening());
  act(Close{});
  EXPECT_FALSE(input().has_switch());
  EXPECT_EQ(asked(), "a");
  act(OfferSwitch{kPedal}, DropSwitches{});
  EXPECT_FALSE(input().has_switch());
  EXPECT_FALSE(visit_.over().has_value());
}

TEST_F(FindingOnesSwitch, BringsBackWhatItWasOfferedOver) {
  act(ShowTalk{}, OfferSwitch{kPedal}, DropSwitches{});
  EXPECT_EQ(visit_.over(), Over::talk);
  act(OfferSwitch{kPedal}, KeepSwitch{}, OnlyOneSwitch{}, Close{});
  EXPECT_EQ(visit_.over(), Over::talk);
}

TEST_F(FindingOnesSwitch, GoesOnFromWhatWasOfferedAndPressedAgain) {
  act(OfferSwitch{kPedal}, KeepSwitch{});
  EXPECT_EQ(visit_.finding(), Finding::second);
  act(PressSwitch{kPedal}, Close{});
  EXPECT_EQ(input().select, kPedal);
  act(OfferSwitch{kKey});
  EXPECT_FALSE(visit_.over().has_value()) << "who has a switch is offered no other";
}

TEST_F(FindingOnesSwitch, HearsNothingWhereNobodyAsks) {
  act(PressSwitch{kKey}, PressSwitch{kKey}, KeepSwitch{}, OnlyOneSwitch{});
  EXPECT_EQ(input(), Input{});
  EXPECT_FALSE(visit_.over().has_value());
}

TEST_F(FindingOnesSwitch, ChangesSpeedAndFiltersWithinTheirEnds) {
  act(ChangePace{-1}, ChangeIgnored{1}, ChangeHeld{1});
  EXPECT_EQ(input().pace, kUsualPace - 1);
  EXPECT_EQ(input().ignored, 1);
  EXPECT_EQ(input().held, 1);
  act(ChangePace{99}, ChangeIgnored{99}, ChangeHeld{99});
  EXPECT_EQ(kPaces_ms.at(static_cast<std::size_t>(input().pace)), 10000);
  EXPECT_EQ(kIgnored_ms.at(static_cast<std::size_t>(input().ignored)), 2000);
  EXPECT_EQ(kHeld_ms.at(static_cast<std::size_t>(input().held)), 1000);
  act(ChangePace{-99});
  EXPECT_EQ(kPaces_ms.at(static_cast<std::size_t>(input().pace)), 500);
}

TEST_F(FindingOnesSwitch, OutlivesACrashAndNotTheVisit) {
  to_questions();
  act(FindSwitch{}, PressSwitch{kKey}, PressSwitch{kKey}, PressSwitch{kPedal}, PressSwitch{kPedal}, ChangePace{1},
      ChangeIgnored{2}, ChangeHeld{1});
  const auto back = Visit::from_draft(visit_.to_draft(), trial::setting());
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(back->settings(), visit_.settings());
  EXPECT_EQ(back->finding(), Finding::ready);
  EXPECT_EQ(back->over(), Over::find_switch);
  EXPECT_EQ(Visit(trial::setting()).settings().input, Input{});
}

}  // namespace
}  // namespace perspective::visit

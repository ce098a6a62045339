#include <algorithm>

#include "support/trial_visit.h"

namespace perspective::screen {
namespace {

using visit::Control;

constexpr Control kKey{Control::Kind::key, 96};
constexpr Control kPedal{Control::Kind::button, 1};

class TheScreensForSwitches : public trial::Trial {
 protected:
  std::string label(const std::string& id) const {
    const auto now = screen();
    const Item* item = now.item(id);
    return item == nullptr ? "" : item->label;
  }
  bool has(const std::string& id) const { return screen().item(id) != nullptr; }
};

TEST_F(TheScreensForSwitches, OfferYesAndNoToAPressThatNobodyKnows) {
  act(visit::OfferSwitch{kKey});
  EXPECT_EQ(screen().id, "find_switch.offered");
  EXPECT_EQ(label("switch.keep"), "Yes, I use this switch");
  EXPECT_EQ(label("switch.drop"), "No");
}

TEST_F(TheScreensForSwitches, AreAnotherScreenForEachStepAndEachHasAWayOut) {
  act(visit::FindSwitch{});
  std::vector<std::string> ids;
  for (const Control& pressed : {kKey, kKey, kPedal, kPedal}) {
    ids.push_back(screen().id);
    EXPECT_TRUE(has("close")) << screen().id;
    act(visit::PressSwitch{pressed});
  }
  ids.push_back(screen().id);
  EXPECT_TRUE(has("close"));
  const std::vector<std::string> wanted = {"find_switch.first", "find_switch.first_again", "find_switch.second",
                                           "find_switch.second_again", "find_switch.ready"};
  EXPECT_EQ(ids, wanted);
}

TEST_F(TheScreensForSwitches, OfferASpeedToOneSwitchOnly) {
  act(visit::FindSwitch{}, visit::PressSwitch{kKey}, visit::PressSwitch{kKey});
  EXPECT_TRUE(has("switch.only_one"));
  act(visit::OnlyOneSwitch{});
  EXPECT_EQ(label("switches.pace"), "The ring moves every 2 seconds.");
  act(visit::ChangePace{-1});
  EXPECT_EQ(label("switches.pace"), "The ring moves every 1.4 seconds.");
  act(visit::FindSwitch{}, visit::PressSwitch{kKey}, visit::PressSwitch{kKey}, visit::PressSwitch{kPedal},
      visit::PressSwitch{kPedal});
  EXPECT_FALSE(has("switches.pace"));
}

TEST_F(TheScreensForSwitches, SayWhatTheFiltersDoAndStopAtTheirEnds) {
  act(visit::ShowSwitches{});
  EXPECT_EQ(label("switches.ignored"), "Every press counts.");
  EXPECT_FALSE(screen().item("switches.ignored.less")->enabled);
  act(visit::ChangeIgnored{2}, visit::ChangeHeld{9});
  EXPECT_EQ(label("switches.ignored"), "A second press of the same key does nothing for 0.5 seconds.");
  EXPECT_EQ(label("switches.held"), "Hold each press for a second.\nThen it counts.");
  EXPECT_FALSE(screen().item("switches.held.more")->enabled);
}

TEST_F(TheScreensForSwitches, HaveAWayToStopUsingOneOnceThereIsOne) {
  act(visit::ShowSwitches{});
  EXPECT_FALSE(has("switches.drop"));
  act(visit::OfferSwitch{kKey}, visit::KeepSwitch{}, visit::OnlyOneSwitch{}, visit::ShowSwitches{});
  EXPECT_TRUE(has("switches.drop"));
  act(visit::DropSwitches{});
  EXPECT_FALSE(has("switches.drop"));
}

}  // namespace
}  // namespace perspective::screen

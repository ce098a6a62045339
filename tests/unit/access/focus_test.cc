#include "access/focus.h"

#include <algorithm>
#include <vector>

#include "access/narrator.h"
#include "support/trial_visit.h"

namespace perspective::access {
namespace {

using Focused = std::optional<std::string>;

class FocusOnAQuestion : public trial::Trial {
 protected:
  void SetUp() override { to_questions(); }
};

TEST_F(FocusOnAQuestion, EntersTheContentNotTheBar) { EXPECT_EQ(moved(screen(), std::nullopt, 1), "meaning.hard"); }

TEST_F(FocusOnAQuestion, SkipsWhatCanNotBePressedAndWraps) {
  EXPECT_EQ(moved(screen(), Focused("skip"), 1), "bar.language");
  EXPECT_EQ(moved(screen(), Focused("bar.language"), -1), "skip");
  act(visit::Choose{"up"});
  EXPECT_EQ(moved(screen(), Focused("skip"), 1), "next");
}

TEST_F(FocusOnAQuestion, ReachesEveryItemByTheSameKeyAndIsNeverTrapped) {
  const auto now = screen();
  std::vector<std::string> reached;
  Focused focused = moved(now, std::nullopt, 1);
  do {
    reached.push_back(*focused);
    focused = moved(now, focused, 1);
  } while (focused != "meaning.hard" && reached.size() < now.items.size());
  std::vector<std::string> wanted;
  for (const screen::Item& item : now.items) {
    if (is_focusable(item)) wanted.push_back(item.id);
  }
  // Reading order, entered behind the bar.
  std::ranges::rotate(wanted, std::ranges::find(wanted, "meaning.hard"));
  EXPECT_EQ(reached, wanted);
}

TEST_F(FocusOnAQuestion, StaysOnTheSameScreenAndInTheBar) {
  const auto before = screen();
  act(visit::Choose{"up"});
  EXPECT_EQ(kept(before, screen(), Focused("option.up")), "option.up");
  const auto answered = screen();
  act(visit::Next{});
  EXPECT_EQ(kept(answered, screen(), Focused("next")), std::nullopt);
  EXPECT_EQ(kept(answered, screen(), Focused("bar.size")), "bar.size");
}

TEST_F(FocusOnAQuestion, FindsOptionsByNumber) {
  EXPECT_EQ(pressed_by(screen(), std::nullopt, 2), "option.down");
  EXPECT_EQ(pressed_by(screen(), std::nullopt, 3), std::nullopt);
  EXPECT_EQ(pressed_by(screen(), Focused("skip"), 0), "skip");
}

TEST_F(FocusOnAQuestion, KnowsTheWayOnAndTheWayBack) {
  EXPECT_EQ(primary_button(screen()), std::nullopt);
  act(visit::Choose{"up"});
  EXPECT_EQ(primary_button(screen()), "next");
  EXPECT_EQ(back_button(screen()), "back");
  act(visit::ShowTalk{});
  EXPECT_EQ(back_button(screen()), "close");
}

class FocusOnWhatIsSetBySteps : public trial::Trial {
 protected:
  void SetUp() override {
    to_questions();
    act(visit::ShowYours{});
  }
  std::string stepped_to(const std::string& from, int step) {
    const screen::Screen now = screen();
    const screen::Item* item = stepped(now, Focused(from), step);
    return item == nullptr ? "" : item->id;
  }
};

TEST_F(FocusOnWhatIsSetBySteps, KnowsWhichButtonIsLessAndWhichIsMore) {
  for (const std::string focused : {"yours.size.less", "yours.size.more"}) {
    EXPECT_EQ(stepped_to(focused, -1), "yours.size.less");
    EXPECT_EQ(stepped_to(focused, 1), "yours.size.more");
  }
  EXPECT_EQ(stepped_to("yours.colours.next", 1), "");
  EXPECT_EQ(stepped_to("bar.size", 1), "");
}

TEST_F(FocusOnWhatIsSetBySteps, GoesToTheOtherButtonAtTheLastStep) {
  const auto before = screen();
  act(visit::ChangeSize{visit::kTextSizes});
  EXPECT_EQ(kept(before, screen(), Focused("yours.size.more")), "yours.size.less");
  const auto largest = screen();
  act(visit::ChangeSize{-visit::kTextSizes});
  EXPECT_EQ(kept(largest, screen(), Focused("yours.size.less")), "yours.size.more");
}

class TheNarrator : public trial::Trial {
 protected:
  void SetUp() override { to_questions(); }
};

TEST_F(TheNarrator, SaysANewScreenAndThenTheFocus) {
  const auto before = screen::Screen{};
  const auto now = screen();
  const Focused none;
  const Focused first = "option.up";
  const auto said = said_between({before, none}, {now, first}, trial::words());
  ASSERT_GE(said.size(), 4U);
  EXPECT_EQ(said.at(1).text, "Which way, said.");
  EXPECT_EQ(said.back().text, "Up, not selected, 1 of 2");
}

TEST_F(TheNarrator, SaysWhatChangedAndNothingElse) {
  const Focused focused = "option.down";
  const auto before = screen();
  act(visit::Choose{"down"});
  const auto said = said_between({before, focused}, {screen(), focused}, trial::words());
  // The caution that the answer brings, and the new state; the number of questions has grown as well.
  EXPECT_EQ(said.back().text, "Down, selected, 2 of 2");
  EXPECT_NE(std::ranges::find(said, "Mind the step.", &Said::text), said.end());
  EXPECT_LE(said.size(), 3U);
}

TEST_F(TheNarrator, SaysTheOptionsOfANewScreenByTheirNumbers) {
  const auto nothing = screen::Screen{};
  const Focused none;
  const auto now = screen();
  const auto said = said_between({nothing, none}, {now, none}, trial::words());
  const auto up = std::ranges::find(said, "1. Up", &Said::text);
  ASSERT_NE(up, said.end());
  EXPECT_EQ(up->item, "option.up");
  EXPECT_EQ(up->text.substr(up->shown_at, up->shown_bytes), "Up");
}

// A recording may stand in for them, but not for the number before.
TEST_F(TheNarrator, TellsWhichWordsAreAnOptionsOwnWhereItIsSaidOtherwiseThanItStands) {
  auto now = screen();
  const auto up = std::ranges::find(now.items, "option.up", &screen::Item::id);
  ASSERT_NE(up, now.items.end());
  up->spoken = "To the top";
  const auto said = said_between({screen::Screen{}, Focused()}, {now, Focused()}, trial::words());
  const auto option = std::ranges::find(said, "option.up", &Said::item);
  ASSERT_NE(option, said.end());
  EXPECT_EQ(option->text.substr(option->own_at, option->own_bytes), "To the top");
  EXPECT_GT(option->own_at, 0U) << "its number comes first";
  EXPECT_EQ(option->shown_at, kNotShown);
}

TEST_F(TheNarrator, ShowsNoWordOfWhatDoesNotStandOnTheScreen) {
  const auto nothing = screen::Screen{};
  const Focused none;
  const auto now = screen();
  const auto said = said_between({nothing, none}, {now, none}, trial::words());
  EXPECT_EQ(said.at(1).shown_at, kNotShown);  // it has words of its own for the ear
}

}  // namespace
}  // namespace perspective::access

#include "access/scanner.h"

#include <algorithm>

#include "access/focus.h"
#include "support/trial_visit.h"

namespace perspective::access {
namespace {

using namespace std::chrono_literals;
using Ids = std::vector<std::string>;
using screen::Item;
using screen::Look;
using screen::Place;
using screen::Role;
using screen::Screen;

Screen screen_of(const std::string& id, std::vector<Item> items) {
  return {.id = id, .language = "en", .items = std::move(items)};
}
Item button(const std::string& id, Place place = Place::content, Look look = Look::plain) {
  return {.id = id, .role = Role::button, .place = place, .label = id, .look = look};
}
Screen full_screen() {
  return screen_of(
      "full", {button("bar.a", Place::bar), button("bar.b", Place::bar), button("one"), button("two"),
               button("back", Place::foot, Look::quiet), button("more", Place::foot, Look::guide),
               button("undo", Place::foot), button("skip", Place::foot), button("next", Place::foot, Look::primary)});
}
Screen many(std::size_t count) {
  std::vector<Item> items;
  for (std::size_t i = 0; i < count; ++i) items.push_back(button("change." + std::to_string(i)));
  items.push_back(button("send", Place::foot, Look::primary));
  return screen_of("check", std::move(items));
}

// How many stops until it is lit alone, by itself; and what was pressed on the way.
int stops_until(Scanner& scanner, const std::string& wanted) {
  for (int stops = 1; stops < 200; ++stops) {
    const Ids lit = scanner.lit();
    if (lit == Ids{wanted}) return stops;
    if (lit.size() > 1 && std::ranges::find(lit, wanted) != lit.end()) {
      scanner.select();
    } else {
      scanner.advance();
    }
  }
  return 0;
}

TEST(ARound, GoesOverTheContentThenTheWayOnThenUndoThenTheRestInGroups) {
  const std::vector<Stop> wanted = {{{"one"}},  {{"two"}},          {{"more"}},          {{"next"}},
                                    {{"undo"}}, {{"back", "skip"}}, {{"bar.a", "bar.b"}}};
  EXPECT_EQ(stops_of(full_screen()), wanted);
}

TEST(ARound, StopsAtEverythingThatAKeyReachesAndAtNothingElse) {
  for (const Screen& screen : {full_screen(), many(30), many(9), many(8)}) {
    Ids stopped;
    for (const Stop& stop : stops_of(screen)) stopped.insert(stopped.end(), stop.items.begin(), stop.items.end());
    Ids order = focus_order(screen);
    std::ranges::sort(stopped);
    std::ranges::sort(order);
    EXPECT_EQ(stopped, order);
  }
  Screen off = full_screen();
  std::ranges::find(off.items, "two", &Item::id)->enabled = false;
  for (const Stop& stop : stops_of(off)) EXPECT_EQ(std::ranges::find(stop.items, "two"), stop.items.end());
}

TEST(ARound, TakesARowAsAGroup) {
  Screen keys = full_screen();
  for (Item& item : keys.items) {
    if (item.place == Place::content) item.group = "row.1";
  }
  EXPECT_EQ(stops_of(keys).front(), (Stop{{"one", "two"}}));
}

TEST(ARound, OfManyReachesTheFurthestWithinAFewStops) {
  Scanner scanner;
  scanner.look(many(30));
  EXPECT_LE(stops_until(scanner, "change.29"), 12);
  scanner.look(screen_of("other", {button("x")}));
  scanner.look(many(30));
  EXPECT_LE(stops_until(scanner, "send"), 6);
}

TEST(AScan, PressesWhatIsLitAndEntersAGroupFirst) {
  Scanner scanner;
  scanner.look(full_screen());
  EXPECT_EQ(scanner.lit(), Ids{"one"});
  scanner.advance();
  EXPECT_EQ(scanner.select(), "two");
  for (int i = 0; i < 4; ++i) scanner.advance();
  EXPECT_EQ(scanner.lit(), (Ids{"back", "skip"}));
  EXPECT_EQ(scanner.select(), std::nullopt);
  EXPECT_EQ(scanner.lit(), Ids{"back"});
  scanner.advance();
  EXPECT_EQ(scanner.select(), "skip");
}

TEST(AScan, LeavesAGroupThatWasEnteredByMistakeWithoutAPress) {
  Scanner scanner;
  scanner.look(full_screen());
  for (int i = 0; i < 5; ++i) scanner.advance();
  scanner.select();
  scanner.advance();
  EXPECT_EQ(scanner.lit(), Ids{"skip"});
  scanner.advance();
  EXPECT_EQ(scanner.lit(), (Ids{"bar.a", "bar.b"}));
}

TEST(AScan, RestsAfterAFewRoundsAndTheNextPressPressesNothing) {
  Scanner scanner;
  scanner.look(full_screen());
  const int stops = static_cast<int>(stops_of(full_screen()).size());
  for (int i = 0; i < kRounds * stops - 1; ++i) {
    scanner.advance();
    EXPECT_FALSE(scanner.is_resting());
  }
  scanner.advance();
  EXPECT_TRUE(scanner.is_resting());
  EXPECT_TRUE(scanner.lit().empty());
  scanner.advance();
  EXPECT_TRUE(scanner.lit().empty());
  EXPECT_EQ(scanner.select(), std::nullopt);
  EXPECT_EQ(scanner.lit(), Ids{"one"});
}

TEST(AScan, StaysLongerAtTheFirstStopOfAll) {
  Scanner scanner;
  scanner.look(full_screen());
  EXPECT_EQ(scanner.stay(2000ms), 3000ms);
  scanner.advance();
  EXPECT_EQ(scanner.stay(2000ms), 2000ms);
  scanner.select();
  EXPECT_EQ(scanner.stay(2000ms), 3000ms);
}

TEST(AScan, StartsAnewOnAnotherScreenAndGoesOnWhereTheSameOneChangedByItself) {
  Scanner scanner;
  scanner.look(full_screen());
  scanner.advance();
  scanner.look(full_screen());
  EXPECT_EQ(scanner.lit(), Ids{"two"});
  scanner.look(many(3));
  EXPECT_EQ(scanner.lit(), Ids{"change.0"});
}

TEST(AScan, StaysAtAButtonThatWasPressedInItsGroup) {
  Scanner scanner;
  scanner.look(full_screen());
  ASSERT_GT(stops_until(scanner, "bar.b"), 0);
  EXPECT_EQ(scanner.select(), "bar.b");
  scanner.look(full_screen());
  EXPECT_EQ(scanner.lit(), Ids{"bar.b"});
}

TEST(AScan, GoesBackToTheRowsAfterAKeyOfAKeyboard) {
  std::vector<Item> keys;
  for (const char* key : {"q", "w", "e", "r", "a", "s", "d", "f"}) {
    keys.push_back(button(key));
    keys.back().group = keys.size() <= 4 ? "row.1" : "row.2";
  }
  const Screen keyboard = screen_of("keyboard", keys);
  Scanner scanner;
  scanner.look(keyboard);
  ASSERT_GT(stops_until(scanner, "s"), 0);
  ASSERT_EQ(scanner.select(), "s");
  scanner.look(keyboard);
  EXPECT_EQ(scanner.lit(), (Ids{"q", "w", "e", "r"}));
}

TEST(AScan, OfAScreenWithNothingToPressLightsNothing) {
  Scanner scanner;
  scanner.look(screen_of("sending", {}));
  scanner.advance();
  EXPECT_TRUE(scanner.lit().empty());
  EXPECT_EQ(scanner.select(), std::nullopt);
}

class AScanOfAQuestion : public trial::Trial {
 protected:
  void look() { scanner_.look(screen()); }
  Scanner scanner_;
};

TEST_F(AScanOfAQuestion, GoesToTheWayOnOnceOneAnswerIsChosen) {
  to_questions();
  look();
  ASSERT_GT(stops_until(scanner_, "option.up"), 0);
  ASSERT_EQ(scanner_.select(), "option.up");
  act(visit::Choose{"up"});
  look();
  EXPECT_EQ(scanner_.lit(), Ids{"next"});
}

TEST_F(AScanOfAQuestion, GoesOnBelowWhereManyAnswersCanBeChosen) {
  to_questions();
  act(visit::Choose{"up"}, visit::Next{});
  look();
  ASSERT_GT(stops_until(scanner_, "option.red"), 0);
  ASSERT_EQ(scanner_.select(), "option.red");
  act(visit::Choose{"red"});
  look();
  EXPECT_EQ(scanner_.lit(), Ids{"option.blue"});
  EXPECT_EQ(scanner_.stay(1000ms), 1500ms);
}

}  // namespace
}  // namespace perspective::access

// The Screen as a screen reader is told of it, without a bus.
#include "platform/bus/node.h"

#include <gmock/gmock.h>

#include <set>

#include "platform/bus/text_unit.h"
#include "support/trial_app.h"

namespace perspective::platform::bus {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

class WhatAScreenReaderIsTold : public trial::TrialApp {
 protected:
  void SetUp() override {
    TrialApp::SetUp();
    start();
  }
  Scene scene() const { return {.screen = app_->screen(), .focused = app_->focused()}; }
  std::vector<Node> nodes() const { return nodes_of(scene(), {}); }
  Node node(std::string_view item) const {
    for (const Node& each : nodes()) {
      if (each.item == item) return each;
    }
    ADD_FAILURE() << item << " has no node on " << app_->screen().id;
    return {};
  }
  Node focused() const {
    Node found;
    int count = 0;
    for (const Node& each : nodes()) {
      if (!each.has(ATK_STATE_FOCUSED)) continue;
      found = each;
      ++count;
    }
    EXPECT_EQ(count, 1) << app_->screen().id;
    return found;
  }
  void go_to_practice() {
    while (app_->screen().id != "practice") app_->press("next");
  }
  void go_to_entry() {
    go_to_practice();
    for (int i = 0; i < 100 && !has("words"); ++i) {
      answer();
      app_->press("next");
    }
  }
};

TEST_F(WhatAScreenReaderIsTold, EveryItemHasANodeWithARoleANameAndALanguageInReadingOrder) {
  std::set<std::string> seen;
  for (int i = 0; i < 60 && !seen.contains("check"); ++i) {
    seen.insert(app_->screen().id);
    const auto all = nodes();
    auto at = all.begin();
    for (const screen::Item& item : app_->screen().items) {
      at = std::find_if(at, all.end(), [&](const Node& each) { return each.item == item.id; });
      ASSERT_NE(at, all.end()) << item.id << " on " << app_->screen().id;
      EXPECT_NE(at->role, ATK_ROLE_UNKNOWN) << item.id;
      EXPECT_FALSE(at->name.empty()) << item.id;
      EXPECT_EQ(at->language, item.language.empty() ? "en" : item.language) << item.id;
    }
    std::set<std::string> keys;
    for (const Node& each : all) EXPECT_TRUE(keys.insert(each.key).second) << each.key;
    answer("Word");
    app_->press("next");
  }
  EXPECT_TRUE(seen.contains("check"));
}

TEST_F(WhatAScreenReaderIsTold, ANewScreenIsReadFromItsHeadingWithAllTheTextAroundIt) {
  const Node heading = focused();
  EXPECT_EQ(heading.role, ATK_ROLE_HEADING);
  EXPECT_THAT(heading.attributes, Contains(Pair("level", "1")));
  for (const screen::Item& item : app_->screen().items) {
    if (item.role != screen::Role::paragraph) continue;
    EXPECT_THAT(heading.description, HasSubstr(item.spoken));
  }
}

TEST_F(WhatAScreenReaderIsTold, OptionsStandInAPanelNamedByTheQuestionAndCounted) {
  go_to_practice();
  app_->press(first(screen::Role::radio));
  const auto all = nodes();
  int place = 0;
  for (const Node& each : all) {
    if (each.role != ATK_ROLE_RADIO_BUTTON) continue;
    const auto panel = std::ranges::find(all, each.parent, &Node::key);
    ASSERT_NE(panel, all.end());
    EXPECT_EQ(panel->role, ATK_ROLE_PANEL);
    EXPECT_EQ(panel->name, node("heading").name);
    EXPECT_TRUE(each.has(ATK_STATE_CHECKABLE));
    EXPECT_EQ(each.has(ATK_STATE_CHECKED), place == 0);
    EXPECT_THAT(each.attributes, Contains(Pair("posinset", std::to_string(++place))));
  }
  EXPECT_GT(place, 1);
  EXPECT_EQ(focused().item, first(screen::Role::radio));
}

TEST_F(WhatAScreenReaderIsTold, WhatAPictureShowsWithoutSayingItAfterEachOption) {
  go_to_practice();
  const screen::Item option = *app_->screen().item(first(screen::Role::radio));
  ASSERT_FALSE(option.picture_alt.empty());
  const Node told = node(option.id);
  EXPECT_THAT(told.attributes, Contains(Pair("picture", option.picture_alt)));
  EXPECT_EQ(told.name.find(option.picture_alt), std::string::npos);
  EXPECT_EQ(told.description, "");
}

TEST_F(WhatAScreenReaderIsTold, AButtonThatDoesNothingYetIsNotSensitive) {
  go_to_practice();
  EXPECT_FALSE(node("next").has(ATK_STATE_SENSITIVE));
  EXPECT_FALSE(node("next").has(ATK_STATE_FOCUSABLE));
  app_->press(first(screen::Role::radio));
  EXPECT_TRUE(node("next").has(ATK_STATE_SENSITIVE));
}

TEST_F(WhatAScreenReaderIsTold, TheStateOfAButtonIsItsDescription) {
  EXPECT_EQ(node("bar.size").description, app_->screen().item("bar.size")->value);
}

TEST_F(WhatAScreenReaderIsTold, AnEntryHasItsWordsAndItsCaretInCharacters) {
  go_to_entry();
  app_->focus("words");
  app_->write("words", "tŷ bach");
  Scene now = scene();
  now.caret = 4;  // bytes: behind "tŷ "
  now.line_starts = {0, 4};
  for (const Node& each : nodes_of(now, {})) {
    if (each.item != "words") continue;
    EXPECT_EQ(each.role, ATK_ROLE_ENTRY);
    EXPECT_TRUE(each.has(ATK_STATE_EDITABLE));
    EXPECT_EQ(each.text, "tŷ bach");
    EXPECT_EQ(each.caret, 3);
    EXPECT_EQ(each.line_starts, (std::vector<int>{0, 3}));
  }
}

TEST_F(WhatAScreenReaderIsTold, TheBarStaysAndTheContentIsNewWithEachScreen) {
  const Node bar = node("bar.talk");
  const Node next = node("next");
  app_->press("next");
  EXPECT_EQ(node("bar.talk").key, bar.key);
  EXPECT_NE(node("next").key, next.key);
}

TEST_F(WhatAScreenReaderIsTold, WhatComesOnAScreenThatStaysIsAMessage) {
  go_to_entry();
  const screen::Screen before = app_->screen();
  const std::size_t most = app_->screen().item("words")->max_bytes;
  app_->write("words", std::string(most, 'a'));
  const std::string message = message_between(before, app_->screen());
  ASSERT_TRUE(has("left"));
  EXPECT_EQ(message, app_->screen().item("left")->spoken);
  const auto told = nodes_of(scene(), message);
  EXPECT_EQ(told.back().role, ATK_ROLE_NOTIFICATION);
  EXPECT_TRUE(told.back().has(ATK_STATE_SHOWING));
  EXPECT_EQ(told.back().name, message);
}

TEST_F(WhatAScreenReaderIsTold, ANewScreenIsNoMessage) {
  const screen::Screen before = app_->screen();
  app_->press("next");
  EXPECT_THAT(message_between(before, app_->screen()), IsEmpty());
}

TEST_F(WhatAScreenReaderIsTold, ANameInAnotherLanguageSaysWhich) {
  const Node other = node("bar.language");
  EXPECT_EQ(other.language, "cy");
  EXPECT_EQ(node("heading").language, "en");
}

TEST(APieceOfText, IsFoundByCharacterWordSentenceLineAndParagraph) {
  const std::string text = "Tŷ bach. It is\nhere.";
  EXPECT_EQ(part_of(text, unit_at(text, 1, Unit::character, {})), "ŷ");
  EXPECT_EQ(part_of(text, unit_at(text, 4, Unit::word, {})), "bach. ");
  EXPECT_EQ(part_of(text, unit_at(text, 10, Unit::sentence, {})), "It is\n");
  EXPECT_EQ(part_of(text, unit_at(text, 4, Unit::line, {0, 3, 9, 15})), "bach. ");
  EXPECT_EQ(part_of(text, unit_at(text, 4, Unit::line, {})), "Tŷ bach. It is\n");
  EXPECT_EQ(part_of(text, unit_at(text, 99, Unit::paragraph, {})), "here.");
  EXPECT_EQ(part_of(text, {3, -1}), "bach. It is\nhere.");
  EXPECT_EQ(part_of("", unit_at("", -5, Unit::word, {})), "");
}

TEST(AnEditOfText, IsToldAsWhatWentAndWhatCame) {
  const Edit edit = edit_between("tŷ bach", "tŷ mawr");
  EXPECT_EQ(edit.at, 3);
  EXPECT_EQ(edit.taken, "bach");
  EXPECT_EQ(edit.put, "mawr");
  EXPECT_EQ(edit_between("aa", "aaa").put, "a");
  EXPECT_EQ(edit_between("aa", "aaa").taken, "");
}

}  // namespace
}  // namespace perspective::platform::bus

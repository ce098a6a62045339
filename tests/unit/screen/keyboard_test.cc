// The keyboard on the screen is made of ordinary items: whatever presses a button can write.
#include <algorithm>
#include <map>
#include <set>

#include "support/trial_visit.h"

namespace perspective::screen {
namespace {

class AKeyboard : public trial::Trial {
 protected:
  void SetUp() override {
    to_questions();
    act(visit::Choose{"up"}, visit::Next{}, visit::Skip{}, visit::ShowKeyboard{});
    ASSERT_EQ(screen().id, "keyboard");
  }
  void press(const std::string& id) {
    const Screen now = screen();
    const Item* item = now.item(id);
    ASSERT_NE(item, nullptr) << id;
    const auto* action = std::get_if<visit::Action>(&item->action);
    ASSERT_NE(action, nullptr) << id;
    visit_.apply(*action);
  }
  template <typename... Ids>
  void press_all(const Ids&... ids) {
    (press(ids), ...);
  }
  std::string written() const { return visit_.writing().text; }
};

TEST_F(AKeyboard, WritesWhatItsKeysShow) {
  press_all("key.h", "key.i", "key.space", "key.y", "key.o", "key.u", "key..");
  EXPECT_EQ(written(), "Hi you.");
}

TEST_F(AKeyboard, HasEveryLetterThatEnglishAndWelshNeed) {
  std::set<std::string> shown;
  for (const char* page : {"key.accents", "key.accents", "key.signs"}) {
    for (const Item& item : screen().items) {
      if (item.place == Place::keys) shown.insert(item.id.substr(4));
    }
    press(page);
  }
  for (const Item& item : screen().items) {
    if (item.place == Place::keys) shown.insert(item.id.substr(4));
  }
  std::string missing;
  for (char letter = 'a'; letter <= 'z'; ++letter) missing += shown.contains({letter}) ? "" : std::string(1, letter);
  for (char figure = '0'; figure <= '9'; ++figure) missing += shown.contains({figure}) ? "" : std::string(1, figure);
  for (const char* each : {"â", "ê", "î", "ô", "û", "ŵ", "ŷ", "á", "é", "í", "ó", "ú", "ẃ", "ý", "à", "è",
                           "ì", "ò", "ù", "ẁ", "ỳ", "ä", "ë", "ï", "ö", "ü", "ẅ", "ÿ", "'", "?", "!"}) {
    if (!shown.contains(each)) missing += each;
  }
  EXPECT_EQ(missing, "");
}

TEST_F(AKeyboard, WritesAWelshWordInTwoPressesALetterAtMost) {
  press_all("key.t", "key.accents", "key.ŷ", "key.space", "key.d", "key.accents", "key.ŵ", "key.r");
  EXPECT_EQ(written(), "Tŷ dŵr");
}

TEST_F(AKeyboard, ShowsCapitalsWhereACapitalComes) {
  EXPECT_EQ(screen().item("key.a")->label, "A");
  EXPECT_TRUE(screen().item("key.shift")->selected);
  press("key.a");
  EXPECT_EQ(screen().item("key.a")->label, "a");
  press_all("key.shift", "key.accents");
  EXPECT_EQ(screen().item("key.ŵ")->label, "Ŵ");
}

TEST_F(AKeyboard, DeletesALetterAWordAndGoesLeftAndRight) {
  press_all("key.o", "key.n", "key.space", "key.t", "key.o", "key.p", "key.erase", "key.edit");
  press("key.erase_word");
  EXPECT_EQ(written(), "On ");
  press_all("key.left", "key.left", "key.erase", "key.right", "key.right", "key.new_line");
  EXPECT_EQ(written(), "n \n");
}

TEST_F(AKeyboard, CanHaveItsKeysAsTheAlphabet) {
  const auto first = [this] {
    const Screen now = screen();
    return std::ranges::find(now.items, Place::keys, &Item::place)->id;
  };
  EXPECT_EQ(first(), "key.q");
  press_all("key.edit", "key.order", "key.edit");
  EXPECT_EQ(first(), "key.a");
}

TEST_F(AKeyboard, EndsByDoneAndKeepsWhatWasWritten) {
  press_all("key.a", "key.done");
  EXPECT_EQ(screen().id, "question.d");
  EXPECT_EQ(screen().item("words")->value, "A");
  press("keyboard");
  EXPECT_EQ(screen().id, "keyboard");
}

TEST_F(AKeyboard, KeepsTheCautionsOfTheQuestionInSight) {
  ASSERT_NE(screen().item("note.1"), nullptr);
  EXPECT_EQ(screen().item("note.1")->label, "Someone reads this later.");
}

TEST_F(AKeyboard, HasFourRowsOfTenColumnsOnEveryPage) {
  for (const char* page : {"key.accents", "key.signs", "key.edit", "key.edit"}) {
    std::map<std::string, int> columns;
    for (const Item& item : screen().items) {
      if (item.place == Place::keys) columns[item.group] += item.columns;
    }
    EXPECT_EQ(columns.size(), 4U) << page;
    for (const auto& [group, sum] : columns) EXPECT_EQ(sum, 10) << group << " before " << page;
    press(page);
  }
}

TEST_F(AKeyboard, SaysSomethingForEveryKeyInBothLanguages) {
  for (const std::string language : {"en", "cy"}) {
    act(visit::ChooseLanguage{language});
    for (const char* page : {"key.accents", "key.signs", "key.edit", "key.edit"}) {
      std::set<std::string> said;
      for (const Item& item : screen().items) {
        if (item.place != Place::keys) continue;
        const bool is_named = !item.spoken.empty() && item.spoken.find("\u300a") == std::string::npos;
        EXPECT_TRUE(is_named) << item.id;
        EXPECT_TRUE(std::ranges::any_of(item.spoken, [](unsigned char c) { return std::isalnum(c) != 0; })) << item.id;
        EXPECT_TRUE(said.insert(item.spoken).second) << item.spoken << " is said for two keys";
      }
      press(page);
    }
  }
}

TEST_F(AKeyboard, TellsHowMuchRoomIsLeftInTensWhenItIsSaid) {
  act(visit::Write{std::string(15, 'x')});
  EXPECT_EQ(screen().item("left")->label, "25 letters left");
  EXPECT_NE(screen().item("left")->spoken.find("20"), std::string::npos);
  act(visit::Write{std::string(40, 'x')});
  press("key.a");
  EXPECT_EQ(written().size(), 40U);
}

}  // namespace
}  // namespace perspective::screen

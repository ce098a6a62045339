// The keyboard on the screen: what is being written, and ordinary buttons in rows of ten columns.
#include <array>
#include <set>

#include "screen/pages.h"
#include "screen/spelling.h"
#include "text/editing.h"

namespace perspective::screen {
namespace {

using visit::KeyOrder;
using visit::KeyPage;
using visit::Visit;

using Row = std::array<std::string_view, 10>;
using Rows = std::array<Row, 3>;

constexpr Rows kTypewriter = {{{"q", "w", "e", "r", "t", "y", "u", "i", "o", "p"},
                               {"a", "s", "d", "f", "g", "h", "j", "k", "l", "'"},
                               {"z", "x", "c", "v", "b", "n", "m", ",", ".", "?"}}};
constexpr Rows kAlphabet = {{{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"},
                             {"k", "l", "m", "n", "o", "p", "q", "r", "s", "t"},
                             {"u", "v", "w", "x", "y", "z", "'", ",", ".", "?"}}};
// Welsh has the circumflex on each of its seven vowels, often; the others are rare.
constexpr Rows kAccents = {{{"â", "ê", "î", "ô", "û", "ŵ", "ŷ", "ï", "ö", "ë"},
                            {"á", "é", "í", "ó", "ú", "ẃ", "ý", "ä", "ü", "ẅ"},
                            {"à", "è", "ì", "ò", "ù", "ẁ", "ỳ", "ÿ", "ç", "ñ"}}};
constexpr Rows kSigns = {{{"1", "2", "3", "4", "5", "6", "7", "8", "9", "0"},
                          {".", ",", "?", "!", "'", "\"", "-", ":", ";", "/"},
                          {"(", ")", "@", "&", "£", "%", "+", "=", "*", "#"}}};

const std::set<std::string_view> kNoLetters = {",", ".", "?"};
constexpr std::array<int, 3> kCompletions = {4, 3, 3};  // columns of each

const Rows& rows_of(const Visit& visit) {
  if (visit.key_page() == KeyPage::accents) return kAccents;
  if (visit.key_page() == KeyPage::signs) return kSigns;
  return visit.settings().keys == KeyOrder::alphabet ? kAlphabet : kTypewriter;
}

class Keys {
 public:
  Keys(Writer& writer, const Visit& visit) : writer_(writer), visit_(visit) {}

  void write() {
    if (visit_.setting().is_withdrawal()) return write_for_a_listed_word();
    if (visit_.key_page() == KeyPage::edit) {
      write_editing();
    } else {
      for (const Row& row : rows_of(visit_)) {
        ++row_;
        for (const std::string_view character : row) letter(character);
      }
    }
    write_last_row();
  }

 private:
  // Letters alone, and in place of the last row the words that they may become. There are always as many keys: nothing
  // moves under the finger.
  void write_for_a_listed_word() {
    for (const Row& row : visit_.settings().keys == KeyOrder::alphabet ? kAlphabet : kTypewriter) {
      ++row_;
      for (const std::string_view character : row) {
        if (!kNoLetters.contains(character)) letter(character);
      }
    }
    key("erase", "kiosk.keys.erase", 1, visit::Erase{visit::Reach::before});
    key("done", "kiosk.keys.done", 2, visit::Close{}).look = Look::primary;
    row_ = 4;
    const auto words = visit_.completions(kCompletions.size());
    for (std::size_t i = 0; i < kCompletions.size(); ++i) {
      Item& made = key("word." + std::to_string(i + 1), "kiosk.withdrawal.no_word", kCompletions[i], {});
      made.enabled = i < words.size();
      if (!made.enabled) continue;
      made.label = words[i];
      made.spoken = words[i];
      made.action = visit::Write{words[i]};
    }
  }
  Item& key(std::string id, std::string_view words, int columns, Action action) {
    Item& made = writer_.button("key." + id, words, Place::keys, Look::plain, std::move(action));
    made.columns = columns;
    made.group = "keys." + std::to_string(row_);
    return made;
  }
  void letter(std::string_view character) {
    const bool is_capital = visit_.is_capital_next() && visit_.key_page() != KeyPage::signs;
    const std::string typed =
        is_capital ? text::in_capitals(character, visit_.settings().language) : std::string(character);
    writer_.add({.id = "key." + std::string(character),
                 .role = Role::button,
                 .place = Place::keys,
                 .label = typed,
                 .spoken = name_of(character, writer_.words()),
                 .group = "keys." + std::to_string(row_),
                 .action = visit::Insert{typed}});
  }
  void toggle(std::string id, std::string_view words, bool is_on, Action action) {
    Item& made = key(std::move(id), words, 1, std::move(action));
    made.selected = is_on;
    made.value = writer_.say(is_on ? "kiosk.keys.on" : "kiosk.keys.off");
  }
  void write_editing() {
    row_ = 1;
    key("left", "kiosk.keys.left", 5, visit::MoveCaret{-1});
    key("right", "kiosk.keys.right", 5, visit::MoveCaret{1});
    row_ = 2;
    key("erase_word", "kiosk.keys.erase_word", 5, visit::Erase{visit::Reach::word});
    key("new_line", "kiosk.keys.new_line", 5, visit::Insert{"\n"});
    row_ = 3;
    key("say", "kiosk.keys.say", 5, SayWritten{}).enabled = visit_.settings().sound.is_on;
    const bool is_alphabet = visit_.settings().keys == KeyOrder::alphabet;
    key("order", is_alphabet ? "kiosk.keys.typewriter" : "kiosk.keys.alphabet", 5, visit::NextKeyOrder{});
  }
  // The same on every page.
  void write_last_row() {
    row_ = 4;
    toggle("shift", "kiosk.keys.shift", visit_.is_capital_next(), visit::Shift{});
    page("accents", "kiosk.keys.accents", KeyPage::accents);
    page("signs", "kiosk.keys.signs", KeyPage::signs);
    page("edit", "kiosk.keys.edit", KeyPage::edit);
    key("space", "kiosk.keys.space", 3, visit::Insert{" "});
    key("erase", "kiosk.keys.erase", 1, visit::Erase{visit::Reach::before});
    key("done", "kiosk.keys.done", 2, visit::Close{}).look = Look::primary;
  }
  void page(std::string id, std::string_view words, KeyPage page) {
    toggle(std::move(id), words, visit_.key_page() == page, visit::ShowKeys{page});
  }

  Writer& writer_;
  const Visit& visit_;
  int row_ = 0;
};

}  // namespace

void write_keyboard(Writer& writer, const Visit& visit) {
  const survey::Item& item = *visit.item();
  const auto* kind = std::get_if<survey::FreeText>(&item.kind);
  const std::string question = "item." + item.variable;
  writer.heading(question).spoken = writer.say("kiosk.keys.heading") + " " + writer.spoken(question);
  // Who writes of danger is to see it here too.
  write_notes(writer, visit, true);
  write_notes(writer, visit, false);
  Item& entry = writer.text("words", Role::entry, "kiosk.entry.label");
  visit::Writing writing = visit.writing();
  entry.caret = writing.caret;
  entry.value = std::move(writing.text);
  entry.max_bytes = kind->max_bytes;
  write_bytes_left(writer, entry.value.size(), kind->max_bytes, "kiosk.keys.left_over");
  Keys(writer, visit).write();
}

}  // namespace perspective::screen

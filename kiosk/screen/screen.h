// What is on the screen, as one value: drawn, spoken and tested from the same record.
//
// Promise:   reading order is the order of the items, and so is the order of focus. Ids are stable: they are what
//            tests and the accessibility bus know an item by.
// Threads:   plain values.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "screen/staff_action.h"
#include "text/catalogue.h"
#include "visit/visit.h"

namespace perspective::screen {

enum class Role {
  heading,
  paragraph,
  progress,  // "Question 3 of about 25"
  note,      // a caution beside its item
  hint,      // small print: help of a question, bytes left, why a button does nothing yet
  radio,
  checkbox,
  entry,
  button,
  summary,   // a question (label) and its answer (value), or what can be set and how it is; its buttons come next
  helpline,  // a name (label) and its number (value)
  word,      // one of the four (label)
  status,    // supervisor: how sending goes
  card,      // installer: the outline of a bank card, so many pixels wide as its value says
};
enum class Place { bar, content, foot, keys };  // keys: of the keyboard on the screen
// Of a button, of a status. `guide`: stands out as the way to what is not seen yet.
enum class Look { plain, primary, quiet, warning, guide };

// Whether the window shows all of the content: if not, a button "more" goes on, and at the end back to the top.
enum class More { none, on, top };

// The supervisor's, as a visit begins; staff_action.h has the others.
struct StartVisit {
  std::string inspection;
  std::string questionnaire;
  bool is_rehearsal = false;  // practice mode: nothing of it is kept
  bool operator==(const StartVisit&) const = default;
};
struct StartWithdrawal {  // somebody takes their answers back
  bool operator==(const StartWithdrawal&) const = default;
};
// What is being said, not the visit.
struct SayAgain {
  bool operator==(const SayAgain&) const = default;
};
struct PauseSpeech {  // or go on
  bool operator==(const PauseSpeech&) const = default;
};
struct SayWritten {  // all that stands in the entry
  bool operator==(const SayWritten&) const = default;
};
struct Undo {  // what a switch pressed last
  bool operator==(const Undo&) const = default;
};
using Action = std::variant<std::monostate, visit::Action, StartVisit, StartWithdrawal, StaffAction, SayAgain,
                            PauseSpeech, SayWritten, Undo>;

struct Item {
  std::string id = {};
  Role role = Role::paragraph;
  Place place = Place::content;
  std::string label = {};
  std::string spoken = {};  // what is said for it, state apart; never empty where label is not
  std::string value = {};   // entry: its text; summary: the answer; helpline: the number; button of the bar: its state
  Look look = Look::plain;
  bool selected = false;
  bool enabled = true;
  int level = 1;                 // heading: 1 is the screen's, 2 stands below it
  std::size_t max_bytes = 0;     // entry
  bool is_short = false;         // entry: one line is enough for all that it can hold
  std::size_t caret = 0;         // entry: where letters go, in bytes of its value
  int columns = 1;               // key: of the ten of its row
  std::string language = {};     // of its words, where it is not that of the screen
  std::string picture = {};      // of an option, left of its words: its name
  std::string picture_alt = {};  // what it shows (questions.cc says when it is spoken)
  int step = 0;                  // of a pair of buttons side by side: -1 sets less, 1 sets more
  std::string group = {};        // a row of what stands side by side (keys): scanned row first, then item; empty: alone
  Action action = {};            // entry: shows the keyboard, where it is not shown
};

bool is_choice(const Item& item);     // an option: radio or checkbox
bool is_focusable(const Item& item);  // radio, checkbox, entry, button; and enabled

struct Screen {
  std::string id;
  std::string language;
  std::vector<Item> items;
  const Item* item(std::string_view id) const;  // null: none
};

// Texts of a visit in its language: the interface's words with the questionnaire's over them.
struct LanguageName {
  std::string language;
  std::string name;     // each in its own language
  std::string heading;  // "Choose your language"
};
struct Texts {
  text::Catalogue words;
  std::vector<LanguageName> languages;  // of the visit
};

Screen screen_of(const visit::Visit& visit, const Texts& texts);

// The last two: wanted, and not heard, because others would hear it, or because there is nothing to hear it by.
enum class Speech { off, on, paused, no_headphones, no_sound };

// With the bar's "pause" enabled while there is speech; where it is wanted and cannot be, a note (notice.sound) says
// why, and what to do.
Screen with_speech(Screen screen, Speech speech, const text::Catalogue& words);

// With the button "undo" in the foot, for people who press by a switch.
Screen with_undo(Screen screen, const text::Catalogue& words);

// With the note "practice" above all else, of a visit of which nothing is kept.
Screen with_practice(Screen screen, const text::Catalogue& words);

// What is drawn in place of a screen whose picture is off: no more than how to get it back, and why nothing is said
// where nothing can be. Nothing on it can be pressed.
Screen cover_of(Speech speech, const text::Catalogue& words);

// With the button, if there is need of one, first in the foot. Its action is none: the window scrolls.
Screen with_more(Screen screen, More more, const text::Catalogue& words);

}  // namespace perspective::screen

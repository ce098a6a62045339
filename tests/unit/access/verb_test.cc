#include "access/verb.h"

#include <gtest/gtest.h>

namespace perspective::access {
namespace {

std::optional<VerbKind> kind_of(const KeyPress& press, bool is_in_entry = false) {
  const auto verb = verb_of(press, is_in_entry);
  return verb ? std::optional(verb->kind) : std::nullopt;
}

TEST(Keys, MoveSelectAndGoBack) {
  EXPECT_EQ(kind_of({.key = Key::tab}), VerbKind::next);
  EXPECT_EQ(kind_of({.key = Key::tab, .shift = true}), VerbKind::previous);
  EXPECT_EQ(kind_of({.key = Key::down}), VerbKind::next);
  EXPECT_EQ(kind_of({.key = Key::up}), VerbKind::previous);
  EXPECT_EQ(kind_of({.key = Key::enter}), VerbKind::select);
  EXPECT_EQ(kind_of({.key = Key::space}), VerbKind::select);
  EXPECT_EQ(kind_of({.key = Key::backspace}), VerbKind::page_back);
}

TEST(FiveKeys, ArePreviousNextLessMoreAndSelect) {
  EXPECT_EQ(kind_of({.key = Key::up}), VerbKind::previous);
  EXPECT_EQ(kind_of({.key = Key::down}), VerbKind::next);
  EXPECT_EQ(kind_of({.key = Key::left}), VerbKind::less);
  EXPECT_EQ(kind_of({.key = Key::right}), VerbKind::more);
  EXPECT_EQ(kind_of({.key = Key::enter}), VerbKind::select);
}

TEST(Keys, NumberTheOptionsFromOne) {
  EXPECT_EQ(verb_of({.key = Key::digit, .digit = 3}, false), (Verb{VerbKind::option, 3}));
  EXPECT_EQ(verb_of({.key = Key::digit, .digit = 0}, false), std::nullopt);
}

TEST(AHeldKey, MovesOnButDoesNothingTwice) {
  EXPECT_EQ(kind_of({.key = Key::tab, .is_repeat = true}), VerbKind::next);
  for (const Key key : {Key::enter, Key::space, Key::backspace, Key::escape, Key::left, Key::right}) {
    EXPECT_EQ(kind_of({.key = key, .is_repeat = true}), std::nullopt);
  }
  EXPECT_EQ(kind_of({.key = Key::digit, .digit = 1, .is_repeat = true}), std::nullopt);
}

TEST(AnEntry, KeepsItsKeysButLetsTabOut) {
  for (const Key key : {Key::enter, Key::space, Key::backspace, Key::left, Key::up, Key::digit, Key::home}) {
    EXPECT_EQ(kind_of({.key = key, .digit = 1}, true), std::nullopt);
  }
  EXPECT_EQ(kind_of({.key = Key::tab}, true), VerbKind::next);
  EXPECT_EQ(kind_of({.key = Key::tab, .shift = true}, true), VerbKind::previous);
}

}  // namespace
}  // namespace perspective::access

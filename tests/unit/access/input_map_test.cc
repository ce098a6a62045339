#include "access/input_map.h"

#include <gtest/gtest.h>

namespace perspective::access {
namespace {

using visit::Control;
using visit::Input;

constexpr Control kPedal{Control::Kind::button, 1};
constexpr Control kSpace{Control::Kind::key, 65};
constexpr Control kOther{Control::Kind::key, 96};

TEST(APress, ThatNobodyKnowsOffersScanning) {
  EXPECT_EQ(meaning_of({.control = kPedal}, {}, false), Meaning::offer);
  EXPECT_EQ(meaning_of({.control = kOther}, {}, false), Meaning::offer);
}

TEST(APress, ThatMeansSomethingKeepsItsMeaning) {
  EXPECT_EQ(meaning_of({.control = kSpace, .has_meaning = true}, {}, false), Meaning::usual);
  EXPECT_EQ(meaning_of({.control = kOther, .is_never_a_switch = true}, {}, false), Meaning::usual);
  EXPECT_EQ(meaning_of({.control = kSpace, .has_meaning = true}, {.select = kPedal}, false), Meaning::usual);
}

TEST(APress, OnOnesOwnSwitchIsTheSwitchWhateverElseThatKeyWouldDo) {
  const Input one{.select = kSpace};
  EXPECT_EQ(meaning_of({.control = kSpace, .has_meaning = true}, one, false), Meaning::select);
  const Input two{.select = kSpace, .move = kPedal};
  EXPECT_EQ(meaning_of({.control = kSpace, .has_meaning = true}, two, false), Meaning::select);
  EXPECT_EQ(meaning_of({.control = kPedal}, two, false), Meaning::move);
}

TEST(APress, BesideOnesOwnSwitchOffersNothing) {
  EXPECT_EQ(meaning_of({.control = kOther}, {.select = kPedal}, false), Meaning::usual);
}

TEST(APress, IsLearntWhereTheScreenAsksForIt) {
  EXPECT_EQ(meaning_of({.control = kSpace, .has_meaning = true}, {}, true), Meaning::learn);
  EXPECT_EQ(meaning_of({.control = kPedal}, {.select = kPedal}, true), Meaning::learn);
  EXPECT_EQ(meaning_of({.control = kOther, .is_never_a_switch = true}, {}, true), Meaning::usual);
}

}  // namespace
}  // namespace perspective::access

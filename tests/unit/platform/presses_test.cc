#include "platform/presses.h"

#include <gtest/gtest.h>

#include <string>

#include "platform/glfw_keys.h"

namespace perspective::platform {
namespace {

using namespace std::chrono_literals;
using visit::Control;

constexpr Control kKey{Control::Kind::key, 38};
constexpr Control kSwitch{Control::Kind::button, 1};

class PressesOnTheirWay : public ::testing::Test {
 protected:
  static HeardKey key(const Control& control) { return {.press = {.control = control}, .meaning = {}}; }
  void type(char letter, access::Instant now) {
    presses_.down(key(kKey), now, input_);
    presses_.character(static_cast<unsigned char>(letter));
  }
  visit::Input input_;
  int keys_ = 0;
  int repeats_ = 0;
  std::string written_;
  std::chrono::milliseconds wait_{0};
  Presses presses_{{.key = [this](const HeardKey& heard) { ++(heard.press.is_repeat ? repeats_ : keys_); },
                    .character = [this](std::uint32_t letter) { written_ += static_cast<char>(letter); },
                    .wait = [this](std::chrono::milliseconds duration) { wait_ = duration; }}};
};

TEST_F(PressesOnTheirWay, GoOnAtOnceWithTheirLetterByDefault) {
  type('a', 0ms);
  presses_.up(kKey, 10ms);
  type('a', 11ms);
  EXPECT_EQ(written_, "aa");
  EXPECT_EQ(keys_, 2);
}

TEST_F(PressesOnTheirWay, ThatBounceGoNoFurtherNorDoesTheirLetter) {
  input_.ignored = 2;
  type('a', 0ms);
  presses_.up(kKey, 10ms);
  type('a', 400ms);
  presses_.repeat(key(kKey));
  EXPECT_EQ(written_, "a");
  EXPECT_EQ(keys_, 1);
  EXPECT_EQ(repeats_, 0);
}

TEST_F(PressesOnTheirWay, ComeWithTheirLetterOnceTheyWereHeldLongEnough) {
  input_.held = 2;
  type('a', 0ms);
  EXPECT_EQ(wait_, 500ms);
  presses_.repeat(key(kKey));
  EXPECT_EQ(keys_ + repeats_, 0);
  EXPECT_EQ(written_, "");
  presses_.due(505ms);
  EXPECT_EQ(keys_, 1);
  EXPECT_EQ(written_, "a");
  presses_.due(600ms);
  EXPECT_EQ(keys_, 1);
}

TEST_F(PressesOnTheirWay, DoNotComeWhenTheyWereOnlyBrushed) {
  input_.held = 2;
  type('a', 0ms);
  presses_.up(kKey, 100ms);
  presses_.due(505ms);
  EXPECT_EQ(keys_, 0);
  EXPECT_EQ(written_, "");
}

TEST_F(PressesOnTheirWay, OfASwitchNeverBounceWhateverIsSet) {
  input_.select = kSwitch;
  presses_.down(key(kSwitch), 0ms, input_);
  presses_.up(kSwitch, 5ms);
  presses_.down(key(kSwitch), 12ms, input_);
  EXPECT_EQ(keys_, 1);
}

// Numbers as in X11/keysymdef.h, from which they are copied, so that the product's own are checked.
TEST(AKeyThatWritesWithOthers, IsComposeADeadAccentOrAltGrAndNoOther) {
  for (const unsigned symbol : {0xff20U /* Multi_key */, 0xfe50U /* dead_grave */, 0xfe52U /* dead_circumflex */,
                                0xfe57U /* dead_diaeresis */, 0xfe93U /* dead_longsolidusoverlay */,
                                0xfe03U /* ISO_Level3_Shift */, 0xfe11U /* ISO_Level5_Shift */, 0xff7eU}) {
    EXPECT_TRUE(writes_with_others(symbol)) << std::hex << symbol;
  }
  for (const unsigned symbol :
       {0U, 0x61U /* a */, 0xffc5U /* F8 */, 0xff67U /* Menu */, 0xfe20U /* ISO_Left_Tab */, 0xff0dU /* Return */}) {
    EXPECT_FALSE(writes_with_others(symbol)) << std::hex << symbol;
  }
}

}  // namespace
}  // namespace perspective::platform

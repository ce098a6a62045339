#include "access/echo.h"

#include "support/trial_visit.h"

namespace perspective::access {
namespace {

using visit::Writing;

std::string echo(const Writing& before, const Writing& now, const std::string& language = "en") {
  return echo_of(before, now, trial::words(language));
}

TEST(AnEcho, SaysTheLetterAndItsCapital) {
  EXPECT_EQ(echo({"", 0}, {"a", 1}), "A");
  EXPECT_EQ(echo({"", 0}, {"A", 1}), "capital A");
  EXPECT_EQ(echo({"al", 2}, {"all", 3}), "L");
}

TEST(AnEcho, NamesTheLettersOfWelsh) {
  EXPECT_EQ(echo({"d", 1}, {"d\u0175", 3}), "W with a hat");
  EXPECT_EQ(echo({"d", 1}, {"d\u0175", 3}, "cy"), "W to bach");
  EXPECT_EQ(echo({"\u0175", 2}, {"\u0177", 2}, "cy"), "Y to bach");
  EXPECT_EQ(echo({"", 0}, {"\u00ef", 2}, "cy"), "I didolnod");
}

TEST(AnEcho, SaysTheWordAfterItsSpace) {
  EXPECT_EQ(echo({"go home", 7}, {"go home ", 8}), "home");
  EXPECT_EQ(echo({"", 0}, {" ", 1}), "space");
  EXPECT_EQ(echo({"home", 4}, {"home\n", 5}), "home. new line");
}

TEST(AnEcho, SaysASignByItsName) { EXPECT_EQ(echo({"a", 1}, {"a.", 2}), "full stop"); }

TEST(AnEcho, SaysWhatWasDeleted) {
  EXPECT_EQ(echo({"ab", 2}, {"a", 1}), "deleted: B");
  EXPECT_EQ(echo({"one two", 7}, {"one ", 4}), "deleted: two");
}

TEST(AnEcho, SaysWhatStandsAfterTheCaret) {
  EXPECT_EQ(echo({"ab", 2}, {"ab", 1}), "B");
  EXPECT_EQ(echo({"ab", 1}, {"ab", 2}), "the end");
}

TEST(AnEcho, IsSilentWhereNothingChanged) { EXPECT_EQ(echo({"a", 1}, {"a", 1}), ""); }

}  // namespace
}  // namespace perspective::access

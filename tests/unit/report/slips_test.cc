#include "report/slips.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "base/file.h"
#include "support/reference_case.h"
#include "token/token.h"

namespace perspective::report {
namespace {

using testing::HasSubstr;
using testing::Not;

// As a person reads it: a page after another, each ended by a form feed.
std::string as_read(const std::string& pdf) {
  const auto file = std::filesystem::path(testing::TempDir()) / ("slips-" + std::to_string(::getpid()) + ".pdf");
  EXPECT_TRUE(write_file(file, as_bytes(pdf)));
  std::string text;
  std::FILE* pipe = popen(("pdftotext -layout '" + file.string() + "' -").c_str(), "r");
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) text += static_cast<char>(c);
  EXPECT_EQ(pclose(pipe), 0);
  std::filesystem::remove(file);
  return text;
}

std::vector<std::string> drawn(std::size_t count) {
  std::vector<std::string> tokens;
  while (tokens.size() < count) tokens.push_back(token::draw());
  return tokens;
}

std::string slips_of(const std::vector<std::string>& tokens, const std::vector<std::string>& languages) {
  std::vector<text::Catalogue> phrases;
  for (const auto& language : languages) phrases.push_back(reference_case::phrases(language));
  return as_read(reference_case::unwrapped(slips_pdf("Croydon", tokens, phrases)));
}

TEST(SlipsAsPdf, HaveEachTokenOnceThreeOnAPage) {
  const auto tokens = drawn(7);
  const auto text = slips_of(tokens, {"en"});
  for (const auto& token : tokens) {
    const auto at = text.find(token::grouped(token));
    ASSERT_NE(at, std::string::npos);
    EXPECT_EQ(text.find(token::grouped(token), at + 1), std::string::npos);
  }
  EXPECT_EQ(std::ranges::count(text, '\f'), 3);
  const auto first_page = text.substr(0, text.find('\f'));
  EXPECT_THAT(first_page, HasSubstr(token::grouped(tokens[2])));
  EXPECT_THAT(first_page, Not(HasSubstr(token::grouped(tokens[3]))));
}

TEST(SlipsAsPdf, SayOfWhichSurveyTheyAreAndThatNobodyWritesDownWhoHasThem) {
  const auto text = slips_of(drawn(1), {"en"});
  EXPECT_THAT(text, HasSubstr("Croydon: the inspectors’ survey"));
  EXPECT_THAT(text, HasSubstr("It works once."));
  EXPECT_THAT(text, HasSubstr("Nobody writes down who has them."));
}

TEST(SlipsAsPdf, SayItInEachLanguageBesideTheOther) {
  const auto text = slips_of(drawn(1), {"cy", "en"});
  const auto welsh = text.find("arolwg yr");
  ASSERT_NE(welsh, std::string::npos);
  const auto english = text.find("inspectors’");
  ASSERT_NE(english, std::string::npos);
  EXPECT_GT(english, welsh);
  EXPECT_EQ(std::ranges::count(text, '\f'), 1);
}

TEST(SlipsAsPdf, AreTaggedForWhoeverListens) {
  const auto pdf = reference_case::unwrapped(slips_pdf("Croydon", drawn(1), {reference_case::phrases("cy")}));
  const auto file = std::filesystem::path(testing::TempDir()) / ("tagged-" + std::to_string(::getpid()) + ".pdf");
  ASSERT_TRUE(write_file(file, as_bytes(pdf)));
  std::string told;
  std::FILE* pipe = popen(("pdfinfo '" + file.string() + "'").c_str(), "r");
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) told += static_cast<char>(c);
  EXPECT_EQ(pclose(pipe), 0);
  std::filesystem::remove(file);
  EXPECT_THAT(told, HasSubstr("Tagged:          yes"));
  EXPECT_THAT(told, HasSubstr("Croydon: arolwg yr arolygwyr"));
}

// A long name of an area makes the letters smaller, and covers no token.
TEST(SlipsAsPdf, HaveRoomForTheLongestNameOfAnArea) {
  const auto tokens = drawn(3);
  std::string area;
  for (int i = 0; i < 25; ++i) area += "Llanfairpwll ";
  const auto pdf = slips_pdf(area, tokens, {reference_case::phrases("en"), reference_case::phrases("cy")});
  const auto text = as_read(reference_case::unwrapped(pdf));
  // On a line of its own: what runs into it would stand beside it.
  for (const auto& token : tokens) {
    const auto at = text.find(token::grouped(token));
    ASSERT_NE(at, std::string::npos);
    const auto before = text.rfind('\n', at) + 1;
    EXPECT_EQ(text.find_first_not_of(' ', before), at) << text;
    EXPECT_EQ(text.at(at + token::grouped(token).size()), '\n') << text;
  }
}

}  // namespace
}  // namespace perspective::report

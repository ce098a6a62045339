#include <gtest/gtest.h>

#include <algorithm>

#include "base/file.h"
#include "readiness/clock.h"
#include "readiness/reason.h"
#include "support/source_folder.h"
#include "text/catalogue.h"

namespace perspective::readiness {
namespace {

text::Catalogue words(const std::string& language) {
  const std::string path = std::string(kSourceFolder) + "/assets/texts/" + language + ".json";
  return text::Catalogue::parse(read_text(path).value(), language).value();
}

TEST(Reasons, EachIsFoundByItsCodeAndItsNumber) {
  EXPECT_GT(all_reasons().size(), 10U);
  for (const Reason reason : all_reasons()) {
    EXPECT_EQ(reason_of(code_of(reason)), reason);
    EXPECT_EQ(reason_numbered(static_cast<std::uint8_t>(reason)), reason);
  }
  EXPECT_FALSE(reason_of(""));
  EXPECT_FALSE(reason_of("Words of long ago."));
  EXPECT_FALSE(reason_numbered(static_cast<std::uint8_t>(all_reasons().size())));
}

// What is wrong, then what to do. No number that tells how much waits.
TEST(Reasons, EachHasLinesForWhatIsWrongAndWhatToDoInEveryLanguage) {
  for (const auto* language : {"en", "cy"}) {
    const auto catalogue = words(language);
    for (const Reason reason : all_reasons()) {
      const auto key = "kiosk.start.reason." + std::string(code_of(reason));
      ASSERT_TRUE(catalogue.has(key)) << language << " " << key;
      const auto said = catalogue.say(key);
      EXPECT_GE(std::count(said.begin(), said.end(), '\n'), 1) << said;
      EXPECT_TRUE(catalogue.argument_names(key).empty()) << said;
      EXPECT_EQ(said.find_first_of("0123456789"), std::string::npos) << said;
    }
  }
}

TEST(Reasons, WrongClockExplainsTheStranger) {
  EXPECT_EQ(without_echoes({Reason::clock_wrong, Reason::collector_unproven}), Reasons{Reason::clock_wrong});
  EXPECT_EQ(without_echoes({Reason::collector_unproven}), Reasons{Reason::collector_unproven});
}

TEST(Reasons, LostKeyExplainsWhatCannotBeCheckedWithoutIt) {
  EXPECT_EQ(without_echoes(
                {Reason::enrolment_damaged, Reason::package_not_genuine, Reason::no_questionnaire, Reason::disk_full}),
            (Reasons{Reason::disk_full, Reason::enrolment_damaged}));
}

constexpr ClockFacts kRight{
    .now_s = 1000 * 1000, .not_before_s = 900 * 1000, .not_after_s = 2000 * 1000, .collector_now_s = std::nullopt};

ClockFacts at(std::int64_t now_s) {
  auto facts = kRight;
  facts.now_s = now_s;
  return facts;
}

ClockFacts beside_collector(std::int64_t now_s) {
  auto facts = kRight;
  facts.collector_now_s = now_s;
  return facts;
}

TEST(TheClock, IsNotDoubtedWithoutReason) {
  EXPECT_FALSE(judge_clock(kRight));
  EXPECT_FALSE(judge_clock(at(kRight.not_before_s)));
  EXPECT_FALSE(judge_clock(at(kRight.not_after_s)));
}

TEST(TheClock, IsWrongBeforeTheKiosksCertificateBegan) {
  EXPECT_EQ(judge_clock(at(kRight.not_before_s - 1)), Reason::clock_wrong);
}

TEST(TheClock, IsWrongOrTheCertificateHasEndedAfterIt) {
  EXPECT_EQ(judge_clock(at(kRight.not_after_s + 1)), Reason::certificate_ended);
}

TEST(TheClock, IsWrongWhenTheCollectorsIsMuchAheadOrMuchBehind) {
  for (const std::int64_t sign : {-1, 1}) {
    EXPECT_FALSE(judge_clock(beside_collector(kRight.now_s + sign * kClockTolerance_s)));
    EXPECT_EQ(judge_clock(beside_collector(kRight.now_s + sign * (kClockTolerance_s + 1))), Reason::clock_wrong);
  }
}

}  // namespace
}  // namespace perspective::readiness

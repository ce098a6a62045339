#include "comments/unread.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/clock.h"
#include "base/file.h"
#include "support/source_folder.h"

namespace perspective::comments {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

WorkingDays england_and_wales() {
  return *WorkingDays::parse(*read_text(std::filesystem::path(kSourceFolder) / "assets/comments/working-days.json"));
}

std::string after(const std::string& day, int working_days) {
  return day_text(england_and_wales().after(*parse_day(day), working_days));
}

TEST(TwoWorkingDays, AfterATuesdayEndOnThursday) { EXPECT_EQ(after("2026-11-24", 2), "2026-11-26"); }
TEST(TwoWorkingDays, DoNotCountAWeekend) {
  EXPECT_EQ(after("2026-11-26", 2), "2026-11-30");
  EXPECT_EQ(after("2026-11-27", 2), "2026-12-01");
  EXPECT_EQ(after("2026-11-28", 2), "2026-12-01");
}
TEST(TwoWorkingDays, DoNotCountTheDayOffInPlaceOfBoxingDay) { EXPECT_EQ(after("2026-12-24", 2), "2026-12-30"); }
TEST(TwoWorkingDays, DoNotCountEaster) { EXPECT_EQ(after("2027-03-25", 2), "2027-03-31"); }

TEST(TheListOfBankHolidays, HasEightAYearAndNoneAtAWeekend) {
  const auto calendar = england_and_wales();
  for (int year = 2025; year <= 2028; ++year) {
    int holidays = 0;
    auto day = *parse_day(std::to_string(year) + "-01-01");
    for (; day_text(day).starts_with(std::to_string(year)); day += std::chrono::days(1)) {
      const std::chrono::weekday weekday(day);
      const bool is_weekend = weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
      holidays += !is_weekend && !calendar.is_working_day(day) ? 1 : 0;
    }
    EXPECT_EQ(holidays, 8) << year;
  }
}
TEST(TheListOfBankHolidays, SaysWhenItEndsSoonOrHasEnded) {
  const auto calendar = england_and_wales();
  EXPECT_THAT(calendar.warning(*parse_day("2026-11-26")), IsEmpty());
  EXPECT_THAT(calendar.warning(*parse_day("2028-11-26")), HasSubstr("ends on 2028-12-31"));
  EXPECT_THAT(calendar.warning(*parse_day("2029-01-01")), HasSubstr("ended on 2028-12-31"));
  EXPECT_THAT(WorkingDays().warning(*parse_day("2026-11-26")), HasSubstr("no list"));
}
TEST(TheListOfBankHolidays, IsRefusedWhereADayIsNone) {
  EXPECT_FALSE(WorkingDays::parse(R"({"until": "2028-12-31", "bank_holidays": ["2028-02-30"]})"));
  EXPECT_FALSE(WorkingDays::parse(R"({"bank_holidays": []})"));
  EXPECT_FALSE(WorkingDays::parse("[]"));
}

const std::vector<Arrived> kThreeDays{{"2026-11-25", 2}, {"2026-11-23", 5}, {"2026-11-24", 6}};

TEST(WhatNobodyHasRead, BeginsOnTheDayOfTheFirstResponse) {
  EXPECT_EQ(unread_of(kThreeDays, 0, 13), (Unread{"2026-11-23", 13}));
}
TEST(WhatNobodyHasRead, BeginsAfterWhatWasThereWhenAllWasRead) {
  EXPECT_EQ(unread_of(kThreeDays, 4, 13), (Unread{"2026-11-23", 9}));
  EXPECT_EQ(unread_of(kThreeDays, 5, 13), (Unread{"2026-11-24", 8}));
  EXPECT_EQ(unread_of(kThreeDays, 12, 13), (Unread{"2026-11-25", 1}));
}
TEST(WhatNobodyHasRead, IsNothingOnceAllIsRead) {
  EXPECT_EQ(unread_of(kThreeDays, 13, 13), std::nullopt);
  EXPECT_EQ(unread_of({}, 0, 0), std::nullopt);
}
TEST(WhatNobodyHasRead, IsNoMoreThanIsThere) {
  EXPECT_EQ(unread_of(kThreeDays, 0, 3)->responses, 3);
  EXPECT_EQ(unread_of(kThreeDays, 0, 0), std::nullopt) << "all were taken back";
}
TEST(WhatNobodyHasRead, IsNotWhatWasTakenBackBeforeItCouldBe) {
  EXPECT_EQ(unread_of({{"", 3}}, 0, 3), std::nullopt);
  EXPECT_EQ(unread_of({{"", 3}, {"2026-11-25", 1}}, 0, 1), (Unread{"2026-11-25", 1}));
}

Term term(const std::string& since, const std::string& today) {
  return *term_of(england_and_wales(), since, kReadWithin, today);
}

TEST(ATerm, IsAnAlarmFromTheMorningOfItsLastDay) {
  EXPECT_EQ(term("2026-11-24", "2026-11-25"), (Term{"2026-11-26", false, false}));
  EXPECT_EQ(term("2026-11-24", "2026-11-26"), (Term{"2026-11-26", true, false}));
  EXPECT_EQ(term("2026-11-24", "2026-11-27"), (Term{"2026-11-26", true, true}));
}

}  // namespace
}  // namespace perspective::comments

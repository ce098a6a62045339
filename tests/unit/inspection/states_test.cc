// The table of an inspection's life, and what is due when: pure.
#include "inspection/life.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace perspective::inspection {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::set<std::string> ways() {
  std::set<std::string> ways;
  for (const auto from : kStates) {
    for (const auto to : kStates) {
      if (check_step(from, to)) ways.insert(std::string(to_text(from)) + " > " + std::string(to_text(to)));
    }
  }
  return ways;
}

// The states in which it is allowed.
template <typename Allowed>
std::vector<State> where(Allowed allowed) {
  std::vector<State> states;
  for (const auto state : kStates) {
    if (allowed_in(state).*allowed) states.push_back(state);
  }
  return states;
}

std::vector<std::string> due(State state, const Dates& dates, const std::string& today, int months = 6) {
  std::vector<std::string> says;
  for (const auto& reminder : reminders(state, dates, months, today)) {
    says.push_back((reminder.is_overdue ? "! " : "") + reminder.says);
  }
  return says;
}

TEST(TheLifeOfAnInspection, GoesOnlyTheseWays) {
  EXPECT_EQ(ways(), (std::set<std::string>{"draft > open", "draft > destroyed", "open > fieldwork-ended",
                                           "fieldwork-ended > provisional", "fieldwork-ended > draft-report",
                                           "provisional > draft-report", "draft-report > published",
                                           "draft-report > destroyed", "published > destroyed"}));
}

TEST(TheLifeOfAnInspection, AllowsInEachStateWhatItShould) {
  using enum State;
  EXPECT_THAT(where(&Allowance::policy), ElementsAre(draft));
  EXPECT_THAT(where(&Allowance::dates), ElementsAre(draft, open, fieldwork_ended, provisional, draft_report));
  EXPECT_THAT(where(&Allowance::kiosks), ElementsAre(open, fieldwork_ended, provisional, draft_report, published));
  EXPECT_THAT(where(&Allowance::tokens), ElementsAre(draft, open));
  EXPECT_THAT(where(&Allowance::envelopes), ElementsAre(open, fieldwork_ended, provisional));
  EXPECT_THAT(where(&Allowance::withdrawals), ElementsAre(open));
  EXPECT_THAT(where(&Allowance::ledgers), ElementsAre(fieldwork_ended, provisional, draft_report, published));
  EXPECT_THAT(where(&Allowance::quotations), ElementsAre(open, fieldwork_ended, provisional, draft_report));
  EXPECT_THAT(where(&Allowance::unlocking), ElementsAre(open, fieldwork_ended, provisional, draft_report, published));
}

TEST(TheLifeOfAnInspection, IsReadAsItIsWrittenAndAsAnEarlierVersionWroteIt) {
  for (const auto state : kStates) EXPECT_EQ(*state_of(to_text(state), "lewes"), state);
  EXPECT_EQ(*state_of("closed", "lewes"), State::fieldwork_ended);
  EXPECT_EQ(state_of("frozen", "lewes").error().code, ErrorCode::corrupt);
}

TEST(TheLifeOfAnInspection, SaysWhatCanFollow) {
  EXPECT_EQ(check_step(State::open, State::published).error().what,
            "it is open: what can follow is fieldwork-ended, not published");
  EXPECT_EQ(check_step(State::draft_report, State::open).error().what,
            "it is at its draft report: what can follow is published or destroyed, not open");
  EXPECT_EQ(check_step(State::open, State::open).error().what, "it is open already");
  EXPECT_EQ(check_step(State::destroyed, State::open).error().what, "it is destroyed, and stays so");
}

TEST(DatesOfAnInspection, AreDaysInTheirOrder) {
  EXPECT_TRUE(check_dates({}));
  EXPECT_TRUE(check_dates({.fieldwork_starts = "2012-02-29", .fieldwork_ends = "2012-02-29"}));
  EXPECT_TRUE(check_dates({.fieldwork_starts = "2012-11-19", .report_due = "2013-02-22"}));
  for (const std::string day : {"2011-02-29", "2012-13-01", "2012-00-10", "19-11-2012", "2012-11-1", "2012/11/19",
                                "soon", "2012-11-1x", "-012-11-01"}) {
    EXPECT_EQ(check_dates({.fieldwork_ends = day}).error().code, ErrorCode::invalid) << day;
  }
  EXPECT_THAT(check_dates({.fieldwork_starts = "2012-11-20", .fieldwork_ends = "2012-11-19"}).error().what,
              HasSubstr("2012-11-19, when fieldwork ends, is before"));
  EXPECT_FALSE(check_dates({.fieldwork_starts = "2012-11-20", .report_due = "2012-11-19"}));
}

TEST(RemindersOfAnInspection, SayAWeekBeforeWhatIsDueAndAfterwardsThatItIsLate) {
  const Dates dates{.fieldwork_starts = "2012-11-19", .fieldwork_ends = "2012-11-30", .report_due = "2013-02-22"};
  EXPECT_THAT(due(State::draft, dates, "2012-11-11"), IsEmpty());
  EXPECT_THAT(due(State::draft, dates, "2012-11-12"), ElementsAre("Fieldwork starts on 2012-11-19, in 7 days."));
  EXPECT_THAT(
      due(State::draft, dates, "2012-11-20"),
      ElementsAre("! Fieldwork was to start on 2012-11-19, 1 day ago: open the inspection, or change the day."));
  EXPECT_THAT(due(State::open, dates, "2012-11-30"), ElementsAre("Fieldwork ends on 2012-11-30, today."));
  EXPECT_THAT(due(State::open, dates, "2012-12-02"),
              ElementsAre("! Fieldwork was to end on 2012-11-30, 2 days ago: end it, or change the day."));
  EXPECT_THAT(due(State::fieldwork_ended, dates, "2012-12-10"),
              ElementsAre("Provisional findings are due on 2012-12-14, in 4 days."));
  EXPECT_THAT(
      due(State::provisional, dates, "2013-01-12"),
      ElementsAre("! The draft report was to go to the service by 2013-01-11, 1 day ago: it goes within six weeks "
                  "of fieldwork."));
  EXPECT_THAT(due(State::draft_report, dates, "2013-02-23"),
              ElementsAre("! The report was due on 2013-02-22, 1 day ago: publish it, or change the day."));
  EXPECT_THAT(due(State::published, dates, "2013-02-23"), IsEmpty());
}

TEST(RemindersOfAnInspection, SayWhenItsAnswersAreToBeDestroyed) {
  const Dates dates{.published_on = "2012-08-31"};
  EXPECT_THAT(due(State::published, dates, "2013-02-20"), IsEmpty());
  EXPECT_THAT(due(State::published, dates, "2013-02-21"),  // February has no 31st
              ElementsAre("The answers are to be destroyed on 2013-02-28, in 7 days."));
  EXPECT_THAT(due(State::published, dates, "2013-02-21", 12), IsEmpty());
  EXPECT_THAT(due(State::destroyed, dates, "2014-02-21"), IsEmpty());
}

TEST(CountsInFives, AreRoundedDownSoThatNoOnePersonShows) {
  EXPECT_EQ(in_fives(0), 0);
  EXPECT_EQ(in_fives(4), 0);
  EXPECT_EQ(in_fives(5), 5);
  EXPECT_EQ(in_fives(9), 5);
  EXPECT_EQ(in_fives(10), 10);
  EXPECT_EQ(in_fives(-3), 0);
}

}  // namespace
}  // namespace perspective::inspection

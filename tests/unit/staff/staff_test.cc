#include "staff/staff.h"

#include "support/trial_visit.h"

namespace perspective::staff {
namespace {

const std::vector<Offered> kTwo = {{.inspection = "one", .questionnaire = "x", .title = "X", .area = "Here"},
                                   {.inspection = "one", .questionnaire = "y", .title = "Y", .area = "Here"}};

screen::Screen start(const std::vector<Offered>& offered, const Status& status = {}) {
  return start_screen(offered, status, trial::words());
}

TEST(TheStartScreen, OffersEachQuestionnaireByItsTitle) {
  const auto now = start(kTwo);
  EXPECT_EQ(now.id, "start");
  ASSERT_NE(now.item("questionnaire.y"), nullptr);
  EXPECT_EQ(now.item("questionnaire.y")->label, "Y");
  EXPECT_EQ(now.item("questionnaire.y")->action, screen::Action(screen::StartVisit{"one", "y"}));
}

TEST(TheStartScreen, TellsSeveralInspectionsApart) {
  auto offered = kTwo;
  offered.push_back({.inspection = "two", .questionnaire = "x", .title = "X", .area = "There"});
  const auto now = start(offered);
  EXPECT_NE(now.item("questionnaire.one/x"), nullptr);
  EXPECT_NE(now.item("questionnaire.two/x"), nullptr);
  EXPECT_EQ(now.item("area.two")->label, "Inspection: There");
}

TEST(TheStartScreen, SaysHowSendingGoesWithoutNumbers) {
  EXPECT_EQ(start(kTwo).item("status")->label, "All sent");
  const auto now = start(kTwo, {.sending = Sending::some_waiting, .reason = "No network."});
  EXPECT_EQ(now.item("status")->label, "Some waiting");
  EXPECT_EQ(now.item("status.reason")->label, "No network.");
}

TEST(TheStartScreen, StartsNothingWhileTheOutboxRefuses) {
  const auto now = start(kTwo, {.sending = Sending::full, .reason = "", .is_taking_visits = false});
  EXPECT_FALSE(now.item("questionnaire.x")->enabled);
  EXPECT_NE(now.item("refuses"), nullptr);
}

TEST(TheStartScreen, SaysSoWhereThereIsNothingToStart) { EXPECT_NE(start({}).item("none"), nullptr); }

}  // namespace
}  // namespace perspective::staff

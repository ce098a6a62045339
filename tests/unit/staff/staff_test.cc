#include "staff/staff.h"

#include <algorithm>
#include <sstream>

#include "support/trial_visit.h"

namespace perspective::staff {
namespace {

using readiness::Reason;
using readiness::Weight;

const std::vector<Offered> kTwo = {{.inspection = "one", .questionnaire = "x", .title = "X", .area = "Here"},
                                   {.inspection = "one", .questionnaire = "y", .title = "Y", .area = "Here"}};

screen::Screen start(const std::vector<Offered>& offered, const Status& status = {},
                     const std::string& language = "en") {
  return start_screen(offered, status, trial::words(language));
}

bool says(const screen::Screen& screen, const std::string& label) {
  return std::ranges::any_of(screen.items, [&](const auto& item) { return item.label == label; });
}

// Each line of a reason, spoken as it is written.
void expect_said(const screen::Screen& screen, Reason reason, const std::string& language) {
  const auto text = trial::words(language).say("kiosk.start.reason." + std::string(code_of(reason)));
  std::istringstream lines(text);
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    EXPECT_TRUE(says(screen, line)) << language << ": " << text;
  }
  EXPECT_GE(count, 2) << "what is wrong, and what to do: " << text;
}

TEST(TheStartScreen, OffersEachQuestionnaireByItsTitle) {
  const auto now = start(kTwo);
  EXPECT_EQ(now.id, "start");
  ASSERT_NE(now.item("questionnaire.y"), nullptr);
  EXPECT_EQ(now.item("questionnaire.y")->label, "Y");
  EXPECT_EQ(now.item("questionnaire.y")->action, screen::Action(screen::StaffAction(screen::PrepareVisit{"one", "y"})));
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
  const auto now = start(kTwo, {Sending::some_waiting, {Reason::collector_unreachable}});
  EXPECT_EQ(now.item("status")->label, "Some waiting");
  EXPECT_EQ(now.item("waits.collector_unreachable")->label, "The collector cannot be reached.");
}

TEST(TheStartScreen, SaysWhyNothingIsSentOnlyWhileSomethingWaits) {
  EXPECT_EQ(start(kTwo, {Sending::all_sent, {Reason::collector_unreachable}}).item("waits.collector_unreachable"),
            nullptr);
}

TEST(TheStartScreen, SaysEachReasonWithWhatToDoInEveryLanguage) {
  for (const auto* language : {"en", "cy"}) {
    for (const Reason reason : readiness::all_reasons()) {
      auto offered = kTwo;
      const bool is_of_one = weight_of(reason) == Weight::stops_questionnaire;
      if (is_of_one) offered[0].why_not = reason;
      const Status status{Sending::some_waiting, is_of_one ? readiness::Reasons{} : readiness::Reasons{reason}};
      expect_said(start(offered, status, language), reason, language);
    }
  }
}

TEST(TheStartScreen, StartsNothingForAReasonThatStopsVisitsAndAnythingForAnother) {
  int stopping = 0;
  for (const Reason reason : readiness::all_reasons()) {
    if (weight_of(reason) == Weight::stops_questionnaire) continue;
    const bool stops = weight_of(reason) == Weight::stops_visits;
    const auto now = start(kTwo, {Sending::some_waiting, {reason}});
    EXPECT_EQ(now.item("questionnaire.x")->enabled, !stops) << code_of(reason);
    EXPECT_EQ(now.item("refuses") != nullptr, stops) << code_of(reason);
    stopping += stops ? 1 : 0;
  }
  EXPECT_EQ(stopping, 5);
}

TEST(TheStartScreen, StartsNothingWhileTheOutboxIsFull) {
  const auto now = start(kTwo, {Sending::full, {}});
  EXPECT_FALSE(now.item("questionnaire.x")->enabled);
  EXPECT_NE(now.item("refuses"), nullptr);
  EXPECT_EQ(now.item("choose"), nullptr) << "there is nothing to press";
  EXPECT_NE(start(kTwo).item("choose"), nullptr);
}

TEST(TheStartScreen, StopsOneQuestionnaireAndOffersTheOther) {
  auto offered = kTwo;
  offered[0].why_not = Reason::keys_unusable;
  const auto now = start(offered);
  EXPECT_FALSE(now.item("questionnaire.x")->enabled);
  EXPECT_TRUE(now.item("questionnaire.y")->enabled);
  ASSERT_NE(now.item("why.keys_unusable.x"), nullptr);
  const auto behind = std::ranges::find(now.items, "questionnaire.x", &screen::Item::id) + 1;
  EXPECT_EQ(behind->id, "why.keys_unusable.x");
  EXPECT_EQ(now.item("refuses"), nullptr);
}

TEST(TheStartScreen, OfATerminalSaysTheSame) {
  auto offered = kTwo;
  offered[1].why_not = Reason::keys_unusable;
  const auto lines = lines_of(offered, {Sending::some_waiting, {Reason::disk_full, Reason::set_aside}}, trial::words());
  const std::vector<std::string> expected{"No visit can start now.",
                                          "The disk of this kiosk is full.",
                                          "Free some space on it.",
                                          "What waits here is safe.",
                                          "The collector has not taken everything.",
                                          "It is kept here.",
                                          "Tell the inspectors.",
                                          "Y:",
                                          "This questionnaire cannot start: its answers could not be locked.",
                                          "Tell the inspectors."};
  EXPECT_EQ(lines, expected);
  EXPECT_TRUE(lines_of(kTwo, {}, trial::words()).empty());
}

}  // namespace
}  // namespace perspective::staff

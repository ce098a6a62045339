#include "report/reconciliation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/reference_case.h"

namespace perspective::report {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// Two kiosks, of which all came in.
Reconciliation balanced() {
  Reconciliation sides;
  sides.has_fieldwork_ended = true;
  sides.kiosks = {
      {.name = "Front office", .told = Ledger{.started = 36, .lost = 1, .stopped = 4, .sent = 31}, .came_in = 31},
      {.name = "Back room", .told = Ledger{.started = 3, .timed_out = 1, .sent = 2}, .came_in = 2}};
  sides.collector = {.accepted = 33, .counted = 32, .set_aside = 1};
  return sides;
}

std::vector<std::string> gaps(const Reconciliation& sides, const std::string& language = "en") {
  return reference_case::unwrapped(gaps_of(sides, reference_case::phrases(language)));
}
std::string text(const Reconciliation& sides, const std::string& language = "en") {
  return reference_case::unwrapped(
      reconciliation_text(sides, "Croydon", "croydon-2012", reference_case::phrases(language)));
}

TEST(CountsOfKiosksAndCollector, ThatAgreeHaveNoGap) {
  EXPECT_THAT(gaps(balanced()), IsEmpty());
  EXPECT_EQ(text(balanced()),
            "NOT FOR RELEASE. For inspectors only: these numbers may point to one person.\n"
            "\n"
            "Do the counts agree? Croydon (croydon-2012)\n"
            "They agree: all that was sent has come in.\n"
            "\n"
            "Kiosks (2 of 2 have reported)\n"
            "  Visits that began: 39\n"
            "  Sent: 33\n"
            "  Withdrawn: 0\n"
            "  Stopped, and all deleted: 4\n"
            "  Nobody was there any more: 1\n"
            "  Lost, as when the power went: 1\n"
            "  Still on a kiosk: 0\n"
            "\n"
            "Collector\n"
            "  Came in: 33\n"
            "  Still sealed: 0\n"
            "  Counted: 32\n"
            "  Set aside, as they could not be read: 1\n"
            "  Withdrawn: 0\n"
            "\n"
            "Tokens: none. No visit here spends one.\n");
}

// The same two kiosks, where each visit spent a token; three of them sent nothing.
Reconciliation with_tokens() {
  auto sides = balanced();
  sides.kiosks[0].tokens = 34;
  sides.kiosks[1].tokens = 2;
  sides.tokens = {.issued = 40, .spent = 36, .spent_twice = 0, .never_issued = 0};
  return sides;
}

TEST(TokensBesideCounts, ThatAgreeHaveNoGapThoughSomeVisitsSentNothing) {
  EXPECT_THAT(gaps(with_tokens()), IsEmpty());
  EXPECT_THAT(text(with_tokens()), HasSubstr("\n"
                                             "Tokens\n"
                                             "  Issued: 40\n"
                                             "  Spent: 36\n"
                                             "  Unused: 4\n"
                                             "  Spent at two kiosks: 0\n"
                                             "  Spent, though nobody issued them: 0\n"
                                             "  Spent on visits that sent nothing: 3\n"));
}

TEST(TokensBesideCounts, AreNotToldWhileFieldworkIsOpen) {
  auto sides = with_tokens();
  sides.has_fieldwork_ended = false;
  sides.tokens->spent_twice = 1;
  EXPECT_THAT(gaps(sides), IsEmpty());
  EXPECT_THAT(text(sides), Not(HasSubstr("Tokens")));
}

TEST(TokensBesideCounts, SayHowManyWereSpentAtTwoKiosksOrWereNobodys) {
  auto sides = with_tokens();
  sides.tokens->spent_twice = 1;
  sides.tokens->never_issued = 2;
  EXPECT_THAT(gaps(sides), ElementsAre("One token was spent at two kiosks: somebody may have answered twice.",
                                       "Two tokens were spent that nobody issued: somebody may have changed a kiosk."));
}

// Kiosk by kiosk: one too many here does not make up for one too few there.
TEST(TokensBesideCounts, SayWhichKioskHasMoreResponsesThanTokens) {
  auto sides = with_tokens();
  sides.kiosks[1].tokens = 1;
  EXPECT_THAT(gaps(sides), ElementsAre("There are more responses than tokens. Back room has 2 responses; it took one "
                                       "token."));
}

TEST(TokensBesideCounts, CountWhatAKioskHoldsOrWasTakenBackAsAResponse) {
  auto sides = with_tokens();
  sides.kiosks[1].told = Ledger{.started = 4, .waiting = 1, .quarantined = 1, .withdrawn = 2};
  sides.kiosks[1].came_in = 0;
  sides.kiosks[1].tokens = 3;
  EXPECT_THAT(gaps(sides), ElementsAre(HasSubstr("still holds 2 responses"), HasSubstr("has 4 responses; it took 3")));
}

// Whoever has its key may send what he likes: the tokens tell, before it says a word.
TEST(TokensBesideCounts, SayWhatCameUnderTheNameOfAKioskThatTookNoToken) {
  auto sides = with_tokens();
  sides.kiosks.push_back({.name = "Old", .is_revoked = true, .told = {}, .came_in = 9});
  sides.collector.accepted += 9;
  sides.collector.counted += 9;
  EXPECT_THAT(gaps(sides), ElementsAre("One kiosk has not yet reported: Old (revoked).",
                                       "There are more responses than tokens. Old (revoked) has 9 responses; it took "
                                       "no token."));
}

TEST(TokensBesideCounts, SayWhichKioskTookMoreTokensThanItHadVisits) {
  auto sides = with_tokens();
  sides.kiosks[1].tokens = 5;
  EXPECT_THAT(gaps(sides), ElementsAre("There are more tokens than visits. Back room took 5 tokens; it says that 3 "
                                       "visits began."));
}

TEST(CountsOfKiosksAndCollector, AreNotToldWhileFieldworkIsOpen) {
  auto sides = balanced();
  sides.has_fieldwork_ended = false;
  sides.kiosks[0].came_in = 30;
  EXPECT_THAT(gaps(sides), IsEmpty());
  EXPECT_THAT(text(sides), HasSubstr("Fieldwork is still open."));
  EXPECT_THAT(text(sides), Not(HasSubstr("3")));
}

TEST(CountsOfKiosksAndCollector, SayWhatDidNotComeIn) {
  auto sides = balanced();
  sides.kiosks[0].came_in = 30;
  sides.collector = {.accepted = 32, .counted = 32};
  EXPECT_THAT(gaps(sides), ElementsAre("Responses are missing. Front office says it sent 31; 30 came in."));
  EXPECT_THAT(text(sides), Not(HasSubstr("They agree")));
}

TEST(CountsOfKiosksAndCollector, SayWhatNoKioskSent) {
  auto sides = balanced();
  sides.kiosks[1].came_in = 3;
  sides.collector = {.accepted = 34, .counted = 34};
  EXPECT_THAT(gaps(sides),
              ElementsAre("There are more responses than there should be. Back room says it sent 2; 3 came "
                          "in under its name."));
}

// One that goes missing here does not make up for one that is too many there.
TEST(CountsOfKiosksAndCollector, AreComparedKioskByKiosk) {
  auto sides = balanced();
  sides.kiosks[0].came_in = 30;
  sides.kiosks[1].came_in = 3;
  EXPECT_EQ(gaps(sides).size(), 2U);
}

// It came in, its receipt was lost on the way, and then its person took it back.
TEST(CountsOfKiosksAndCollector, AllowForWhatWasWithdrawnBeforeItsReceiptCame) {
  auto sides = balanced();
  sides.kiosks[1].told = Ledger{.started = 2, .sent = 1, .withdrawn = 1};
  EXPECT_THAT(gaps(sides), IsEmpty());
  sides.kiosks[1].came_in = 1;
  sides.collector = {.accepted = 32, .counted = 32};
  EXPECT_THAT(gaps(sides), IsEmpty());
}

TEST(CountsOfKiosksAndCollector, SayWhichKiosksHaveNotReported) {
  auto sides = balanced();
  sides.kiosks[1].told.reset();
  EXPECT_THAT(gaps(sides), ElementsAre("One kiosk has not yet reported: Back room."));
  sides.kiosks[0].told.reset();
  sides.kiosks[0].is_revoked = true;
  EXPECT_THAT(gaps(sides), ElementsAre("Two kiosks have not yet reported: Front office (revoked), Back room."));
  EXPECT_THAT(text(sides), HasSubstr("Kiosks (0 of 2 have reported)"));
}

TEST(CountsOfKiosksAndCollector, SayWhatAKioskStillHolds) {
  auto sides = balanced();
  sides.kiosks[1].told = Ledger{.started = 3, .quarantined = 1, .sent = 2};
  EXPECT_THAT(gaps(sides), ElementsAre("Back room still holds one response that the collector would not take."));
}

TEST(CountsOfKiosksAndCollector, SayWhatTheCollectorCannotAccountFor) {
  auto sides = balanced();
  sides.collector = {.accepted = 33, .still_sealed = 3, .counted = 27, .set_aside = 1, .withdrawn = 1};
  EXPECT_THAT(gaps(sides), ElementsAre("The collector took in 33 responses. It can account for 32."));
}

TEST(CountsOfKiosksAndCollector, HaveWordsForEveryGapInWelsh) {
  auto sides = balanced();
  sides.kiosks[0].came_in = 30;
  sides.kiosks[1].came_in = 9;
  sides.kiosks[1].told->quarantined = 2;
  sides.kiosks.push_back({.name = "Hen giosg", .is_revoked = true, .told = {}, .came_in = 1});
  sides.collector.accepted = 40;
  sides.tokens = {.issued = 9, .spent = 2, .spent_twice = 1, .never_issued = 3};
  sides.kiosks[0].tokens = 40;
  EXPECT_EQ(gaps(sides, "cy").size(), 10U);
  EXPECT_THAT(text(sides, "cy"), Not(HasSubstr("{")));
}

}  // namespace
}  // namespace perspective::report

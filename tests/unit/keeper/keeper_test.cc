#include "keeper/keeper.h"

#include <csignal>

#include "keeper/isolation.h"
#include "keeper_with_children.h"

namespace perspective::keeper {
namespace {

TEST_F(KeeperWithChildren, FirstChildHearsTheStateAndIsShown) {
  const auto child = next_child();
  EXPECT_EQ(child.next_line(), "state 0 ");
  EXPECT_EQ(child.next_line(), "show draft=");
}

TEST_F(KeeperWithChildren, HandsOnThatAllIsToBeSentAndHowItWent) {
  const auto child = first_child();
  child.tell("send_now");
  while (asked_to_send_ == 0) std::this_thread::yield();
  keeper_->tell_sent(readiness::Reason::collector_busy);
  EXPECT_EQ(child.await("sent"), "sent collector_busy");
  keeper_->tell_sent({});
  EXPECT_EQ(child.await("sent"), "sent all");
}

TEST_F(KeeperWithChildren, TellsWhatTheReadinessReportTells) {
  const auto child = first_child();
  child.tell("look_over");
  EXPECT_EQ(child.await("looked"), "looked over {}");
}

TEST_F(KeeperWithChildren, HandsOnThatAStickIsThereAndWhatBecameOfIt) {
  const auto child = first_child();
  child.tell("use_stick");
  while (asked_for_stick_ == 0) std::this_thread::yield();
  keeper_->tell_stick({.has_copy = true});
  EXPECT_EQ(child.await("stick"), "stick 0 copy");
  keeper_->tell_stick({.fate = readiness::StickFate::not_there});
  EXPECT_EQ(child.await("stick"), "stick 1");
}

class KeeperThatCannotSend : public KeeperWithChildren {
 protected:
  KeeperThatCannotSend() { has_uploader_ = false; }
};

TEST_F(KeeperThatCannotSend, SaysSoAtOnce) {
  const auto child = first_child();
  child.tell("send_now");
  EXPECT_EQ(child.await("sent"), "sent enrolment_damaged");
  child.tell("use_stick");
  EXPECT_EQ(child.await("stick"), "stick 3");
}

class KeeperWithAPin : public KeeperWithChildren {
 protected:
  KeeperWithAPin() { pin_ = "482907"; }
};

TEST_F(KeeperWithAPin, TellsEachChildOfItBeforeItIsShown) {
  const auto first = next_child();
  EXPECT_EQ(first.next_line(), "state 0 ");
  EXPECT_EQ(first.next_line(), "has pin");
  EXPECT_EQ(first.next_line(), "show draft=");
  first.open_window();
  const auto second = next_child();
  EXPECT_EQ(second.await("has pin"), "has pin");
}

TEST_F(KeeperWithAPin, JudgesIt) {
  const auto child = first_child();
  EXPECT_EQ(child.ask("pin 000001"), "pin wrong locked=0");
  EXPECT_EQ(child.ask("pin 482907"), "pin right locked=0");
}

// Whoever ends the window's process, and has the next one, has not got five more.
TEST_F(KeeperWithAPin, CountsOnOverTheDeathOfAChild) {
  const auto first = first_child();
  const auto second = next_child();
  for (int i = 0; i < 4; ++i) EXPECT_EQ(first.ask("pin 000001"), "pin wrong locked=0");
  first.tell("die");
  EXPECT_EQ(second.await("show"), "show draft=");
  EXPECT_EQ(second.ask("pin 000001"), "pin wrong locked=60");
  EXPECT_TRUE(second.ask("pin 482907").starts_with("pin wrong locked="));
}

TEST_F(KeeperWithChildren, NextChildIsStartedAheadAndShownWhenTheVisitEnds) {
  const auto first = first_child();
  const auto second = next_child();
  first.begin_visit("words");
  first.tell("end");
  EXPECT_EQ(second.await("show"), "show draft=");
  first.tell("exit");
  EXPECT_TRUE(first.is_gone());
}

TEST_F(KeeperWithChildren, KilledChildsDraftComesBackInTheNext) {
  const auto first = first_child();
  const auto second = next_child();
  first.begin_visit("half a visit");
  kill(first.process(), SIGKILL);
  EXPECT_EQ(second.await("show"), "show draft=half a visit");
}

TEST_F(KeeperWithChildren, SecondCrashOnOneDraftDropsIt) {
  const auto first = first_child();
  const auto second = next_child();
  first.begin_visit("poison");
  first.tell("die");
  EXPECT_EQ(second.await("show"), "show draft=poison");
  second.take_draft();
  second.open_window();
  const auto third = next_child();
  second.tell("die");
  EXPECT_EQ(third.await("show"), "show draft=");
}

// As when the display goes and takes both: the second was shown, and never looked at the draft.
TEST_F(KeeperWithChildren, DraftOutlivesAChildThatDiedBeforeItLookedAtIt) {
  const auto first = first_child();
  const auto second = next_child();
  second.open_window();
  first.begin_visit("kept");
  first.tell("die");
  EXPECT_EQ(second.await("show"), "show draft=kept");
  second.tell("die");
  const auto third = next_child();
  EXPECT_EQ(third.await("show"), "show draft=kept");
  third.take_draft();
  third.tell("die");
  EXPECT_EQ(next_child().await("show"), "show draft=");
}

TEST_F(KeeperWithChildren, CrashesOfDifferentVisitsDoNotAddUp) {
  const auto first = first_child();
  const auto second = next_child();
  first.begin_visit("one");
  first.tell("die");
  second.await("show");
  second.open_window();
  const auto third = next_child();
  second.tell("end");
  third.await("show");
  third.open_window();
  const auto fourth = next_child();
  third.begin_visit("two");
  third.tell("die");
  EXPECT_EQ(fourth.await("show"), "show draft=two");
}

TEST_F(KeeperWithChildren, PutIsDurableBeforeTheChildHearsOk) {
  const auto child = first_child();
  child.tell("put sealed");
  EXPECT_EQ(child.await("put"), "put ok");
  EXPECT_EQ(outbox_->draw_batch(1).value().at(0).body, Bytes({'s', 'e', 'a', 'l', 'e', 'd'}));
  EXPECT_EQ(child.await("state"), "state 1 ");
  EXPECT_EQ(told_uploader_, 1);
}

TEST_F(KeeperWithChildren, EnvelopeThatWasSentOnBeforeACrashIsNotPutAgain) {
  const auto first = first_child();
  const auto second = next_child();
  first.begin_visit("sending");
  first.tell("put sealed");
  EXPECT_EQ(first.await("put"), "put ok");
  ASSERT_TRUE(outbox_->remove(outbox_->draw_batch(1).value().at(0).id, outbox::Leaving::sent));
  first.tell("die");
  second.await("show");
  second.tell("put sealed once more");
  EXPECT_EQ(second.await("put"), "put ok");
  EXPECT_TRUE(outbox_->waiting().value().empty());
}

TEST_F(KeeperWithChildren, ScreenBetweenVisitsIsTheSameWhetherTheVisitWasSentOrNot) {
  const auto first = first_child();
  const auto second = next_child();
  first.begin_visit("one");
  EXPECT_EQ(first.await("state 1"), "state 1 ");
  first.tell("put one");
  EXPECT_EQ(first.await("put"), "put ok");
  first.tell("end");
  EXPECT_EQ(second.await("state 1"), "state 1 ");
  second.await("show");
  second.open_window();
  const auto third = next_child();
  second.begin_visit("two");
  second.tell("end");
  EXPECT_EQ(third.await("state 1"), "state 1 ");
  third.await("show");
  stop();
  EXPECT_EQ(told_uploader_, 3) << "the uploader looks after each visit, not only after those that were sent";
}

TEST_F(KeeperWithChildren, EnvelopeOfTheNextVisitIsPut) {
  const auto first = first_child();
  const auto second = next_child();
  first.begin_visit("one");
  first.tell("put sealed");
  EXPECT_EQ(first.await("put"), "put ok");
  ASSERT_TRUE(outbox_->remove(outbox_->draw_batch(1).value().at(0).id, outbox::Leaving::sent));
  first.tell("end");
  second.await("show");
  second.tell("put sealed");
  EXPECT_EQ(second.await("put"), "put ok");
  EXPECT_EQ(outbox_->state().value(), outbox::State::waiting);
}

TEST_F(KeeperWithChildren, VisitThatWasDeletedIsCountedOnceBeforeItsWindowHearsSo) {
  auto child = first_child();
  auto second = next_child();
  child.begin_visit("visit one");
  child.tell("delete");
  EXPECT_EQ(child.await("put"), "put ok");
  EXPECT_EQ(outbox_->ledgers().value()["croydon-2012"], (Ledger{.started = 1, .stopped = 1}));
  EXPECT_TRUE(outbox_->let_go("croydon-2012"));
  EXPECT_EQ(outbox_->visited().value().at("croydon-2012"), outbox::Visits::since) << "somebody sits there still";
  child.tell("die");
  second.await("show");  // a window that is ready before it is to be shown is none of ours
  second.open_window();
  second.take_draft();
  second.tell("delete");
  EXPECT_EQ(second.await("put"), "put ok");
  second.tell("end stopped");
  second.tell("exit");
  EXPECT_TRUE(second.is_gone());
  stop();
  EXPECT_EQ(outbox_->ledgers().value()["croydon-2012"], (Ledger{.started = 1, .stopped = 1}));
}

TEST_F(KeeperWithChildren, TokenIsSpentDurablyAndForOneVisitOnly) {
  const auto first = first_child();
  const auto second = next_child();
  first.begin_visit("one");
  first.tell("spend a");
  EXPECT_EQ(first.await("token"), "token 0");
  EXPECT_EQ(outbox_->tokens().value().at("croydon-2012").proofs.size(), 1U);
  first.tell("end");
  second.await("show");
  second.tell("spend a");
  EXPECT_EQ(second.await("token"), "token 1");
  second.tell("spend b");
  EXPECT_EQ(second.await("token"), "token 0");
}

TEST_F(KeeperWithChildren, TokenThatWasSpentBeforeACrashIsThisVisitsStill) {
  const auto first = first_child();
  const auto second = next_child();
  first.begin_visit("typing");
  first.tell("spend a");
  EXPECT_EQ(first.await("token"), "token 0");
  first.tell("die");
  second.await("show");
  second.tell("spend a");
  EXPECT_EQ(second.await("token"), "token 0");
  EXPECT_EQ(outbox_->tokens().value().at("croydon-2012").proofs.size(), 1U);
}

TEST_F(KeeperWithChildren, VisitSpendsOneTokenThoughAnotherSlipIsTypedAfterACrash) {
  auto first = first_child();
  auto second = next_child();
  first.begin_visit("visit one");
  first.tell("spend a");
  EXPECT_EQ(first.await("token"), "token 0");
  first.tell("die");
  second.await("show");  // a window that is ready before it is to be shown is none of ours
  second.open_window();
  second.tell("spend b");
  EXPECT_EQ(second.await("token"), "token 0");
  EXPECT_EQ(outbox_->tokens().value().at("croydon-2012").proofs.size(), 1U) << "the other slip is good still";
}

TEST_F(KeeperWithChildren, TokenIsNotSpentWhereAnswersCouldNotBeKept) {
  const auto child = first_child();
  has_room_ = false;
  child.tell("spend a");
  EXPECT_EQ(child.await("token"), "token 2");
  EXPECT_TRUE(outbox_->tokens().value().empty());
}

TEST_F(KeeperWithChildren, DiskThatHasFilledSinceIsSaidAsAVisitBegins) {
  const auto child = first_child();
  has_room_ = false;
  child.tell("start");
  EXPECT_EQ(child.await("state"), "state 2 disk_full");
}

TEST_F(KeeperWithChildren, FullDiskAndWrongClockAreTakenBackOnceTheyAreRight) {
  const auto child = first_child();
  has_room_ = false;
  is_clock_wrong_ = true;
  keeper_->announce();
  EXPECT_EQ(child.await("state 2"), "state 2 disk_full,clock_wrong");
  is_clock_wrong_ = false;
  EXPECT_EQ(child.await("state 2"), "state 2 disk_full");
  has_room_ = true;
  EXPECT_EQ(child.await("state 0"), "state 0 ");
}

TEST_F(KeeperWithChildren, NoticeOfAnotherVersionIsNoReason) {
  const auto child = first_child();
  ASSERT_TRUE(outbox_->set_notice("Words of long ago."));
  EXPECT_EQ(state_of(*outbox_, {}), (State{outbox::State::empty, {}}));
}

TEST_F(KeeperWithChildren, FailedPutSaysWhichKind) {
  const auto child = first_child();
  const auto next = next_child();
  child.tell("put one");
  EXPECT_EQ(child.await("put"), "put ok");
  child.tell("end");
  next.await("show");
  next.tell("put two");
  EXPECT_EQ(next.await("put"), "put failed " + std::to_string(static_cast<int>(ErrorCode::conflict)));
}

TEST_F(KeeperWithChildren, ChildNobodySeesCannotPut) {
  const auto first = first_child();
  const auto hidden = next_child();
  hidden.tell("put smuggled");
  EXPECT_TRUE(hidden.is_gone());
  EXPECT_EQ(outbox_->state().value(), outbox::State::empty);
}

TEST_F(KeeperWithChildren, ChildThatTalksNonsenseIsEndedAsACrash) {
  const auto first = first_child();
  const auto second = next_child();
  first.begin_visit("kept");
  first.tell("nonsense");
  EXPECT_EQ(second.await("show"), "show draft=kept");
}

TEST_F(KeeperWithChildren, NoticeOfTheUploaderReachesTheChild) {
  const auto child = first_child();
  ASSERT_TRUE(outbox_->set_notice("kiosk_not_accepted"));
  keeper_->announce();
  EXPECT_EQ(child.await("state 0 kiosk"), "state 0 kiosk_not_accepted");
}

TEST_F(KeeperWithChildren, ChildHasNoNetworkNoDumpsAndNothingElseOpen) {
  const auto child = first_child();
  EXPECT_EQ(child.ask("network"), "cut");
  EXPECT_EQ(child.ask("dumpable"), "0");
  EXPECT_EQ(child.ask("extra"), "0");
}

TEST_F(KeeperWithChildren, ChildsMemoryIsKeptOutOfTheSwapWhereThatIsAllowed) {
  if (!lock_memory()) GTEST_SKIP() << "the limit on locked memory forbids it here";
  EXPECT_EQ(first_child().ask("locked"), "yes");
}

TEST_F(KeeperWithChildren, ChildsLibrariesHaveNoPlaceForFiles) {
  const auto child = first_child();
  EXPECT_TRUE(child.ask("temporary").starts_with("/proc/"));
  EXPECT_TRUE(child.ask("cache").starts_with("/proc/"));
}

TEST_F(KeeperWithChildren, EndOfTheKeeperEndsItsChildren) {
  const auto first = first_child();
  const auto second = next_child();
  stop();
  EXPECT_TRUE(outcome_);
  EXPECT_TRUE(first.is_gone());
  EXPECT_TRUE(second.is_gone());
}

TEST_F(KeeperWithChildren, GivesUpWhenNoWindowEverOpens) {
  for (int i = 0; i < Keeper::kFailedStarts; ++i) next_child().tell("exit");
  thread_.join();
  ASSERT_FALSE(outcome_);
  EXPECT_NE(outcome_.error().what.find("DISPLAY"), std::string::npos);
}

}  // namespace
}  // namespace perspective::keeper

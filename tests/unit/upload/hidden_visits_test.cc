// Whoever looks at the kiosk after each visit learns of none whether it was sent: its screen, `status`, the fleet's
// "waiting" and a stick say the same for one that was sent and for one that was not.
#include <functional>
#include <optional>

#include "kiosk_folder.h"
#include "protocol/enrolment.h"
#include "signed_packages.h"
#include "upload/courier.h"
#include "upload/sender.h"

namespace perspective::upload {
namespace {

using outbox::Ending;
using Next = Step::Next;

constexpr const char* kCroydon = "croydon-2012";

// One kiosk, and what can be seen of it.
class Kiosk : public KioskFolder {
 public:
  Kiosk() { collector.answer_at("/v1/packages", {200, {}, {}}); }
  void TestBody() override {}

  void visit(Ending ending) {
    EXPECT_TRUE(outbox_->begin_visit(kCroydon));
    if (ending == Ending::put) put(++number_);
    EXPECT_TRUE(outbox_->end_visit(kCroydon, ending));
  }
  void begin() { EXPECT_TRUE(outbox_->begin_visit(kCroydon)); }
  void end(Ending ending) {
    if (ending == Ending::put) put(++number_);
    EXPECT_TRUE(outbox_->end_visit(kCroydon, ending));
  }
  void send(int visits) {
    for (int i = 0; i < visits; ++i) visit(Ending::put);
  }
  // Steps that follow at once, after any pause. The last one's notice.
  Notice work() {
    Step step = sender->step();
    if (step.next == Next::later) step = sender->step();
    while (step.next == Next::again) step = sender->step();
    return step.notice;
  }
  // Of the screen and of `status`: the outbox's state, and why something waits.
  std::string seen() {
    const auto notice = work();
    const bool is_empty = state() == outbox::State::empty;
    return std::string(is_empty ? "all sent" : "some waiting") + (notice ? std::string(code_of(*notice)) : "");
  }
  std::string copied_to_stick() {
    const auto stick = folder_ / "stick";
    std::filesystem::create_directory(stick);
    auto package = SignedPackages::version(1, kCroydon);
    package.envelope_bytes = ScriptedCollector::envelope_bytes();
    package.receipt_key = collector.receipt_key();
    package.is_fieldwork_open = at_least > 1;
    if (enrolment_.key_pem.text().empty()) enrolment_ = keys_.enrolment("kiosk-7");
    const auto copied = copy_to_stick(*outbox_, enrolment_, {package}, stick).value();
    return std::to_string(copied.files.size()) + (copied.are_few_kept_back ? " few wait" : "");
  }
  void start_again() {
    sender.reset();
    outbox_.reset();
    outbox_ = outbox::Outbox::open(folder_ / "outbox.sqlite").value();
    EXPECT_TRUE(outbox_->write_off_visits());
    sender.emplace(*outbox_, collector, terms);
  }
  outbox::Outbox& outbox() { return *outbox_; }

  std::size_t at_least = 5;
  ScriptedCollector collector;
  Sender::TermsOf terms = [this](const std::string&) {
    return Sender::Terms{.receipt_key = collector.receipt_key(), .at_least = at_least};
  };
  std::optional<Sender> sender{std::in_place, *outbox_, collector, terms};

 private:
  std::uint8_t number_ = 0;
  SignedPackages keys_;
  Enrolment enrolment_;
};

// What is seen, step by step, of a kiosk whose last visit ended so.
using Scene = std::function<std::vector<std::string>(Kiosk&, Ending)>;
using Seen = std::vector<std::string>;

Seen seen_in(const Scene& scene, Ending ending) {
  Kiosk kiosk;
  return scene(kiosk, ending);
}

void expect_no_difference(const Scene& scene, const Seen& expected) {
  for (const auto ending : {Ending::put, Ending::stopped, Ending::timed_out, Ending::lost}) {
    EXPECT_EQ(seen_in(scene, ending), expected) << static_cast<int>(ending);
  }
}

TEST(HiddenVisit, FirstAfterAllWasSentIsHidden) {
  expect_no_difference(
      [](Kiosk& kiosk, Ending ending) {
        kiosk.visit(ending);
        return Seen{kiosk.seen(), kiosk.copied_to_stick(), kiosk.seen()};
      },
      {"some waiting", "0 few wait", "some waiting"});
}

TEST(HiddenVisit, OneInAnyPlaceBeforeABatchIsHidden) {
  expect_no_difference(
      [](Kiosk& kiosk, Ending ending) {
        Seen seen;
        for (int i = 0; i < 3; ++i) {
          kiosk.visit(i == 1 ? Ending::stopped : Ending::put);
          seen.push_back(kiosk.seen());
        }
        kiosk.visit(ending);
        seen.push_back(kiosk.seen());
        return seen;
      },
      Seen(4, "some waiting"));
}

TEST(HiddenVisit, OneAfterABatchIsHiddenAndTheBatchIsSeen) {
  expect_no_difference(
      [](Kiosk& kiosk, Ending ending) {
        kiosk.send(5);
        Seen seen{kiosk.seen()};
        kiosk.visit(ending);
        seen.push_back(kiosk.seen());
        return seen;
      },
      {"all sent", "some waiting"});
}

TEST(HiddenVisit, OneThatIsUnderWayWhileABatchLeavesIsHidden) {
  expect_no_difference(
      [](Kiosk& kiosk, Ending ending) {
        kiosk.send(5);
        kiosk.begin();
        Seen seen{kiosk.seen()};
        kiosk.end(ending);
        seen.push_back(kiosk.seen());
        return seen;
      },
      {"some waiting", "some waiting"});
}

TEST(HiddenVisit, OneBetweenTheBatchsFirstRequestAndItsLastIsHidden) {
  expect_no_difference(
      [](Kiosk& kiosk, Ending ending) {
        kiosk.send(5);
        kiosk.sender->step();
        kiosk.collector.then_fail(ErrorCode::unreachable);
        kiosk.sender->step();
        kiosk.visit(ending);
        return Seen{kiosk.seen()};
      },
      {"some waiting"});
}

TEST(HiddenVisit, OneDuringThePauseLeavesWithTheBatch) {
  expect_no_difference(
      [](Kiosk& kiosk, Ending ending) {
        kiosk.send(5);
        kiosk.sender->step();
        kiosk.visit(ending);
        return Seen{kiosk.seen()};
      },
      {"all sent"});
}

TEST(HiddenVisit, SupervisorWhoAsksIsToldTheSame) {
  expect_no_difference(
      [](Kiosk& kiosk, Ending ending) {
        kiosk.visit(ending);
        Seen seen{kiosk.seen()};
        kiosk.collector.then_fail(ErrorCode::unreachable);
        kiosk.sender->let_all_go();
        const auto failed = kiosk.sender->step();
        seen.emplace_back(code_of(*failed.notice));
        kiosk.sender->let_all_go();
        seen.push_back(kiosk.seen());
        return seen;
      },
      {"some waiting", "collector_unreachable", "all sent"});
}

TEST(HiddenVisit, EndOfFieldworkShowsNothingBeforeTheCollectorIsReached) {
  expect_no_difference(
      [](Kiosk& kiosk, Ending ending) {
        kiosk.visit(ending);
        kiosk.at_least = 1;
        for (int i = 0; i < 2; ++i) kiosk.collector.then_answer(503);
        Seen seen{kiosk.seen()};
        seen.push_back(kiosk.seen());
        return seen;
      },
      {"some waitingcollector_busy", "all sent"});
}

TEST(HiddenVisit, RestartHidesItStill) {
  expect_no_difference(
      [](Kiosk& kiosk, Ending ending) {
        kiosk.send(5);
        kiosk.sender->step();
        kiosk.collector.then_fail(ErrorCode::unreachable);
        kiosk.sender->step();
        kiosk.visit(ending);
        kiosk.start_again();
        kiosk.sender->let_all_go();
        return Seen{kiosk.seen()};
      },
      {"all sent"});
}

TEST(HiddenVisit, StickThatHoldsTheOthersAlreadyTellsNothing) {
  expect_no_difference(
      [](Kiosk& kiosk, Ending ending) {
        kiosk.send(5);
        Seen seen{kiosk.copied_to_stick()};
        kiosk.visit(ending);
        seen.push_back(kiosk.copied_to_stick());
        return seen;
      },
      {"1", "0 few wait"});
}

// As where there is no network: what waits is let go again and again, and stays.
TEST(HiddenVisit, StickTellsNothingAlsoWhereTheOthersWereLetGoInVain) {
  expect_no_difference(
      [](Kiosk& kiosk, Ending ending) {
        kiosk.send(5);
        Seen seen{kiosk.copied_to_stick()};
        kiosk.visit(ending);
        for (int i = 0; i < 3; ++i) kiosk.collector.then_fail(ErrorCode::unreachable);
        for (int i = 0; i < 3; ++i) kiosk.sender->step();
        seen.push_back(kiosk.copied_to_stick());
        return seen;
      },
      {"1", "0 few wait"});
}

TEST(HiddenVisit, OfAnInspectionThatIsNotHereAnyMoreIsHiddenToo) {
  Kiosk kiosk;
  kiosk.visit(Ending::stopped);
  Sender sender(kiosk.outbox(), kiosk.collector, [](const auto&) { return Sender::Terms{}; });
  EXPECT_EQ(sender.step().notice, readiness::Reason::package_missing);
  EXPECT_EQ(sender.step().next, Next::later);
}

}  // namespace
}  // namespace perspective::upload

// What waits, copied to a stick that is pulled out at any step; and the receipts that come back.
#include "upload/courier.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <set>

#include "courier_fixture.h"
#include "protocol/limits.h"
#include "upload/stick.h"

namespace perspective::upload {
namespace {

TEST_F(Courier, CopiesWhatWaitsOneFileAnInspectionAndKeepsAll) {
  for (std::uint8_t i = 1; i <= 3; ++i) put(i);
  put(9, "barnet");
  EXPECT_EQ(copy().files.size(), 2U);
  EXPECT_EQ(on_stick().size(), 3U);
  EXPECT_EQ(on_stick("barnet").at(0).id, envelope(9).id);
  EXPECT_EQ(outbox_->waiting().value().at("croydon-2012").size(), 3U);
  EXPECT_EQ(outbox_->ledgers().value()["croydon-2012"].sent, 0);
}

// FAT knows neither some characters nor capital letters from small ones.
TEST_F(Courier, NamesItsFilesSoThatAnyStickTakesThem) {
  put(1);
  put(9, "barnet");
  copy();
  for (const auto& name : names()) {
    EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-."), std::string::npos) << name;
    EXPECT_LE(name.size() + std::string(".part").size(), 255U);
  }
  EXPECT_EQ(names().size(), 2U);
}

TEST_F(Courier, WritesNothingWhereNothingWaits) {
  EXPECT_TRUE(copy().files.empty());
  EXPECT_TRUE(names().empty());
}

TEST_F(Courier, LaterCopyTakesTheEarlierOnesPlace) {
  put(1);
  copy();
  put(2);
  copy();
  EXPECT_EQ(on_stick().size(), 2U);
  EXPECT_EQ(names(), std::set<std::string>{"perspective-kiosk-7-croydon-2012.bundle"});
}

TEST_F(Courier, FewerThanABatchStayAtHome) {
  packages_.at(0).smallest_batch = 3;
  put(1);
  put(2);
  EXPECT_TRUE(copy().are_few_kept_back);
  EXPECT_TRUE(names().empty());
  put(3);
  EXPECT_FALSE(copy().are_few_kept_back);
  EXPECT_EQ(on_stick().size(), 3U);
}

TEST_F(Courier, FewNewOnesBesideThoseOfTheLastCopyStayAtHome) {
  packages_.at(0).smallest_batch = 3;
  for (std::uint8_t i = 1; i <= 5; ++i) put(i);
  copy();
  EXPECT_FALSE(copy().are_few_kept_back);  // nothing new
  put(6);
  put(7);
  EXPECT_TRUE(copy().are_few_kept_back);
  EXPECT_EQ(on_stick().size(), 5U);
  put(8);
  EXPECT_FALSE(copy().are_few_kept_back);
  EXPECT_EQ(on_stick().size(), 8U);
}

TEST_F(Courier, WhoAsksForThemOrEndsFieldworkGetsTheFew) {
  packages_.at(0).smallest_batch = 3;
  put(1);
  EXPECT_FALSE(copy(Few::too).are_few_kept_back);
  EXPECT_EQ(on_stick().size(), 1U);
  put(2);
  packages_.at(0).is_fieldwork_open = false;
  EXPECT_FALSE(copy().are_few_kept_back);
  EXPECT_EQ(on_stick().size(), 2U);
}

TEST_F(Courier, SpoiltCopyOnTheStickCountsForNothing) {
  packages_.at(0).smallest_batch = 3;
  for (std::uint8_t i = 1; i <= 3; ++i) put(i);
  const auto file = copy().files.at(0);
  auto bytes = read_file(file).value();
  bytes[bytes.size() / 2] ^= 1U;
  ASSERT_TRUE(write_file(file, bytes));
  EXPECT_FALSE(copy().are_few_kept_back);
  EXPECT_EQ(on_stick().size(), 3U);
}

TEST_F(Courier, StickTellsNoTimeAndNoOrder) {
  std::set<Bytes> firsts;
  put(1);
  put(2);
  for (int i = 0; i < 30; ++i) {
    copy();
    const auto id = on_stick().at(0).id;
    firsts.insert(Bytes(id.begin(), id.end()));
  }
  EXPECT_EQ(firsts.size(), 2U);
  struct stat found {};
  ASSERT_EQ(::stat((stick_ / "perspective-kiosk-7-croydon-2012.bundle").c_str(), &found), 0);
  EXPECT_EQ(found.st_mtim.tv_sec, 315'532'800);
  ASSERT_EQ(::stat(stick_.c_str(), &found), 0);
  EXPECT_EQ(found.st_mtim.tv_sec, 315'532'800);
}

TEST_F(Courier, OddOneOutDoesNotSpoilTheOthers) {
  put(1);
  auto odd = envelope(2);
  odd.body.push_back(0);
  ASSERT_TRUE(outbox_->put(odd));
  EXPECT_FALSE(copy().is_all);
  EXPECT_EQ(on_stick().size(), 1U);
}

TEST_F(Courier, FolderThatIsNotThereIsSaid) {
  put(1);
  EXPECT_EQ(copy_to_stick(*outbox_, enrolment_, packages_, stick_ / "gone").error().code, ErrorCode::io);
}

TEST_F(Courier, ReceiptsThatComeBackEmptyTheOutbox) {
  put(1);
  put(2);
  put(3);
  const auto taken = take(receipts_for({envelope(1), envelope(2)}));
  EXPECT_TRUE(taken.value().is_any_left);
  EXPECT_EQ(outbox_->waiting().value().at("croydon-2012"), std::vector{envelope(3).id});
  EXPECT_EQ(outbox_->ledgers().value()["croydon-2012"].sent, 2);
  EXPECT_FALSE(take(receipts_for({envelope(3)})).value().is_any_left);
  EXPECT_EQ(state(), outbox::State::empty);
}

TEST_F(Courier, ReceiptsThatComeTwiceCountOnce) {
  put(1);
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(take(receipts_for({envelope(1)})));
  EXPECT_EQ(outbox_->ledgers().value()["croydon-2012"].sent, 1);
}

TEST_F(Courier, WithdrawnIsCountedAsThat) {
  put(1);
  ASSERT_TRUE(take(receipts_for({envelope(1)}, 410)));
  EXPECT_EQ(outbox_->ledgers().value()["croydon-2012"].withdrawn, 1);
}

TEST_F(Courier, TakesAWithdrawalThereAndItsReceiptBack) {
  put(1);
  put(2);
  ASSERT_TRUE(outbox_->withdraw("croydon-2012", envelope(2).id));
  copy();
  const auto copied = on_stick();
  ASSERT_EQ(copied.size(), 2U);
  std::vector<outbox::Envelope> answered;
  for (const auto& one : copied) {
    EXPECT_EQ(protocol::is_withdrawal(one.body), one.id == envelope(2).id);
    answered.push_back({one.id, "croydon-2012", one.body});
  }
  EXPECT_TRUE(take(receipts_for(answered, 201)).value().is_any_left);
  EXPECT_FALSE(take(receipts_for(answered, 410)).value().is_any_left);
  EXPECT_EQ(state(), outbox::State::empty);
  EXPECT_EQ(outbox_->ledgers().value()["croydon-2012"].withdrawn, 1);
}

TEST_F(Courier, StickOfASupervisorTakesAwayWhatWaitsAndBringsReceiptsBack) {
  put(1);
  EXPECT_EQ(use_stick(*outbox_, enrolment_, shelf_, stick_), (readiness::StickNews{.has_copy = true}));
  fs::rename(receipts_for({envelope(1)}), stick_ / "perspective-kiosk-7-croydon-2012.receipts");
  put(2, "barnet");
  EXPECT_EQ(use_stick(*outbox_, enrolment_, shelf_, stick_),
            (readiness::StickNews{.has_copy = true, .has_brought_back = true}));
  EXPECT_FALSE(outbox_->waiting().value().contains("croydon-2012"));
  EXPECT_EQ(use_stick(*outbox_, enrolment_, shelf_, stick_), (readiness::StickNews{.has_copy = true}))
      << "receipts that were taken before bring nothing";
}

TEST_F(Courier, StickOfASupervisorKeepsToTheRuleOfBatchesAndPassesOverWhatIsNotOurs) {
  packages_.at(0).smallest_batch = 3;
  shelve();
  put(1);
  ASSERT_TRUE(write_file(stick_ / "perspective-kiosk-7-croydon-2012.receipts", as_bytes("{")));
  ASSERT_TRUE(write_file(stick_ / "perspective-kiosk-8-croydon-2012.receipts", as_bytes("{")));
  EXPECT_EQ(use_stick(*outbox_, enrolment_, shelf_, stick_), (readiness::StickNews{.do_few_wait = true}));
  EXPECT_TRUE(on_stick().empty());
}

TEST_F(Courier, StickThatIsPulledOutIsSaid) {
  put(1);
  EXPECT_EQ(use_stick(*outbox_, enrolment_, shelf_, stick_ / "gone"),
            (readiness::StickNews{.fate = readiness::StickFate::not_working}));
  EXPECT_EQ(state(), outbox::State::waiting);
}

TEST_F(Courier, VisitsAreHiddenUntilTheReceiptsOfAllOfThemAreBack) {
  packages_.at(0).smallest_batch = 2;
  shelve();
  for (std::uint8_t number = 1; number <= 2; ++number) {
    ASSERT_TRUE(outbox_->begin_visit("croydon-2012"));
    put(number);
    ASSERT_TRUE(outbox_->end_visit("croydon-2012", outbox::Ending::put));
  }
  copy();
  const auto receipts = receipts_for({envelope(1), envelope(2)});
  ASSERT_TRUE(outbox_->begin_visit("croydon-2012"));
  ASSERT_TRUE(outbox_->end_visit("croydon-2012", outbox::Ending::stopped));
  ASSERT_TRUE(take(receipts));
  EXPECT_EQ(state(), outbox::State::waiting) << "somebody sat there since the copy";
  EXPECT_TRUE(copy().are_few_kept_back);
  EXPECT_TRUE(copy(Few::too).files.empty());
  EXPECT_EQ(state(), outbox::State::empty) << "who asks for the few is told that there are none";
}

TEST_F(Courier, ForgedReceiptMovesNothing) {
  put(1);
  auto other = envelope(1);
  other.body[0] ^= 1U;
  EXPECT_TRUE(take(receipts_for({other})).value().is_any_left);
  EXPECT_EQ(state(), outbox::State::waiting);
}

TEST_F(Courier, StickCannotSetAnythingAside) {
  put(1);
  const auto file = receipts_for({});
  const auto json = R"({"format":1,"inspection":"croydon-2012","receipts":[{"id":")" +
                    to_hex(ByteView(envelope(1).id)) + R"(","status":409}]})";
  ASSERT_TRUE(write_file(file, as_bytes(json)));
  ASSERT_TRUE(take(file));
  EXPECT_TRUE(outbox_->quarantined().value().empty());
  EXPECT_EQ(outbox_->waiting().value().at("croydon-2012").size(), 1U);
}

TEST_F(Courier, ReceiptThatComesByStickEmptiesTheShelfOfWhatTheNetworkRefused) {
  for (std::uint8_t number = 1; number <= 3; ++number) {
    put(number);
    ASSERT_TRUE(outbox_->quarantine(envelope(number).id, 422));
  }
  ASSERT_TRUE(take(receipts_for({envelope(1)}, 410)));
  ASSERT_TRUE(take(receipts_for({envelope(2)}, 201)));
  auto other = envelope(3);
  other.body[0] ^= 1U;
  ASSERT_TRUE(take(receipts_for({other}, 410)));
  EXPECT_EQ(outbox_->ledgers().value()["croydon-2012"].withdrawn, 1);
  EXPECT_EQ(outbox_->ledgers().value()["croydon-2012"].sent, 1);
  ASSERT_EQ(outbox_->quarantined().value().size(), 1U) << "a receipt for other bytes is none";
  EXPECT_EQ(outbox_->quarantined().value()[0].id, envelope(3).id);
}

TEST_F(Courier, FileThatIsNoneOfOursIsRefused) {
  put(1);
  const auto file = stick_ / "x";
  ASSERT_TRUE(write_file(file, Bytes(2'000'000, '{')));
  EXPECT_EQ(take(file).error().code, ErrorCode::corrupt);
  ASSERT_TRUE(write_file(file, Bytes{'{', '}'}));
  EXPECT_EQ(take(file).error().code, ErrorCode::corrupt);
  EXPECT_EQ(take(stick_ / "gone").error().code, ErrorCode::not_found);
  EXPECT_EQ(state(), outbox::State::waiting);
}

class PulledOutStick : public Courier {
 protected:
  // The stick goes at this step, in a process of its own; false: it was written before.
  bool pull_out_at(int step, ByteView content) {
    const pid_t writer = ::fork();
    if (writer == 0) {
      int steps = 0;
      const auto before = [&] {
        if (steps++ == step) ::_exit(7);
      };
      ::_exit(write_on_stick(file_, content, before) ? 0 : 1);
    }
    int status = 0;
    ::waitpid(writer, &status, 0);
    EXPECT_TRUE(WIFEXITED(status));
    return WEXITSTATUS(status) == 7;
  }
  fs::path file_ = stick_ / "one.bundle";
  fs::path part_ = stick_ / "one.bundle.part";
};

// What was not synced may be there whole, in part, or as zeros.
TEST_F(PulledOutStick, HoldsTheOldFileOrTheNewOneAtEveryStepAndTakesItUpAgain) {
  const Bytes old_content(1'500'000, 1);
  const Bytes new_content(2'500'000, 2);
  int step = 0;
  int broken_off = 0;
  for (bool is_pulled = true; is_pulled; ++step) {
    ASSERT_LT(step, 100);
    for (const int loss : {0, 1, 2}) {
      ASSERT_TRUE(write_on_stick(file_, old_content));
      is_pulled = pull_out_at(step, new_content);
      if (fs::exists(part_)) {
        ++broken_off;
        if (loss == 1) fs::resize_file(part_, fs::file_size(part_) / 2);
        if (loss == 2 && !write_file(part_, Bytes(fs::file_size(part_), 0))) FAIL();
      }
      const auto there = read_file(file_).value();
      EXPECT_TRUE(there == old_content || there == new_content) << step;
      ASSERT_TRUE(write_on_stick(file_, new_content)) << step;
      EXPECT_EQ(read_file(file_).value(), new_content) << step;
      EXPECT_FALSE(fs::exists(part_)) << step;
    }
  }
  EXPECT_GT(step, 7);
  EXPECT_GT(broken_off, 9);
}

TEST_F(PulledOutStick, LinkInItsPlaceLeadsNowhere) {
  ASSERT_TRUE(write_file(folder_ / "precious", Bytes{'a'}));
  fs::create_symlink(folder_ / "precious", part_);
  ASSERT_TRUE(write_on_stick(file_, Bytes{'b'}));
  EXPECT_EQ(read_file(folder_ / "precious").value(), Bytes{'a'});
}

TEST_F(PulledOutStick, ThatGivesBackOtherBytesIsSaid) {
  int steps = 0;
  const auto spoil = [&] {
    // After the last write, before the sync.
    if (++steps == 3 && !write_file(part_, Bytes{'x'})) FAIL();
  };
  EXPECT_EQ(write_on_stick(file_, Bytes{'b'}, spoil).error().code, ErrorCode::corrupt);
  EXPECT_FALSE(fs::exists(file_));
  EXPECT_FALSE(fs::exists(part_));
}

}  // namespace
}  // namespace perspective::upload

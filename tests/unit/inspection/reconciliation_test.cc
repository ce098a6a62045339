#include "unit/inspection/collector.h"

namespace perspective::inspection {
namespace {

using testing::HasSubstr;
using testing::Not;

class EndOfFieldwork : public Collector {
 protected:
  void SetUp() override {
    Collector::SetUp();
    auto lewes = new_inspection("lewes");
    lewes.why_no_tokens = why_no_tokens_;
    ASSERT_TRUE(inspections_->create(lewes));
    enrol("kiosk-a");
  }
  void enrol(const std::string& id) {
    const Bytes secret = random_bytes(16);
    ASSERT_TRUE(store_->add_invite({secret, "lewes", "", kNow + 60}));
    ASSERT_TRUE(store_->enrol(secret, kNow, {.id = id, .name = "", .serial = id, .inspections = {}}));
  }
  void end_fieldwork() { ASSERT_TRUE(inspections_->end_fieldwork("lewes")); }
  report::Reconciliation sides() { return inspections_->reconciliation("lewes").value(); }
  std::string words() { return inspections_->reconciliation_text("lewes", "").value(); }
  void tell(const std::string& kiosk, const Ledger& ledger) {
    ASSERT_TRUE(inspections_->take_ledger("lewes", kiosk, ledger));
  }

  std::string why_no_tokens_ = "nobody but us was there";
};

TEST_F(EndOfFieldwork, IsWaitedForByLedgers) {
  EXPECT_EQ(inspections_->take_ledger("lewes", "kiosk-a", {}).error().code, ErrorCode::conflict);
  EXPECT_FALSE(sides().has_fieldwork_ended);
  EXPECT_TRUE(sides().kiosks.empty());
  end_fieldwork();
  tell("kiosk-a", {});
  EXPECT_TRUE(sides().has_fieldwork_ended);
}

TEST_F(EndOfFieldwork, FindsAllThatWasSent) {
  deliver(weekly_reader());
  deliver(weekly_reader());
  end_fieldwork();
  tell("kiosk-a", {.started = 3, .stopped = 1, .sent = 2});
  EXPECT_EQ(sides().collector.still_sealed, 2);
  ASSERT_TRUE(unlock());
  EXPECT_EQ(sides().collector.counted, 2);
  EXPECT_EQ(sides().collector.still_sealed, 0);
  EXPECT_THAT(words(), HasSubstr("They agree"));
}

TEST_F(EndOfFieldwork, CountsADoubledReportOnce) {
  deliver(weekly_reader());
  end_fieldwork();
  tell("kiosk-a", {.started = 1, .sent = 1});
  tell("kiosk-a", {.started = 1, .sent = 1});
  ASSERT_EQ(sides().kiosks.size(), 1U);
  EXPECT_EQ(sides().kiosks[0].told, (Ledger{.started = 1, .sent = 1}));
  EXPECT_THAT(words(), HasSubstr("They agree"));
}

TEST_F(EndOfFieldwork, HeadsTallyAndSectionWithAGap) {
  deliver(weekly_reader());
  end_fieldwork();
  ASSERT_TRUE(unlock());
  EXPECT_THAT(*inspections_->tally_text("lewes", "en"), HasSubstr("One kiosk has not yet reported: kiosk-a."));
  EXPECT_THAT(*inspections_->tally_json("lewes"),
              HasSubstr("\"One kiosk has not yet reported: kiosk-a.\"],\"questionnaires\""));
  tell("kiosk-a", {.started = 2, .sent = 2});
  const auto gap = HasSubstr("kiosk-a says it sent 2; 1 came in.");
  EXPECT_THAT(*inspections_->tally_text("lewes", "en"), gap);
  EXPECT_THAT(*inspections_->section("lewes", "full", "en"), gap);
  tell("kiosk-a", {.started = 1, .sent = 1});
  EXPECT_THAT(*inspections_->section("lewes", "full", "en"), Not(HasSubstr("kiosk-a")));
}

TEST_F(EndOfFieldwork, AccountsForWhatWasWithdrawn) {
  const auto envelope = sealed(weekly_reader());
  deliver(envelope);
  deliver(weekly_reader());
  ASSERT_TRUE(store_->withdraw("lewes", envelope.id));
  ASSERT_TRUE(store_->withdraw("lewes", store::Id{7}));  // that never came
  end_fieldwork();
  tell("kiosk-a", {.started = 2, .sent = 2});
  const auto collector = sides().collector;
  EXPECT_EQ(collector.accepted, 2);
  EXPECT_EQ(collector.withdrawn, 1);
  EXPECT_EQ(collector.accounted_for(), 2);
  EXPECT_THAT(words(), HasSubstr("They agree"));
}

class DatabaseFromABackup : public EndOfFieldwork {
 protected:
  void SetUp() override {
    EndOfFieldwork::SetUp();
    deliver(weekly_reader());
    stop();
    std::filesystem::copy_file(database(), backup());
    start();
  }
  void put_back() {
    stop();
    std::filesystem::copy_file(backup(), database(), std::filesystem::copy_options::overwrite_existing);
    start();
    ASSERT_TRUE(withdrawn_->apply_to(*store_));
  }
  void deliver_and_withdraw() {
    const auto theirs = sealed(weekly_reader());
    deliver(theirs);
    ASSERT_TRUE(inspections_->withdraw("lewes", std::vector{theirs.id}));
  }
  std::filesystem::path database() const { return folder_ / "collector.sqlite"; }
  std::filesystem::path backup() const { return folder_ / "backup"; }
};

TEST_F(DatabaseFromABackup, MissesNothingThatCameAndWasWithdrawnSince) {
  deliver_and_withdraw();
  put_back();
  restart();
  ASSERT_TRUE(withdrawn_->apply_to(*store_)) << "once more: it is counted once";
  end_fieldwork();
  tell("kiosk-a", {.started = 2, .sent = 2});
  EXPECT_THAT(words(), HasSubstr("They agree"));
  EXPECT_THAT(words(), HasSubstr("Came in: 2"));
  EXPECT_THAT(words(), HasSubstr("before the database was put back: 1"));
}

TEST_F(DatabaseFromABackup, MissesWhatCameSinceAndNobodyWithdrew) {
  deliver_and_withdraw();
  deliver(weekly_reader());
  ASSERT_TRUE(inspections_->withdraw("lewes", std::vector{store::Id{7}})) << "under which nothing had come";
  put_back();
  end_fieldwork();
  tell("kiosk-a", {.started = 3, .sent = 3});
  EXPECT_THAT(words(), HasSubstr("kiosk-a says it sent 3; 1 came in."));
  EXPECT_THAT(words(), HasSubstr("Not missing, whichever kiosk sent them: one response that came in"));
}

TEST_F(EndOfFieldwork, AsksOnlyTheKiosksOfThisInspection) {
  create("hove");
  const Bytes secret = random_bytes(16);
  ASSERT_TRUE(store_->add_invite({secret, "hove", "Elsewhere", kNow + 60}));
  ASSERT_TRUE(store_->enrol(secret, kNow, {.id = "kiosk-h", .name = "Elsewhere", .serial = "h", .inspections = {}}));
  end_fieldwork();
  EXPECT_THAT(words(), Not(HasSubstr("Elsewhere")));
}

// It came in, and before its receipt was back its respondent took it back: the kiosk says withdrawn, and never sent.
TEST_F(EndOfFieldwork, BalancesWhereAnAnswerWasTakenBackBeforeItsReceiptWasBack) {
  const auto stored = sealed(weekly_reader());
  deliver(stored);
  deliver(weekly_reader());
  end_fieldwork();
  tell("kiosk-a", {.started = 2, .sent = 1, .withdrawn = 1});
  EXPECT_THAT(words(), HasSubstr("They agree")) << "the wish is still on its way";
  ASSERT_TRUE(unlock());
  EXPECT_THAT(words(), HasSubstr("They agree")) << "likewise, and it was opened meanwhile";
  ASSERT_TRUE(inspections_->withdraw("lewes", std::vector{stored.id}));
  EXPECT_THAT(words(), HasSubstr("They agree"));
  EXPECT_EQ(sides().collector.counted, 1);
  EXPECT_EQ(sides().collector.withdrawn, 1);
  ASSERT_TRUE(inspections_->lock("lewes"));
  EXPECT_THAT(words(), HasSubstr("They agree"));
}

TEST_F(EndOfFieldwork, KeepsLedgersOverARestart) {
  end_fieldwork();
  tell("kiosk-a", {.started = 5, .stopped = 5});
  restart();
  EXPECT_EQ(sides().kiosks.at(0).told, (Ledger{.started = 5, .stopped = 5}));
}

TEST_F(EndOfFieldwork, SaysThatNoVisitSpentAToken) {
  end_fieldwork();
  EXPECT_FALSE(sides().tokens);
  EXPECT_THAT(words(), HasSubstr("Tokens: none."));
}

class TokensAtTheEndOfFieldwork : public EndOfFieldwork {
 protected:
  TokensAtTheEndOfFieldwork() { why_no_tokens_.clear(); }
  // Their marks: 0, 1, 2 ... up to, not including, so many.
  void issue(std::uint8_t tokens) {
    std::vector<store::Digest> marks;
    for (std::uint8_t i = 0; i < tokens; ++i) marks.push_back({i});
    ASSERT_TRUE(store_->issue_tokens(*store_->inspection("lewes"), marks));
  }
  void spend(const std::string& kiosk, const std::vector<store::Digest>& marks) {
    ASSERT_TRUE(store_->spend_tokens("lewes", kiosk, marks));
  }
};

TEST_F(TokensAtTheEndOfFieldwork, AgreeWhereEachResponseSpentOneThoughAVisitWasLost) {
  issue(4);
  deliver(weekly_reader());
  spend("kiosk-a", {{0}, {1}});  // the power went, and the young person was given another slip
  EXPECT_FALSE(sides().tokens) << "nothing of it is told while fieldwork is open";
  end_fieldwork();
  tell("kiosk-a", {.started = 2, .lost = 1, .sent = 1});
  EXPECT_THAT(words(), HasSubstr("They agree"));
  EXPECT_EQ(sides().tokens->issued, 4);
  EXPECT_EQ(sides().tokens->spent, 2);
  EXPECT_EQ(sides().tokens->unused(), 2);
  EXPECT_EQ(tokens_without_response(sides()), 1);
}

TEST_F(TokensAtTheEndOfFieldwork, HeadTallyAndSectionWithTheirGaps) {
  enrol("kiosk-b");
  issue(2);
  deliver(weekly_reader());
  spend("kiosk-a", {{0}, {77}});
  spend("kiosk-b", {{0}});
  end_fieldwork();
  tell("kiosk-a", {.started = 2, .stopped = 1, .sent = 1});
  tell("kiosk-b", {.started = 1, .stopped = 1});
  ASSERT_TRUE(unlock());
  for (const auto& head : {*inspections_->tally_text("lewes", "en"), *inspections_->section("lewes", "full", "en")}) {
    EXPECT_THAT(head, HasSubstr("One token was spent at two kiosks"));
    EXPECT_THAT(head, HasSubstr("nobody issued: somebody"));
    EXPECT_THAT(head, Not(HasSubstr("more responses than tokens")));
  }
}

TEST_F(TokensAtTheEndOfFieldwork, AreSetBesideTheResponsesOfTheirOwnKiosk) {
  enrol("kiosk-b");
  issue(3);
  deliver(weekly_reader());
  spend("kiosk-b", {{0}, {1}});
  end_fieldwork();
  tell("kiosk-a", {.started = 1, .sent = 1});
  tell("kiosk-b", {.started = 1, .stopped = 1});
  EXPECT_THAT(words(), HasSubstr("kiosk-a has one response; it took no token."));
  EXPECT_THAT(words(), HasSubstr("kiosk-b took 2 tokens; it says that one visit began."));
}

}  // namespace
}  // namespace perspective::inspection

// What every Store must do, whatever is behind it. A test program includes this and instantiates StoreConformance with
// the kinds that it has.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "store/store.h"

namespace perspective::store {

struct StoreKind {
  std::string name;
  std::function<Result<std::unique_ptr<Store>>()> open_empty;
  std::function<void()> tidy_up = [] {};  // after the store is gone
};

class StoreConformance : public testing::TestWithParam<StoreKind> {
 protected:
  void SetUp() override {
    auto opened = GetParam().open_empty();
    ASSERT_TRUE(opened) << opened.error().what;
    store_ = std::move(*opened);
    add_inspection("croydon");
  }
  void TearDown() override {
    store_.reset();
    GetParam().tidy_up();
  }

  void add_inspection(const std::string& id) {
    const auto added = store_->add_inspection(inspection(id));
    ASSERT_TRUE(added) << added.error().what;
  }
  static Inspection inspection(const std::string& id) {
    InspectionHead head{.id = id, .area = "Area of " + id, .state = "open", .envelope_bytes = 100};
    return {.head = head, .definition = R"({"of":")" + id + "\"}", .package = {1, 2, 3}};
  }
  static Envelope envelope(std::uint8_t id, std::uint8_t content = 1) {
    Envelope made;
    made.id.fill(id);
    made.digest.fill(content);
    made.body = Bytes(100, content);
    return made;
  }
  std::vector<PutOutcome> put(const std::string& inspection, std::vector<Envelope> envelopes,
                              const std::string& kiosk = "kiosk-a", const std::string& day = "2026-11-22") {
    std::promise<Result<std::vector<PutOutcome>>> outcomes;
    store_->put({inspection, kiosk, day, std::move(envelopes)},
                [&](auto done) { outcomes.set_value(std::move(done)); });
    auto put = outcomes.get_future().get();
    EXPECT_TRUE(put) << put.error().what;
    return put ? *put : std::vector<PutOutcome>();
  }
  void close(const std::string& id) {
    auto closed = inspection(id);
    closed.head.is_accepting = false;
    ASSERT_TRUE(store_->update_inspection(closed));
  }
  static Kiosk kiosk(const std::string& id) {
    return {.id = id, .name = "Front desk", .serial = "0a" + id, .inspections = {}};
  }
  Result<void> enrol(const std::string& id, std::int64_t expires_s, std::int64_t now_s, std::uint8_t secret = 9) {
    if (auto added = store_->add_invite({{secret, 9}, "croydon", "Front desk", expires_s}); !added) return added;
    return store_->enrol(Bytes{secret, 9}, now_s, kiosk(id));
  }

  std::unique_ptr<Store> store_;
};

TEST_P(StoreConformance, GivesBackAnInspectionAsItWasAdded) {
  const auto found = store_->inspection("croydon");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->head.area, "Area of croydon");
  EXPECT_EQ(found->head.envelope_bytes, 100U);
  EXPECT_EQ(found->definition, R"({"of":"croydon"})");
  EXPECT_EQ(found->package, (Bytes{1, 2, 3}));
}

TEST_P(StoreConformance, RefusesASecondInspectionOfOneId) {
  EXPECT_EQ(store_->add_inspection(inspection("croydon")).error().code, ErrorCode::conflict);
}

TEST_P(StoreConformance, UpdatesStateVersionAndPackage) {
  auto changed = inspection("croydon");
  changed.head.state = "closed";
  changed.head.version = 2;
  changed.head.is_accepting = false;
  changed.package = {4};
  ASSERT_TRUE(store_->update_inspection(changed));
  const auto found = store_->inspection("croydon");
  EXPECT_EQ(found->head.state, "closed");
  EXPECT_EQ(found->head.version, 2);
  EXPECT_FALSE(found->head.is_accepting);
  EXPECT_EQ(found->package, Bytes{4});
}

TEST_P(StoreConformance, KnowsNothingOfAnInspectionThatWasNotAdded) {
  EXPECT_EQ(store_->head("nowhere").error().code, ErrorCode::not_found);
  EXPECT_EQ(store_->inspection("nowhere").error().code, ErrorCode::not_found);
  EXPECT_EQ(store_->update_inspection(inspection("nowhere")).error().code, ErrorCode::not_found);
  EXPECT_THAT(put("nowhere", {envelope(1)}), testing::ElementsAre(PutOutcome::not_accepting));
}

TEST_P(StoreConformance, StoresANewEnvelopeAndRepeatsTheSame) {
  EXPECT_THAT(put("croydon", {envelope(1)}), testing::ElementsAre(PutOutcome::stored));
  EXPECT_THAT(put("croydon", {envelope(1)}), testing::ElementsAre(PutOutcome::repeated));
  EXPECT_EQ(store_->count_envelopes("croydon"), 1);
}

TEST_P(StoreConformance, KeepsTheFirstOfTwoEnvelopesWithOneId) {
  EXPECT_THAT(put("croydon", {envelope(1, 7), envelope(1, 8)}),
              testing::ElementsAre(PutOutcome::stored, PutOutcome::conflicting));
  const auto kept = store_->envelopes("croydon", std::nullopt, 10);
  ASSERT_EQ(kept->size(), 1U);
  EXPECT_EQ(kept->front().body, Bytes(100, 7));
  EXPECT_EQ(kept->front().digest, envelope(1, 7).digest);
}

TEST_P(StoreConformance, TakesTheSameIdInTwoInspections) {
  add_inspection("lewes");
  put("croydon", {envelope(1)});
  EXPECT_THAT(put("lewes", {envelope(1, 2)}), testing::ElementsAre(PutOutcome::stored));
}

TEST_P(StoreConformance, TakesNothingNewAfterClosingButStillKnowsRepeats) {
  put("croydon", {envelope(1)});
  close("croydon");
  EXPECT_THAT(put("croydon", {envelope(1), envelope(2), envelope(1, 9)}),
              testing::ElementsAre(PutOutcome::repeated, PutOutcome::not_accepting, PutOutcome::conflicting));
  EXPECT_EQ(store_->count_envelopes("croydon"), 1);
}

TEST_P(StoreConformance, RemovesAWithdrawnEnvelopeAndNeverTakesItAgain) {
  put("croydon", {envelope(1)});
  ASSERT_TRUE(store_->withdraw("croydon", envelope(1).id));
  ASSERT_TRUE(store_->withdraw("croydon", envelope(1).id));
  EXPECT_EQ(store_->count_envelopes("croydon"), 0);
  EXPECT_THAT(put("croydon", {envelope(1)}), testing::ElementsAre(PutOutcome::withdrawn));
}

TEST_P(StoreConformance, LeavesATombstoneForAnEnvelopeThatHasNotComeYet) {
  ASSERT_TRUE(store_->withdraw("croydon", envelope(3).id));
  EXPECT_THAT(put("croydon", {envelope(3)}), testing::ElementsAre(PutOutcome::withdrawn));
}

TEST_P(StoreConformance, BalancesWhatItStoredEverWithWhatIsLeftAndWhatWasWithdrawn) {
  put("croydon", {envelope(1), envelope(2), envelope(3)});
  ASSERT_TRUE(store_->withdraw("croydon", envelope(2).id));
  ASSERT_TRUE(store_->withdraw("croydon", envelope(2).id));
  ASSERT_TRUE(store_->withdraw("croydon", envelope(9).id));  // never came
  put("croydon", {envelope(2), envelope(9)});
  EXPECT_EQ(store_->daily_counts("croydon")->front().envelopes, 3);
  EXPECT_EQ(store_->count_envelopes("croydon"), 2);
  EXPECT_EQ(store_->count_withdrawn("croydon"), 1);
  EXPECT_EQ(store_->count_withdrawn("lewes"), 0);
}

TEST_P(StoreConformance, ListsItsTombstonesByInspectionAndId) {
  add_inspection("brent");
  ASSERT_TRUE(store_->withdraw("croydon", envelope(7).id));
  ASSERT_TRUE(store_->withdraw("croydon", envelope(3).id));
  ASSERT_TRUE(store_->withdraw("brent", envelope(9).id));
  EXPECT_THAT(*store_->withdrawn(),
              testing::ElementsAre(Withdrawn{"brent", envelope(9).id}, Withdrawn{"croydon", envelope(3).id},
                                   Withdrawn{"croydon", envelope(7).id}));
}

TEST_P(StoreConformance, KeepsTheLastLedgerOfEachKiosk) {
  ASSERT_TRUE(store_->put_ledger("croydon", {"kiosk-b", {.started = 1, .lost = 1}}));
  ASSERT_TRUE(store_->put_ledger("croydon", {"kiosk-a", {.started = 3, .stopped = 1, .sent = 2}}));
  ASSERT_TRUE(store_->put_ledger("croydon", {"kiosk-a", {.started = 4, .stopped = 1, .sent = 3}}));
  const auto ledgers = store_->ledgers("croydon");
  ASSERT_EQ(ledgers->size(), 2U);
  EXPECT_EQ(ledgers->at(0).kiosk, "kiosk-a");
  EXPECT_EQ(ledgers->at(0).ledger, (Ledger{.started = 4, .stopped = 1, .sent = 3}));
  EXPECT_EQ(ledgers->at(1).ledger, (Ledger{.started = 1, .lost = 1}));
  EXPECT_TRUE(store_->ledgers("elsewhere")->empty());
}

TEST_P(StoreConformance, ReadsEnvelopesInPagesById) {
  put("croydon", {envelope(5), envelope(1), envelope(3)});
  const auto first = store_->envelopes("croydon", std::nullopt, 2);
  ASSERT_EQ(first->size(), 2U);
  EXPECT_EQ(first->at(1).id, envelope(3).id);
  const auto second = store_->envelopes("croydon", first->at(1).id, 2);
  ASSERT_EQ(second->size(), 1U);
  EXPECT_EQ(second->front().id, envelope(5).id);
}

TEST_P(StoreConformance, ReadsEnvelopesByTheirIdsAndPassesOverTheMissing) {
  put("croydon", {envelope(5), envelope(1)});
  const auto found = store_->envelopes("croydon", std::vector<Id>{envelope(9).id, envelope(1).id});
  ASSERT_EQ(found->size(), 1U);
  EXPECT_EQ(found->front().id, envelope(1).id);
}

TEST_P(StoreConformance, CountsOnlyNewEnvelopesByKioskAndDay) {
  put("croydon", {envelope(1), envelope(2)});
  put("croydon", {envelope(1), envelope(3)});
  put("croydon", {envelope(4)}, "kiosk-b");
  put("croydon", {envelope(5)}, "kiosk-a", "2026-11-23");
  const auto counts = store_->daily_counts("croydon");
  ASSERT_EQ(counts->size(), 3U);
  EXPECT_EQ(counts->at(0).kiosk, "kiosk-a");
  EXPECT_EQ(counts->at(0).envelopes, 3);
  EXPECT_EQ(counts->at(1).kiosk, "kiosk-b");
  EXPECT_EQ(counts->at(2).day, "2026-11-23");
}

TEST_P(StoreConformance, EnrolsAKioskForTheInspectionOfItsInvite) {
  ASSERT_TRUE(enrol("k1", 100, 50));
  const auto found = store_->kiosk_by_serial("0ak1");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->name, "Front desk");
  EXPECT_THAT(found->inspections, testing::ElementsAre("croydon"));
  EXPECT_FALSE(found->is_revoked);
  EXPECT_EQ(store_->kiosks()->size(), 1U);
}

TEST_P(StoreConformance, SpendsAnInviteOnce) {
  ASSERT_TRUE(enrol("k1", 100, 50));
  EXPECT_EQ(store_->enrol(Bytes{9, 9}, 50, kiosk("k2")).error().code, ErrorCode::refused);
  EXPECT_TRUE(store_->live_invites(50)->empty());
  EXPECT_EQ(store_->kiosks()->size(), 1U);
}

TEST_P(StoreConformance, RefusesAnExpiredInvite) {
  EXPECT_EQ(enrol("k1", 100, 100).error().code, ErrorCode::refused);
  EXPECT_EQ(store_->live_invites(99)->size(), 1U);
  EXPECT_TRUE(store_->live_invites(100)->empty());
}

TEST_P(StoreConformance, KeepsTheInviteWhenTheKioskCanNotBeAdded) {
  ASSERT_TRUE(enrol("k1", 100, 50));
  ASSERT_TRUE(store_->add_invite({{8}, "croydon", "Back room", 100}));
  EXPECT_FALSE(store_->enrol(Bytes{8}, 50, kiosk("k1")));
  EXPECT_EQ(store_->live_invites(50)->size(), 1U);
}

TEST_P(StoreConformance, InvitesOnlyToAnInspectionThatIsThere) {
  EXPECT_EQ(store_->add_invite({{8}, "nowhere", "", 100}).error().code, ErrorCode::not_found);
}

TEST_P(StoreConformance, RevokesAKioskForGood) {
  ASSERT_TRUE(enrol("k1", 100, 50));
  ASSERT_TRUE(store_->revoke("k1"));
  ASSERT_TRUE(store_->revoke("k1"));
  EXPECT_TRUE(store_->kiosk_by_serial("0ak1")->is_revoked);
  EXPECT_EQ(store_->revoke("k9").error().code, ErrorCode::not_found);
}

TEST_P(StoreConformance, AllowsAKioskAnotherInspectionAndOnlyThatKiosk) {
  add_inspection("lewes");
  ASSERT_TRUE(enrol("k1", 100, 50));
  ASSERT_TRUE(enrol("k2", 100, 50, 8));
  ASSERT_TRUE(store_->allow("k1", "lewes"));
  ASSERT_TRUE(store_->allow("k1", "lewes")) << "again: ok";
  EXPECT_THAT(store_->kiosk_by_serial("0ak1")->inspections, testing::ElementsAre("croydon", "lewes"));
  EXPECT_THAT(store_->kiosk_by_serial("0ak2")->inspections, testing::ElementsAre("croydon"));
}

TEST_P(StoreConformance, DisallowsAnInspectionThatTheKioskMayStillDeliverTo) {
  add_inspection("lewes");
  ASSERT_TRUE(enrol("k1", 100, 50));
  ASSERT_TRUE(store_->allow("k1", "lewes"));
  ASSERT_TRUE(store_->disallow("k1", "croydon"));
  ASSERT_TRUE(store_->disallow("k1", "croydon")) << "again: ok";
  const auto found = store_->kiosk_by_serial("0ak1");
  EXPECT_THAT(found->inspections, testing::ElementsAre("lewes"));
  EXPECT_THAT(found->disallowed, testing::ElementsAre("croydon"));
  ASSERT_TRUE(store_->allow("k1", "croydon"));
  EXPECT_THAT(store_->kiosk_by_serial("0ak1")->inspections, testing::ElementsAre("croydon", "lewes"));
  EXPECT_TRUE(store_->kiosk_by_serial("0ak1")->disallowed.empty());
}

TEST_P(StoreConformance, AllowsAndDisallowsOnlyWhatIsThere) {
  add_inspection("lewes");
  ASSERT_TRUE(enrol("k1", 100, 50));
  EXPECT_EQ(store_->allow("nobody", "lewes").error().code, ErrorCode::not_found);
  EXPECT_EQ(store_->allow("k1", "nowhere").error().code, ErrorCode::not_found);
  EXPECT_EQ(store_->disallow("nobody", "croydon").error().code, ErrorCode::not_found);
  EXPECT_EQ(store_->disallow("k1", "lewes").error().code, ErrorCode::not_found);
}

TEST_P(StoreConformance, KeepsOfAKioskItsLastContactAlone) {
  ASSERT_TRUE(enrol("k1", 100, 50));
  EXPECT_FALSE(store_->kiosk_by_serial("0ak1")->last_contact);
  ASSERT_TRUE(store_->note_contact("k1", {"2026-11-22", "0.4.0", 1000, -3, true}));
  ASSERT_TRUE(store_->note_contact("k1", {"2026-11-23", "0.5.0", 1001, 0, false}));
  const auto last = store_->kiosks()->front().last_contact;
  ASSERT_TRUE(last);
  EXPECT_EQ(last->day, "2026-11-23");
  EXPECT_EQ(last->program, "0.5.0");
  EXPECT_EQ(last->certificate_ends_s, 1001);
  EXPECT_EQ(last->clock_offset_min, 0);
  EXPECT_EQ(last->is_waiting, false);
  EXPECT_EQ(store_->note_contact("nobody", {}).error().code, ErrorCode::not_found);
}

TEST_P(StoreConformance, TellsWhatAKioskDidNotSayFromNoAndNothing) {
  ASSERT_TRUE(enrol("k1", 100, 50));
  ASSERT_TRUE(store_->note_contact("k1", {"2026-11-22", "", 1000, -3, true}));
  EXPECT_EQ(store_->kiosk_by_serial("0ak1")->last_contact->clock_offset_min, -3);
  EXPECT_EQ(store_->kiosk_by_serial("0ak1")->last_contact->is_waiting, true);
  ASSERT_TRUE(store_->note_contact("k1", {"2026-11-22", "", 1000, {}, {}}));
  EXPECT_FALSE(store_->kiosk_by_serial("0ak1")->last_contact->clock_offset_min);
  EXPECT_FALSE(store_->kiosk_by_serial("0ak1")->last_contact->is_waiting);
}

TEST_P(StoreConformance, KnowsAKioskByEachOfItsCertificates) {
  ASSERT_TRUE(enrol("k1", 100, 50));
  ASSERT_TRUE(store_->add_certificate("k1", "0b"));
  EXPECT_EQ(store_->kiosk_by_serial("0b")->id, "k1");
  EXPECT_EQ(store_->kiosk_by_serial("0ak1")->id, "k1");
  ASSERT_TRUE(store_->revoke("k1"));
  EXPECT_TRUE(store_->kiosk_by_serial("0b")->is_revoked);
  EXPECT_EQ(store_->add_certificate("nobody", "0c").error().code, ErrorCode::not_found);
}

TEST_P(StoreConformance, ReplacesAnAnnotationById) {
  Annotation annotation{.id = {1}, .body = {1, 1}};
  ASSERT_TRUE(store_->put_annotation("croydon", annotation));
  annotation.body = {2};
  ASSERT_TRUE(store_->put_annotation("croydon", annotation));
  const auto found = store_->annotations("croydon");
  ASSERT_EQ(found->size(), 1U);
  EXPECT_EQ(found->front().body, Bytes{2});
}

TEST_P(StoreConformance, RemovesAnAnnotation) {
  ASSERT_TRUE(store_->put_annotation("croydon", {.id = {1}, .body = {1, 1}}));
  ASSERT_TRUE(store_->put_annotation("croydon", {.id = {2}, .body = {2}}));
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(store_->remove_annotation("croydon", {1}));
  ASSERT_EQ(store_->annotations("croydon")->size(), 1U);
  EXPECT_EQ(store_->annotations("croydon")->front().body, Bytes{2});
}

TEST_P(StoreConformance, IssuesTokensWithThePackageThatHasThem) {
  auto changed = inspection("croydon");
  changed.head.version = 2;
  changed.package = {9};
  ASSERT_TRUE(store_->issue_tokens(changed, {Digest{2}, Digest{1}}));
  EXPECT_THAT(*store_->tokens("croydon"), testing::ElementsAre(Digest{1}, Digest{2}));
  EXPECT_EQ(store_->inspection("croydon")->package, Bytes{9});
  EXPECT_EQ(store_->issue_tokens(inspection("nowhere"), {}).error().code, ErrorCode::not_found);
  changed.head.version = 3;
  EXPECT_FALSE(store_->issue_tokens(changed, {Digest{3}, Digest{1}})) << "a mark is there already";
  EXPECT_THAT(*store_->tokens("croydon"), testing::ElementsAre(Digest{1}, Digest{2})) << "both or neither";
  EXPECT_EQ(store_->head("croydon")->version, 2);
}

TEST_P(StoreConformance, CountsEachTokenOnceHoweverOftenAKioskReportsIt) {
  add_inspection("lewes");
  ASSERT_TRUE(store_->issue_tokens(inspection("croydon"), {Digest{1}, Digest{2}, Digest{3}}));
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(store_->spend_tokens("croydon", "kiosk-a", {Digest{1}, Digest{2}}));
  ASSERT_TRUE(store_->spend_tokens("lewes", "kiosk-a", {Digest{3}}));
  EXPECT_EQ(*store_->token_counts("croydon"), (TokenCounts{.issued = 3, .spent = 2}));
  EXPECT_EQ(*store_->token_counts("lewes"), (TokenCounts{.never_issued = 1}));
}

TEST_P(StoreConformance, TellsTokensThatWereSpentAtTwoKiosksAndThoseThatNobodyIssued) {
  ASSERT_TRUE(store_->issue_tokens(inspection("croydon"), {Digest{1}, Digest{2}}));
  ASSERT_TRUE(store_->spend_tokens("croydon", "kiosk-a", {Digest{1}, Digest{9}}));
  ASSERT_TRUE(store_->spend_tokens("croydon", "kiosk-b", {Digest{1}, Digest{9}}));
  const auto counts = *store_->token_counts("croydon");
  EXPECT_EQ(counts, (TokenCounts{.issued = 2, .spent = 1, .spent_twice = 1, .never_issued = 1}));
  EXPECT_EQ(counts.unused(), 1);
  ASSERT_TRUE(store_->spend_tokens("croydon", "kiosk-a", {Digest{2}}));
  EXPECT_THAT(*store_->tokens_by_kiosk("croydon"),
              testing::ElementsAre(KioskTokens{"kiosk-a", 3}, KioskTokens{"kiosk-b", 2}));
}

TEST_P(StoreConformance, HasOneSaltForItsLife) {
  const auto salt = store_->salt();
  EXPECT_EQ(salt->size(), 16U);
  EXPECT_EQ(*salt, *store_->salt());
}

TEST_P(StoreConformance, AnswersEveryPutOfManyAtOnce) {
  std::vector<std::future<Result<std::vector<PutOutcome>>>> answers;
  for (std::uint8_t i = 0; i < 200; ++i) {
    auto promise = std::make_shared<std::promise<Result<std::vector<PutOutcome>>>>();
    answers.push_back(promise->get_future());
    store_->put({"croydon", "kiosk-a", "2026-11-22", {envelope(i)}},
                [promise](auto done) { promise->set_value(std::move(done)); });
  }
  for (auto& answer : answers) EXPECT_THAT(*answer.get(), testing::ElementsAre(PutOutcome::stored));
  EXPECT_EQ(store_->count_envelopes("croydon"), 200);
}

}  // namespace perspective::store

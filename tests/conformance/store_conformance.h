// What every Store must do, whatever is behind it. A test program includes this and instantiates StoreConformance with
// the kinds that it has.
#pragma once

#include <future>
#include <memory>
#include <vector>

#include "conformance/audit_conformance.h"
#include "conformance/kiosk_conformance.h"
#include "conformance/paper_conformance.h"
#include "conformance/record_conformance.h"
#include "conformance/standing_conformance.h"
#include "conformance/store_kind.h"

namespace perspective::store {

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

TEST_P(StoreConformance, UpdatesAllOfAnInspectionButItsId) {
  auto changed = inspection("croydon");
  changed.head.state = "closed";
  changed.head.version = 2;
  changed.head.is_accepting = false;
  changed.package = {4};
  changed.definition = R"({"of":"the same, changed"})";
  changed.head.area = "Another";
  changed.head.envelope_bytes = 200;
  ASSERT_TRUE(store_->update_inspection(changed));
  const auto found = store_->inspection("croydon");
  EXPECT_EQ(found->definition, changed.definition);
  EXPECT_EQ(found->head.area, "Another");
  EXPECT_EQ(found->head.envelope_bytes, 200U);
  EXPECT_EQ(found->head.state, "closed");
  EXPECT_EQ(found->head.version, 2);
  EXPECT_FALSE(found->head.is_accepting);
  EXPECT_EQ(found->package, Bytes{4});
}

TEST_P(StoreConformance, LetsNoVersionGoBackNorOnePackageStandForTwo) {
  auto changed = inspection("croydon");
  changed.head.version = 2;
  changed.package = {4};
  ASSERT_TRUE(store_->update_inspection(changed));
  EXPECT_EQ(store_->update_inspection(inspection("croydon")).error().code, ErrorCode::conflict);
  changed.package = {5};
  EXPECT_EQ(store_->update_inspection(changed).error().code, ErrorCode::conflict);
  EXPECT_EQ(store_->issue_tokens(changed, {Digest{1}}).error().code, ErrorCode::conflict);
  EXPECT_TRUE(store_->tokens("croydon")->empty());
  EXPECT_EQ(store_->inspection("croydon")->package, Bytes{4});
}

// Two who read it, change it and write it back, as two collectors do that share a store: the second overwrites nothing.
TEST_P(StoreConformance, LetsAChangeThroughOnlyWhereTheInspectionIsStillAsItWasRead) {
  auto published = store_->inspection("croydon").value();
  auto other_dates = published;
  published.head.state = "published";
  ASSERT_TRUE(store_->update_inspection(published));
  other_dates.definition = R"({"report_due":"2013-01-01"})";
  EXPECT_EQ(store_->update_inspection(other_dates).error().code, ErrorCode::conflict);
  EXPECT_EQ(store_->issue_tokens(other_dates, {Digest{1}}).error().code, ErrorCode::conflict);
  EXPECT_EQ(store_->inspection("croydon")->head.state, "published");
  auto next = store_->inspection("croydon").value();
  next.definition = other_dates.definition;
  EXPECT_TRUE(store_->update_inspection(next)) << "whoever looks again may";
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

TEST_P(StoreConformance, TakesBackSeveralAtOnceSomeOfThemTwiceAndSomeThatNeverCame) {
  put("croydon", {envelope(1), envelope(2), envelope(3)});
  ASSERT_TRUE(store_->withdraw(
      "croydon", std::vector{envelope(9).id, envelope(1).id, envelope(1).id, envelope(3).id, envelope(9).id}));
  ASSERT_TRUE(store_->withdraw("croydon", std::vector{envelope(3).id, envelope(8).id}));
  ASSERT_TRUE(store_->withdraw("croydon", std::vector<Id>()));
  EXPECT_THAT(*store_->envelope_ids("croydon"), testing::ElementsAre(envelope(2).id));
  EXPECT_EQ(store_->count_withdrawn("croydon"), 2);
  EXPECT_EQ(store_->withdrawn()->size(), 4U);
  EXPECT_THAT(
      put("croydon", {envelope(9), envelope(8), envelope(1), envelope(4)}),
      testing::ElementsAre(PutOutcome::withdrawn, PutOutcome::withdrawn, PutOutcome::withdrawn, PutOutcome::stored));
}

TEST_P(StoreConformance, TellsWhichOfTheseWereTakenBack) {
  add_inspection("brent");
  put("croydon", {envelope(1), envelope(2)});
  ASSERT_TRUE(store_->withdraw("croydon", std::vector{envelope(9).id, envelope(1).id}));
  ASSERT_TRUE(store_->withdraw("brent", envelope(2).id));
  EXPECT_THAT(*store_->withdrawn_among("croydon", std::vector{envelope(9).id, envelope(2).id, envelope(1).id,
                                                              envelope(9).id, envelope(7).id}),
              testing::ElementsAre(envelope(1).id, envelope(9).id));
  EXPECT_TRUE(store_->withdrawn_among("croydon", std::vector<Id>())->empty());
  EXPECT_TRUE(store_->withdrawn_among("nowhere", std::vector{envelope(1).id})->empty());
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

// As after a backup that was made before it came was put back.
TEST_P(StoreConformance, BalancesWhatHadComeAndWasWithdrawnThoughItIsNotHereAnyMore) {
  put("croydon", {envelope(1), envelope(2)});
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(store_->withdraw_what_had_come("croydon", envelope(7).id));
    ASSERT_TRUE(store_->withdraw_what_had_come("croydon", envelope(2).id));  // that is here all the same
    ASSERT_TRUE(store_->withdraw("croydon", envelope(7).id));
  }
  EXPECT_EQ(store_->daily_counts("croydon")->front().envelopes, 1);
  EXPECT_EQ(store_->daily_counts("croydon")->front().kiosk, "");
  EXPECT_EQ(store_->daily_counts("croydon")->back().envelopes, 2);
  EXPECT_EQ(store_->count_envelopes("croydon"), 1);
  EXPECT_EQ(store_->count_withdrawn("croydon"), 2);
  EXPECT_THAT(put("croydon", {envelope(7), envelope(2)}),
              testing::ElementsAre(PutOutcome::withdrawn, PutOutcome::withdrawn));
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

TEST_P(StoreConformance, ListsTheIdsOfWhatIsStoredInTheirOrder) {
  add_inspection("lewes");
  put("croydon", {envelope(255), envelope(1), envelope(128), envelope(3)});
  put("lewes", {envelope(2)});
  ASSERT_TRUE(store_->withdraw("croydon", envelope(3).id));
  EXPECT_THAT(*store_->envelope_ids("croydon"),
              testing::ElementsAre(envelope(1).id, envelope(128).id, envelope(255).id));
  EXPECT_TRUE(store_->envelope_ids("elsewhere")->empty());
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

TEST_P(StoreConformance, ReplacesAnAnnotationById) {
  Annotation annotation{.id = {1}, .body = {1, 1}};
  ASSERT_TRUE(store_->put_annotation("croydon", annotation));
  annotation.body = {2};
  ASSERT_TRUE(store_->put_annotation("croydon", annotation));
  const auto found = store_->annotations("croydon");
  ASSERT_EQ(found->size(), 1U);
  EXPECT_EQ(found->front().body, Bytes{2});
}

TEST_P(StoreConformance, RaisesPlainCountsWithAnAnnotationAndNeverLowersOne) {
  const std::vector<PlainCount> first{{"read", 5}, {"other", 1}};
  const std::vector<PlainCount> lower{{"read", 3}, {"other", 2}};
  ASSERT_TRUE(store_->put_annotation("croydon", {.id = {1}, .body = {1}, .counts = first}));
  ASSERT_TRUE(store_->put_annotation("croydon", {.id = {2}, .body = {2}, .counts = lower}));
  EXPECT_THAT(*store_->plain_counts("croydon"), testing::ElementsAre(PlainCount{"other", 2}, PlainCount{"read", 5}));
  EXPECT_TRUE(store_->plain_counts("lewes")->empty());
  EXPECT_FALSE(store_->put_annotation("nowhere", {.id = {3}, .body = {3}, .counts = {{"read", 1}}}));
  EXPECT_TRUE(store_->plain_counts("nowhere")->empty());
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

TEST_P(StoreConformance, TellsHowManyTokensAreNewAndOfNobody) {
  add_inspection("lewes");
  ASSERT_TRUE(store_->issue_tokens(inspection("croydon"), {Digest{1}}));
  ASSERT_TRUE(store_->spend_tokens("croydon", "kiosk-a", {Digest{8}}));
  const std::vector<Digest> asked{Digest{1}, Digest{8}, Digest{9}};
  EXPECT_EQ(store_->unknown_tokens("croydon", "kiosk-a", asked), 1);
  EXPECT_EQ(store_->unknown_tokens("croydon", "kiosk-b", asked), 2);
  EXPECT_EQ(store_->unknown_tokens("lewes", "kiosk-a", asked), 3);
  EXPECT_EQ(store_->unknown_tokens("croydon", "kiosk-a", {}), 0);
}

TEST_P(StoreConformance, HasOneSaltForItsLife) {
  const auto salt = store_->salt();
  EXPECT_EQ(salt->size(), 16U);
  EXPECT_EQ(*salt, *store_->salt());
}

TEST_P(StoreConformance, KeepsTheSumsRightWhereRepeatsAndNewOnesComeTogether) {
  std::vector<std::future<Result<std::vector<PutOutcome>>>> answers;
  for (std::uint8_t i = 0; i < 60; ++i) {
    auto promise = std::make_shared<std::promise<Result<std::vector<PutOutcome>>>>();
    answers.push_back(promise->get_future());
    const auto id = static_cast<std::uint8_t>(i / 3);
    store_->put({"croydon", i % 2 == 0 ? "kiosk-a" : "kiosk-b", "2026-11-22", {envelope(id), envelope(id)}},
                [promise](auto done) { promise->set_value(std::move(done)); });
  }
  std::int64_t stored = 0;
  for (auto& answer : answers) {
    const auto outcomes = answer.get();
    for (const auto outcome : *outcomes) {
      stored += outcome == PutOutcome::stored ? 1 : 0;
      EXPECT_TRUE(outcome == PutOutcome::stored || outcome == PutOutcome::repeated);
    }
  }
  EXPECT_EQ(stored, 20);
  std::int64_t counted = 0;
  const auto counts = store_->daily_counts("croydon");
  for (const auto& count : *counts) counted += count.envelopes;
  EXPECT_EQ(counted, 20);
  EXPECT_EQ(store_->count_envelopes("croydon"), 20);
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

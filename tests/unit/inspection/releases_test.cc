// Releases of an inspection, from real sealed responses: frozen once, sealed until it is published.
#include "inspection/releases.h"

#include "unit/inspection/collector.h"

namespace perspective::inspection {
namespace {

using release::Says;
using testing::HasSubstr;
using testing::Not;

class ReleasesOfAnInspection : public Collector {
 protected:
  void SetUp() override {
    Collector::SetUp();
    create();
  }
  void deliver_readers(int weekly, int monthly) {
    for (int i = 0; i < weekly; ++i) deliver(weekly_reader());
    auto other = weekly_reader();
    other.answers["comes"] = survey::Choice{"monthly"};
    for (int i = 0; i < monthly; ++i) deliver(other);
  }
  void end_fieldwork() {
    ASSERT_TRUE(inspections_->end_fieldwork("lewes"));
    ASSERT_TRUE(unlock());
  }
  Releases releases() { return Releases(*inspections_); }
  static release::Statement regulars(const release::Release& release) {
    return *release.part("readers")->statement("regulars");
  }
  ShownOverride confirmed(const WantedOverride& wanted) {
    auto order = wanted;
    order.confirmation = releases().show("lewes", wanted)->confirmation;
    const auto done = releases().confirm("lewes", order);
    EXPECT_TRUE(done) << done.error().what;
    return *done;
  }
  void publish() {
    for (const auto step : {State::provisional, State::draft_report}) ASSERT_TRUE(inspections_->advance("lewes", step));
  }
  const WantedOverride kMore{
      .questionnaire = "readers", .finding = "regulars", .by = "ada", .reason = "the readers asked for it"};
};

TEST_F(ReleasesOfAnInspection, SaysWhatAReleaseWouldSayAndHowMuchOfIt) {
  deliver_readers(12, 8);
  end_fieldwork();
  const auto check = *releases().check("lewes");
  EXPECT_EQ(regulars(check.release).says, Says::exactly);
  EXPECT_EQ(regulars(check.release).count, 12);
  EXPECT_EQ(check.share.say_something, 1);
  EXPECT_EQ(check.said_by_suppression, 1);
  EXPECT_EQ(check.clauses.front().front(), "C");
  EXPECT_TRUE(check.refusals.empty());
  EXPECT_FALSE(check.obstacle);
}

TEST_F(ReleasesOfAnInspection, IsFrozenOnlyWhenFieldworkHasEndedAndItIsUnlocked) {
  deliver_readers(12, 8);
  ASSERT_TRUE(unlock());
  EXPECT_EQ(releases().freeze("lewes", "ada").error().code, ErrorCode::conflict);
  const auto open = releases().check("lewes")->obstacle;
  ASSERT_TRUE(open);
  EXPECT_EQ(open->kind, Obstacle::Kind::state);
  EXPECT_THAT(open->why.what, HasSubstr("has not ended"));
  end_fieldwork();
  ASSERT_TRUE(inspections_->lock("lewes"));
  EXPECT_EQ(releases().freeze("lewes", "ada").error().code, ErrorCode::refused);
  EXPECT_EQ(releases().read("lewes").error().code, ErrorCode::not_found);
  ASSERT_TRUE(unlock());
  EXPECT_EQ(releases().freeze("lewes", "ada")->number, 1);
}

TEST_F(ReleasesOfAnInspection, WarnsOfKiosksThatHaveNotToldHowTheirVisitsEnded) {
  const Bytes secret = random_bytes(16);
  ASSERT_TRUE(store_->add_invite({secret, "lewes", "", kNow + 60}));
  ASSERT_TRUE(store_->enrol(secret, kNow, {.id = "kiosk-a", .name = "Hall", .serial = "a", .inspections = {}}));
  deliver_readers(12, 8);
  end_fieldwork();
  EXPECT_THAT(releases().check("lewes")->warnings, testing::Contains(HasSubstr("not yet reported: Hall")));
  EXPECT_FALSE(releases().check("lewes")->obstacle);
  ASSERT_TRUE(inspections_->take_ledger("lewes", "kiosk-a", {.started = 20, .sent = 20}));
  EXPECT_THAT(releases().check("lewes")->warnings, Not(testing::Contains(HasSubstr("not yet reported"))));
}

TEST_F(ReleasesOfAnInspection, StaysAsItWasFrozenWhateverComesLater) {
  deliver_readers(12, 8);
  end_fieldwork();
  const auto frozen = *releases().freeze("lewes", "ada");
  deliver_readers(9, 0);
  EXPECT_EQ(releases().read("lewes")->release, frozen.release);
  const auto again = releases().freeze("lewes", "ada");
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
  EXPECT_THAT(again.error().what, HasSubstr("fewer than ten"));
  EXPECT_TRUE(releases().check("lewes")->obstacle);
  EXPECT_EQ(releases().check("lewes")->release, frozen.release);
  restart();
  ASSERT_TRUE(unlock());
  EXPECT_EQ(releases().read("lewes")->release, frozen.release);
}

TEST_F(ReleasesOfAnInspection, GivesWayToAnotherWhenTenResponsesChangedAndTheDifferenceTellsNothing) {
  deliver_readers(14, 3);
  end_fieldwork();
  EXPECT_EQ(regulars(releases().freeze("lewes", "ada")->release).says, Says::nearly_all);
  deliver_readers(10, 0);
  const auto second = releases().freeze("lewes", "ada");
  ASSERT_TRUE(second) << second.error().what;
  EXPECT_EQ(second->number, 2);
  EXPECT_EQ(second->release.part("readers")->respondents, 27);
}

TEST_F(ReleasesOfAnInspection, IsRefusedWhereTheDifferenceTellsWhatTheNewcomersAnswered) {
  deliver_readers(12, 8);
  end_fieldwork();
  ASSERT_TRUE(releases().freeze("lewes", "ada"));
  deliver_readers(5, 5);
  const auto second = releases().freeze("lewes", "ada");
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::refused);
  EXPECT_THAT(second.error().what,
              testing::AllOf(HasSubstr("'release 1: regulars'"), HasSubstr("'release 2: regulars'"),
                             Not(HasSubstr("17")), Not(HasSubstr("12"))));
  EXPECT_FALSE(releases().check("lewes")->refusals.empty());
  EXPECT_EQ(releases().read("lewes")->number, 1);
}

TEST_F(ReleasesOfAnInspection, LiesSealedUntilItIsPublished) {
  deliver_readers(12, 8);
  end_fieldwork();
  ASSERT_TRUE(releases().freeze("lewes", "ada"));
  const auto kept = store_->record("release", "lewes")->body;
  for (const auto* word : {"exactly", "regulars", "respondents", "nearly_everyone"})
    EXPECT_THAT(kept, Not(HasSubstr(word)));
  EXPECT_THAT(store_->inspection("lewes")->definition, Not(HasSubstr("nearly_everyone")));
  ASSERT_TRUE(inspections_->lock("lewes"));
  EXPECT_EQ(releases().read("lewes").error().code, ErrorCode::refused);
  ASSERT_TRUE(unlock());
  EXPECT_FALSE(releases().read("lewes")->is_published);
}

TEST_F(ReleasesOfAnInspection, TakesTheSameRoomSealedWhateverItSays) {
  deliver_readers(12, 8);
  end_fieldwork();
  ASSERT_TRUE(releases().freeze("lewes", "ada"));
  const auto exact = store_->record("release", "lewes")->body.size();
  create("hove");
  auto submission = weekly_reader();
  for (int i = 0; i < 20; ++i) deliver(sealed(submission, "hove"), "hove");
  ASSERT_TRUE(inspections_->end_fieldwork("hove"));
  ASSERT_TRUE(unlock("hove"));
  EXPECT_EQ(regulars(releases().freeze("hove", "ada")->release).says, Says::nearly_all);
  EXPECT_EQ(store_->record("release", "hove")->body.size(), exact);
}

TEST_F(ReleasesOfAnInspection, LiesOpenOnceItIsPublishedAndNotBefore) {
  deliver_readers(12, 8);
  end_fieldwork();
  const auto frozen = *releases().freeze("lewes", "Ada Byron");
  publish();
  ASSERT_TRUE(inspections_->lock("lewes"));
  const auto locked = inspections_->advance("lewes", State::published);
  EXPECT_EQ(locked.error().code, ErrorCode::refused);
  EXPECT_THAT(locked.error().what, HasSubstr("unlock it first"));
  ASSERT_TRUE(unlock());
  ASSERT_TRUE(inspections_->advance("lewes", State::published));
  const auto read = *releases().read("lewes");
  EXPECT_TRUE(read.is_published);
  EXPECT_EQ(read.release, frozen.release);
  EXPECT_EQ(read.frozen_at_s, kNow);
  EXPECT_THAT(store_->inspection("lewes")->definition, Not(HasSubstr("Byron")));
  ASSERT_TRUE(unlock());
  EXPECT_EQ(releases().freeze("lewes", "ada").error().code, ErrorCode::conflict);
}

TEST_F(ReleasesOfAnInspection, IsPublishedWithoutOneWhereNoneIsFrozen) {
  ASSERT_TRUE(inspections_->end_fieldwork("lewes"));
  publish();
  ASSERT_TRUE(inspections_->advance("lewes", State::published));
  EXPECT_EQ(releases().read("lewes").error().code, ErrorCode::not_found);
  EXPECT_EQ(*releases().frozen("lewes"), 0);
  EXPECT_THAT(releases().freeze("lewes", "ruth").error().what, HasSubstr("no release of it was frozen before"));
}

TEST_F(ReleasesOfAnInspection, AreCountedWhetherItIsLockedOrNot) {
  deliver_readers(16, 4);
  end_fieldwork();
  EXPECT_EQ(*releases().frozen("lewes"), 0);
  ASSERT_TRUE(releases().freeze("lewes", "ruth"));
  EXPECT_EQ(*releases().frozen("lewes"), 1);
  ASSERT_TRUE(inspections_->lock("lewes"));
  EXPECT_EQ(*releases().frozen("lewes"), 1);
}

TEST_F(ReleasesOfAnInspection, StatesMoreOnlyAfterWhatItGivesAwayWasShown) {
  deliver_readers(16, 4);
  end_fieldwork();
  const auto shown = *releases().show("lewes", kMore);
  EXPECT_EQ(shown.states, (release::StatedMore{"regulars", 16, 20}));
  EXPECT_FALSE(shown.is_confirmed);
  auto blind = kMore;
  blind.confirmation = "0123";
  EXPECT_EQ(releases().confirm("lewes", blind).error().code, ErrorCode::conflict);
  EXPECT_TRUE(releases().check("lewes")->overrides.empty());
  EXPECT_TRUE(confirmed(kMore).is_confirmed);
  const auto frozen = releases().freeze("lewes", "ada");
  ASSERT_TRUE(frozen) << frozen.error().what;
  EXPECT_EQ(frozen->release.part("readers")->stated_more.size(), 1U);
}

TEST_F(ReleasesOfAnInspection, WhatWasConfirmedAndGivesAwaySomethingElseByNowIsRefused) {
  deliver_readers(16, 4);
  end_fieldwork();
  auto order = kMore;
  order.confirmation = releases().show("lewes", kMore)->confirmation;
  deliver_readers(1, 0);
  EXPECT_EQ(releases().confirm("lewes", order).error().code, ErrorCode::conflict);
}

TEST_F(ReleasesOfAnInspection, WhatIsStatedMoreIsFrozenWithTheNumbersThatWereConfirmedOrNotAtAll) {
  deliver_readers(16, 4);
  end_fieldwork();
  confirmed(kMore);
  EXPECT_TRUE(releases().check("lewes")->overrides.front().holds_in(releases().check("lewes")->release));
  deliver_readers(1, 0);
  const auto changed = releases().freeze("lewes", "ada");
  ASSERT_FALSE(changed);
  EXPECT_EQ(changed.error().code, ErrorCode::conflict);
  EXPECT_THAT(changed.error().what, testing::AllOf(HasSubstr("'regulars' of 'readers'"), HasSubstr("confirm it again"),
                                                   Not(HasSubstr("16")), Not(HasSubstr("17")), Not(HasSubstr("2"))));
  const auto obstacle = releases().check("lewes")->obstacle;
  ASSERT_TRUE(obstacle);
  EXPECT_EQ(to_text(obstacle->kind), "changed");
  EXPECT_THAT(obstacle->findings, testing::ElementsAre(testing::Pair("readers", "regulars")));
  EXPECT_EQ(obstacle->why.what, changed.error().what);
  EXPECT_FALSE(releases().check("lewes")->overrides.front().holds_in(releases().check("lewes")->release));
  confirmed(kMore);
  const auto frozen = releases().freeze("lewes", "ada");
  ASSERT_TRUE(frozen) << frozen.error().what;
  EXPECT_EQ(frozen->release.part("readers")->stated_more.front(), (release::StatedMore{"regulars", 17, 21}));
}

TEST(AReleaseFile, OfBeforeNumbersWereKeptHasNoneThatHold) {
  const auto file = release_file_from(R"({"format": 1, "frozen": [], "overrides": [{"questionnaire": "readers",
    "finding": "regulars", "by": "ada", "reason": "asked for", "at_s": 1, "gives_away": []}]})");
  ASSERT_TRUE(file) << file.error().what;
  EXPECT_FALSE(file->overrides.front().shown);
  EXPECT_FALSE(file->overrides.front().holds_in({"lewes", {{"readers", 3, 21, {}, {{"regulars", 17, 21}}}}}));
  EXPECT_EQ(to_json(*release_file_from(to_json(*file))), to_json(*file));
}

TEST_F(ReleasesOfAnInspection, AnOverrideNeedsAReasonAndAFindingAndCanBeTakenBack) {
  deliver_readers(16, 4);
  end_fieldwork();
  auto without = kMore;
  without.reason = " ";
  EXPECT_EQ(releases().show("lewes", without).error().code, ErrorCode::invalid);
  auto unknown = kMore;
  unknown.finding = "writers";
  EXPECT_EQ(releases().show("lewes", unknown).error().code, ErrorCode::invalid);
  EXPECT_EQ(releases().take_back("lewes", "readers", "regulars").error().code, ErrorCode::not_found);
  confirmed(kMore);
  EXPECT_EQ(releases().check("lewes")->overrides.front().stated.by, "ada");
  ASSERT_TRUE(releases().take_back("lewes", "readers", "regulars"));
  EXPECT_TRUE(releases().freeze("lewes", "ada")->release.part("readers")->stated_more.empty());
}

TEST_F(ReleasesOfAnInspection, OfTwoWhoFreezeAtOnceOneIsToldSo) {
  deliver_readers(12, 8);
  end_fieldwork();
  const auto first = releases().freeze("lewes", "ada");
  ASSERT_TRUE(first);
  auto stale = *store_->record("release", "lewes");
  stale.version = 0;  // as the other, who looked before, would write
  EXPECT_EQ(store_->put_record(stale).error().code, ErrorCode::conflict);
}

TEST_F(ReleasesOfAnInspection, IsPutInWordsWithWhatWasChosenAndReadAndNothingElse) {
  deliver_readers(12, 7);
  deliver(weekly_reader("More chairs"));
  deliver(weekly_reader("Fewer steps"));
  end_fieldwork();
  ASSERT_TRUE(releases().freeze("lewes", "ada"));
  for (const auto* words : {"More chairs", "Fewer steps"})
    ASSERT_TRUE(inspections_->choose("lewes", {.reference = reference_of(words), .is_sic = false, .words = {}}));
  const auto read = inspections_->prepare("lewes", {reference_of("More chairs"), MarkRead{}, "ada"});
  ASSERT_TRUE(inspections_->keep("lewes", *read));
  const auto text = report::to_text(*releases().document("lewes", "en"));
  EXPECT_THAT(
      text,
      HasSubstr("Fourteen of those who answered and to whom the question applied, which was nearly everyone, come "
                "every week."));
  EXPECT_THAT(text, HasSubstr("They wished for “More chairs”."));
  EXPECT_THAT(text, Not(HasSubstr("Fewer steps")));
  EXPECT_EQ(releases().document("lewes", "cy").error().code, ErrorCode::not_found);
}

TEST_F(ReleasesOfAnInspection, IsReadWithoutQuotationsOnceItIsPublishedAndLocked) {
  deliver_readers(12, 7);
  deliver(weekly_reader("More chairs"));
  end_fieldwork();
  ASSERT_TRUE(releases().freeze("lewes", "ada"));
  ASSERT_TRUE(inspections_->choose("lewes", {.reference = reference_of("More chairs"), .is_sic = false, .words = {}}));
  const auto read = inspections_->prepare("lewes", {reference_of("More chairs"), MarkRead{}, "ada"});
  ASSERT_TRUE(inspections_->keep("lewes", *read));
  publish();
  ASSERT_TRUE(inspections_->advance("lewes", State::published));
  const auto text = report::to_text(*releases().document("lewes", "en"));
  EXPECT_THAT(text, HasSubstr("Thirteen of those who answered"));
  EXPECT_THAT(text, Not(HasSubstr("chairs")));
}

TEST_F(ReleasesOfAnInspection, SetsTwoQuestionsAgainstEachOtherForInspectors) {
  deliver_readers(3, 2);
  ASSERT_TRUE(unlock());
  const CrossTabWanted wanted{.questionnaire = "readers", .rows = "comes", .columns = "enjoys"};
  EXPECT_EQ(inspections_->cross_tab("lewes", wanted)->people, 5);
  auto only = wanted;
  only.only = {{"comes", {"weekly"}}};
  EXPECT_EQ(inspections_->cross_tab("lewes", only)->people, 3);
  auto unknown = wanted;
  unknown.questionnaire = "writers";
  EXPECT_EQ(inspections_->cross_tab("lewes", unknown).error().code, ErrorCode::not_found);
  ASSERT_TRUE(inspections_->lock("lewes"));
  EXPECT_EQ(inspections_->cross_tab("lewes", wanted).error().code, ErrorCode::refused);
}

}  // namespace
}  // namespace perspective::inspection

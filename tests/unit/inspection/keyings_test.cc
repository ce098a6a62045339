#include "base/sqlite.h"
#include "envelope/identity.h"
#include "paper/reference.h"
#include "token/token.h"
#include "unit/inspection/collector.h"

namespace perspective::inspection {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

class FormsOnPaper : public Collector {
 protected:
  void SetUp() override {
    Collector::SetUp();
    create();
    form_ = drawn();
  }
  std::string drawn() { return paper::draw_reference(package().salt); }
  Result<int> key(const std::string& who, const paper::Given& answers, const std::string& token = {}) {
    return inspections_->key_paper(
        "lewes", {.reference = form_, .questionnaire = "readers", .language = "en", .answers = answers, .token = token},
        who);
  }
  void key_twice(const paper::Given& first, const paper::Given& second) {
    ASSERT_EQ(key("anna", first), 1);
    ASSERT_EQ(key("ben", second), 2);
  }
  Result<PaperSettlement> settle(const paper::Given& third = {}, const std::string& by = "carla",
                                 const std::string& language = {}) {
    return inspections_->settle_paper("lewes", {.reference = form_, .third = {third, language}, .by = by});
  }
  Result<void> discard(const std::string& by, bool may_read_answers = true, bool is_for_good = false,
                       const std::string& why = "the wrong questionnaire") {
    return inspections_->discard_paper("lewes", {form_, why, by, may_read_answers, is_for_good});
  }
  Result<void> discard_as_clerk(const std::string& by) { return discard(by, false); }
  Result<void> discard_for_good(const std::string& by) { return discard(by, true, true); }
  // As if what was keyed had never gone: where the collector died, or somebody else was quicker.
  void put_back(const std::vector<store::Keying>& keyings) {
    auto database = *sqlite::Database::open(folder_ / "collector.sqlite");
    for (const auto& keying : keyings) {
      auto put = *database.prepare("INSERT INTO keyings (inspection, form, keyer, body) VALUES ('lewes', ?, ?, ?)");
      ASSERT_TRUE(put.bind(1, ByteView(keying.form)).bind(2, keying.keyer).bind(3, ByteView(keying.body)).run());
    }
  }
  std::int64_t counted() { return unlock()->counted; }
  store::Id form_id() { return *envelope::derive_id(paper::words_of(form_), package().salt); }
  std::vector<std::string> tokens(std::size_t count) {
    const auto sheet = *inspections_->issue_tokens("lewes", count);
    std::vector<std::string> all;
    for (std::size_t at = sheet.find("        "); at != std::string::npos; at = sheet.find("        ", at + 8)) {
      if (const auto token = token::read(sheet.substr(at + 8, 14))) all.push_back(*token);
    }
    return all;
  }

  std::string form_;
  const paper::Given weekly_ = {{"comes", {"weekly"}}, {"enjoys", {"much"}}};
  const paper::Given monthly_ = {{"comes", {"monthly"}}, {"enjoys", {"much"}}};
};

TEST_F(FormsOnPaper, AreKeyedWhileTheInspectionIsLockedAndReadableByNobody) {
  ASSERT_EQ(key("anna", {{"comes", {"weekly"}}, {"wishes", {"a warmer hall"}}, {"quote_me", {"please"}}}), 1);
  const auto keyings = *store_->keyings("lewes");
  ASSERT_THAT(keyings, SizeIs(1));
  EXPECT_THAT(std::string(as_text(keyings[0].body)), Not(HasSubstr("warmer")));
  const auto standing = *inspections_->paper_standing("lewes");
  EXPECT_EQ(standing.keyed_once, 1);
  EXPECT_FALSE(standing.forms);
}

// As of answers: neither how much was written nor what was asked can be told from a size.
TEST_F(FormsOnPaper, AreOfOneSizeHoweverMuchStandsOnThem) {
  ASSERT_EQ(key("anna", {}), 1);
  ASSERT_EQ(key("ben", {{"comes", {"weekly"}}, {"wishes", {std::string(300, 'w')}}, {"quote_me", {"please"}}}), 2);
  const auto keyings = *store_->keyings("lewes");
  EXPECT_EQ(keyings[0].body.size(), keyings[1].body.size());
}

TEST_F(FormsOnPaper, AreNotKeyedTwiceByOnePerson) {
  ASSERT_EQ(key("anna", weekly_), 1);
  EXPECT_EQ(key("anna", weekly_).error().code, ErrorCode::conflict);
  ASSERT_EQ(key("ben", weekly_), 2);
  EXPECT_EQ(key("carla", weekly_).error().code, ErrorCode::conflict);
}

TEST_F(FormsOnPaper, AreRefusedWithAWrongLetter) {
  form_.back() = form_.back() == 'B' ? 'C' : 'B';
  EXPECT_EQ(key("anna", weekly_).error().code, ErrorCode::invalid);
}

TEST_F(FormsOnPaper, OfAnotherInspectionAreRefusedButForOneOfNineteen) {
  create("hove");
  const auto salt = package("hove").salt;
  int refused = 0;
  for (int i = 0; i < 20 && refused == 0; ++i) {
    form_ = paper::draw_reference(salt);
    const auto keyed = key("anna", weekly_);
    if (keyed) continue;
    EXPECT_THAT(keyed.error().what, HasSubstr("of this inspection"));
    ++refused;
  }
  EXPECT_EQ(refused, 1);
}

TEST_F(FormsOnPaper, AreCountedOnceBothAgree) {
  key_twice(weekly_, weekly_);
  ASSERT_TRUE(unlock());
  const auto forms = *inspections_->paper_standing("lewes")->forms;
  ASSERT_THAT(forms, SizeIs(1));
  EXPECT_TRUE(forms[0].is_agreed());
  EXPECT_EQ(forms[0].reference, form_);
  EXPECT_THAT(forms[0].keyers, ElementsAre("anna", "ben"));
  ASSERT_TRUE(settle());
  EXPECT_EQ(counted(), 1);
  EXPECT_THAT(*store_->keyings("lewes"), IsEmpty());
  EXPECT_THAT(*inspections_->tally_json("lewes"), HasSubstr("\"on_paper\":1"));
}

TEST_F(FormsOnPaper, AreShownItemByItemWhereTheyDifferAndSettledByAThirdLook) {
  key_twice(weekly_, monthly_);
  EXPECT_EQ(settle().error().code, ErrorCode::refused) << "locked";
  ASSERT_TRUE(unlock());
  const auto forms = *inspections_->paper_standing("lewes")->forms;
  ASSERT_THAT(forms.at(0).differences, SizeIs(1));
  EXPECT_THAT(forms[0].differences[0].first, ElementsAre("weekly"));
  EXPECT_THAT(forms[0].differences[0].second, ElementsAre("monthly"));
  EXPECT_EQ(settle().error().code, ErrorCode::invalid);
  EXPECT_EQ(counted(), 0);
  ASSERT_TRUE(settle({{"comes", {"monthly"}}}));
  EXPECT_EQ(counted(), 1);
  EXPECT_THAT(*inspections_->tally_text("lewes", "en"), HasSubstr("On paper: 1"));
}

TEST_F(FormsOnPaper, AreNotCountedAfterOneKeyingAlone) {
  ASSERT_EQ(key("anna", weekly_), 1);
  ASSERT_TRUE(unlock());
  EXPECT_EQ(settle().error().code, ErrorCode::conflict);
  EXPECT_EQ(counted(), 0);
}

// From then on they could not be counted, and nobody could read what was written on them.
TEST_F(FormsOnPaper, ThatWaitAreSettledBeforeTheReportIsDrafted) {
  ASSERT_EQ(key("anna", weekly_), 1);
  ASSERT_TRUE(inspections_->end_fieldwork("lewes"));
  ASSERT_TRUE(inspections_->advance("lewes", State::provisional));
  const auto refused = inspections_->advance("lewes", State::draft_report);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().what, testing::HasSubstr("neither counted nor discarded for good: 1"));
  ASSERT_TRUE(discard("carla"));
  EXPECT_FALSE(inspections_->advance("lewes", State::draft_report)) << "it waits to be keyed again";
  ASSERT_TRUE(discard_for_good("carla"));
  EXPECT_TRUE(inspections_->advance("lewes", State::draft_report));
}

// The collector was killed when the answer was stored and what was keyed was still there.
TEST_F(FormsOnPaper, AreCountedOnceWhereTheCollectorDiedInBetween) {
  key_twice(weekly_, weekly_);
  const auto keyings = *store_->keyings("lewes");
  ASSERT_TRUE(unlock());
  ASSERT_TRUE(settle());
  put_back(keyings);
  restart();
  ASSERT_TRUE(unlock());
  ASSERT_TRUE(settle());
  EXPECT_EQ(counted(), 1);
  EXPECT_THAT(*store_->keyings("lewes"), IsEmpty());
  EXPECT_EQ(*store_->count_envelopes("lewes"), 1);
}

TEST_F(FormsOnPaper, AreNotKeyedAgainOnceTheyAreCounted) {
  key_twice(weekly_, weekly_);
  ASSERT_TRUE(unlock());
  ASSERT_TRUE(settle());
  EXPECT_EQ(key("carla", weekly_).error().code, ErrorCode::conflict);
}

TEST_F(FormsOnPaper, AreTakenBackWithTheirLettersBeforeAndAfterTheyAreCounted) {
  key_twice(weekly_, weekly_);
  ASSERT_TRUE(inspections_->withdraw_paper("lewes", form_));
  EXPECT_THAT(*store_->keyings("lewes"), IsEmpty());
  EXPECT_EQ(key("anna", weekly_).error().code, ErrorCode::conflict);

  const auto other = drawn();
  for (const auto* who : {"anna", "ben"}) {
    ASSERT_TRUE(inspections_->key_paper(
        "lewes", {.reference = other, .questionnaire = "readers", .language = "en", .answers = weekly_, .token = {}},
        who));
  }
  ASSERT_TRUE(unlock());
  ASSERT_TRUE(inspections_->settle_paper("lewes", {.reference = other}));
  EXPECT_EQ(counted(), 1);
  ASSERT_TRUE(inspections_->withdraw_paper("lewes", other));
  EXPECT_EQ(counted(), 0);
}

TEST_F(FormsOnPaper, AreNotCountedWhereTheyWereTakenBackMeanwhile) {
  key_twice(weekly_, weekly_);
  const auto keyings = *store_->keyings("lewes");
  ASSERT_TRUE(unlock());
  ASSERT_TRUE(inspections_->withdraw_paper("lewes", form_));
  const auto after = settle();
  ASSERT_TRUE(after) << after.error().what;
  EXPECT_TRUE(after->is_taken_back);
  EXPECT_FALSE(after->is_counted);
  put_back(keyings);  // whoever settles had read them before they went
  EXPECT_TRUE(settle()->is_taken_back);
  EXPECT_EQ(counted(), 0);
}

TEST_F(FormsOnPaper, AreSettledByNobodyWhoKeyedThem) {
  key_twice(weekly_, monthly_);
  ASSERT_TRUE(unlock());
  for (const auto* const keyer : {"anna", "ben"}) {
    EXPECT_EQ(settle({{"comes", {"weekly"}}}, keyer).error().code, ErrorCode::refused) << keyer;
  }
  EXPECT_EQ(counted(), 0);
  EXPECT_TRUE(settle({{"comes", {"weekly"}}}, "carla")->is_counted);
}

TEST_F(FormsOnPaper, AreCountedByAnybodyWhereBothAgree) {
  key_twice(weekly_, weekly_);
  ASSERT_TRUE(unlock());
  EXPECT_TRUE(settle({}, "anna")->is_counted);
}

TEST_F(FormsOnPaper, CanBeKeyedAgainWhenWhatWasKeyedIsDiscarded) {
  EXPECT_EQ(discard("carla").error().code, ErrorCode::not_found);
  key_twice(weekly_, monthly_);
  ASSERT_TRUE(discard("carla"));
  EXPECT_EQ(discard("carla").error().code, ErrorCode::conflict) << "it is discarded already";
  EXPECT_EQ(inspections_->paper_standing("lewes")->discarded, 1);
  ASSERT_TRUE(unlock());
  auto forms = *inspections_->paper_standing("lewes")->forms;
  ASSERT_THAT(forms, SizeIs(1));
  EXPECT_EQ(forms[0].reference, form_) << "whoever looks for it on paper is told which";
  EXPECT_THAT(forms[0].keyers, IsEmpty());
  EXPECT_EQ(settle({{"comes", {"weekly"}}}).error().code, ErrorCode::conflict);
  EXPECT_EQ(key("anna", weekly_), 1);
  EXPECT_EQ(key("ben", weekly_), 2);
  EXPECT_EQ(key("carla", weekly_).error().code, ErrorCode::conflict);
  forms = *inspections_->paper_standing("lewes")->forms;
  EXPECT_THAT(forms.at(0).keyers, ElementsAre("anna", "ben"));
  EXPECT_TRUE(forms[0].is_agreed());
  ASSERT_TRUE(settle());
  EXPECT_EQ(counted(), 1);
  EXPECT_THAT(*store_->keyings("lewes"), IsEmpty());
}

TEST_F(FormsOnPaper, LeaveNothingThatWasKeyedWhereItIsDiscarded) {
  ASSERT_EQ(key("anna", {{"comes", {"weekly"}}, {"wishes", {"a warmer hall"}}, {"quote_me", {"please"}}}), 1);
  const auto before = *store_->keyings("lewes");
  ASSERT_TRUE(discard("anna"));
  const auto after = *store_->keyings("lewes");
  ASSERT_THAT(after, SizeIs(1));
  EXPECT_NE(after[0].body, before[0].body);
  EXPECT_EQ(after[0].body.size(), before[0].body.size()) << "nor can be told from a size what it is";
  const auto key = cabinet_->unlock("lewes", keys::Half::inspection, kPassphrase);
  ASSERT_TRUE(key);
  const auto opened = envelope::open(after[0].body, *key);
  ASSERT_TRUE(opened);
  EXPECT_THAT(std::string(opened->text()),
              AllOf(StartsWith(form_), Not(HasSubstr("warmer")), Not(HasSubstr("weekly"))));
}

// A clerk who typed the wrong thing undoes it at once; what two have keyed only somebody else takes away.
TEST_F(FormsOnPaper, AreDiscardedByAClerkWhoAloneHasKeyedThem) {
  ASSERT_EQ(key("anna", weekly_), 1);
  EXPECT_EQ(discard_as_clerk("ben").error().code, ErrorCode::refused) << "not his";
  EXPECT_TRUE(discard_as_clerk("anna"));
  key_twice(weekly_, monthly_);
  EXPECT_EQ(discard_as_clerk("anna").error().code, ErrorCode::refused);
  EXPECT_EQ(discard_as_clerk("carla").error().code, ErrorCode::refused);
  EXPECT_EQ(discard("anna").error().code, ErrorCode::refused) << "an inspector, but one of the two";
  EXPECT_THAT(*store_->keyings("lewes"), SizeIs(3)) << "and that it was discarded before";
  EXPECT_TRUE(discard("carla"));
}

TEST_F(FormsOnPaper, AreDiscardedForAReason) {
  ASSERT_EQ(key("anna", weekly_), 1);
  for (const auto& why : {std::string(), std::string("  "), std::string(301, 'w')}) {
    EXPECT_EQ(discard("anna", true, false, why).error().code, ErrorCode::invalid) << why;
  }
  EXPECT_THAT(*store_->keyings("lewes"), SizeIs(1));
}

TEST_F(FormsOnPaper, AreDiscardedForGoodOnlyByAnInspectorWhoNeverKeyedThem) {
  ASSERT_EQ(key("anna", weekly_), 1);
  EXPECT_EQ(discard("anna", false, true).error().code, ErrorCode::refused) << "a clerk";
  EXPECT_EQ(discard_for_good("anna").error().code, ErrorCode::refused);
  ASSERT_TRUE(discard("anna"));
  EXPECT_EQ(discard_for_good("anna").error().code, ErrorCode::refused) << "nor in two steps";
  EXPECT_TRUE(discard_for_good("ben"));
  EXPECT_THAT(*store_->keyings("lewes"), IsEmpty());
}

TEST_F(FormsOnPaper, AreCountedBesideOneThatCannotBeOpened) {
  key_twice(weekly_, weekly_);
  auto broken = store_->keyings("lewes")->front();
  broken.form = store::Id{1};
  broken.keyer = "ben";
  broken.body.back() ^= 1;
  ASSERT_TRUE(store_->put_keying("lewes", broken, {}));
  ASSERT_TRUE(unlock());
  const auto standing = inspections_->paper_standing("lewes");
  ASSERT_TRUE(standing) << standing.error().what;
  ASSERT_THAT(*standing->forms, SizeIs(2));
  EXPECT_THAT(standing->forms->at(0).unreadable, ElementsAre("ben")) << "it is said whose";
  EXPECT_FALSE(standing->forms->at(0).is_agreed());
  EXPECT_EQ(standing->forms->at(1).reference, form_);
  ASSERT_TRUE(settle());
  EXPECT_EQ(counted(), 1);
}

TEST_F(FormsOnPaper, OfWhichOneKeyingCannotBeOpenedAreNotCountedAndCanBeDiscarded) {
  ASSERT_EQ(key("anna", weekly_), 1);
  auto broken = store_->keyings("lewes")->front();
  broken.keyer = "ben";
  broken.body.back() ^= 1;
  ASSERT_TRUE(store_->put_keying("lewes", broken, {}));
  ASSERT_TRUE(unlock());
  const auto forms = *inspections_->paper_standing("lewes")->forms;
  ASSERT_THAT(forms, SizeIs(1));
  EXPECT_EQ(forms[0].reference, form_) << "the other says which form it is";
  EXPECT_THAT(forms[0].unreadable, ElementsAre("ben"));
  EXPECT_THAT(settle().error().what, HasSubstr("what ben keyed of this form cannot be read"));
  EXPECT_TRUE(discard("carla"));
  EXPECT_EQ(key("ben", weekly_), 1);
}

TEST_F(FormsOnPaper, SpendTheirTokenOnceAndOnlyOneOfThisInspection) {
  const auto slips = tokens(2);
  ASSERT_THAT(slips, SizeIs(2));
  EXPECT_EQ(key("anna", weekly_, token::draw()).error().code, ErrorCode::refused);
  EXPECT_EQ(key("anna", weekly_, "nonsense").error().code, ErrorCode::invalid);
  ASSERT_EQ(key("anna", weekly_, slips[0]), 1);
  EXPECT_EQ(inspections_->tokens("lewes")->counts.spent, 1);
  const auto other = inspections_->key_paper(
      "lewes",
      {.reference = drawn(), .questionnaire = "readers", .language = "en", .answers = weekly_, .token = slips[0]},
      "ben");
  EXPECT_EQ(other.error().code, ErrorCode::conflict);
}

TEST_F(FormsOnPaper, AddUpAtTheEndOfFieldwork) {
  const auto slips = tokens(2);
  ASSERT_EQ(key("anna", weekly_, slips[0]), 1);
  ASSERT_EQ(key("ben", weekly_), 2);
  ASSERT_TRUE(inspections_->end_fieldwork("lewes"));
  const auto before = *inspections_->reconciliation_text("lewes", "en");
  EXPECT_THAT(before, HasSubstr("One paper form is keyed and not counted yet."));
  ASSERT_TRUE(unlock());
  ASSERT_TRUE(settle());
  const auto sides = *inspections_->reconciliation("lewes");
  EXPECT_EQ(sides.paper.counted, 1);
  EXPECT_EQ(sides.paper.waiting, 0);
  EXPECT_EQ(sides.paper.tokens, 1);
  EXPECT_EQ(sides.collector.accepted, sides.collector.accounted_for());
  EXPECT_THAT(*inspections_->reconciliation_text("lewes", "en"), HasSubstr("They agree"));
}

TEST_F(FormsOnPaper, SayAtTheEndWhereOneHadNoToken) {
  key_twice(weekly_, weekly_);
  ASSERT_TRUE(inspections_->end_fieldwork("lewes"));
  ASSERT_TRUE(unlock());
  ASSERT_TRUE(settle());
  EXPECT_THAT(*inspections_->reconciliation_text("lewes", "en"),
              HasSubstr("There are more paper forms than tokens: 1 and 0."));
}

}  // namespace
}  // namespace perspective::inspection

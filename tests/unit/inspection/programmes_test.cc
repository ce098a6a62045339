// Programmes of inspections, from real sealed responses: joined while unlocked, printed once while all are locked.
#include "inspection/programmes.h"

#include <cstdlib>
#include <regex>

#include "documents/release_tables.h"
#include "support/reference_case.h"
#include "unit/inspection/collector.h"

namespace perspective::inspection {
namespace {

namespace rc = reference_case;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::string_view kProgramme = "core-2012";
constexpr std::string_view kProgrammePassphrase = "eleven herons over water";
constexpr std::string_view kProgrammeRecovery = "lanterns upon the bridge";

std::string with(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos);
  return text.replace(at, from.size(), to);
}

class ProgrammesOfInspections : public Collector {
 protected:
  Programmes programmes() { return Programmes(*inspections_); }
  void make_programme() {
    NewProgramme programme{.id = std::string(kProgramme),
                           .title = "Libraries 2012",
                           .passphrase = secret(kProgrammePassphrase),
                           .recovery_passphrase = secret(kProgrammeRecovery)};
    programme.themes =
        *themes_from(R"([{"id": "visits", "of": ["coming"], "names": {"en": "Visits", "cy": "Ymweliadau"}},
                                        {"id": "building", "names": {"en": "The building"}}])");
    const auto made = programmes().create(programme);
    ASSERT_TRUE(made) << made.error().what;
  }
  static NewInspection with_theme(const std::string& id, bool is_pooled_only = false) {
    auto inspection = new_inspection(id);
    auto& definition = inspection.questionnaires.front().definition;
    definition = with(definition, R"("variable": "comes",)", R"("variable": "comes", "theme": "coming",)");
    definition = with(definition, R"({"id": "never", "base": "outside"})", R"({"id": "never"})");  // C4 hides its base
    if (is_pooled_only) definition = with(definition, R"("version": 3,)", R"("version": 3, "pooled_only": true,)");
    return inspection;
  }
  void deliver_readers(const std::string& id, int weekly, int monthly) {
    auto other = weekly_reader();
    other.answers["comes"] = survey::Choice{"monthly"};
    for (int i = 0; i < weekly; ++i) deliver(sealed(weekly_reader(), id), id);
    for (int i = 0; i < monthly; ++i) deliver(sealed(other, id), id);
  }
  // With a frozen release, and unlocked.
  void inspect(const std::string& id, int weekly, int monthly, bool is_pooled_only = false) {
    const auto created = inspections_->create(with_theme(id, is_pooled_only));
    ASSERT_TRUE(created) << created.error().what;
    deliver_readers(id, weekly, monthly);
    ASSERT_TRUE(inspections_->end_fieldwork(id));
    ASSERT_TRUE(unlock(id));
    const auto frozen = Releases(*inspections_).freeze(id, "ada");
    ASSERT_TRUE(frozen) << frozen.error().what;
  }
  void publish(const std::string& id) {
    for (const auto step : {State::provisional, State::draft_report, State::published})
      ASSERT_TRUE(inspections_->advance(id, step));
  }
  Result<void> add(const std::string& id) { return programmes().add(kProgramme, id); }
  Result<void> check() { return programmes().check(kProgramme, secret(kProgrammePassphrase)); }
  std::string share_of(const std::string& id) { return store_->record(kProgrammeShareKind, id)->body; }
  documents::ProgrammeTables table(const std::string& id) {
    const auto table = programmes().table(id, "en");
    EXPECT_TRUE(table) << table.error().what;
    return table->table;
  }
};

TEST_F(ProgrammesOfInspections, ArePrintedOnceOutOfTwentyPublishedInspectionsWhileAllAreLocked) {
  make_programme();
  // Two say so exactly, 12 of 20 and 9 of 20; the others are bands.
  for (int i = 0; i < 20; ++i) {
    const auto id = "library-" + std::to_string(i + 10);
    inspect(id, i == 3 ? 12 : i == 7 ? 9 : 18, i == 3 ? 8 : i == 7 ? 11 : 2);
    const auto added = add(id);
    ASSERT_TRUE(added) << added.error().what;
    if (i == 19) {
      EXPECT_THAT(check().error().what, HasSubstr("there are 19 published"));
      EXPECT_EQ(check().error().code, ErrorCode::conflict);
    }
    publish(id);
  }
  const auto wrong = programmes().print(kProgramme, secret("seven herons under water"));
  EXPECT_EQ(wrong.error().code, ErrorCode::refused);
  is_swap_on_ = true;
  EXPECT_THAT(check().error().what, HasSubstr("swap is on"));
  is_swap_on_ = false;
  EXPECT_TRUE(check());
  const auto printed = programmes().print(kProgramme, secret(kProgrammePassphrase));
  ASSERT_TRUE(printed) << printed.error().what;
  const auto& part = printed->printed->print.parts.at(0);
  EXPECT_EQ(part.services.size(), 20U);
  // 18 * 18 + 12 + 9 = 345 of 400: 86.25.
  EXPECT_EQ(part.average("regulars")->percent, 85);

  const auto again = programmes().print(kProgramme, secret(kProgrammePassphrase));
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
  EXPECT_THAT(again.error().what, AllOf(HasSubstr("was printed on 2012-11-22"), HasSubstr("once")));
  restart();
  EXPECT_EQ(programmes().describe(kProgramme)->printed->print, printed->printed->print);

  // What was brought is gone, and so are the keys.
  EXPECT_THAT(share_of("library-10"), HasSubstr(R"("sealed":"")"));
  EXPECT_FALSE(cabinet_->unlock("programme-core-2012", keys::Half::inspection, kProgrammePassphrase));
  EXPECT_FALSE(cabinet_->unlock("programme-core-2012", keys::Half::recovery, kProgrammeRecovery));

  const auto beside = table("library-13");
  EXPECT_EQ(beside.printed_on, "2012-11-22");
  const auto& row = beside.parts.at(0).rows.at(0);
  EXPECT_EQ(row.theme, "visits");
  EXPECT_EQ(row.figures.lowest, 45);
  EXPECT_EQ(row.figures.highest, 60);
  EXPECT_EQ(row.figures.average, 85);
  EXPECT_EQ(row.figures.here, 60);
  EXPECT_EQ(table("library-10").parts.at(0).rows.at(0).figures.here, std::nullopt);
  EXPECT_THAT(table("library-10").parts.at(0).rows.at(0).words, HasSubstr("or more"));

  // Another one comes too late for this print.
  inspect("library-late", 12, 8);
  EXPECT_EQ(add("library-late").error().code, ErrorCode::conflict);
}

// The reference case, twenty times over: who is average in everything, and has figures of findings nested in others.
TEST_F(ProgrammesOfInspections, SetAnInspectionBesideAnAverageOfTheSamePeople) {
  make_programme();
  const std::string folder = "assets/questionnaires/children-and-young-people/";
  const auto definition =
      std::regex_replace(rc::read(folder + "definition.json"), std::regex(R"re(, "picture": "[^"]*")re"), "");
  const auto young = rc::questionnaire("children-and-young-people");
  const auto people = rc::submissions(young, rc::kResponses);
  for (int i = 0; i < 20; ++i) {
    const auto id = "service-" + std::to_string(i + 10);
    auto inspection = new_inspection(id);
    inspection.questionnaires = {
        {definition, {{"en", rc::read(folder + "texts/en.json")}}, {{"en", rc::read(folder + "section/en.json")}}}};
    const auto created = inspections_->create(inspection);
    ASSERT_TRUE(created) << created.error().what;
    for (auto person : people) {
      person.inspection = id;
      person.envelope.clear();
      deliver(sealed(person, id), id);
    }
    ASSERT_TRUE(inspections_->end_fieldwork(id));
    ASSERT_TRUE(unlock(id));
    const auto frozen = Releases(*inspections_).freeze(id, "ada");
    ASSERT_TRUE(frozen) << frozen.error().what;
    ASSERT_TRUE(add(id));
    publish(id);
  }
  const auto printed = programmes().print(kProgramme, secret(kProgrammePassphrase));
  ASSERT_TRUE(printed) << printed.error().what;
  int beside = 0;
  int nested = 0;
  const auto part = table("service-10").parts.at(0);
  for (const auto& row : part.rows) {
    ASSERT_TRUE(row.figures.average) << row.finding;
    nested += row.finding == "contract_copy" || row.finding == "completely_satisfied" ? 1 : 0;
    if (!row.figures.here) continue;
    ++beside;
    // Both are rounded: one to a whole per cent, the other to five.
    EXPECT_LE(std::abs(*row.figures.here - *row.figures.average), 3) << row.finding << ": " << row.words;
  }
  EXPECT_EQ(nested, 2);
  EXPECT_GT(beside, 3);
}

TEST_F(ProgrammesOfInspections, TakeOneThatIsUnlockedAndHasAFrozenRelease) {
  make_programme();
  ASSERT_TRUE(inspections_->create(with_theme("hove")));
  EXPECT_EQ(add("hove").error().code, ErrorCode::refused);  // locked
  deliver_readers("hove", 12, 8);
  ASSERT_TRUE(inspections_->end_fieldwork("hove"));
  ASSERT_TRUE(unlock("hove"));
  EXPECT_EQ(add("hove").error().code, ErrorCode::not_found);
  EXPECT_THAT(add("hove").error().what, HasSubstr("no release"));
  ASSERT_TRUE(Releases(*inspections_).freeze("hove", "ada"));
  EXPECT_TRUE(add("hove"));
  EXPECT_EQ(programmes().add("core-2013", "hove").error().code, ErrorCode::not_found);
  const auto programme = *programmes().describe(kProgramme);
  ASSERT_EQ(programme.members.size(), 1U);
  EXPECT_FALSE(programme.members.front().is_published);
  publish("hove");
  EXPECT_TRUE(programmes().list()->front().members.front().is_published);
}

TEST_F(ProgrammesOfInspections, KeepWhatAnInspectionBringsSealedToTheirOwnKeys) {
  make_programme();
  inspect("hove", 12, 8);
  ASSERT_TRUE(add("hove"));
  const auto kept = share_of("hove");
  for (const auto* word : {"regulars", "readers", "respondents", "shares"}) EXPECT_THAT(kept, Not(HasSubstr(word)));
  const auto sealed = share_file_from(kept)->sealed;
  const auto own = cabinet_->unlock("programme-core-2012", keys::Half::inspection, kProgrammePassphrase);
  const auto contributions = release::brought_from_json(envelope::open(sealed, *own)->text())->contributions;
  EXPECT_EQ(contributions.front().shares.at("regulars"), (release::Share{12, 20}));
  const auto recovery = cabinet_->unlock("programme-core-2012", keys::Half::recovery, kProgrammeRecovery);
  EXPECT_TRUE(envelope::open(sealed, *recovery));
  const auto inspections_own = cabinet_->unlock("hove", keys::Half::inspection, kPassphrase);
  EXPECT_FALSE(envelope::open(sealed, *inspections_own));
}

TEST_F(ProgrammesOfInspections, SealOneSizeWhateverTheCountsAre) {
  make_programme();
  inspect("hove", 12, 8);
  inspect("lewes", 105, 8);
  ASSERT_TRUE(add("hove"));
  ASSERT_TRUE(add("lewes"));
  EXPECT_EQ(share_file_from(share_of("hove"))->sealed.size(), share_file_from(share_of("lewes"))->sealed.size());
}

TEST_F(ProgrammesOfInspections, TakeWhatWasFrozenAndNotWhatCameSince) {
  make_programme();
  inspect("hove", 12, 8);
  deliver_readers("hove", 4, 0);
  ASSERT_TRUE(add("hove"));
  const auto own = cabinet_->unlock("programme-core-2012", keys::Half::inspection, kProgrammePassphrase);
  const auto plain = envelope::open(share_file_from(share_of("hove"))->sealed, *own);
  EXPECT_EQ(release::brought_from_json(plain->text())->contributions.front().shares.at("regulars"),
            (release::Share{12, 20}));
}

// The earlier releases are known, too: the auditor of the print looks at them when all is locked.
TEST_F(ProgrammesOfInspections, TakeEveryReleaseThatWasFrozenAndTheLastOneAgainWhereAnotherIs) {
  make_programme();
  auto inspection = with_theme("hove");
  auto& definition = inspection.questionnaires.front().definition;
  definition = with(definition, R"({"id": "never"})", R"({"id": "never", "base": "outside"})");
  ASSERT_TRUE(inspections_->create(inspection));
  deliver_readers("hove", 14, 3);
  ASSERT_TRUE(inspections_->end_fieldwork("hove"));
  ASSERT_TRUE(unlock("hove"));
  ASSERT_TRUE(Releases(*inspections_).freeze("hove", "ada"));
  ASSERT_TRUE(add("hove"));
  deliver_readers("hove", 10, 0);
  const auto second = Releases(*inspections_).freeze("hove", "ada");
  ASSERT_TRUE(second) << second.error().what;
  const auto brought = [&] {
    const auto own = cabinet_->unlock("programme-core-2012", keys::Half::inspection, kProgrammePassphrase);
    return *release::brought_from_json(envelope::open(share_file_from(share_of("hove"))->sealed, *own)->text());
  };
  EXPECT_EQ(brought().number, 1);
  EXPECT_THAT(brought().histories, IsEmpty());
  publish("hove");
  EXPECT_EQ(check().error().code, ErrorCode::conflict);
  EXPECT_THAT(check().error().what, AllOf(HasSubstr("'hove' brought"), HasSubstr("add it again")));
  ASSERT_TRUE(unlock("hove"));
  const auto added = add("hove");
  ASSERT_TRUE(added) << added.error().what;
  EXPECT_THAT(check().error().what, HasSubstr("there are 1 published"));
  EXPECT_EQ(brought().number, 2);
  const auto history = brought().histories.at(0);
  ASSERT_EQ(history.parts.size(), 2U);
  EXPECT_EQ(history.parts.at(0).respondents, 17);
  EXPECT_EQ(history.parts.at(1), *second->release.part("readers"));
  EXPECT_THAT(history.groups, testing::ElementsAre(release::Group{{0, 1}, 17}, release::Group{{1}, 10}));
}

TEST_F(ProgrammesOfInspections, HaveAnInspectionInOneOnly) {
  make_programme();
  NewProgramme other{.id = "other-2012",
                     .title = "Others",
                     .passphrase = secret(kProgrammePassphrase),
                     .recovery_passphrase = secret(kProgrammeRecovery)};
  ASSERT_TRUE(programmes().create(other));
  EXPECT_EQ(programmes().describe("other-2012")->themes.size(), 3U);  // those of the assets
  EXPECT_EQ(programmes().create(other).error().code, ErrorCode::conflict);
  other.id = "joint-2013";
  other.is_joint = true;
  ASSERT_TRUE(programmes().create(other));
  EXPECT_EQ(programmes().describe("joint-2013")->themes.front().id, "reducing_reoffending");
  inspect("hove", 12, 8);
  ASSERT_TRUE(add("hove"));
  ASSERT_TRUE(add("hove"));  // again
  const auto refused = programmes().add("other-2012", "hove");
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_THAT(refused.error().what, HasSubstr("'core-2012'"));
}

TEST_F(ProgrammesOfInspections, AreToldWhatIsWrongWithANewOne) {
  NewProgramme programme{.id = "Core 2012",
                         .title = "Core",
                         .passphrase = secret(kProgrammePassphrase),
                         .recovery_passphrase = secret(kProgrammeRecovery)};
  EXPECT_EQ(programmes().create(programme).error().code, ErrorCode::invalid);
  programme.id = "core-2012";
  programme.title = "";
  EXPECT_EQ(programmes().create(programme).error().code, ErrorCode::invalid);
  programme.title = "Core";
  programme.recovery_passphrase = secret("short");
  EXPECT_EQ(programmes().create(programme).error().code, ErrorCode::refused);
  EXPECT_THAT(*programmes().list(), IsEmpty());
  EXPECT_EQ(themes_from("{}").error().code, ErrorCode::invalid);
  EXPECT_EQ(themes_from(R"([{"id": "A b", "names": {"en": "A"}}])").error().code, ErrorCode::invalid);
  EXPECT_EQ(themes_from(R"([{"id": "a", "names": {}}])").error().code, ErrorCode::invalid);
  EXPECT_THAT(themes_from(R"([{"id": "a", "names": {"en": "A"}}, {"id": "a", "names": {"en": "A"}}])").error().what,
              HasSubstr("twice"));
}

TEST_F(ProgrammesOfInspections, NeverSetSingleServicesBesideAQuestionnaireThatIsOnlyPooled) {
  make_programme();
  for (const auto* id : {"hove", "lewes", "rye"}) {
    inspect(id, 12, 8, true);
    ASSERT_TRUE(add(id));
    publish(id);
  }
  const auto part = table("rye").parts.at(0);
  EXPECT_TRUE(part.is_pooled_only);
  EXPECT_EQ(part.rows.at(0).figures.lowest, std::nullopt);
  EXPECT_EQ(part.rows.at(0).figures.highest, std::nullopt);
  EXPECT_EQ(part.rows.at(0).figures.here, 60);
}

TEST_F(ProgrammesOfInspections, CountOnlyWhatIsPublishedAmongLowestAndHighest) {
  make_programme();
  inspect("hove", 12, 8);
  inspect("lewes", 9, 11);
  inspect("rye", 14, 6);
  for (const auto* id : {"hove", "lewes", "rye"}) ASSERT_TRUE(add(id));
  publish("hove");
  publish("lewes");
  const auto row = table("rye").parts.at(0).rows.at(0);  // its own is not published: 70 is no highest yet
  EXPECT_EQ(row.figures.lowest, 45);
  EXPECT_EQ(row.figures.highest, 60);
  EXPECT_EQ(row.figures.here, 70);
  ASSERT_TRUE(inspections_->lock("rye"));
  EXPECT_EQ(programmes().table("rye", "en").error().code, ErrorCode::refused);
}

TEST_F(ProgrammesOfInspections, KeepTypedScoresByThemeAndComputeNoneOfThem) {
  make_programme();
  inspect("hove", 12, 8);
  inspect("lewes", 9, 11);
  inspect("rye", 9, 11);
  EXPECT_EQ(programmes().type_scores("hove", {{"visits", 68, "MODERATE"}}).error().code, ErrorCode::not_found);
  for (const auto* id : {"hove", "lewes", "rye"}) ASSERT_TRUE(add(id));
  const auto code = [&](const Score& score) { return programmes().type_scores("hove", {score}).error().code; };
  EXPECT_EQ(code({"parking", 68, "MODERATE"}), ErrorCode::invalid);
  EXPECT_EQ(code({"visits", 101, "MODERATE"}), ErrorCode::invalid);
  EXPECT_EQ(code({"visits", 68, "moderate"}), ErrorCode::invalid);
  ASSERT_TRUE(programmes().type_scores("hove", {{"visits", 68, "MODERATE"}}));
  ASSERT_TRUE(programmes().type_scores("lewes", {{"visits", 75, "MINIMUM"}, {"building", std::nullopt, "DRASTIC"}}));
  ASSERT_TRUE(programmes().type_scores("rye", {{"visits", 10, "DRASTIC"}}));
  publish("hove");
  publish("lewes");
  const auto scores = table("rye").scores;
  ASSERT_EQ(scores.size(), 2U);
  EXPECT_EQ(scores[0].figures.lowest, 68);
  EXPECT_EQ(scores[0].figures.highest, 75);
  EXPECT_EQ(scores[0].figures.average, 72);  // 71.5, half up
  EXPECT_EQ(scores[0].figures.here, 10);     // and not among the others before it is published
  EXPECT_EQ(scores[0].comment, "DRASTIC");
  EXPECT_EQ(scores[1].figures.average, std::nullopt);
  EXPECT_EQ(table("lewes").scores[1].comment, "DRASTIC");
}

TEST_F(ProgrammesOfInspections, GiveTheirTableAsFilesWithTheAdviceInThem) {
  make_programme();
  inspect("hove", 12, 8);
  ASSERT_TRUE(add("hove"));
  const auto table = *programmes().table("hove", "en");
  const auto json = file_of(table, "json")->bytes;
  EXPECT_THAT(json, AllOf(HasSubstr("We advise against comparing areas closely"), HasSubstr(R"("here":60)")));
  const auto csv = file_of(table, "csv");
  EXPECT_EQ(csv->file_name, "hove-programme.en.csv");
  EXPECT_THAT(csv->bytes, HasSubstr("core-2012,hove,readers,3,finding,regulars,visits,"));
  for (const auto* format : {"xlsx", "ods"}) EXPECT_TRUE(file_of(table, format)) << format;
  EXPECT_EQ(file_of(table, "pdf").error().code, ErrorCode::invalid);
}

}  // namespace
}  // namespace perspective::inspection

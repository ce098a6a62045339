#include "unit/inspection/collector.h"

namespace perspective::inspection {
namespace {

using testing::HasSubstr;

class LifeOfAnInspection : public Collector {};

TEST_F(LifeOfAnInspection, BeginsWithASignedPackageThatAKioskTakes) {
  create();
  const auto made = package();
  EXPECT_EQ(made.inspection, "lewes");
  EXPECT_EQ(made.area, "Lewes");
  EXPECT_EQ(made.version, 1);
  EXPECT_TRUE(made.is_fieldwork_open);
  EXPECT_EQ(made.padded_bytes % 1024, 0U);
  EXPECT_EQ(made.envelope_bytes, sealed(weekly_reader("Chairs")).body.size());
  EXPECT_EQ(made.questionnaires.at("readers").definition, kReaders);
}

TEST_F(LifeOfAnInspection, KeepsSectionWordsOutOfThePackage) {
  create();
  EXPECT_FALSE(package().questionnaires.at("readers").texts.at("en").contains("section.heading"));
}

TEST_F(LifeOfAnInspection, GivesEachQuestionnaireItsPolicyOnParentsAndCarers) {
  const auto policy = [this](const std::string& id, const std::vector<std::string>& given) {
    auto inspection = new_inspection(id);
    inspection.guardian_policies = given;
    EXPECT_TRUE(inspections_->create(inspection));
    return package(id).questionnaires.at("readers").guardian_policy;
  };
  using protocol::GuardianPolicy;
  EXPECT_EQ(policy("a", {}), GuardianPolicy::local);
  EXPECT_EQ(policy("b", {"informed"}), GuardianPolicy::informed);
  EXPECT_EQ(policy("c", {"informed", "readers=not-needed"}), GuardianPolicy::not_needed);
}

TEST_F(LifeOfAnInspection, IsListedWithStateAndCount) {
  create();
  deliver(weekly_reader());
  const auto list = *inspections_->list();
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].id, "lewes");
  EXPECT_EQ(list[0].area, "Lewes");
  EXPECT_EQ(list[0].state, State::open);
  EXPECT_FALSE(list[0].is_unlocked);
  EXPECT_EQ(list[0].envelopes, 1);
}

TEST_F(LifeOfAnInspection, IsNotCreatedTwice) {
  create();
  EXPECT_EQ(inspections_->create(new_inspection("lewes")).error().code, ErrorCode::conflict);
}

TEST_F(LifeOfAnInspection, TellsKiosksThatFieldworkEndedByANewPackage) {
  create();
  ASSERT_TRUE(inspections_->end_fieldwork("lewes"));
  EXPECT_EQ(package().version, 2);
  EXPECT_FALSE(package().is_fieldwork_open);
  EXPECT_EQ(inspections_->package("lewes")->version, 2);
  EXPECT_EQ(inspections_->list()->front().state, State::fieldwork_ended);
  deliver(weekly_reader());  // what a kiosk still held
  EXPECT_EQ(inspections_->list()->front().envelopes, 1);
}

TEST_F(LifeOfAnInspection, EndsFieldworkOnce) {
  create();
  ASSERT_TRUE(inspections_->end_fieldwork("lewes"));
  EXPECT_EQ(inspections_->end_fieldwork("lewes").error().code, ErrorCode::conflict);
}

TEST_F(LifeOfAnInspection, TakesWhatKiosksHoldUntilItsDraftReport) {
  create();
  EXPECT_EQ(inspections_->advance("lewes", State::draft_report).error().code, ErrorCode::conflict);
  ASSERT_TRUE(inspections_->end_fieldwork("lewes"));
  ASSERT_TRUE(inspections_->advance("lewes", State::provisional));
  deliver(weekly_reader());
  ASSERT_TRUE(inspections_->advance("lewes", State::draft_report));
  EXPECT_EQ(inspections_->list()->front().state, State::draft_report);
  EXPECT_FALSE(store_->head("lewes")->is_accepting);
  EXPECT_EQ(inspections_->advance("lewes", State::draft_report).error().code, ErrorCode::conflict);
}

TEST_F(LifeOfAnInspection, IsLockedByPublishingAndCanBeReadAgainButNotChanged) {
  create();
  deliver(weekly_reader("Chairs"));
  ASSERT_TRUE(unlock());
  ASSERT_TRUE(inspections_->end_fieldwork("lewes"));
  ASSERT_TRUE(inspections_->advance("lewes", State::draft_report));
  ASSERT_TRUE(inspections_->advance("lewes", State::published));
  EXPECT_EQ(inspections_->tally_json("lewes").error().code, ErrorCode::refused);
  EXPECT_EQ(unlock()->counted, 1);
  EXPECT_EQ(
      inspections_->choose("lewes", {.reference = reference_of("Chairs"), .is_sic = false, .words = {}}).error().code,
      ErrorCode::conflict);
  EXPECT_EQ(inspections_->change("lewes", {.report_due = "2013-01-31"}).error().code, ErrorCode::conflict);
  EXPECT_EQ(inspections_->describe("lewes")->summary.dates.published_on, "2012-11-22");
}

TEST_F(LifeOfAnInspection, ThatAnEarlierVersionClosedIsPastItsFieldworkAndTakesNothing) {
  create();
  ASSERT_TRUE(inspections_->end_fieldwork("lewes"));
  auto stored = *store_->inspection("lewes");
  stored.head.state = "closed";
  stored.head.is_accepting = false;
  ASSERT_TRUE(store_->update_inspection(stored));
  restart();
  EXPECT_EQ(inspections_->list()->front().state, State::fieldwork_ended);
  ASSERT_TRUE(inspections_->advance("lewes", State::provisional));
  EXPECT_FALSE(store_->head("lewes")->is_accepting);
}

TEST_F(LifeOfAnInspection, SurvivesARestart) {
  create();
  ASSERT_TRUE(inspections_->end_fieldwork("lewes"));
  restart();
  EXPECT_EQ(inspections_->list()->front().state, State::fieldwork_ended);
  EXPECT_TRUE(unlock());
}

TEST_F(LifeOfAnInspection, IsUnknownWhereThereIsNone) {
  EXPECT_EQ(unlock("nowhere").error().code, ErrorCode::not_found);
  EXPECT_EQ(inspections_->lock("nowhere").error().code, ErrorCode::not_found);
  EXPECT_EQ(inspections_->end_fieldwork("nowhere").error().code, ErrorCode::not_found);
  EXPECT_EQ(inspections_->advance("nowhere", State::open).error().code, ErrorCode::not_found);
  EXPECT_EQ(inspections_->tally_text("nowhere", "").error().code, ErrorCode::not_found);
  EXPECT_EQ(inspections_->package("nowhere").error().code, ErrorCode::not_found);
}

// What `create` says of an inspection with one thing broken.
class NotYetAnInspection : public Collector {
 protected:
  template <typename Break>
  std::string mistake(Break breaks) {
    auto inspection = new_inspection("lewes");
    breaks(inspection);
    const auto created = inspections_->create(inspection);
    EXPECT_FALSE(created);
    if (created) return {};
    EXPECT_EQ(created.error().code, ErrorCode::invalid);
    EXPECT_EQ(store_->head("lewes").error().code, ErrorCode::not_found);
    return created.error().what;
  }
  static std::string without(std::string text, const std::string& part) {
    return text.replace(text.find(part), part.size(), "");
  }
};

TEST_F(NotYetAnInspection, WhenItsIdIsNotFitForAPath) {
  for (const auto* id : {"", "-lewes", "Lewes", "a/b", "..", "a b", "ŵy"}) {
    EXPECT_THAT(mistake([&](auto& inspection) { inspection.id = id; }), HasSubstr("the id")) << id;
  }
}

TEST_F(NotYetAnInspection, WhenAKioskTextIsMissing) {
  EXPECT_THAT(mistake([](auto& inspection) {
                auto& texts = inspection.questionnaires[0].texts["en"];
                texts = without(texts, R"("item.comes.never": "Never",)");
              }),
              HasSubstr("item.comes.never"));
}

TEST_F(NotYetAnInspection, WhenASectionSentenceIsMissing) {
  EXPECT_THAT(mistake([](auto& inspection) {
                auto& section = inspection.questionnaires[0].section["en"];
                section = without(section, R"("section.wishes": "They wished for {quotes}.",)");
              }),
              HasSubstr("section.wishes"));
}

TEST_F(NotYetAnInspection, WhenALanguageHasNoTexts) {
  EXPECT_THAT(mistake([](auto& inspection) { inspection.languages.push_back("cy"); }), HasSubstr("texts/cy.json"));
  EXPECT_THAT(mistake([](auto& inspection) { inspection.languages = {"fr"}; }), HasSubstr("no language 'fr'"));
  EXPECT_THAT(mistake([](auto& inspection) { inspection.languages = {"../en"}; }), HasSubstr("no language tag"));
  EXPECT_THAT(mistake([](auto& inspection) { inspection.languages = {"en", "en"}; }), HasSubstr("twice"));
}

TEST_F(NotYetAnInspection, WhenAPolicyOnParentsAndCarersIsNoneOrForNothing) {
  const auto with = [this](const std::vector<std::string>& given) {
    return mistake([&](auto& inspection) { inspection.guardian_policies = given; });
  };
  EXPECT_THAT(with({"perhaps"}), HasSubstr("'perhaps'"));
  EXPECT_THAT(with({"readers=perhaps"}), HasSubstr("'readers=perhaps'"));
  EXPECT_THAT(with({"writers=not-needed"}), HasSubstr("no questionnaire 'writers'"));
  EXPECT_THAT(with({"not-needed", "informed"}), HasSubstr("two policies"));
}

TEST_F(NotYetAnInspection, WhenItsDefinitionIsBroken) {
  EXPECT_THAT(mistake([](auto& inspection) {
                auto& definition = inspection.questionnaires[0].definition;
                definition.replace(definition.find("please"), 6, "gladly");
              }),
              HasSubstr("/consent"));
}

TEST_F(NotYetAnInspection, WhenAQuestionnaireIsThereTwice) {
  EXPECT_THAT(mistake([](auto& inspection) { inspection.questionnaires.push_back(inspection.questionnaires[0]); }),
              HasSubstr("twice"));
}

TEST_F(NotYetAnInspection, WhenItsPassphrasesAreUnfitAndItSaysSoWithoutThem) {
  EXPECT_NE(mistake([](auto& inspection) { inspection.passphrase = secret("short"); }), "");
  const auto same = mistake([](auto& inspection) { inspection.recovery_passphrase = secret(kPassphrase); });
  EXPECT_NE(same, "");
  EXPECT_EQ(same.find(kPassphrase), std::string::npos);
}

TEST_F(NotYetAnInspection, AndHearsOfEveryMistakeAtOnce) {
  const auto all = mistake([](auto& inspection) {
    inspection.id = "No";
    inspection.area = "";
    inspection.questionnaires[0].texts.clear();
  });
  EXPECT_THAT(all, testing::AllOf(HasSubstr("the id"), HasSubstr("the area"), HasSubstr("texts/en.json")));
}

}  // namespace
}  // namespace perspective::inspection

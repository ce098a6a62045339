// What is stated more beside a release that is frozen already: the number that was confirmed is the one that is frozen,
// and what stays as it is frozen is changed by nothing.
#include "inspection/releases.h"
#include "unit/inspection/collector.h"

namespace perspective::inspection {
namespace {

using release::StatedMore;
using testing::HasSubstr;

class StatingMoreInARelease : public Collector {
 protected:
  void SetUp() override {
    Collector::SetUp();
    auto inspection = new_inspection("lewes");
    auto writers = inspection.questionnaires.front();
    const std::string id = R"("id": "readers")";
    writers.definition.replace(writers.definition.find(id), id.size(), R"("id": "writers")");
    inspection.questionnaires.push_back(writers);
    const auto created = inspections_->create(inspection);
    ASSERT_TRUE(created) << created.error().what;
    deliver(16, "weekly", "readers");
    deliver(4, "monthly", "readers");
    deliver(14, "weekly", "writers");
    deliver(3, "monthly", "writers");
    ASSERT_TRUE(inspections_->end_fieldwork("lewes"));
    ASSERT_TRUE(unlock());
  }
  using Collector::deliver;
  std::vector<store::Id> deliver(int many, const std::string& comes, const std::string& questionnaire) {
    std::vector<store::Id> ids;
    for (int i = 0; i < many; ++i) {
      auto answers = weekly_reader();
      answers.questionnaire = questionnaire;
      answers.answers["comes"] = survey::Choice{comes};
      const auto envelope = sealed(answers);
      deliver(envelope);
      ids.push_back(envelope.id);
    }
    return ids;
  }
  Releases releases() { return Releases(*inspections_); }
  static WantedOverride more_of(const std::string& questionnaire) {
    return {.questionnaire = questionnaire, .finding = "regulars", .by = "ada", .reason = "they asked for it"};
  }
  Result<ShownOverride> confirm(const std::string& questionnaire) {
    auto wanted = more_of(questionnaire);
    const auto shown = releases().show("lewes", wanted);
    if (!shown) return shown;
    wanted.confirmation = shown->confirmation;
    return releases().confirm("lewes", wanted);
  }
  std::vector<StatedMore> frozen_more(const std::string& questionnaire) {
    return releases().read("lewes")->release.part(questionnaire)->stated_more;
  }
  void freeze() {
    const auto frozen = releases().freeze("lewes", "ada");
    ASSERT_TRUE(frozen) << frozen.error().what;
  }
};

TEST_F(StatingMoreInARelease, IsRefusedOnceItIsFrozenAlsoOfWhatWasShownBefore) {
  auto shown_before = more_of("readers");
  shown_before.confirmation = releases().show("lewes", shown_before)->confirmation;
  freeze();
  const auto frozen = *releases().read("lewes");
  const auto refused = releases().confirm("lewes", shown_before);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_THAT(refused.error().what, HasSubstr("fewer than ten responses of 'readers'"));
  EXPECT_EQ(confirm("readers").error().code, ErrorCode::conflict);
  EXPECT_TRUE(releases().check("lewes")->overrides.empty());
  EXPECT_EQ(releases().read("lewes")->release, frozen.release);
}

TEST_F(StatingMoreInARelease, IsRefusedOfAPartThatStaysAndNotWhereTenCame) {
  freeze();
  deliver(10, "weekly", "readers");
  EXPECT_EQ(confirm("writers").error().code, ErrorCode::conflict);
  EXPECT_TRUE(confirm("readers")) << "ten came";
  ASSERT_TRUE(releases().take_back("lewes", "readers", "regulars"));
  freeze();
  EXPECT_EQ(releases().read("lewes")->number, 2);
  EXPECT_TRUE(frozen_more("readers").empty());
  EXPECT_TRUE(frozen_more("writers").empty());
}

// Beside "all or nearly all of the 20" 26 of 30 say that each of the ten who came gave an answer that counts.
TEST_F(StatingMoreInARelease, IsShownWithWhatItGivesAwayBesideTheReleaseBeforeAndFrozenOnceThatIsConfirmed) {
  freeze();
  deliver(10, "weekly", "readers");
  const auto shown = releases().show("lewes", more_of("readers"));
  ASSERT_TRUE(shown) << shown.error().what;
  EXPECT_THAT(shown->gives_away, testing::Contains(testing::Field(&release::Exposure::cell,
                                                                  "base of comes, who came between releases 1 and 2")));
  ASSERT_TRUE(confirm("readers"));
  freeze();
  EXPECT_THAT(frozen_more("readers"), testing::ElementsAre(StatedMore{"regulars", 26, 30}));
}

TEST_F(StatingMoreInARelease, StandsAsItWasFrozenUntilTenResponsesChanged) {
  ASSERT_TRUE(confirm("readers"));
  freeze();
  EXPECT_EQ(releases().take_back("lewes", "readers", "regulars").error().code, ErrorCode::conflict);
  deliver(10, "weekly", "writers");
  freeze();
  EXPECT_EQ(releases().read("lewes")->number, 2);
  EXPECT_THAT(frozen_more("readers"), testing::ElementsAre(StatedMore{"regulars", 16, 20}));
  deliver(10, "weekly", "readers");
  EXPECT_TRUE(releases().take_back("lewes", "readers", "regulars"));
}

// Ten came, somebody confirmed what these make of it, and one took their answers back: nine.
TEST_F(StatingMoreInARelease, OfAPartThatStaysAfterAllIsTakenBackBeforeAnotherIsFrozen) {
  ASSERT_TRUE(confirm("readers"));
  freeze();
  const auto came = deliver(10, "weekly", "readers");
  ASSERT_TRUE(confirm("readers"));
  deliver(10, "weekly", "writers");
  ASSERT_TRUE(inspections_->withdraw(std::string("lewes"), {came.front()}));
  const auto refused = releases().freeze("lewes", "ada");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_THAT(refused.error().what, testing::AllOf(HasSubstr("'regulars' of 'readers'"), HasSubstr("Take it back")));
  const auto obstacle = releases().check("lewes")->obstacle;
  ASSERT_TRUE(obstacle);
  EXPECT_EQ(to_text(obstacle->kind), "stays");
  EXPECT_THAT(obstacle->findings, testing::ElementsAre(testing::Pair("readers", "regulars")));
  EXPECT_EQ(obstacle->why.what, refused.error().what);
  ASSERT_TRUE(releases().take_back("lewes", "readers", "regulars"));
  freeze();
  EXPECT_THAT(frozen_more("readers"), testing::ElementsAre(StatedMore{"regulars", 16, 20}))
      << "as it was confirmed and frozen first";
}

TEST(AReleaseFile, KeepsWhatWasConfirmedWithWhatWasFrozen) {
  ReleaseFile file;
  file.frozen.push_back({.at_s = 1, .by = "ada", .release = {"lewes", {}}, .responses = {}});
  EXPECT_FALSE(release_file_from(to_json(file))->frozen.front().overrides) << "as an earlier version kept it";
  file.frozen.front().overrides = {
      {.stated = {"readers", "regulars", "ada", "they asked"}, .at_s = 1, .shown = StatedMore{"regulars", 16, 20}}};
  const auto read = *release_file_from(to_json(file));
  ASSERT_TRUE(read.frozen.front().overrides);
  EXPECT_EQ(read.frozen.front().overrides->front().shown, (StatedMore{"regulars", 16, 20}));
}

}  // namespace
}  // namespace perspective::inspection

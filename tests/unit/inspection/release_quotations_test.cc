// Whose words a release quotes, and whose not.
#include "unit/inspection/release_quotations.h"

namespace perspective::inspection {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST_F(QuotationsOfARelease, AreNotThoseOfWhoeverAnsweredAfterItWasFrozen) {
  create();
  for (int i = 0; i < 11; ++i) deliver(weekly_reader());
  deliver(weekly_reader("More chairs"));
  end_fieldwork();
  ASSERT_TRUE(releases().freeze("lewes", "ada"));
  deliver(weekly_reader("Longer hours"));
  choose_and_read("More chairs");
  choose_and_read("Longer hours");
  EXPECT_THAT(section(), HasSubstr("More chairs"));
  EXPECT_THAT(section(), Not(HasSubstr("Longer hours")));
  for (const auto step : {State::provisional, State::draft_report, State::published})
    ASSERT_TRUE(inspections_->advance("lewes", step));
  ASSERT_TRUE(unlock());
  EXPECT_THAT(section(), HasSubstr("More chairs"));
  EXPECT_THAT(section(), Not(HasSubstr("Longer hours")));
}

TEST_F(QuotationsOfARelease, AreNotThoseThatWouldSayHowManyAreBehindABand) {
  create_asking_only_monthly_readers();
  for (int i = 0; i < 17; ++i) deliver(weekly_reader_who_was_not_asked());
  for (const auto* words : {"More chairs", "Longer hours", "Fewer steps"}) deliver(monthly_reader(words));
  end_fieldwork();
  for (const auto* words : {"More chairs", "Longer hours", "Fewer steps"}) choose_and_read(words);
  const auto check = releases().check("lewes");
  EXPECT_EQ(check->release.part("readers")->statements.front().says, release::Says::nearly_all);
  EXPECT_THAT(check->warnings,
              ElementsAre(HasSubstr("3 chosen comments are not quoted in the release. By what it says fewer")));
  ASSERT_TRUE(releases().freeze("lewes", "ada"));
  EXPECT_THAT(section(), Not(HasSubstr("wished")));
}

TEST_F(QuotationsOfARelease, AreThoseOfAGroupThatTheReleaseShowsToBeLargeEnough) {
  create_asking_only_monthly_readers();
  for (int i = 0; i < 12; ++i) deliver(weekly_reader_who_was_not_asked());
  for (int i = 0; i < 7; ++i) deliver(monthly_reader());
  deliver(monthly_reader("More chairs"));
  end_fieldwork();
  choose_and_read("More chairs");
  EXPECT_THAT(releases().check("lewes")->warnings, IsEmpty());
  ASSERT_TRUE(releases().freeze("lewes", "ada"));
  EXPECT_THAT(section(), HasSubstr("They wished for “More chairs”."));
}

TEST_F(QuotationsOfARelease, AreNotThoseWithoutTheWritersOwnWords) {
  create();
  for (int i = 0; i < 11; ++i) deliver(weekly_reader());
  deliver(weekly_reader("More chairs by the window"));
  end_fieldwork();
  choose_and_read("More chairs by the window");
  const auto reference = reference_of("More chairs by the window");
  ASSERT_TRUE(inspections_->choose("lewes", {.reference = reference, .is_sic = false, .words = "the window"}));
  const auto cut = inspections_->prepare("lewes", {reference, Redact{{{"by the", ""}}}, "ada"});
  ASSERT_TRUE(inspections_->keep("lewes", *cut));
  EXPECT_THAT(releases().check("lewes")->warnings,
              ElementsAre(HasSubstr("1 chosen comment is not quoted anywhere. The words that were")));
  ASSERT_TRUE(releases().freeze("lewes", "ada"));
  EXPECT_THAT(section(), Not(HasSubstr("window")));
  ASSERT_TRUE(inspections_->choose("lewes", {.reference = reference, .is_sic = false, .words = "window"}));
  EXPECT_THAT(releases().check("lewes")->warnings, IsEmpty());
  EXPECT_THAT(section(), HasSubstr("They wished for “window”."));
}

TEST_F(QuotationsOfARelease, AreNoneOfFewerThanFivePeople) {
  create();
  for (int i = 0; i < 3; ++i) deliver(weekly_reader());
  deliver(weekly_reader("More chairs"));
  end_fieldwork();
  choose_and_read("More chairs");
  EXPECT_THAT(releases().check("lewes")->warnings, ElementsAre(HasSubstr("1 chosen comment is not quoted")));
  ASSERT_TRUE(releases().freeze("lewes", "ada"));
  EXPECT_THAT(section(), Not(HasSubstr("chairs")));
}

}  // namespace
}  // namespace perspective::inspection

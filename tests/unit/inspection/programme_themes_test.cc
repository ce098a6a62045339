#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "base/file.h"
#include "inspection/programme_file.h"
#include "support/source_folder.h"

namespace perspective::inspection {
namespace {

using ::testing::HasSubstr;

TEST(ThemesOfAProgramme, OfFullJointInspectionsAreTheirAreas) {
  const auto folder = std::filesystem::path(kSourceFolder) / "assets" / "programme";
  const auto themes = *themes_from(*read_text(folder / "joint.json"));
  ASSERT_EQ(themes.size(), 5U);
  const auto area_of = [&](const std::string& theme) { return theme_for(themes, theme)->names.at("en"); };
  EXPECT_EQ(area_of("reoffending"), "Reducing reoffending");
  EXPECT_EQ(area_of("risk_of_harm"), "Protecting the public");
  EXPECT_EQ(area_of("safeguarding"), "Protecting children and young people");
  EXPECT_EQ(area_of("governance"), "Governance and partnerships");
  EXPECT_TRUE(theme_for(themes, "weather") == themes.end());
  const auto of_core_cases = *themes_from(*read_text(folder / "themes.json"));
  for (const auto& core : of_core_cases) {
    EXPECT_FALSE(theme_for(themes, core.id) == themes.end()) << core.id << " has no area";
  }
}

TEST(ThemesOfAProgramme, HaveEachThemeOfAQuestionnaireOnce) {
  const auto refused =
      themes_from(R"([{"id": "a", "names": {"en": "A"}}, {"id": "b", "of": ["a"], "names": {"en": "B"}}])");
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().what, HasSubstr("'a' belongs to two themes"));
}

}  // namespace
}  // namespace perspective::inspection

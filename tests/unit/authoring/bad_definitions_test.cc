// Each case of tests/fixtures/bad-definitions is told all of its mistakes, at their places, and nothing else.
#include <gmock/gmock.h>

#include <algorithm>

#include "unit/authoring/bad_case.h"

namespace perspective::authoring {
namespace {

std::vector<std::filesystem::path> cases() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(kBadDefinitions / "cases"))
    paths.push_back(entry.path());
  std::ranges::sort(paths);
  return paths;
}

std::string name_of(const testing::TestParamInfo<std::filesystem::path>& info) {
  std::string name = info.param.stem().string();
  std::ranges::replace(name, '-', '_');
  return name;
}

// As the case would have to say it.
std::string in_case_form(const Remarks& remarks) {
  std::string text;
  for (const auto& remark : remarks)
    text += "told " + place_of(remark) + "\n  " + remark.what + "; " + remark.remedy + "\n";
  return text;
}

class BadDefinition : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(BadDefinition, IsToldAllOfItsMistakesAndNothingElse) {
  const BadCase bad(GetParam());
  const auto remarks = check(bad.folder()).remarks;
  ASSERT_FALSE(bad.told().empty()) << "the case expects nothing; told was:\n" << in_case_form(remarks);
  ASSERT_EQ(remarks.size(), bad.told().size()) << in_case_form(remarks);
  for (std::size_t i = 0; i < remarks.size(); ++i) {
    EXPECT_EQ(place_of(remarks[i]), bad.told()[i].place) << remarks[i].what;
    ASSERT_GE(bad.told()[i].piece.size(), 10U) << "the case does not say what must be told";
    EXPECT_THAT(remarks[i].what + "; " + remarks[i].remedy, testing::HasSubstr(bad.told()[i].piece));
    EXPECT_GE(remarks[i].remedy.size(), 7U) << "nobody is told what to do";
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, BadDefinition, testing::ValuesIn(cases()), name_of);

TEST(BadDefinitions, AreManyAndCoverEachKind) { EXPECT_GE(cases().size(), 40U); }

TEST(BadDefinitions, SpoilAQuestionnaireInWhichNothingIsWrong) {
  EXPECT_EQ(in_case_form(check(*read_folder(kBadDefinitions / "good")).remarks), "");
}

}  // namespace
}  // namespace perspective::authoring

// Workbooks without another program: names of sheets, the folder for temporary files.
#include "documents/workbook.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace perspective::documents {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Workbook of_sheets(const std::vector<std::string>& names) {
  Workbook workbook{.title = "t", .language = "en", .sheets = {}};
  for (const auto& name : names)
    workbook.sheets.push_back({.name = name, .columns = {{"a"}}, .rows = {{std::int64_t{1}}}});
  return workbook;
}

TEST(SheetNames, AreWhatSpreadsheetProgramsTake) {
  EXPECT_THAT(sheet_names(of_sheets({"Victims", "victims", "a/b:c[d]", "'x'", "", std::string(40, 'y')})),
              ElementsAre("Victims", "victims 2", "a b c d", "x", "-", std::string(31, 'y')));
  std::string long_welsh;
  for (int i = 0; i < 40; ++i) long_welsh += "ŵ";
  EXPECT_EQ(sheet_names(of_sheets({long_welsh, long_welsh}))[1].size(), 29U * 2 + 2);
}

TEST(Xlsx, IsTheSameForTheSameWorkbook) {
  const auto temporary = MemoryFolder::make();
  ASSERT_TRUE(temporary) << temporary.error().what;
  const auto once = xlsx(of_sheets({"a"}), *temporary);
  ASSERT_TRUE(once) << once.error().what;
  EXPECT_EQ(*once, *xlsx(of_sheets({"a"}), *temporary));
}

TEST(MemoryFolder, IsPrivateEmptyAfterAWorkbookAndGoneAfterUse) {
  std::filesystem::path path;
  {
    const auto temporary = MemoryFolder::make();
    ASSERT_TRUE(temporary);
    path = temporary->path();
    EXPECT_EQ(std::filesystem::status(path).permissions(), std::filesystem::perms::owner_all);
    ASSERT_TRUE(xlsx(of_sheets({"a", "b"}), *temporary));
    EXPECT_TRUE(std::filesystem::is_empty(path));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(MemoryFolder, IsNeverOnADisk) {
  const auto refused = MemoryFolder::make_in(PERSPECTIVE_SOURCE_DIR);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().what, HasSubstr("is not in memory"));
}

}  // namespace
}  // namespace perspective::documents

// Workbooks without another program: names of sheets, the folder for temporary files.
#include "documents/workbook.h"
#include "support/source_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>

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

// What a killed collector left holds answers; the next one that starts clears it away, and nothing of a living one's.
TEST(MemoryFolder, OfAProcessThatWasKilledIsClearedAwayAndOfALivingOneNot) {
  const auto ours = MemoryFolder::make();
  ASSERT_TRUE(ours);
  int line[2];
  ASSERT_EQ(pipe(line), 0);
  const auto child = fork();
  ASSERT_NE(child, -1);
  if (child == 0) {
    const auto theirs = MemoryFolder::make();
    if (!theirs) _exit(1);
    std::ofstream(theirs->path() / "sheet1.xml") << "an answer";
    const auto path = theirs->path().string();
    if (write(line[1], path.data(), path.size()) < 0) _exit(2);
    pause();
    _exit(3);
  }
  close(line[1]);
  std::array<char, 200> told{};
  const auto length = read(line[0], told.data(), told.size());
  ASSERT_GT(length, 0);
  const std::filesystem::path theirs(std::string(told.data(), static_cast<std::size_t>(length)));
  MemoryFolder::clear_left();
  EXPECT_TRUE(std::filesystem::exists(theirs / "sheet1.xml")) << "they live";
  ASSERT_EQ(kill(child, SIGKILL), 0);
  ASSERT_EQ(waitpid(child, nullptr, 0), child);
  EXPECT_TRUE(std::filesystem::exists(theirs / "sheet1.xml")) << "nobody could clear it away";
  EXPECT_GE(MemoryFolder::clear_left(), 1);
  EXPECT_FALSE(std::filesystem::exists(theirs));
  EXPECT_TRUE(std::filesystem::exists(ours->path()));
  close(line[0]);
}

TEST(MemoryFolder, IsNeverOnADisk) {
  const auto refused = MemoryFolder::make_in(kSourceFolder);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().what, HasSubstr("is not in memory"));
}

}  // namespace
}  // namespace perspective::documents

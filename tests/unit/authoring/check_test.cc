// Whole folders: ours, a library's, and parts of one.
#include "authoring/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/opus_file.h"
#include "support/source_folder.h"
#include "unit/authoring/bad_case.h"

namespace perspective::authoring {
namespace {

using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class Questionnaires : public testing::TestWithParam<const char*> {};

TEST_P(Questionnaires, OfTheProjectHaveNoError) {
  const auto checked = check(*read_folder(std::filesystem::path(kSourceFolder) / GetParam()));
  for (const auto& remark : checked.remarks) EXPECT_NE(remark.severity, Severity::error) << to_text(remark);
  EXPECT_THAT(checked.items, testing::Not(IsEmpty()));
}

INSTANTIATE_TEST_SUITE_P(Ours, Questionnaires,
                         testing::Values("assets/questionnaires/children-and-young-people",
                                         "assets/questionnaires/victims", "tests/fixtures/library-readers"));

Folder good() { return *read_folder(kBadDefinitions / "good"); }

TEST(Check, GivesEachItemItsReadingInEachLanguage) {
  const auto checked = check(good());
  EXPECT_THAT(checked.languages, ElementsAre("en", "cy"));
  EXPECT_THAT(checked.items, Each(Field(&ItemReading::by_language, SizeIs(2))));
  EXPECT_EQ(checked.items[0].by_language.at("en").words, 5U);      // "Do you have a pet?"
  EXPECT_EQ(checked.items[1].by_language.at("en").sentences, 2U);  // with its help
  EXPECT_GT(checked.whole.at("en").words, checked.items[0].by_language.at("en").words);
}

TEST(Check, OfSomeLanguagesLooksAtThemOnly) {
  Folder folder = good();
  folder.texts.erase("cy");
  folder.section.erase("cy");
  EXPECT_THAT(check(folder, {"en"}).remarks, IsEmpty());
  EXPECT_THAT(check(folder).remarks, SizeIs(2));
  folder = good();
  folder.section["cy"] = "{";
  EXPECT_THAT(check(folder, {"en"}).remarks, IsEmpty());
}

TEST(Check, TellsWhereInTheOrderOfTheFiles) {
  const auto remarks = check(BadCase(kBadDefinitions / "cases" / "shape-everything-at-once.txt").folder()).remarks;
  EXPECT_TRUE(std::ranges::is_sorted(remarks, {}, [](const auto& one) { return std::pair(one.file, one.line); }));
  EXPECT_EQ(to_text(remarks.front(), "some/folder/"),
            "some/folder/definition.json:2: error: /format: is not 1; write 1");
}

TEST(Check, OfAnyRubbishEnds) {
  for (const std::string rubbish : {"", "null", "{}", "[[]]", "{\"items\": [null, {}, {\"options\": [1]}]}", "\xff\xfe",
                                    "{\"languages\": [\"en\", 3], \"items\": {}}"}) {
    Folder folder = good();
    folder.definition = rubbish;
    EXPECT_GT(count(check(folder).remarks, Severity::error), 0U) << rubbish;
    folder = good();
    folder.texts["en"] = rubbish;
    folder.section["cy"] = rubbish;
    EXPECT_GT(count(check(folder).remarks, Severity::error), 1U) << rubbish;
  }
}

class RecordedSpeech : public ::testing::Test {
 protected:
  RecordedSpeech() {
    std::filesystem::remove_all(folder_);
    std::filesystem::copy(kBadDefinitions / "good", folder_, std::filesystem::copy_options::recursive);
    std::filesystem::create_directories(folder_ / "recordings" / "cy");
  }
  ~RecordedSpeech() override { std::filesystem::remove_all(folder_); }
  void record(const std::string& name, const std::string& language, const std::string& words) {
    trial::record(folder_ / "recordings" / name, language, words, 100);
  }
  std::vector<std::string> told() {
    std::vector<std::string> lines;
    for (const Remark& remark : check(*read_folder(folder_)).remarks) lines.push_back(to_text(remark));
    return lines;
  }
  std::filesystem::path folder_ =
      std::filesystem::path(::testing::TempDir()) / ("perspective-authoring-" + std::to_string(::getpid()));
};

TEST_F(RecordedSpeech, OfLinesOfTheTextsIsAsItShouldBe) {
  record("one.opus", "en", "We like pets.");
  record("two.opus", "en", "Tell us of yours.");
  record("cy/three.opus", "cy", "Heulog");
  EXPECT_THAT(told(), IsEmpty());
  const Folder folder = *read_folder(folder_);
  EXPECT_THAT(used_recordings(folder, {"en", "cy"}), SizeIs(3));
  EXPECT_THAT(used_recordings(folder, {"cy"}), SizeIs(1)) << "only what is spoken travels";
}

TEST_F(RecordedSpeech, ThatNobodyWouldHearIsToldOf) {
  record("changed.opus", "en", "We like cats.");
  record("again.opus", "en", "Sunny");
  record("sunny.opus", "en", "Sunny");
  record("other.opus", "fr", "Oui");
  EXPECT_THAT(told(), ElementsAre(AllOf(HasSubstr("recordings/changed.opus:1: warning:"), HasSubstr("is not heard")),
                                  AllOf(HasSubstr("recordings/other.opus:1: warning:"), HasSubstr("'fr'")),
                                  AllOf(HasSubstr("recordings/sunny.opus:1: warning:"),
                                        HasSubstr("the same words as recordings/again.opus"))));
}

TEST_F(RecordedSpeech, ThatNoKioskWouldPlayIsRefused) {
  record("none.opus", "en", "");
  std::ofstream(folder_ / "recordings" / "text.opus") << "This is no recording.";
  EXPECT_THAT(told(), ElementsAre(AllOf(HasSubstr("recordings/none.opus:1: error:"), HasSubstr("its words")),
                                  AllOf(HasSubstr("recordings/text.opus:1: error:"), HasSubstr("no Ogg Opus file"))));
}

// Each piece of a good definition taken out, one after the other: something is said, and nothing falls over.
TEST(Check, OfAFolderWithALineLessEnds) {
  const Folder sound = good();
  std::size_t begin = 0;
  while (begin < sound.definition.size()) {
    const std::size_t end = sound.definition.find('\n', begin) + 1;
    Folder folder = sound;
    folder.definition.erase(begin, end - begin);
    check(folder);
    begin = end;
  }
}

}  // namespace
}  // namespace perspective::authoring

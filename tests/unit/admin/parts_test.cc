#include <gtest/gtest.h>
#include <stdlib.h>

#include <boost/json.hpp>

#include "admin/questionnaire_folder.h"
#include "admin/request_body.h"
#include "admin/table.h"
#include "base/file.h"
#include "support/source_folder.h"

namespace perspective::admin {
namespace {

namespace json = boost::json;

SecretBytes secret(std::string_view text) { return SecretBytes(as_bytes(text)); }

TEST(RequestBody, CarriesSecretsThatNeedEscapes) {
  const std::string_view words = "tŷ \"bach\" \\ \x01\t";
  const SecretBytes passphrase = secret(words);
  const SecretBytes body = request_body({{"id", "x"}}, {{"passphrase", &passphrase}});
  const auto parsed = json::parse(body.text()).as_object();
  EXPECT_EQ(parsed.at("id").as_string(), "x");
  EXPECT_EQ(parsed.at("passphrase").as_string(), words);
}

TEST(RequestBody, MayHoldNothingButSecretsOrNoneAtAll) {
  const SecretBytes passphrase = secret("a");
  EXPECT_EQ(request_body({}, {{"passphrase", &passphrase}}).text(), R"({"passphrase":"a"})");
  EXPECT_EQ(request_body({}, {}).text(), "{}");
}

TEST(Table, AlignsColumnsByCharactersNotBytes) {
  EXPECT_EQ(table({"A", "B"}, {{"tŷ", "1"}, {"abc", "2"}}), "A    B\ntŷ   1\nabc  2\n");
}

TEST(Printable, LetsNobodySteerTheTerminal) {
  EXPECT_EQ(printable("a\x1b[2Jb"), "a\xEF\xBF\xBD[2Jb");
  EXPECT_EQ(printable("a\xC2\x9B"
                      "2Jb\x7F"),
            "a\xEF\xBF\xBD"
            "2Jb\xEF\xBF\xBD");
  EXPECT_EQ(printable("tŷ bach\n\t£5 “quoted”"), "tŷ bach\n\t£5 “quoted”");
}

class QuestionnaireFolder : public ::testing::Test {
 protected:
  QuestionnaireFolder() {
    char name[] = "/tmp/perspective-questionnaire-XXXXXX";
    root_ = ::mkdtemp(name);
  }
  ~QuestionnaireFolder() override { std::filesystem::remove_all(root_); }
  // The good one of the bad definitions, with other languages.
  std::filesystem::path questionnaire(const std::string& name, const std::string& languages) {
    const auto folder = root_ / name;
    std::filesystem::copy(std::string(kSourceFolder) + "/tests/fixtures/bad-definitions/good", folder,
                          std::filesystem::copy_options::recursive);
    std::string definition = definition_of(folder);
    const std::string theirs = R"(["en", "cy"])";
    definition.replace(definition.find(theirs), theirs.size(), languages);
    EXPECT_TRUE(write_file(folder / "definition.json", as_bytes(definition)));
    return folder;
  }
  static std::string definition_of(const std::filesystem::path& folder) {
    return read_text(folder / "definition.json").value();
  }
  std::filesystem::path root_;
};

TEST_F(QuestionnaireFolder, TakesTheLanguagesThatAllShareUnlessTold) {
  QuestionnaireFiles files{.folders = {questionnaire("a", R"(["en","cy"])"), questionnaire("b", R"(["cy"])")},
                           .languages = {}};
  const auto read = read_questionnaires(files);
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_EQ(files.languages, std::vector<std::string>{"cy"});
  EXPECT_EQ(read->at(0).at("texts").as_object().size(), 1u);
}

TEST_F(QuestionnaireFolder, SendsFilesByteForByte) {
  const auto folder = questionnaire("a", R"(["en"])");
  QuestionnaireFiles files{.folders = {folder}, .languages = {"en"}};
  const auto read = read_questionnaires(files);
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_EQ(read->at(0).at("texts").at("en").as_string(), read_text(folder / "texts/en.json").value());
  EXPECT_EQ(read->at(0).at("definition").as_string(), definition_of(folder));
}

TEST_F(QuestionnaireFolder, NamesTheFileThatIsWrong) {
  const auto folder = questionnaire("a", "nonsense");
  QuestionnaireFiles files{.folders = {folder}, .languages = {}};
  const auto read = read_questionnaires(files);
  ASSERT_FALSE(read);
  ASSERT_FALSE(files.remarks.empty());
  EXPECT_TRUE(files.remarks.front().starts_with((folder / "definition.json").string() + ":5: error: "));
}

}  // namespace
}  // namespace perspective::admin

// `questionnaire check` and the same check before `inspection create`.
#include <boost/json.hpp>

#include "support/source_folder.h"
#include "unit/admin/program.h"

namespace perspective::admin {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class QuestionnaireCheck : public Program {
 protected:
  QuestionnaireCheck() {
    std::filesystem::copy(std::string(kSourceFolder) + "/tests/fixtures/bad-definitions/good", folder_,
                          std::filesystem::copy_options::recursive);
  }
  Ended check(std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"questionnaire", "check", folder_.string()});
    return run(more);
  }
  void spoil(const std::string& file, const std::string& piece, const std::string& other) {
    std::string text = read_text(folder_ / file).value();
    ASSERT_NE(text.find(piece), std::string::npos);
    text.replace(text.find(piece), piece.size(), other);
    ASSERT_TRUE(write_file(folder_ / file, as_bytes(text)));
  }

  const std::filesystem::path folder_ = root_ / "pets";
};

TEST_F(QuestionnaireCheck, NeedsNoCollectorAndEndsWithReadingsAndCounts) {
  const Ended ended = check();
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_THAT(ended.out, AllOf(HasSubstr("ITEM"), HasSubstr("en GRADE"), HasSubstr("cy LIX"), HasSubstr("\nhas_pet ")));
  EXPECT_TRUE(ended.out.ends_with("\n0 errors, 0 warnings\n")) << ended.out;
  EXPECT_THAT(ended.err, IsEmpty());
}

TEST_F(QuestionnaireCheck, PrintsErrorsAsCompilersDoAndIs1) {
  spoil("definition.json", "${has_pet} =", "${had_pet} =");
  spoil("texts/cy.json", "\"title\"", "\"titel\"");
  const Ended ended = check();
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.out, AllOf(HasSubstr(folder_.string() + "/definition.json:28: error: /items/1/relevant: names"),
                               HasSubstr(folder_.string() + "/texts/cy.json:2: error: /title: is missing"),
                               HasSubstr("\n2 errors, 1 warning\n")));
  EXPECT_THAT(ended.err, HasSubstr("no inspection can be made"));
}

TEST_F(QuestionnaireCheck, WithWarningsAloneIs0) {
  spoil("definition.json", R"("picture": "paw", "id": "a_cat")", R"("id": "a_cat")");
  const Ended ended = check();
  EXPECT_EQ(ended.code, 0);
  EXPECT_THAT(ended.out, AllOf(HasSubstr("warning: /items/1/options: has no picture for a_cat"),
                               HasSubstr("\n0 errors, 1 warning\n")));
}

TEST_F(QuestionnaireCheck, AsJsonHasTheSame) {
  spoil("section/en.json", "{quotes}", "{quotations}");
  const Ended ended = check({"--json"});
  EXPECT_EQ(ended.code, 1);
  const auto told = boost::json::parse(ended.out);
  EXPECT_EQ(told.at("errors"), 1);
  const auto& remark = told.at("remarks").at(0);
  EXPECT_EQ(remark.at("severity"), "error");
  EXPECT_EQ(remark.at("file"), "section/en.json");
  EXPECT_EQ(remark.at("line"), 7);
  EXPECT_EQ(remark.at("pointer"), "/section.wishes");
  EXPECT_EQ(told.at("items").at(0).at("reading").at("cy").at("sentences"), 1);
}

TEST_F(QuestionnaireCheck, CannotSteerTheTerminal) {
  spoil("definition.json", "${has_pet} = 'has_one'", "${has_pet} = '\\u001b[2J'");
  EXPECT_THAT(check().out, AllOf(HasSubstr("which is no option"), Not(HasSubstr("\x1b"))));
}

TEST_F(QuestionnaireCheck, OfAFolderThatIsNoneIs1) {
  const Ended ended = run({"questionnaire", "check", root_.string()});
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.err, HasSubstr("is no folder of a questionnaire"));
}

TEST_F(QuestionnaireCheck, StandsBeforeAnInspectionIsCreatedAndBeforeAnyPassphrase) {
  spoil("definition.json", "${has_pet} =", "${had_pet} =");
  spoil("texts/en.json", "\"May we print it?\"", "\"May we & you print it?\"");
  const std::vector<std::string> create = {"inspection", "create",          "pets",          "--area",
                                           "Lewes",      "--questionnaire", folder_.string()};
  const Ended ended = run(create);
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.err, AllOf(HasSubstr("definition.json:28: error: /items/1/relevant"),
                               HasSubstr("texts/en.json:28: error: /item.print_wishes: has no spoken form"),
                               HasSubstr("refused: 2 errors")));
}

TEST_F(QuestionnaireCheck, LetsWarningsPassWhenAnInspectionIsCreated) {
  spoil("definition.json", R"("picture": "paw", "id": "a_cat")", R"("id": "a_cat")");
  init();
  serve();
  const std::string words =
      "seven herons over water\nseven herons over water\nlanterns below the bridge\nlanterns below the bridge\n";
  const Ended ended =
      run({"inspection", "create", "pets", "--area", "Lewes", "--questionnaire", folder_.string()}, words);
  EXPECT_EQ(ended.code, 0);
  EXPECT_THAT(ended.err, HasSubstr("warning: /items/1/options: has no picture for a_cat"));
}

}  // namespace
}  // namespace perspective::admin

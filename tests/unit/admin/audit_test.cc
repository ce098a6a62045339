// What an administrator sees of the audit.
#include "base/sqlite.h"
#include "support/source_folder.h"
#include "unit/admin/program.h"

namespace perspective::admin {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kFirst = "seven herons over water";
const std::string kSecond = "lanterns below the bridge";
const std::string kReaders = std::string(kSourceFolder) + "/tests/fixtures/library-readers";

class AuditOnTheCommandLine : public Program {
 protected:
  void SetUp() override {
    init();
    serve();
    const auto begun = run({"audit", "list"}).out;
    ASSERT_THAT(begun, AllOf(HasSubstr("person invited"), HasSubstr("by init, person administrator")));
    const Ended made = run({"inspection", "create", "library", "--area", "Lewes", "--questionnaire", kReaders},
                           kFirst + "\n" + kFirst + "\n" + kSecond + "\n" + kSecond + "\n");
    ASSERT_EQ(made.code, 0) << made.err;
  }
  void unlock() { ASSERT_EQ(run({"inspection", "unlock", "library"}, kFirst + "\n").code, 0); }
  std::string head() {
    const std::string said = run({"audit", "verify"}).out;
    const auto begin = said.find("Head: ") + 6;
    return said.substr(begin, said.find('\n', begin) - begin);
  }
};

TEST_F(AuditOnTheCommandLine, IsListedForPeopleAndForScripts) {
  run({"inspection", "tokens", "library", "--count", "3"});
  const Ended listed = run({"audit", "list"});
  EXPECT_EQ(listed.code, 0) << listed.err;
  EXPECT_THAT(listed.out, AllOf(HasSubstr("ENTRY  WHEN (UTC)"), HasSubstr("inspection created"),
                                HasSubstr("tokens issued       library     count 3")));
  EXPECT_THAT(run({"audit", "list", "--last", "1"}).out, Not(HasSubstr("inspection created")));
  EXPECT_THAT(run({"audit", "list", "--inspection", "other"}).out, HasSubstr("There is nothing"));
  EXPECT_THAT(run({"audit", "list", "--inspection", "library", "--last", "1"}).out, HasSubstr("tokens issued"));
  EXPECT_THAT(run({"audit", "list", "--json"}).out, HasSubstr(R"({"entries":[{"number":1,"at":")"));
}

TEST_F(AuditOnTheCommandLine, SaysOnStandardErrorThatATallyWasWrittenDown) {
  unlock();
  const Ended tally = run({"tally", "library", "--reason", "a test"});
  EXPECT_THAT(tally.err, HasSubstr("in the audit: 4:"));
  EXPECT_THAT(tally.out, Not(HasSubstr("audit")));
  EXPECT_THAT(run({"tally", "library", "--reason", "a test", "--json"}).out, HasSubstr(R"({"audit_head":"5:)"));
}

TEST_F(AuditOnTheCommandLine, IsWholeUntilSomebodyCutsItOff) {
  unlock();
  const Ended whole = run({"audit", "verify"});
  EXPECT_EQ(whole.code, 0);
  EXPECT_THAT(whole.out, AllOf(HasSubstr("All 3 entries are as they were written"), HasSubstr("Head: 3:")));
  EXPECT_THAT(whole.err, HasSubstr("--since"));
  const auto kept = head();
  EXPECT_THAT(log(), HasSubstr("audit head " + kept));
  stop();
  {
    auto database = sqlite::Database::open(data_ / "collector.sqlite").value();
    ASSERT_TRUE(database.execute("DELETE FROM audit WHERE number = 3"));
  }
  serve();
  EXPECT_EQ(run({"audit", "verify"}).code, 0);
  const Ended cut = run({"audit", "verify", "--since", kept});
  EXPECT_EQ(cut.code, 1);
  EXPECT_THAT(cut.out, HasSubstr("Entry 3 was cut off: the audit ends with entry 2"));
  EXPECT_THAT(cut.err, HasSubstr("not as it was written"));
  EXPECT_THAT(run({"audit", "verify", "--since", "2"}).err, HasSubstr("no head of an audit"));
}

TEST_F(AuditOnTheCommandLine, IsKeptBesideEachExportOfRowsAndFoundCutOffByIt) {
  unlock();
  ASSERT_EQ(run({"inspection", "end-fieldwork", "library"}).code, 0);
  const auto out = (root_ / "readers.csv").string();
  const Ended rows = run({"rows", "library", "--questionnaire", "library-readers", "--out", out});
  ASSERT_EQ(rows.code, 0) << rows.err;
  EXPECT_THAT(read_text(out + ".audit").value(), ::testing::StartsWith(head() + ":")) << "and its signature";
  EXPECT_EQ(run({"inspection", "lock", "library"}).code, 0);
  EXPECT_EQ(run({"audit", "verify", "--since", out + ".audit"}).code, 0) << "what came later follows it";
  EXPECT_EQ(run({"rows", "library", "--questionnaire", "library-readers", "--out", out}).code, 1) << "it is there";
  stop();
  {
    auto database = sqlite::Database::open(data_ / "collector.sqlite").value();
    ASSERT_TRUE(database.execute("DELETE FROM audit WHERE number >= 5"));
  }
  serve();
  const Ended cut = run({"audit", "verify", "--since", out + ".audit"});
  EXPECT_EQ(cut.code, 1);
  EXPECT_THAT(cut.out, HasSubstr("was cut off: the audit ends with entry 4"));
}

TEST_F(AuditOnTheCommandLine, IsExportedForAStranger) {
  const auto file = root_ / "audit.txt";
  EXPECT_EQ(run({"audit", "export", "--out", file.string()}).code, 0);
  const auto text = read_text(file).value();
  EXPECT_THAT(text, ::testing::StartsWith("perspective audit 1\nkey "));
  EXPECT_THAT(text, HasSubstr(R"( {"number":1,"at":")"));
  EXPECT_EQ(run({"audit", "export"}).out, text);
}

}  // namespace
}  // namespace perspective::admin

// `questionnaire import` and `questionnaire export`, at the shell.
#include "support/source_folder.h"
#include "unit/admin/program.h"

namespace perspective::admin {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string kVictims = std::string(kSourceFolder) + "/assets/questionnaires/victims";

class Forms : public Program {
 protected:
  const std::string file_ = (root_ / "victims.xlsx").string();
  const std::string folder_ = (root_ / "back").string();
};

TEST_F(Forms, GoOutAndComeInWithoutACollector) {
  const Ended out = run({"questionnaire", "export", kVictims, file_});
  EXPECT_EQ(out.code, 0) << out.err;
  EXPECT_THAT(out.out, AllOf(HasSubstr("definition.json, /findings: not carried over: "),
                             HasSubstr(file_ + " is made, with its pictures and recordings in ")));
  EXPECT_TRUE(std::filesystem::exists(root_ / "victims-media" / "yes.svg"));
  const Ended in = run({"questionnaire", "import", file_, "--into", folder_});
  EXPECT_EQ(in.code, 0) << in.err;
  EXPECT_THAT(in.out,
              AllOf(HasSubstr("survey, rows "), HasSubstr("/texts/en.json:"),
                    HasSubstr(folder_ + " is made: 9 questions; 0 not carried over, 0 changed; still to do: ")));
  EXPECT_TRUE(std::filesystem::exists(root_ / "back" / "pictures" / "yes.svg"));
  EXPECT_EQ(run({"questionnaire", "check", folder_}).code, 1);  // pictures have no words yet: the import said so
}

TEST_F(Forms, PutNothingInThePlaceOfAnything) {
  ASSERT_EQ(run({"questionnaire", "export", kVictims, file_}).code, 0);
  const Ended again = run({"questionnaire", "export", kVictims, file_});
  EXPECT_EQ(again.code, 1);
  EXPECT_THAT(again.err, HasSubstr("victims.xlsx is there already"));
  ASSERT_TRUE(std::filesystem::create_directory(folder_));
  const Ended into = run({"questionnaire", "import", file_, "--into", folder_});
  EXPECT_EQ(into.code, 1);
  EXPECT_THAT(into.err, HasSubstr(folder_ + " is there already"));
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

TEST_F(Forms, ThatAreNoneAreRefusedAndLeaveNothing) {
  ASSERT_TRUE(write_file(file_, as_bytes("type,name,label\n")));
  const Ended ended = run({"questionnaire", "import", file_, "--into", folder_});
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.out, IsEmpty());
  EXPECT_THAT(ended.err, HasSubstr("victims.xlsx: is no .xlsx file"));
  EXPECT_FALSE(std::filesystem::exists(folder_));
  EXPECT_THAT(run({"questionnaire", "import", "gone.xlsx", "--into", folder_}).err,
              HasSubstr("gone.xlsx cannot be read"));
  std::filesystem::resize_file(file_, 9U << 20U);
  EXPECT_THAT(run({"questionnaire", "import", file_, "--into", folder_}).err, HasSubstr("more than 8 MB"));
}

}  // namespace
}  // namespace perspective::admin

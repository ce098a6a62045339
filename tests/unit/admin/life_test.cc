// What an administrator sees of the life of an inspection.
#include "support/source_folder.h"
#include "unit/admin/program.h"

namespace perspective::admin {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kFirst = "seven herons over water";
const std::string kSecond = "lanterns below the bridge";
const std::string kBothTwice = kFirst + "\n" + kFirst + "\n" + kSecond + "\n" + kSecond + "\n";
const std::string kReaders = std::string(kSourceFolder) + "/tests/fixtures/library-readers";

class LifeOnTheCommandLine : public Program {
 protected:
  void SetUp() override {
    init();
    serve();
    const Ended made = run({"inspection", "create", "library", "--area", "Lewes", "--questionnaire", kReaders,
                            "--draft", "--fieldwork-ends", "2012-11-30", "--smallest-batch", "7"},
                           kBothTwice);
    ASSERT_EQ(made.code, 0) << made.err;
    EXPECT_THAT(made.out, HasSubstr("inspection open library"));
  }
};

TEST_F(LifeOnTheCommandLine, ADraftIsShownChangedAndOpened) {
  EXPECT_THAT(run({"inspection", "show", "library"}).out,
              AllOf(HasSubstr("state            draft\n"), HasSubstr("smallest batch   7\n"),
                    HasSubstr("fieldwork        - to 2012-11-30\n"), HasSubstr("6 months after publication"),
                    HasSubstr("answers          fewer than 5\n")));
  EXPECT_THAT(run({"kiosk", "invite", "--inspection", "library"}).err, HasSubstr("open it first"));
  const Ended changed = run({"inspection", "set", "library", "--smallest-batch", "5", "--no-tokens",
                             "only we were there", "--retention-months", "12"});
  EXPECT_EQ(changed.code, 0) << changed.err;
  EXPECT_THAT(changed.out, AllOf(HasSubstr("smallest batch   5\n"), HasSubstr("not asked for: only we were there"),
                                 HasSubstr("12 months after")));
  EXPECT_EQ(run({"inspection", "open", "library"}).code, 0);
  EXPECT_EQ(run({"kiosk", "invite", "--inspection", "library"}).code, 0);
  const Ended late = run({"inspection", "set", "library", "--smallest-batch", "6"});
  EXPECT_EQ(late.code, 1);
  EXPECT_THAT(late.err,
              HasSubstr("'library' is open: but for its dates, an inspection can be changed while it is a draft"));
  EXPECT_EQ(run({"inspection", "set", "library"}).code, 1);
}

TEST_F(LifeOnTheCommandLine, WhatIsLateIsListedAndSaidInASentence) {
  EXPECT_EQ(run({"inspection", "open", "library"}).code, 0);
  EXPECT_THAT(run({"inspection", "list"}).out, HasSubstr("late: see `inspection show library`"));
  EXPECT_THAT(run({"inspection", "show", "library"}).out, HasSubstr("Late. Fieldwork was to end on 2012-11-30, "));
  EXPECT_EQ(run({"inspection", "set", "library", "--fieldwork-ends", "2999-11-30"}).code, 0);
  EXPECT_THAT(run({"inspection", "list"}).out, Not(HasSubstr("late")));
  EXPECT_THAT(run({"inspection", "set", "library", "--report-due", "tomorrow"}).err, HasSubstr("'tomorrow'"));
}

TEST_F(LifeOnTheCommandLine, AnInspectionIsMadeLikeAnEarlierOne) {
  const Ended made =
      run({"inspection", "create", "again", "--area", "Hove", "--like", "library", "--report-due", "2999-01-31"},
          kBothTwice);
  EXPECT_EQ(made.code, 0) << made.err;
  EXPECT_THAT(run({"inspection", "show", "again"}).out,
              AllOf(HasSubstr("area             Hove\n"), HasSubstr("smallest batch   7\n"), HasSubstr("- to -\n"),
                    HasSubstr("report due       2999-01-31\n"), HasSubstr("state            open\n")));
  EXPECT_EQ(run({"inspection", "create", "third", "--area", "Hove", "--like", "nowhere"}, kBothTwice).code, 1);
  EXPECT_EQ(run({"inspection", "create", "third", "--area", "Hove"}, kBothTwice).code, 2);
}

TEST_F(LifeOnTheCommandLine, EachStepIsInTheAudit) {
  run({"inspection", "set", "library", "--report-due", "2999-01-31"});
  run({"inspection", "open", "library"});
  EXPECT_THAT(run({"audit", "list"}).out,
              AllOf(HasSubstr("inspection changed  library     what report_due"), HasSubstr("inspection opened")));
}

}  // namespace
}  // namespace perspective::admin

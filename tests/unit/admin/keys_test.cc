// An inspection's keys from a person's side: the real program, from the first rehearsal to "unreadable".
#include "support/source_folder.h"
#include "unit/admin/program.h"

namespace perspective::admin {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kFirst = "seven herons over water";
const std::string kSecond = "lanterns below the bridge";
const std::string kThird = "a ladder in the orchard";

class KeyCommands : public Program {
 protected:
  void begin() {
    init();
    serve();
    const Ended made = run({"inspection", "create", "croydon-2012", "--area", "Croydon", "--questionnaire",
                            std::string(kSourceFolder) + "/assets/questionnaires/victims", "--no-tokens", "a trial"},
                           kFirst + "\n" + kFirst + "\n" + kSecond + "\n" + kSecond + "\n");
    ASSERT_EQ(made.code, 0) << made.err;
  }
  Ended split(const std::string& folder) {
    return run({"key", "split", "croydon-2012", "--needed", "2", "--holder", "Ann Lee, Leeds", "--holder", "Bob Roy",
                "--holder", "a safe", "--out", (root_ / folder).string()},
               kSecond + "\n");
  }
  std::string share(int number) const {
    return (root_ / "shares" / ("share-" + std::to_string(number) + ".txt")).string();
  }
};

TEST_F(KeyCommands, RehearsalSaysWhatItHasProved) {
  begin();
  EXPECT_THAT(run({"key", "list", "croydon-2012"}).out, HasSubstr("never rehearsed"));
  const Ended wrong = run({"key", "rehearse", "croydon-2012"}, kFirst + "\n");
  EXPECT_EQ(wrong.code, 1);
  EXPECT_THAT(wrong.err, AllOf(HasSubstr("does not open the key"), Not(HasSubstr(kFirst))));
  const Ended done = run({"key", "rehearse", "croydon-2012"}, kSecond + "\n");
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr("has opened a trial"));
  EXPECT_THAT(run({"key", "list", "croydon-2012"}).out, HasSubstr("opened something last on 20"));
}

TEST_F(KeyCommands, SharesGoToTheirHoldersAndBringALostKeyBack) {
  begin();
  const Ended made = split("shares");
  ASSERT_EQ(made.code, 0) << made.err;
  EXPECT_THAT(made.out, AllOf(HasSubstr("share-1.txt  for Ann Lee, Leeds"),
                              HasSubstr("Any 2 of them open every answer"), Not(HasSubstr("secret: "))));
  EXPECT_EQ(fs::status(share(1)).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_THAT(split("shares").err, HasSubstr("not empty; name another folder"));
  EXPECT_EQ(run({"key", "rehearse", "croydon-2012", "--share", share(1)}).code, 1);
  EXPECT_EQ(run({"key", "rehearse", "croydon-2012", "--share", share(3), "--share", share(1)}).code, 0);

  fs::remove_all(data_ / "keys/inspections/croydon-2012");  // that disk is lost
  EXPECT_EQ(run({"inspection", "unlock", "croydon-2012"}, kFirst + "\n").code, 1);
  const Ended back =
      run({"key", "restore", "croydon-2012", "--share", share(2), "--share", share(3)}, kThird + "\n" + kThird + "\n");
  EXPECT_EQ(back.code, 0) << back.err;
  const Ended unlocked = run({"inspection", "unlock", "croydon-2012", "--recovery"}, kThird + "\n");
  EXPECT_EQ(unlocked.code, 0) << unlocked.err;
  EXPECT_THAT(log(), Not(HasSubstr("secret: "))) << "a share in the log";
}

TEST_F(KeyCommands, DestroyingTellsTheTruthAboutEveryCopy) {
  begin();
  ASSERT_EQ(split("shares").code, 0);
  EXPECT_THAT(run({"inspection", "destroy", "croydon-2012"}).err, HasSubstr("it is open: what can follow"));
  ASSERT_EQ(run({"inspection", "end-fieldwork", "croydon-2012"}).code, 0);
  ASSERT_EQ(run({"inspection", "draft-report", "croydon-2012"}).code, 0);
  const Ended destroyed = run({"inspection", "destroy", "croydon-2012"});
  EXPECT_EQ(destroyed.code, 0) << destroyed.err;
  EXPECT_THAT(destroyed.out, AllOf(HasSubstr("destroyed 20"), HasSubstr("Still readable"),
                                   HasSubstr("any 2 of the shares of: Ann Lee, Leeds; Bob Roy; a safe")));
  EXPECT_THAT(run({"inspection", "unlock", "croydon-2012"}, kFirst + "\n").err, HasSubstr("was destroyed here on"));
  EXPECT_THAT(run({"key", "destroyed", "croydon-2012", "3"}).out, HasSubstr("any 2 of the shares of: Bob Roy; a safe"));
  EXPECT_THAT(run({"key", "destroyed", "croydon-2012", "4"}).out, HasSubstr("Unreadable: every copy"));
}

}  // namespace
}  // namespace perspective::admin

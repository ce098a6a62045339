#include "unit/admin/program.h"
#include "support/source_folder.h"

namespace perspective::admin {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string kReaders = std::string(kSourceFolder) + "/tests/fixtures/library-readers";
const std::string kFirst = "seven herons over water";
const std::string kSecond = "lanterns below the bridge";
const std::string kBothTwice = kFirst + "\n" + kFirst + "\n" + kSecond + "\n" + kSecond + "\n";

class CommandLine : public Program {
 protected:
  Ended create(const std::string& passphrases = kBothTwice) {
    return run({"inspection", "create", "library", "--area", "Lewes", "--questionnaire", kReaders}, passphrases);
  }
};

TEST_F(CommandLine, EveryCommandHasHelpWithAnExample) {
  const std::vector<std::vector<std::string>> commands = {{"init"},
                                                          {"serve"},
                                                          {"tally"},
                                                          {"section"},
                                                          {"inspection", "create"},
                                                          {"inspection", "list"},
                                                          {"inspection", "tokens"},
                                                          {"inspection", "unlock"},
                                                          {"inspection", "lock"},
                                                          {"inspection", "end-fieldwork"},
                                                          {"inspection", "reconcile"},
                                                          {"inspection", "show"},
                                                          {"inspection", "set"},
                                                          {"inspection", "open"},
                                                          {"inspection", "provisional"},
                                                          {"inspection", "draft-report"},
                                                          {"inspection", "publish"},
                                                          {"audit", "list"},
                                                          {"audit", "verify"},
                                                          {"audit", "export"},
                                                          {"kiosk", "invite"},
                                                          {"kiosk", "list"},
                                                          {"kiosk", "show"},
                                                          {"kiosk", "allow"},
                                                          {"kiosk", "disallow"},
                                                          {"kiosk", "revoke"},
                                                          {"comments", "list"},
                                                          {"comments", "choose"},
                                                          {"questionnaire", "check"}};
  for (auto command : commands) {
    command.emplace_back("--help");
    const Ended help = run(command);
    EXPECT_EQ(help.code, 0);
    EXPECT_THAT(help.out, HasSubstr("Example:\n")) << command.front() << " " << command.back();
  }
  EXPECT_THAT(run({"--help"}).out, AllOf(HasSubstr("Exit codes:"), HasSubstr("  3  ")));
}

TEST_F(CommandLine, WrongUsageIs2) {
  for (const auto& words : std::vector<std::vector<std::string>>{{},
                                                                 {"frobnicate"},
                                                                 {"tally"},
                                                                 {"section", "x"},
                                                                 {"inspection"},
                                                                 {"questionnaire", "check"},
                                                                 {"init", "--port", "99999"},
                                                                 {"inspection", "unlock", "x", "--passphrase", "y"}}) {
    const Ended ended = run(words);
    EXPECT_EQ(ended.code, 2);
    EXPECT_THAT(ended.err, Not(IsEmpty()));
  }
}

TEST_F(CommandLine, InitSaysWhatIsNextAndRefusesAFolderThatIsThere) {
  const Ended first = run({"init"});
  EXPECT_EQ(first.code, 0);
  EXPECT_THAT(first.out, HasSubstr(" serve\n"));
  const Ended second = run({"init"});
  EXPECT_EQ(second.code, 1);
  EXPECT_THAT(second.err, HasSubstr("is there already. Nothing was changed."));
}

TEST_F(CommandLine, WithoutACollectorOrAServiceIs3AndSaysWhatToType) {
  const Ended nowhere = run({"kiosk", "list"});
  EXPECT_EQ(nowhere.code, 3);
  EXPECT_THAT(nowhere.err, HasSubstr("init"));
  init();
  const Ended stopped = run({"kiosk", "list"});
  EXPECT_EQ(stopped.code, 3);
  EXPECT_THAT(stopped.err, HasSubstr("perspective-collector --data " + data_.string() + " serve"));
}

TEST_F(CommandLine, ServeSaysItsAddressAndEndsCleanlyWhenTold) {
  init();
  serve();
  EXPECT_THAT(log(), AllOf(HasSubstr("listening on 127.0.0.1 port "), HasSubstr("authority SHA-256 ")));
  EXPECT_EQ(run({"serve"}).code, 1);
  EXPECT_EQ(stop(SIGTERM), 0);
  EXPECT_FALSE(std::filesystem::exists(data_ / "admin.sock"));
  serve();
  EXPECT_EQ(stop(SIGINT), 0);
}

TEST_F(CommandLine, AServiceThatWasKilledStartsAgain) {
  init();
  serve();
  stop(SIGKILL);
  EXPECT_EQ(run({"kiosk", "list"}).code, 3);
  serve();
  EXPECT_EQ(run({"kiosk", "list"}).code, 0);
}

TEST_F(CommandLine, PassphrasesThatDifferMakeNothing) {
  init();
  serve();
  const Ended differing = create(kFirst + "\nsomething else\n" + kSecond + "\n" + kSecond + "\n");
  EXPECT_EQ(differing.code, 1);
  EXPECT_THAT(differing.err, HasSubstr("not the same twice; nothing was changed"));
  EXPECT_EQ(create(kFirst + "\n").code, 1);
  EXPECT_EQ(create("").code, 1);
  EXPECT_EQ(create("short\nshort\n" + kSecond + "\n" + kSecond + "\n").code, 1);
  EXPECT_THAT(run({"inspection", "list"}).out, HasSubstr("There is no inspection yet."));
}

TEST_F(CommandLine, AFolderWithoutAQuestionnaireIsNamed) {
  const Ended ended = run({"inspection", "create", "x", "--area", "X", "--questionnaire", root_.string()}, kBothTwice);
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.err, HasSubstr(root_.string() + " is no folder of a questionnaire"));
}

TEST_F(CommandLine, AnInspectionLivesFromCreateToPublication) {
  init();
  serve();
  ASSERT_EQ(create().code, 0);
  EXPECT_THAT(run({"inspection", "list"}).out, AllOf(HasSubstr("library"), HasSubstr("locked")));
  const Ended locked = run({"tally", "library", "--reason", "a test"});
  EXPECT_EQ(locked.code, 1);
  EXPECT_THAT(locked.err, HasSubstr("unlock"));
  const Ended wrong = run({"inspection", "unlock", "library"}, "wrong words entirely\n");
  EXPECT_EQ(wrong.code, 1);
  EXPECT_THAT(wrong.err, Not(HasSubstr("wrong words")));
  EXPECT_EQ(run({"inspection", "unlock", "library"}, kFirst + "\n").code, 0);
  EXPECT_EQ(run({"tally", "library", "--reason", "a test"}).code, 0);
  EXPECT_EQ(run({"section", "library", "--reason", "a test", "--full"}).code, 0);
  EXPECT_EQ(run({"inspection", "lock", "library"}).code, 0);
  EXPECT_EQ(run({"tally", "library", "--reason", "a test"}).code, 1);
  EXPECT_EQ(run({"inspection", "end-fieldwork", "library"}).code, 0);
  EXPECT_EQ(run({"inspection", "publish", "library"}).code, 1);
  EXPECT_EQ(run({"inspection", "provisional", "library"}).code, 0);
  EXPECT_EQ(run({"inspection", "draft-report", "library"}).code, 0);
  EXPECT_EQ(run({"inspection", "publish", "library"}).code, 0);
  EXPECT_THAT(run({"inspection", "list"}).out, HasSubstr("published"));
  EXPECT_THAT(log(), Not(HasSubstr(kFirst)));
}

TEST_F(CommandLine, ACommandThatThereIsNotIsNamed) {
  for (const auto& words : {std::vector<std::string>{"inspektion", "list"}, {"inspection", "unlok", "library"}}) {
    const Ended ended = run(words);
    EXPECT_EQ(ended.code, 2);
    EXPECT_THAT(ended.err, AllOf(HasSubstr("there is no command '"), HasSubstr("--help")));
  }
  EXPECT_THAT(run({"inspection"}).err, Not(HasSubstr("there is no command '")));
}

TEST_F(CommandLine, TokensStandOnOneSheetAndAreCountedInFives) {
  init();
  serve();
  ASSERT_EQ(create().code, 0);
  const std::string sheet = (root_ / "slips.txt").string();
  const Ended issued = run({"inspection", "tokens", "library", "--count", "3", "--out", sheet});
  EXPECT_EQ(issued.code, 0) << issued.err;
  EXPECT_THAT(issued.out, IsEmpty());
  EXPECT_THAT(read_text(sheet).value(), HasSubstr("It works once."));
  const Ended again = run({"inspection", "tokens", "library", "--count", "3", "--out", sheet});
  EXPECT_EQ(again.code, 1);
  EXPECT_THAT(again.err, HasSubstr("is there already"));
  EXPECT_THAT(run({"inspection", "tokens", "library", "--count", "1"}).out, HasSubstr("It works once."));
  const std::string paper = (root_ / "slips.pdf").string();
  EXPECT_EQ(run({"inspection", "tokens", "library", "--count", "2", "--out", paper}).code, 0);
  const Ended lost =
      run({"inspection", "tokens", "library", "--count", "2", "--out", (root_ / "no" / "slips.pdf").string()});
  EXPECT_EQ(lost.code, 1);
  EXPECT_THAT(lost.err, HasSubstr("No slip was made"));
  EXPECT_EQ(read_text(paper).value().substr(0, 5), "%PDF-");
  EXPECT_EQ(run({"inspection", "tokens", "library", "--count", "101"}).code, 2);
  EXPECT_THAT(run({"inspection", "tokens", "library"}).out,
              AllOf(HasSubstr("issued           6\n"), HasSubstr("fewer than 5"), Not(HasSubstr("unused"))));
  EXPECT_EQ(run({"inspection", "end-fieldwork", "library"}).code, 0);
  EXPECT_THAT(run({"inspection", "tokens", "library"}).out,
              AllOf(HasSubstr("spent            0\n"), HasSubstr("unused           6\n")));
}

TEST_F(CommandLine, AnInspectionWithoutTokensNeedsAReason) {
  init();
  serve();
  const std::vector<std::string> line = {"inspection", "create",          "library", "--area",
                                         "Lewes",      "--questionnaire", kReaders};
  auto without = line;
  without.insert(without.end(), {"--no-tokens", ""});
  EXPECT_EQ(run(without, kBothTwice).code, 2);
  without.back() = "only we were there";
  EXPECT_EQ(run(without, kBothTwice).code, 0);
  EXPECT_THAT(run({"inspection", "tokens", "library"}).out, HasSubstr("only we were there"));
  EXPECT_EQ(run({"inspection", "tokens", "library", "--count", "1"}).code, 1);
}

TEST_F(CommandLine, AnInviteIsTheOnlyThingOnStandardOutput) {
  init();
  serve();
  ASSERT_EQ(create().code, 0);
  const Ended invited = run({"kiosk", "invite", "--inspection", "library", "--name", "Desk"});
  EXPECT_EQ(invited.code, 0);
  EXPECT_THAT(invited.out, ::testing::MatchesRegex("perspective://127\\.0\\.0\\.1:[0-9]+/enrol\\?[^\n]+\n"));
  EXPECT_EQ(run({"kiosk", "invite", "--inspection", "nowhere"}).code, 1);
  EXPECT_EQ(run({"kiosk", "revoke", "nobody"}).code, 1);
}

}  // namespace
}  // namespace perspective::admin

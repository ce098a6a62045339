// The collector's half of the line with the real program: 26 people of the reference case, sealed as a kiosk seals,
// sent over mutual TLS, counted and written up.
#include <pty.h>

#include "base/random.h"
#include "envelope/envelope.h"
#include "protocol/batch.h"
#include "protocol/enrolment.h"
#include "protocol/limits.h"
#include "protocol/package.h"
#include "support/reference_case.h"
#include "support/sealing.h"
#include "support/source_folder.h"
#include "unit/admin/program.h"
#include "unit/http/web_client.h"

namespace perspective::admin {
namespace {

namespace json = boost::json;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kFirst = "seven herons over water";
const std::string kSecond = "lanterns below the bridge";
const std::string kAssets = std::string(kSourceFolder) + "/assets/questionnaires/";

// "Of 17 ... all": words of the sentence, with others between.
std::vector<std::string> parts_of(const std::string& phrase) {
  constexpr std::string_view kBetween = " ... ";
  std::vector<std::string> parts;
  std::size_t start = 0;
  for (std::size_t end = 0; (end = phrase.find(kBetween, start)) != std::string::npos; start = end + kBetween.size()) {
    parts.push_back(phrase.substr(start, end - start));
  }
  parts.push_back(phrase.substr(start));
  return parts;
}

class Line : public Program {
 protected:
  void create() {
    const Ended made = run({"inspection", "create", "croydon-2012", "--area", "Croydon", "--questionnaire",
                            kAssets + "children-and-young-people", "--questionnaire", kAssets + "victims"},
                           kFirst + "\n" + kFirst + "\n" + kSecond + "\n" + kSecond + "\n");
    ASSERT_EQ(made.code, 0) << made.err;
  }

  // What `perspective-kiosk enrol` does: the authority by its digest, the secret, the signed package.
  WebClient enrol() {
    const auto invite = protocol::parse_invite(run({"kiosk", "invite", "--inspection", "croydon-2012"}).out).value();
    const std::string base = "https://" + invite.host + ":" + std::to_string(invite.port);
    WebClient kiosk(base);
    kiosk.authority_pem = WebClient(base).get("/v1/authority").body;
    EXPECT_EQ(protocol::sha256_of_certificate(kiosk.authority_pem).value(), invite.authority_sha256);
    const auto made = protocol::make_device_key().value();
    const auto answer = kiosk.post(
        "/v1/enrolments", json::serialize(json::object{{"secret", invite.secret}, {"request", made.request_pem}}));
    EXPECT_EQ(answer.status, 201) << answer.body;
    kiosk.key_pem = made.key_pem;
    kiosk.certificate_pem = std::string(json::parse(answer.body).at("certificate").as_string());
    return kiosk;
  }

  // All 26, in one batch; the statuses.
  std::vector<int> deliver_all(WebClient& kiosk) {
    const auto package =
        protocol::verify_package(as_bytes(kiosk.get("/v1/packages/croydon-2012").body), kiosk.authority_pem).value();
    std::vector<protocol::SealedEnvelope> batch;
    for (const std::string id : {"children-and-young-people", "victims"}) {
      const auto questionnaire = reference_case::questionnaire(id);
      for (auto& submission : reference_case::submissions(questionnaire, reference_case::kResponses)) {
        batch.push_back(kiosk_package::sealed(package, std::move(submission)));
      }
    }
    const auto answer =
        kiosk.post("/v1/inspections/croydon-2012/envelopes", std::string(as_text(protocol::encode_batch(batch))));
    std::vector<int> statuses;
    const auto outcomes = protocol::decode_outcomes(answer.body).value();
    for (const auto& outcome : outcomes) statuses.push_back(outcome.status);
    return statuses;
  }
};

TEST_F(Line, TwentySixPeopleBecomeTheSection) {
  init();
  serve();
  create();
  auto kiosk = enrol();
  EXPECT_THAT(deliver_all(kiosk), ::testing::AllOf(::testing::SizeIs(26), ::testing::Each(201)));
  stop();
  serve();  // what was taken outlives the service; the key does not stay open
  EXPECT_EQ(run({"tally", "croydon-2012", "--reason", "a test"}).code, 1);
  EXPECT_THAT(run({"inspection", "unlock", "croydon-2012"}, kFirst + "\n").out,
              HasSubstr("25 or more counted, fewer than 5 set aside"));
  EXPECT_THAT(run({"tally", "croydon-2012", "--reason", "a test"}).out, HasSubstr("21 respondents"));
  const Ended tally = run({"tally", "croydon-2012", "--reason", "a test", "--json"});
  EXPECT_TRUE(json::parse(tally.out).is_object());
  const std::string section = run({"section", "croydon-2012", "--reason", "a test", "--full"}).out;
  const auto figures = reference_case::read_json(reference_case::kFigures);
  for (const auto& figure : figures.at("figures").as_array()) {
    for (const std::string& part : parts_of(std::string(figure.at("phrase").as_string()))) {
      EXPECT_THAT(section, HasSubstr(part)) << figure.at("id");
    }
  }
  EXPECT_THAT(run({"tally", "croydon-2012", "--reason", "a test", "--language", "cy"}).out,
              HasSubstr("21 o ymatebwyr"));
  const std::string welsh = run({"section", "croydon-2012", "--reason", "a test", "--full", "--language", "cy"}).out;
  const auto phrases = reference_case::read_json("tests/fixtures/croydon-2012/figures.cy.json");
  for (const auto& [id, phrase] : phrases.at("phrases").as_object()) {
    for (const std::string& part : parts_of(std::string(phrase.as_string()))) EXPECT_THAT(welsh, HasSubstr(part)) << id;
  }
  const Ended french = run({"section", "croydon-2012", "--reason", "a test", "--full", "--language", "fr"});
  EXPECT_EQ(french.code, 1);
  EXPECT_THAT(french.err, HasSubstr("not in 'fr'; it was created in 'en', 'cy'"));
}

TEST_F(Line, ResultsBecomeFilesThatNobodyElseReads) {
  init();
  serve();
  create();
  auto kiosk = enrol();
  deliver_all(kiosk);
  ASSERT_EQ(run({"inspection", "unlock", "croydon-2012"}, kFirst + "\n").code, 0);
  const auto file = [&](const std::string& name) { return (root_ / name).string(); };
  const auto made = [&](std::vector<std::string> command, const std::string& name) {
    command.insert(command.end(), {"--reason", "a test", "--out", file(name)});
    const Ended ended = run(command);
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_EQ(ended.out, "");
    EXPECT_EQ(std::filesystem::status(file(name)).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    EXPECT_EQ(run({"audit", "verify", "--since", file(name + ".audit")}).code, 0) << name;
    return ended.err;
  };
  made({"section", "croydon-2012", "--full", "--format", "docx"}, "a.docx");
  made({"section", "croydon-2012", "--full", "--format", "odt", "--language", "cy"}, "a.odt");
  made({"tally", "croydon-2012", "--format", "xlsx"}, "a.xlsx");
  EXPECT_THAT(made({"tally", "croydon-2012", "--format", "ods"}, "a.ods"), HasSubstr("not for release"));
  made({"section", "croydon-2012", "--full", "--format", "docx", "--template", file("a.docx")}, "b.docx");
  EXPECT_EQ(*read_file(file("b.docx")), *read_file(file("a.docx")));
  const Ended again = run({"tally", "croydon-2012", "--reason", "x", "--format", "ods", "--out", file("a.ods")});
  EXPECT_THAT(again.err, HasSubstr("is there already"));
  EXPECT_THAT(run({"tally", "croydon-2012", "--reason", "x", "--format", "ods"}).err, HasSubstr("goes with --out"));
}

TEST_F(Line, ACommentIsReadAndSomeOfItsWordsAreQuoted) {
  init();
  serve();
  create();
  auto kiosk = enrol();
  deliver_all(kiosk);
  ASSERT_EQ(run({"inspection", "unlock", "croydon-2012"}, kFirst + "\n").code, 0);
  const auto listed = json::parse(run({"comments", "list", "croydon-2012", "--json"}).out);
  const auto& comments = listed.at("comments").as_array();
  const auto allowed =
      std::ranges::find_if(comments, [](const auto& one) { return one.at("may_be_quoted").as_bool(); });
  ASSERT_NE(allowed, comments.end());
  const std::string reference(allowed->at("reference").as_string());
  const std::string text(allowed->at("text").as_string());
  const auto words = text.substr(0, text.find(' '));
  ASSERT_NE(words, text);
  const auto choose = [&](const std::string& typed) {
    return run({"comments", "choose", "croydon-2012", reference, "--words"}, typed);
  };
  EXPECT_EQ(choose("").code, 1);
  const auto refused = choose("fifteen of us\n");
  EXPECT_EQ(refused.code, 1);
  EXPECT_THAT(refused.err, HasSubstr("\"fifteen of us\" is not what the comment says"));
  EXPECT_EQ(choose(words + "\n").code, 0);
  const std::string section = run({"section", "croydon-2012", "--reason", "a test", "--full"}).out;
  EXPECT_THAT(section, HasSubstr("“" + words + "”"));
  EXPECT_THAT(section, Not(HasSubstr(text)));
}

TEST_F(Line, APassphraseTypedAtATerminalIsNotShown) {
  init();
  serve();
  create();
  int terminal = -1;
  const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
  if (child == 0) {
    ::execl(PERSPECTIVE_COLLECTOR, PERSPECTIVE_COLLECTOR, "--data", data_.c_str(), "inspection", "unlock",
            "croydon-2012", nullptr);
    ::_exit(127);
  }
  std::string shown;
  char part[512];
  bool is_typed = false;
  for (ssize_t count = 0; (count = ::read(terminal, part, sizeof part)) > 0;) {
    shown.append(part, static_cast<std::size_t>(count));
    if (is_typed || shown.find("Passphrase of the inspection: ") == std::string::npos) continue;
    is_typed = ::write(terminal, (kFirst + "\n").data(), kFirst.size() + 1) > 0;
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(terminal);
  EXPECT_EQ(WEXITSTATUS(status), 0) << shown;
  EXPECT_THAT(shown, HasSubstr("Unlocked"));
  EXPECT_THAT(shown, Not(HasSubstr("herons")));
}

}  // namespace
}  // namespace perspective::admin

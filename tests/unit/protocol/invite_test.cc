#include <gmock/gmock.h>

#include <set>

#include "protocol/enrolment.h"

namespace perspective::protocol {
namespace {

using ::testing::HasSubstr;

const std::string kAuthority(64, 'a');
const std::string kSecret = "0123456789ABCDEF";

std::string line(const std::string& address, const std::string& authority = kAuthority,
                 const std::string& secret = kSecret) {
  return "perspective://" + address + "/enrol?authority=" + authority + "&secret=" + secret;
}

std::string why(const std::string& text) {
  const auto invite = parse_invite(text);
  if (invite) return "";
  EXPECT_EQ(invite.error().code, ErrorCode::invalid);
  return invite.error().what;
}

TEST(AnInvite, ComesBackAsItWas) {
  for (const std::string host : {"collector.example.org", "127.0.0.1", "::1", "localhost"}) {
    const auto invite = parse_invite(to_text({host, 8443, kAuthority, kSecret}));
    ASSERT_TRUE(invite) << host;
    EXPECT_EQ(invite->host, host);
    EXPECT_EQ(invite->port, 8443);
    EXPECT_EQ(invite->authority_sha256, kAuthority);
    EXPECT_EQ(invite->secret, kSecret);
  }
}

TEST(AnInvite, IsOneLineOfText) { EXPECT_EQ(to_text({"a.b", 1, kAuthority, kSecret}), line("a.b:1")); }

TEST(AnInvite, MayHaveBlanksAroundItAndALineEnd) { EXPECT_EQ(why("  " + line("h:1") + "\r\n"), ""); }

TEST(AnInvite, ReadsLettersThatLookLikeDigitsAsTheseAndPassesOverHyphens) {
  EXPECT_EQ(parse_invite(line("h:1", kAuthority, "oI2l-4567-89ab-cdef"))->secret, "0121456789ABCDEF");
  EXPECT_EQ(parse_invite(line("h:1", kAuthority, "0123 4567 89AB CDEF"))->secret, kSecret);
}

TEST(AnInvite, TakesTheAuthorityInCapitals) {
  EXPECT_EQ(parse_invite(line("h:1", std::string(64, 'A')))->authority_sha256, kAuthority);
}

TEST(AnInvite, ThatIsNoneSaysWhichPartIsWrong) {
  EXPECT_THAT(why(""), HasSubstr("does not begin with perspective://"));
  EXPECT_THAT(why("https://h:1/enrol?"), HasSubstr("does not begin with perspective://"));
  EXPECT_THAT(why("perspective://h:1"), HasSubstr("no /enrol?"));
  EXPECT_THAT(why("perspective://h:1/enrol?authority=" + kAuthority), HasSubstr("was the line cut?"));
  EXPECT_THAT(why(line("h")), HasSubstr("no port"));
  EXPECT_THAT(why(line("[::1]")), HasSubstr("no port"));
  EXPECT_THAT(why(line("h:0")), HasSubstr("port is no number"));
  EXPECT_THAT(why(line("h:65536")), HasSubstr("port is no number"));
  EXPECT_THAT(why(line("h:8443x")), HasSubstr("port is no number"));
  EXPECT_THAT(why(line(":8443")), HasSubstr("no host name"));
  EXPECT_THAT(why(line("a b:8443")), HasSubstr("no host name"));
  EXPECT_THAT(why(line("h@evil/x:8443")), HasSubstr("no host name"));
  EXPECT_THAT(why(line("h:1", kAuthority.substr(1))), HasSubstr("64 hexadecimal digits"));
  EXPECT_THAT(why(line("h:1", std::string(64, 'g'))), HasSubstr("64 hexadecimal digits"));
  EXPECT_THAT(why(line("h:1", kAuthority, kSecret + "0")), HasSubstr("17 characters, not 16"));
  EXPECT_THAT(why(line("h:1", kAuthority, "U123456789ABCDEF")), HasSubstr("character 1 of the secret"));
}

TEST(AnInvite, ThatIsWrongDoesNotRepeatItsSecretInTheError) {
  EXPECT_EQ(why(line("h:1", kAuthority, "0123456789ABCDE!")).find("0123"), std::string::npos);
}

TEST(AnInviteSecret, IsSixteenCharactersThatParseAndNeverTheSame) {
  std::set<std::string> secrets;
  for (int i = 0; i < 200; ++i) {
    const std::string secret = draw_invite_secret();
    EXPECT_EQ(parse_invite(line("h:1", kAuthority, secret))->secret, secret);
    secrets.insert(secret);
  }
  EXPECT_EQ(secrets.size(), 200U);
}

}  // namespace
}  // namespace perspective::protocol

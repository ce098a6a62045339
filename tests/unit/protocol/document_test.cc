// The examples of PROTOCOL.md are read by the code that they are about.
#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

#include "protocol/batch.h"
#include "protocol/enrolment.h"
#include "protocol/limits.h"
#include "protocol/package.h"
#include "support/source_folder.h"

namespace perspective::protocol {
namespace {

using ::testing::HasSubstr;

std::string document() {
  std::ifstream file(std::string(kSourceFolder) + "/shared/protocol/PROTOCOL.md");
  return {std::istreambuf_iterator<char>(file), {}};
}

// The line of the document that begins so.
std::string line_with(const std::string& beginning) {
  const std::string text = document();
  const auto at = text.find("\n" + beginning) + 1;
  return text.substr(at, text.find('\n', at) - at);
}

TEST(TheProtocolsDocument, ShowsAnInviteThatParses) {
  const auto invite = parse_invite(line_with("perspective://"));
  ASSERT_TRUE(invite) << invite.error().what;
  EXPECT_EQ(to_text(*invite), line_with("perspective://"));
}

TEST(TheProtocolsDocument, ShowsOutcomesThatDecodeAndEncodeToTheSame) {
  const std::string example = line_with("{\"outcomes\"");
  const auto outcomes = decode_outcomes(example);
  ASSERT_TRUE(outcomes) << outcomes.error().what;
  EXPECT_EQ(encode_outcomes(*outcomes), example);
}

// Its certificates are cut short, so that it is refused there and not before.
TEST(TheProtocolsDocument, ShowsAPackageThatIsReadUpToItsCertificates) {
  const auto package = package_from_json(line_with("{\"format\":1"));
  EXPECT_THAT(package.error().what, HasSubstr("inspection_certificate"));
}

TEST(TheProtocolsDocument, NamesTheLimitsThatHold) {
  EXPECT_THAT(document(), HasSubstr("| envelopes in a batch | " + std::to_string(kMaxBatchEnvelopes) + " |"));
  EXPECT_THAT(document(), HasSubstr("| envelope | " + std::to_string(kMaxEnvelopeBytes / 1024) + " KiB |"));
  EXPECT_THAT(document(), HasSubstr("| package | " + std::to_string(kMaxPackageBytes / 1024 / 1024) + " MiB |"));
  EXPECT_THAT(document(), HasSubstr("| header of a request | " + std::to_string(kMaxHeaderBytes / 1024) + " KiB |"));
  EXPECT_THAT(document(), HasSubstr("| invite | " + std::to_string(kInviteDays) + " days"));
  EXPECT_THAT(document(), HasSubstr("| kiosk's certificate | " + std::to_string(kKioskCertificateDays) + " days |"));
}

}  // namespace
}  // namespace perspective::protocol

#include <gmock/gmock.h>

#include "sealed.h"
#include "shell.h"

namespace perspective::envelope {
namespace {

using ::testing::HasSubstr;
using testing::Shell;

std::string reason(std::string_view pem) {
  const auto recipient = Recipient::parse(pem);
  return recipient ? "" : recipient.error().what;
}

std::string certificate(const std::string& curve, const std::string& options) {
  Shell shell;
  EXPECT_TRUE(shell.run("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:" + curve + " -out k\n" +
                        "printf '[req]\\ndistinguished_name=d\\n[d]\\n' > c\n" +
                        "openssl req -x509 -config c -new -key k -subj /CN=x -out c.pem " + options))
      << shell.output();
  return shell.text("c.pem");
}

TEST(Recipient, IsReadFromACertificateOfOurs) {
  const KeyPair pair = fresh_pair("x");
  const auto recipient = Recipient::parse(pair.certificate_pem);
  ASSERT_TRUE(recipient);
  EXPECT_EQ(recipient->key_identifier().size(), 20U);
  EXPECT_EQ(recipient->key_identifier(), pair.key.recipient().key_identifier());
}

TEST(Recipient, MayLeaveItsUsesOpen) {
  EXPECT_EQ(reason(certificate("P-256", "-addext subjectKeyIdentifier=hash")), "");
}

TEST(Recipient, NeedsAKeyOnP256) {
  EXPECT_THAT(reason(certificate("P-384", "-addext subjectKeyIdentifier=hash")), HasSubstr("P-256"));
}

TEST(Recipient, NeedsASubjectKeyIdentifier) {
  EXPECT_THAT(reason(certificate("P-256", "-addext subjectKeyIdentifier=none")), HasSubstr("subject key identifier"));
}

TEST(Recipient, NeedsKeyAgreementIfItNamesUses) {
  const auto pem = certificate("P-256", "-addext subjectKeyIdentifier=hash -addext keyUsage=digitalSignature");
  EXPECT_THAT(reason(pem), HasSubstr("keyAgreement"));
}

TEST(Recipient, IsNotReadFromOtherText) {
  EXPECT_THAT(reason(""), HasSubstr("no certificate in PEM"));
  EXPECT_THAT(reason("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"), HasSubstr("no certificate"));
}

}  // namespace
}  // namespace perspective::envelope

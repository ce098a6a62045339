#include "envelope/profile.h"

#include <string>

#include "envelope/der.h"
namespace perspective::envelope {
namespace {

// Values of the OBJECT IDENTIFIERs, without tag and length.
constexpr std::uint8_t kAuthEnvelopedData[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x17};
constexpr std::uint8_t kData[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01};
constexpr std::uint8_t kEcPublicKey[] = {0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01};
constexpr std::uint8_t kDhSinglePassSha256[] = {0x2b, 0x81, 0x04, 0x01, 0x0b, 0x01};
constexpr std::uint8_t kAes256Wrap[] = {0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2d};
constexpr std::uint8_t kAes256Gcm[] = {0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2e};

// KeyAgreeRecipientInfo of RFC 5652 as RFC 5753 fills it. Returns the subject key identifier.
ByteView read_recipient(der::Reader& set) {
  der::Reader recipient = set.inside(der::kContext1, "recipient");
  recipient.expect_number(3, "version of a recipient");
  der::Reader originator = recipient.inside(der::kContext0, "originator").inside(der::kContext1, "originator's key");
  der::Reader algorithm = originator.inside(der::kSequence, "algorithm of the originator's key");
  algorithm.expect(der::kObject, kEcPublicKey, "algorithm of the originator's key");
  algorithm.end("algorithm of the originator's key");
  const ByteView point = originator.element(der::kBitString, 66, "originator's key");
  // No unused bits, uncompressed: 0x00 0x04 x y.
  if (point.size() == 66 && (point[0] != 0 || point[1] != 4))
    originator.expect(der::kBitString, {}, "originator's key");
  originator.end("originator's key");
  der::Reader agreement = recipient.inside(der::kSequence, "key agreement");
  agreement.expect(der::kObject, kDhSinglePassSha256, "key derivation (it must be dhSinglePass-stdDH-sha256kdf)");
  der::Reader wrap = agreement.inside(der::kSequence, "key wrap");
  wrap.expect(der::kObject, kAes256Wrap, "key wrap (it must be aes256-wrap)");
  wrap.end("key wrap");
  agreement.end("key agreement");
  der::Reader keys = recipient.inside(der::kSequence, "wrapped keys");
  der::Reader wrapped = keys.inside(der::kSequence, "wrapped key");
  der::Reader identifier =
      wrapped.inside(der::kContext0, "identifier of a recipient (it must be a subject key identifier)");
  const ByteView key_identifier = identifier.element(der::kOctetString, 20, "subject key identifier");
  identifier.end("subject key identifier");
  wrapped.element(der::kOctetString, 40, "wrapped key");
  wrapped.end("wrapped key");
  keys.end("wrapped keys");
  recipient.end("recipient");
  return key_identifier;
}

std::size_t read_content(der::Reader& body) {
  der::Reader content = body.inside(der::kSequence, "content");
  content.expect(der::kObject, kData, "content type");
  der::Reader cipher = content.inside(der::kSequence, "cipher");
  cipher.expect(der::kObject, kAes256Gcm, "cipher (it must be AES-256-GCM)");
  der::Reader parameters = cipher.inside(der::kSequence, "parameters of the cipher");
  parameters.element(der::kOctetString, 12, "nonce");
  parameters.expect_number(16, "length of the tag");
  parameters.end("parameters of the cipher");
  cipher.end("cipher");
  const ByteView ciphertext = content.element(der::kContext0Primitive, "content (it must be embedded)");
  if (ciphertext.empty()) content.expect(der::kContext0Primitive, {}, "content (it is empty)");
  content.end("content");
  return ciphertext.size();
}

}  // namespace

Result<Profile> check_profile(ByteView envelope) {
  if (der::is_cut_short(envelope)) return fail(ErrorCode::corrupt, "envelope: it is cut short");
  const char* broken = nullptr;
  Profile profile;
  der::Reader file(envelope, broken);
  der::Reader info = file.inside(der::kSequence, "outermost sequence");
  info.expect(der::kObject, kAuthEnvelopedData, "type (it must be AuthEnvelopedData)");
  der::Reader explicit_body = info.inside(der::kContext0, "body");
  der::Reader body = explicit_body.inside(der::kSequence, "body");
  body.expect_number(0, "version");
  der::Reader recipients = body.inside(der::kSet, "recipients");
  for (ByteView& identifier : profile.key_identifiers) identifier = read_recipient(recipients);
  recipients.end("recipients (they must be two)");
  profile.content_bytes = read_content(body);
  body.element(der::kOctetString, 16, "tag");
  body.end("body");
  explicit_body.end("body");
  info.end("outermost sequence");
  file.end("what follows the envelope");
  if (broken != nullptr) return fail(ErrorCode::corrupt, std::string("envelope: not our format at: ") + broken);
  return profile;
}

}  // namespace perspective::envelope

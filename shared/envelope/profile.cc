#include "envelope/profile.h"

#include <algorithm>
#include <optional>
#include <string>

namespace perspective::envelope {
namespace {

constexpr std::uint8_t kInteger = 0x02;
constexpr std::uint8_t kBitString = 0x03;
constexpr std::uint8_t kOctetString = 0x04;
constexpr std::uint8_t kObject = 0x06;
constexpr std::uint8_t kSequence = 0x30;
constexpr std::uint8_t kSet = 0x31;
constexpr std::uint8_t kContext0 = 0xa0;
constexpr std::uint8_t kContext1 = 0xa1;
constexpr std::uint8_t kContext0Primitive = 0x80;

// Values of the OBJECT IDENTIFIERs, without tag and length.
constexpr std::uint8_t kAuthEnvelopedData[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x17};
constexpr std::uint8_t kData[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01};
constexpr std::uint8_t kEcPublicKey[] = {0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01};
constexpr std::uint8_t kDhSinglePassSha256[] = {0x2b, 0x81, 0x04, 0x01, 0x0b, 0x01};
constexpr std::uint8_t kAes256Wrap[] = {0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2d};
constexpr std::uint8_t kAes256Gcm[] = {0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2e};

// Reads elements one after the other. The first thing that is not as expected is remembered; from then on
// everything reads as empty, so that a structure can be written down without an `if` after each element.
class Reader {
 public:
  Reader(ByteView bytes, const char*& broken) : rest_(bytes), broken_(broken) {}

  ByteView element(std::uint8_t tag, const char* field) {
    const auto length = header(tag);
    if (broken_ == nullptr && length && *length <= rest_.size()) {
      const ByteView value = rest_.first(*length);
      rest_ = rest_.subspan(*length);
      return value;
    }
    return fail_at(field);
  }

  Reader inside(std::uint8_t tag, const char* field) { return {element(tag, field), broken_}; }

  ByteView element(std::uint8_t tag, std::size_t length, const char* field) {
    const ByteView value = element(tag, field);
    return value.size() == length ? value : fail_at(field);
  }

  void expect(std::uint8_t tag, ByteView value, const char* field) {
    if (!std::ranges::equal(element(tag, field), value)) fail_at(field);
  }

  void end(const char* field) {
    if (!rest_.empty()) fail_at(field);
  }

 private:
  // DER: definite, and in the shortest form.
  std::optional<std::size_t> header(std::uint8_t tag) {
    if (rest_.size() < 2 || rest_[0] != tag) return std::nullopt;
    const std::uint8_t first = rest_[1];
    if (first < 0x80) {
      rest_ = rest_.subspan(2);
      return first;
    }
    const std::size_t digits = first & 0x7f;
    if (digits == 0 || digits > 4 || rest_.size() < 2 + digits) return std::nullopt;
    std::size_t length = 0;
    for (std::size_t i = 0; i < digits; ++i) length = length << 8 | rest_[2 + i];
    if (length < 0x80 || rest_[2] == 0) return std::nullopt;
    rest_ = rest_.subspan(2 + digits);
    return length;
  }

  ByteView fail_at(const char* field) {
    if (broken_ == nullptr) broken_ = field;
    rest_ = {};
    return {};
  }

  ByteView rest_;
  const char*& broken_;
};

void expect_number(Reader& reader, std::uint8_t number, const char* field) {
  reader.expect(kInteger, ByteView(&number, 1), field);
}

// KeyAgreeRecipientInfo of RFC 5652 as RFC 5753 fills it. Returns the subject key identifier.
ByteView read_recipient(Reader& set) {
  Reader recipient = set.inside(kContext1, "recipient");
  expect_number(recipient, 3, "version of a recipient");
  Reader originator = recipient.inside(kContext0, "originator").inside(kContext1, "originator's key");
  Reader algorithm = originator.inside(kSequence, "algorithm of the originator's key");
  algorithm.expect(kObject, kEcPublicKey, "algorithm of the originator's key");
  algorithm.end("algorithm of the originator's key");
  const ByteView point = originator.element(kBitString, 66, "originator's key");
  // No unused bits, uncompressed: 0x00 0x04 x y.
  if (point.size() == 66 && (point[0] != 0 || point[1] != 4)) originator.expect(kBitString, {}, "originator's key");
  originator.end("originator's key");
  Reader agreement = recipient.inside(kSequence, "key agreement");
  agreement.expect(kObject, kDhSinglePassSha256, "key derivation (it must be dhSinglePass-stdDH-sha256kdf)");
  Reader wrap = agreement.inside(kSequence, "key wrap");
  wrap.expect(kObject, kAes256Wrap, "key wrap (it must be aes256-wrap)");
  wrap.end("key wrap");
  agreement.end("key agreement");
  Reader keys = recipient.inside(kSequence, "wrapped keys");
  Reader wrapped = keys.inside(kSequence, "wrapped key");
  Reader identifier = wrapped.inside(kContext0, "identifier of a recipient (it must be a subject key identifier)");
  const ByteView key_identifier = identifier.element(kOctetString, 20, "subject key identifier");
  identifier.end("subject key identifier");
  wrapped.element(kOctetString, 40, "wrapped key");
  wrapped.end("wrapped key");
  keys.end("wrapped keys");
  recipient.end("recipient");
  return key_identifier;
}

std::size_t read_content(Reader& body) {
  Reader content = body.inside(kSequence, "content");
  content.expect(kObject, kData, "content type");
  Reader cipher = content.inside(kSequence, "cipher");
  cipher.expect(kObject, kAes256Gcm, "cipher (it must be AES-256-GCM)");
  Reader parameters = cipher.inside(kSequence, "parameters of the cipher");
  parameters.element(kOctetString, 12, "nonce");
  expect_number(parameters, 16, "length of the tag");
  parameters.end("parameters of the cipher");
  cipher.end("cipher");
  const ByteView ciphertext = content.element(kContext0Primitive, "content (it must be embedded)");
  if (ciphertext.empty()) content.expect(kContext0Primitive, {}, "content (it is empty)");
  content.end("content");
  return ciphertext.size();
}

}  // namespace

Result<Profile> check_profile(ByteView envelope) {
  const char* broken = nullptr;
  Profile profile;
  Reader file(envelope, broken);
  Reader info = file.inside(kSequence, "outermost sequence");
  info.expect(kObject, kAuthEnvelopedData, "type (it must be AuthEnvelopedData)");
  Reader explicit_body = info.inside(kContext0, "body");
  Reader body = explicit_body.inside(kSequence, "body");
  expect_number(body, 0, "version");
  Reader recipients = body.inside(kSet, "recipients");
  for (ByteView& identifier : profile.key_identifiers) identifier = read_recipient(recipients);
  recipients.end("recipients (they must be two)");
  profile.content_bytes = read_content(body);
  body.element(kOctetString, 16, "tag");
  body.end("body");
  explicit_body.end("body");
  info.end("outermost sequence");
  file.end("what follows the envelope");
  if (broken != nullptr) return fail(ErrorCode::corrupt, std::string("envelope: not our format at: ") + broken);
  return profile;
}

}  // namespace perspective::envelope

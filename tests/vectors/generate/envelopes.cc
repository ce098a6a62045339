#include <openssl/sha.h>

#include "envelope/envelope.h"
#include "generate.h"

namespace perspective::vectors {
namespace {

constexpr std::size_t kPadded = 1024;
constexpr std::size_t kOverhead = 465;  // FORMAT.md, "Padding"
constexpr const char* kTwo =
    "-recip inspection.pem -keyopt ecdh_kdf_md:sha256 -recip recovery.pem -keyopt ecdh_kdf_md:sha256";

std::string submission(const std::string& words = "Warm room.") {
  return R"({"format":1,"envelope":")" + kId + R"(","inspection":")" + kInspection +
         R"(","questionnaire":"library","version":1,"language":"en","mode":"kiosk","answers":{"found_book":"yes",)"
         R"("more":{"text":")" +
         words + R"("}},"absent":{"which_shelf":"skipped"}})";
}

std::string replaced(std::string text, const std::string& old, const std::string& by) {
  return text.replace(text.find(old), old.size(), by);
}

std::string padded(std::string text, char with = ' ', std::size_t size = kPadded) {
  text.resize(std::max(size, text.size()), with);
  return text;
}

class Envelopes {
 public:
  explicit Envelopes(Workshop& workshop) : workshop_(workshop) {}

  Bytes sealed(const std::string& plaintext) const {
    return envelope::seal(as_bytes(plaintext), plaintext.size(),
                          testing::test_recipient(workshop_.keys(), "inspection"),
                          testing::test_recipient(workshop_.keys(), "recovery"))
        .value();
  }
  // By the stock tool, with these arguments.
  Bytes sealed_with(const std::string& arguments, const std::string& plaintext = padded(submission())) const {
    workshop_.shell().write("in", as_bytes(plaintext));
    return workshop_.from_shell("openssl cms -encrypt -binary -outform DER -in in -out out " + arguments);
  }
  void add(const std::string& name, const std::string& expect, const std::string& comment, Bytes body,
           Lines other = {}) const {
    // Where the length is not what is wrong with it, it is right.
    const bool is_of_size = expect != "wrong_size" && expect != "cut_short";
    const auto size = is_of_size ? body.size() : kPadded + kOverhead;
    Lines lines{{"expect", expect},
                {"key", "inspection"},
                {"id", kId},
                {"inspection", kInspection},
                {"envelope_bytes", std::to_string(size)},
                {"comment", comment}};
    other.merge(lines);
    workshop_.add(testing::envelope_vectors(), name, std::move(other), std::move(body));
  }
  Workshop& workshop() const { return workshop_; }

 private:
  Workshop& workshop_;
};

std::string sha256(const std::string& text) {
  Bytes digest(SHA256_DIGEST_LENGTH);
  SHA256(as_bytes(text).data(), text.size(), digest.data());
  return to_hex(ByteView(digest));
}

Bytes flipped(Bytes bytes, std::size_t at) {
  bytes.at(at) ^= 0x01;
  return bytes;
}
Bytes cut(Bytes bytes, std::size_t size) {
  bytes.resize(size);
  return bytes;
}
Bytes with(Bytes bytes, std::size_t at, std::uint8_t value) {
  bytes.at(at) = value;
  return bytes;
}

// The lengths around all of an envelope stand in two bytes at these places.
Bytes longer(Bytes bytes, int by) {
  for (const std::size_t at : {std::size_t{2}, std::size_t{19}, std::size_t{23}}) {
    const int length = (bytes[at] << 8 | bytes[at + 1]) + by;
    bytes[at] = static_cast<std::uint8_t>(length >> 8);
    bytes[at + 1] = static_cast<std::uint8_t>(length);
  }
  return bytes;
}

std::size_t place_of(const Bytes& bytes, const Bytes& part, std::size_t from = 0) {
  const auto found =
      std::search(bytes.begin() + static_cast<std::ptrdiff_t>(from), bytes.end(), part.begin(), part.end());
  if (found == bytes.end()) throw std::runtime_error("a part of an envelope is not where it should be");
  return static_cast<std::size_t>(found - bytes.begin());
}

Bytes identifier_of(const Envelopes& make, const std::string& name) {
  return testing::test_recipient(make.workshop().keys(), name).key_identifier();
}

void add_good(const Envelopes& make) {
  const auto text = padded(submission());
  const Lines opens{{"plaintext_sha256", sha256(text)}};
  make.add("ok", "ok", "Sealed by Perspective, opened with the inspection's key.", make.sealed(text), opens);
  make.add("ok_recovery_key", "ok", "Opened with the recovery key.", make.sealed(text),
           {{"plaintext_sha256", sha256(text)}, {"key", "recovery"}});
  make.add("ok_openssl", "ok", "Sealed by the command of FORMAT.md, without a line of ours.",
           make.sealed_with(std::string("-aes-256-gcm -keyid ") + kTwo), opens);
  const auto full = submission(std::string(kPadded - submission("").size(), 'x'));
  make.add("ok_no_padding", "ok", "The submission is as long as the padded size.", make.sealed(full),
           {{"plaintext_sha256", sha256(full)}});
  const auto welsh = padded(submission("D\u0175r cynnes. \u270f\ufe0f"));
  make.add("ok_utf8", "ok", "Letters of two and three bytes.", make.sealed(welsh),
           {{"plaintext_sha256", sha256(welsh)}});
  make.add("wrong_key", "wrong_key", "The key is neither of its two.", make.sealed(text), {{"key", "stranger"}});
}

void add_changed(const Envelopes& make) {
  const auto text = padded(submission());
  const auto good = make.sealed(text);
  make.add("changed_byte_content", "changed_byte", "One bit of the content.", flipped(good, good.size() - 500));
  make.add("changed_byte_tag", "changed_byte", "One bit of the tag.", flipped(good, good.size() - 1));
  const auto nonce = place_of(good, {0x30, 0x11, 0x04, 0x0c}) + 4;
  make.add("changed_byte_nonce", "changed_byte", "One bit of the nonce.", flipped(good, nonce));
  const auto ours = place_of(good, identifier_of(make, "inspection"));
  const auto wrapped = place_of(good, {0x04, 0x28}, ours) + 2;
  make.add("changed_byte_wrapped_key", "changed_byte", "One bit of the inspection's wrapped key.",
           flipped(good, wrapped));
  const auto point = place_of(good, {0x03, 0x42, 0x00, 0x04}, ours - 99) + 4;  // the one before our identifier
  make.add("changed_byte_point", "changed_byte", "One bit of the sender's point: it is on the curve no more.",
           flipped(good, point));
  make.add("changed_byte_other_part", "ok",
           "The same, opened with the recovery key, which it does not touch (section 8).", flipped(good, wrapped),
           {{"key", "recovery"}, {"plaintext_sha256", sha256(text)}});
  const auto theirs = place_of(good, identifier_of(make, "recovery"));
  auto swapped = good;
  std::swap_ranges(swapped.begin() + static_cast<std::ptrdiff_t>(ours),
                   swapped.begin() + static_cast<std::ptrdiff_t>(ours) + 20,
                   swapped.begin() + static_cast<std::ptrdiff_t>(theirs));
  make.add("swapped_identifiers", "changed_byte", "The two recipients' identifiers changed places.", swapped);
  make.add("cut_short_half", "cut_short", "Half of it.", cut(good, good.size() / 2));
  make.add("cut_short_last_byte", "cut_short", "All but the last byte.", cut(good, good.size() - 1));
  make.add("cut_short_to_a_byte", "cut_short", "The first byte alone.", cut(good, 1));
  make.add("empty", "cut_short", "No byte at all.", {});
}

void add_derivations(const Envelopes& make) {
  make.add("sha1_kdf", "other_kdf", "SHA-1 in the key derivation: what OpenSSL does when not told otherwise.",
           make.sealed_with("-aes-256-gcm -keyid -recip inspection.pem -recip recovery.pem"));
  make.add(
      "sha1_kdf_one_of_two", "other_kdf", "SHA-1 in the recovery key's part alone.",
      make.sealed_with("-aes-256-gcm -keyid -recip inspection.pem -keyopt ecdh_kdf_md:sha256 -recip recovery.pem"));
  make.add("sha512_kdf", "other_kdf", "SHA-512 in the key derivation.",
           make.sealed_with("-aes-256-gcm -keyid -recip inspection.pem -keyopt ecdh_kdf_md:sha512 -recip recovery.pem "
                            "-keyopt ecdh_kdf_md:sha512"));
}

void add_other_choices(const Envelopes& make) {
  const auto add = [&](const char* name, const char* comment, const std::string& arguments) {
    make.add(name, "other_profile", comment, make.sealed_with(arguments));
  };
  const std::string two = kTwo;
  add("aes128_wrap", "Keys wrapped with AES-128, content with AES-128-GCM.", "-aes-128-gcm -keyid " + two);
  add("cbc", "EnvelopedData with AES-256-CBC: without a tag.", "-aes-256-cbc -keyid " + two);
  add("issuer_and_serial", "Recipients named by issuer and serial number.", "-aes-256-gcm " + two);
  add("one_recipient", "Without the recovery key.",
      "-aes-256-gcm -keyid -recip inspection.pem -keyopt ecdh_kdf_md:sha256");
  add("three_recipients", "A third key can open it.",
      "-aes-256-gcm -keyid " + two + " -recip stranger.pem -keyopt ecdh_kdf_md:sha256");
  add("other_curve", "The recovery key is on P-384.",
      "-aes-256-gcm -keyid -recip inspection.pem -keyopt ecdh_kdf_md:sha256 -recip p384.pem -keyopt "
      "ecdh_kdf_md:sha256");
  add("indefinite_length", "BER: lengths that are not told.", "-aes-256-gcm -keyid -stream " + two);
  make.workshop().shell().write("in", as_bytes(padded(submission())));
  make.add(
      "signed_not_sealed", "other_profile", "SignedData: anybody can read it.",
      make.workshop().from_shell("openssl cms -sign -nodetach -binary -in in -signer package.pem -inkey package.key "
                                 "-outform DER -out out"));
}

void add_other_structures(const Envelopes& make) {
  const auto good = make.sealed(padded(submission()));
  const auto add = [&](const char* name, const char* comment, Bytes body) {
    make.add(name, "other_profile", comment, std::move(body));
  };
  auto behind = good;
  behind.push_back(0);
  add("trailing_byte", "A byte behind the last.", behind);
  auto before = good;
  before.insert(before.begin(), '\n');
  add("leading_byte", "A line feed before the first byte.", before);
  auto long_form = good;
  long_form[1] = 0x83;
  long_form.insert(long_form.begin() + 2, 0);
  add("long_length", "BER: a length with a zero before it.", long_form);
  add("aes128_content", "The content's cipher calls itself AES-128-GCM.",
      with(good, place_of(good, {0x03, 0x04, 0x01, 0x2e}) + 3, 0x06));
  add("version_2", "Another version of AuthEnvelopedData.", with(good, 27, 2));
  // With a tag of four bytes one forgery in 2^32 passes; OpenSSL takes it at whatever length it has.
  for (const int size : {12, 4}) {
    auto shortened = longer(cut(good, good.size() - 16 + static_cast<std::size_t>(size)), size - 16);
    shortened[shortened.size() - static_cast<std::size_t>(size) - 1] = static_cast<std::uint8_t>(size);
    const auto icv = place_of(shortened, {0x02, 0x01, 0x10}) + 2;
    shortened[icv] = static_cast<std::uint8_t>(size);
    const auto name = "tag_of_" + std::to_string(size) + "_bytes";
    add(name.c_str(), "The tag is cut to its first bytes, and says so.", shortened);
  }
  const Bytes attributes{0xa2, 0x0f, 0x30, 0x0d, 0x06, 0x03, 0x55, 0x04, 0x03,
                         0x31, 0x06, 0x0c, 0x04, 't',  'e',  's',  't'};
  auto attributed = longer(good, static_cast<int>(attributes.size()));
  attributed.insert(attributed.end(), attributes.begin(), attributes.end());
  add("unauthenticated_attributes", "An attribute that no tag covers.", attributed);
}

// OpenSSL leaves the content out without a word when nobody calls CMS_set_detached(cms, 0).
Bytes without_content(const Envelopes& make) {
  const openssl::Cms cms(CMS_AuthEnvelopedData_create(EVP_aes_256_gcm()));
  for (const char* name : {"inspection", "recovery"}) {
    const auto recipient = testing::test_recipient(make.workshop().keys(), name);
    CMS_RecipientInfo* info =
        CMS_add1_recipient_cert(cms.get(), recipient.certificate(), CMS_USE_KEYID | CMS_KEY_PARAM);
    EVP_PKEY_CTX_ctrl_str(CMS_RecipientInfo_get0_pkey_ctx(info), "ecdh_kdf_md", "sha256");
  }
  CMS_set_detached(cms.get(), 1);
  const std::string text = padded(submission());
  const openssl::Bio in = openssl::read_only(as_bytes(text));
  const openssl::Bio out = openssl::memory();
  CMS_final(cms.get(), in.get(), nullptr, CMS_BINARY);
  i2d_CMS_bio(out.get(), cms.get());
  return openssl::content_of(out.get());
}

void add_contents(const Envelopes& make) {
  make.add("missing_content", "missing_content", "The content was left out of the message.", without_content(make));
  make.add("wrong_size_larger", "wrong_size", "Padded to 2 048 bytes where the inspection says 1 024.",
           make.sealed(padded(submission(), ' ', 2048)));
  make.add("wrong_size_smaller", "wrong_size", "Not padded.", make.sealed(submission()));
  const auto good = make.sealed(padded(submission()));
  make.add("other_id", "other_id", "A good envelope under another id.", good, {{"id", kOtherId}});
  make.add("other_inspection", "other_inspection", "Its content is of another inspection with the same keys.", good,
           {{"inspection", "barnet-2012"}});
  const auto add = [&](const char* name, const char* expect, const char* comment, const std::string& text) {
    make.add(name, expect, comment, make.sealed(text));
  };
  const auto changed = [](const std::string& old, const std::string& by) {
    return padded(replaced(submission(), old, by));
  };
  add("unknown_version", "unknown_version", "A submission of format 2.", changed(R"("format":1)", R"("format":2)"));
  const char* const none = "not_a_submission";
  add("version_as_text", none, "The format as text.", changed(R"("format":1)", R"("format":"1")"));
  add("padded_with_line_feeds", none, "Line feeds in place of spaces.", padded(submission(), '\n'));
  add("padded_with_zeros", none, "Zeros in place of spaces.", padded(submission(), '\0'));
  add("hidden_behind_the_padding", none, "Something stands at the end of the padding.",
      padded(submission(), ' ', kPadded - 6) + "hidden");
  add("two_submissions", none, "A second object behind the first.", padded(submission() + "{}"));
  add("nothing_but_padding", none, "Spaces alone.", padded(""));
  add("no_json", none, "Text.", padded("I was told what would happen."));
  add("unknown_member", none, "A member that the format has not: a time.",
      changed(R"("mode":)", R"("time":"12:31","mode":)"));
  add("missing_member", none, "Without the list of what was not answered.",
      changed(R"(,"absent":{"which_shelf":"skipped"})", ""));
  add("unknown_absence", none, "A reason for not answering that there is not.", changed("skipped", "refused"));
}

}  // namespace

void add_envelopes(Workshop& workshop) {
  const Envelopes make(workshop);
  add_good(make);
  add_changed(make);
  add_derivations(make);
  add_other_choices(make);
  add_other_structures(make);
  add_contents(make);
}

}  // namespace perspective::vectors

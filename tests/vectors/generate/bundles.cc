#include <openssl/sha.h>

#include "generate.h"
#include "protocol/bundle.h"
#include "protocol/ledger.h"
#include "protocol/package.h"
#include "protocol/token_report.h"

namespace perspective::vectors {
namespace {

using protocol::SealedEnvelope;

const std::string kNamed = "perspective bundle 2\n" + kInspection + "\n";
constexpr const char* kUnbalanced =
    R"({"format":1,"started":2,"lost":0,"stopped":0,"timed_out":0,"waiting":0,"quarantined":0,"sent":1,"withdrawn":0})";
constexpr const char* kSigner = "-md sha256 -noattr -nodetach -signer kiosk.pem -inkey kiosk.key ";

std::string sha256(ByteView bytes) {
  Bytes digest(SHA256_DIGEST_LENGTH);
  SHA256(bytes.data(), bytes.size(), digest.data());
  return to_hex(ByteView(digest));
}

class Bundles {
 public:
  explicit Bundles(Workshop& workshop)
      : workshop_(workshop),
        two_{{id(kOtherId), workshop.envelope("ok_openssl")}, {id(kId), workshop.envelope("ok")}} {}

  const std::vector<SealedEnvelope>& two() const { return two_; }
  std::vector<SealedEnvelope> many(std::size_t count) const {
    std::vector<SealedEnvelope> made(count, {{}, Bytes(8, 0x20)});
    for (std::size_t i = 0; i < count; ++i) {
      made[i].id[14] = static_cast<std::uint8_t>(i >> 8);
      made[i].id[15] = static_cast<std::uint8_t>(i);
    }
    return made;
  }
  Bytes signed_by(const std::string& signer, const std::vector<SealedEnvelope>& envelopes) const {
    return signed_by(signer, {.inspection = kInspection, .envelopes = envelopes});
  }
  Bytes signed_by(const std::string& signer, const protocol::Cargo& cargo) const {
    return protocol::sign_bundle(cargo, workshop_.pem(signer + ".key"), workshop_.pem(signer + ".pem")).value();
  }
  Bytes signed_by(const std::string& signer) const { return signed_by(signer, two_); }
  Bytes good() const { return signed_by("kiosk"); }

  // By the stock tool, which signs anything.
  Bytes signed_with(const std::string& arguments, ByteView content) const {
    workshop_.shell().write("in", content);
    return workshop_.from_shell("openssl cms -sign -binary -in in -outform DER -out out " + arguments);
  }
  Bytes signed_with(const std::string& arguments) const { return signed_with(arguments, content()); }
  Bytes saying(const std::string& head) const {
    Bytes bytes(head.begin(), head.end());
    const auto body = protocol::encode_batch(two_);
    bytes.insert(bytes.end(), body.begin(), body.end());
    return signed_with(kSigner, bytes);
  }
  Bytes content() const {
    const std::string head = kNamed + "\n\n";
    Bytes bytes(head.begin(), head.end());
    const auto body = protocol::encode_batch(two_);
    bytes.insert(bytes.end(), body.begin(), body.end());
    return bytes;
  }
  void add(const std::string& name, const std::string& expect, const std::string& comment, Bytes body,
           Lines other = {}) const {
    Lines lines{{"expect", expect},
                {"authority", "authority"},
                {"envelope_bytes", std::to_string(two_.front().body.size())},
                {"comment", comment}};
    other.merge(lines);
    workshop_.add(testing::bundle_vectors(), name, std::move(other), std::move(body));
  }
  void add_ok(const std::string& name, const std::string& comment, Bytes body,
              const std::vector<SealedEnvelope>& envelopes, Lines other = {}) const {
    Lines lines{{"inspection", kInspection}, {"envelopes_sha256", sha256(protocol::encode_batch(envelopes))}};
    if (!envelopes.empty()) lines["envelope_bytes"] = std::to_string(envelopes.front().body.size());
    lines.merge(other);
    add(name, "ok", comment, std::move(body), std::move(lines));
  }
  // With tokens and a ledger beside the envelopes.
  void add_counts(const std::string& name, const std::string& comment, std::vector<SealedEnvelope> envelopes) const {
    const std::vector<protocol::TokenProof> tokens{{0x0a, 0x0a}, {0xff}};
    const Ledger ledger{.started = 4, .lost = 1, .stopped = 1, .sent = 2};
    add_ok(name, comment, signed_by("kiosk", {kInspection, envelopes, tokens, ledger}), envelopes,
           {{"tokens_sha256", sha256(protocol::encode_tokens(tokens))}, {"ledger", protocol::encode_ledger(ledger)}});
  }

 private:
  static envelope::EnvelopeId id(const std::string& hex) { return envelope::id_from_hex(hex).value(); }
  Workshop& workshop_;
  std::vector<SealedEnvelope> two_;
};

void add_good(const Bundles& make) {
  make.add_ok("ok", "Two envelopes, signed by Perspective.", make.good(), make.two());
  make.add_ok("ok_openssl", "Signed by the stock tool.", make.signed_with(kSigner), make.two());
  make.add_ok("ok_one", "One envelope.", make.signed_by("kiosk", {make.two()[1]}), {make.two()[1]});
  make.add_ok("ok_500", "As many as one holds; they are short and open with no key.",
              make.signed_by("kiosk", make.many(500)), make.many(500));
  make.add_counts("ok_all", "Envelopes, tokens and a ledger; a token's bytes look like the end of a line.", make.two());
  make.add_counts("ok_no_envelope", "Tokens and a ledger alone: all answers have gone before.", {});
  make.add_ok("ok_expired_kiosk", "The kiosk's certificate ended long ago: a stick may lie in a drawer.",
              make.signed_by("expired-kiosk"), make.two());
}

void add_signers(const Bundles& make) {
  make.add("signed_by_another", "signed_by_another", "By a kiosk of another collector of the same name.",
           make.signed_by("other-kiosk"));
  make.add("signed_by_itself", "signed_by_another", "By a certificate that is its own authority.",
           make.signed_with("-md sha256 -noattr -nodetach -signer stranger.pem -inkey stranger.key"));
  make.add("signed_for_packages", "not_a_kiosk", "With the certificate that signs packages.",
           make.signed_by("package"));
  make.add("signed_by_the_server", "not_a_kiosk", "With the server's certificate.", make.signed_by("server"));
  make.add("signed_by_the_authority", "not_a_kiosk", "By the authority itself.", make.signed_by("authority"));
  make.add("missing_certificate", "missing_certificate", "The signer's certificate is not in it.",
           make.signed_with(std::string(kSigner) + "-nocerts"));
  make.add("missing_content", "missing_content", "The envelopes were left out of the message.",
           make.signed_with("-md sha256 -noattr -signer kiosk.pem -inkey kiosk.key"));
}

void add_damage(const Bundles& make) {
  const auto good = make.good();
  const auto flipped = [&](std::size_t at) {
    auto bytes = good;
    bytes.at(at) ^= 0x01;
    return bytes;
  };
  make.add("changed_byte_inspection", "changed_byte", "One bit of the inspection's name.", flipped(80));
  make.add("changed_byte_envelope", "changed_byte", "One bit of an envelope.", flipped(1000));
  make.add("changed_byte_signature", "changed_byte", "One bit of the signature.", flipped(good.size() - 1));
  make.add("changed_byte_wrapping", "other_profile", "One bit of a version that no signature covers.", flipped(25));
  make.add("cut_short_half", "cut_short", "Half of it: pulled out too early.",
           {good.begin(), good.begin() + static_cast<std::ptrdiff_t>(good.size() / 2)});
  make.add("cut_short_last_byte", "cut_short", "All but the last byte.", {good.begin(), good.end() - 1});
  make.add("empty", "cut_short", "No byte at all.", {});
  auto longer = good;
  longer.push_back(0);
  make.add("trailing_byte", "other_profile", "A byte behind the last.", longer);
}

void add_other_profiles(const Bundles& make) {
  const auto add = [&](const char* name, const char* comment, Bytes body) {
    make.add(name, "other_profile", comment, std::move(body));
  };
  add("sha1", "Signed over SHA-1.", make.signed_with("-md sha1 -noattr -nodetach -signer kiosk.pem -inkey kiosk.key"));
  add("two_signers", "A second signature beside the good one.",
      make.signed_with(std::string(kSigner) + "-signer expired-kiosk.pem -inkey expired-kiosk.key"));
  add("indefinite_length", "BER: lengths that are not told.", make.signed_with(std::string(kSigner) + "-stream"));
  add("not_signed", "The envelopes as they are, with an element around them.", [&] {
    auto bytes = make.content();
    bytes.resize(120);
    bytes.insert(bytes.begin(), {0x04, 120});
    return bytes;
  }());
  make.add("signing_time", "says_more", "A signed attribute says when it was copied.",
           make.signed_with("-md sha256 -nodetach -signer kiosk.pem -inkey kiosk.key"));
}

void add_contents(const Bundles& make) {
  const auto none = [&](const char* name, const char* comment, const std::string& head) {
    make.add(name, "not_a_bundle", comment, make.saying(head));
  };
  none("other_words", "A kiosk signed something else.", "perspective receipt 1\n" + kInspection + "\n");
  none("no_inspection", "It names no inspection.", "perspective bundle 2\n\n\n\n");
  none("long_inspection", "A name of 65 bytes.", "perspective bundle 2\n" + std::string(65, 'a') + "\n\n\n");
  none("short_token", "A token of 31 bytes.", kNamed + std::string(62, 'a') + "\n\n");
  none("large_letters", "A token in large letters.", kNamed + std::string(64, 'A') + "\n\n");
  none("unbalanced_ledger", "A ledger with somebody in the middle of a visit.", kNamed + "\n" + kUnbalanced + "\n");
  make.add("no_ledger_line", "not_a_bundle", "It ends behind the tokens.",
           make.signed_with(kSigner, as_bytes(kNamed + "\n")));
  make.add("empty_content", "not_a_bundle", "No envelope, no token, no ledger.",
           make.signed_with(kSigner, as_bytes(kNamed + "\n\n")));
  make.add("unknown_version", "unknown_version", "Format 3.",
           make.saying("perspective bundle 3\n" + kInspection + "\n\n\n"));
  make.add("old_version", "unknown_version", "Format 1, which had envelopes alone.",
           make.saying("perspective bundle 1\n" + kInspection + "\n"));
  make.add("wrong_size", "wrong_size", "Envelopes of another size than the inspection's.", make.good(),
           {{"envelope_bytes", std::to_string(make.two().front().body.size() + 1)}});
  make.add("wrong_size_501", "wrong_size", "One more than a bundle holds.", make.signed_by("kiosk", make.many(501)),
           {{"envelope_bytes", "8"}});
}

}  // namespace

void add_bundles(Workshop& workshop) {
  const Bundles make(workshop);
  add_good(make);
  add_signers(make);
  add_damage(make);
  add_other_profiles(make);
  add_contents(make);
}

}  // namespace perspective::vectors

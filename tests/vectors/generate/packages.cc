#include "envelope/envelope.h"
#include "generate.h"
#include "protocol/package.h"

namespace perspective::vectors {
namespace {

constexpr std::size_t kPadded = 1024;

constexpr const char* kDefinition =
    R"({"format":1,"id":"library","version":1,"languages":["en"],"welcome":["welcome.1"],)"
    R"("items":[{"type":"single_choice","variable":"found_book","options":[{"id":"yes"},{"id":"no"}]}],)"
    R"("findings":[],"section":[]})";

protocol::Package sample(const Workshop& workshop) {
  protocol::Package package;
  package.inspection = kInspection;
  package.version = 3;
  package.area = "Croydon";
  package.languages = {"en"};
  package.salt = from_hex("000102030405060708090a0b0c0d0e0f").value();
  package.padded_bytes = kPadded;
  package.envelope_bytes = kPadded + 465;
  package.inspection_certificate = workshop.pem("inspection.pem");
  package.recovery_certificate = workshop.pem("recovery.pem");
  package.receipt_key = from_hex(std::string(64, '7')).value();
  package.questionnaires["library"] = {kDefinition, {{"en", R"({"title":"Library"})"}}};
  return package;
}

std::string replace_first(std::string text, const std::string& old, const std::string& by) {
  return text.replace(text.find(old), old.size(), by);
}

class Packages {
 public:
  explicit Packages(Workshop& workshop) : workshop_(workshop), package_(sample(workshop)) {}

  Bytes signed_by(const std::string& signer, const protocol::Package& package) const {
    return protocol::sign_package(package, workshop_.pem(signer + ".key"), workshop_.pem(signer + ".pem")).value();
  }
  Bytes signed_by(const std::string& signer) const { return signed_by(signer, package_); }
  Bytes good() const { return signed_by("package"); }

  // By the stock tool, which signs anything.
  Bytes signed_with(const std::string& arguments, const std::string& json) const {
    workshop_.shell().write("in", as_bytes(json));
    return workshop_.from_shell("openssl cms -sign -binary -noattr -in in -outform DER -out out " + arguments);
  }
  Bytes signed_with(const std::string& arguments) const { return signed_with(arguments, protocol::to_json(package_)); }
  Bytes signed_json(const std::string& json) const {
    return signed_with("-nodetach -md sha256 -signer package.pem -inkey package.key", json);
  }
  Bytes plain() const {
    const auto json = protocol::to_json(package_);
    return {json.begin(), json.end()};
  }

  // A package with one thing changed.
  template <typename Change>
  Bytes but(Change change) const {
    auto package = package_;
    change(package);
    return signed_by("package", package);
  }
  std::string json_but(const std::string& old, const std::string& by) const {
    return replace_first(protocol::to_json(package_), old, by);
  }
  void add(const std::string& name, const std::string& expect, const std::string& comment, Bytes body,
           Lines other = {}) const {
    Lines lines{{"expect", expect}, {"authority", "authority"}, {"inspection", kInspection}, {"comment", comment}};
    other.merge(lines);
    workshop_.add(testing::package_vectors(), name, std::move(other), std::move(body));
  }

 private:
  Workshop& workshop_;
  protocol::Package package_;
};

constexpr const char* kSigner = "-md sha256 -signer package.pem -inkey package.key ";

void with_tokens(protocol::Package& package) {
  package.tokens = protocol::TokenTerms{.salt = Bytes(16, 3), .log2_n = protocol::kTokenLog2N, .marks = {{1}, {2}}};
}

void add_good(const Packages& make) {
  make.add("ok", "ok", "Version 3, signed by Perspective; nothing is held.", make.good());
  make.add("ok_openssl", "ok", "Signed by the stock tool.", make.signed_with(std::string(kSigner) + "-nodetach"));
  make.add("ok_expired_signer", "ok", "The signer's certificate ended long ago: clocks of kiosks are wrong.",
           make.signed_by("expired"));
  make.add("ok_signed_again", "ok", "The held one with a new signature.", make.good(), {{"held", "ok"}});
  make.add("ok_next_version", "ok", "Version 4 where version 3 is held.",
           make.but([](auto& package) { package.version = 4; }), {{"held", "ok"}});
  make.add("ok_fieldwork_ended", "ok", "Version 4: no more visits.", make.but([](auto& package) {
    package.version = 4;
    package.is_fieldwork_open = false;
  }),
           {{"held", "ok"}});
  make.add("ok_tokens", "ok", "Each visit spends a token: two were issued.", make.but(with_tokens));
  make.add("ok_unknown_member", "ok", "A member that this version does not know is passed over.",
           make.signed_json(make.json_but(R"("area":)", R"("later":true,"area":)")));
}

void add_versions(const Packages& make) {
  make.add("rolled_back", "rolled_back", "Version 2 where version 3 is held.",
           make.but([](auto& package) { package.version = 2; }), {{"held", "ok"}});
  make.add("rolled_back_key", "rolled_back", "Version 1 with another key to seal to.", make.but([&](auto& package) {
    package.version = 1;
    std::swap(package.inspection_certificate, package.recovery_certificate);
  }),
           {{"held", "ok"}});
  make.add("same_version_other_content", "changed_without_version", "Version 3 again, with another key to seal to.",
           make.but([](auto& package) { std::swap(package.inspection_certificate, package.recovery_certificate); }),
           {{"held", "ok"}});
  make.add("other_inspection", "other_inspection", "A good package of another inspection.",
           make.but([](auto& package) { package.inspection = "barnet-2012"; }));
  make.add("unknown_version", "unknown_version", "Format 2.",
           make.signed_json(make.json_but(R"("format":1,"inspection")", R"("format":2,"inspection")")));
}

void add_signers(const Packages& make) {
  make.add("signed_by_another", "signed_by_another", "By an authority of the same name with another key.",
           make.signed_by("other-package"));
  make.add("signed_by_another_authority", "signed_by_another", "By that authority itself.",
           make.signed_by("other-authority"));
  make.add("signed_by_itself", "signed_by_another", "By a certificate that the inspection's key signed for itself.",
           make.signed_with("-nodetach -md sha256 -signer stranger.pem -inkey stranger.key"));
  make.add("signed_by_a_kiosk", "not_for_packages", "By an enrolled kiosk.", make.signed_by("kiosk"));
  make.add("signed_by_the_server", "not_for_packages", "With the server's certificate.", make.signed_by("server"));
  make.add("signed_by_the_authority", "not_for_packages", "By the right authority's own certificate.",
           make.signed_by("authority"));
  make.add("missing_certificate", "missing_certificate", "The signer's certificate is not in it.",
           make.signed_with(std::string(kSigner) + "-nodetach -nocerts"));
  make.add("missing_certificate_but_another", "missing_certificate", "Another's certificate in place of the signer's.",
           make.signed_with(std::string(kSigner) + "-nodetach -nocerts -certfile server.pem"));
  make.add("missing_content", "missing_content", "The JSON was left out of the message.", make.signed_with(kSigner));
}

void add_damage(const Packages& make) {
  auto good = make.good();
  const auto size = good.size();
  const auto flipped = [&](std::size_t at) {
    auto bytes = good;
    bytes.at(at) ^= 0x01;
    return bytes;
  };
  make.add("changed_byte_content", "changed_byte", "One bit of the JSON.", flipped(400));
  make.add("changed_byte_signature", "changed_byte", "One bit of the signature.", flipped(size - 1));
  make.add("changed_byte_wrapping", "other_profile", "One bit of a version that no signature covers.", flipped(25));
  make.add("cut_short_half", "cut_short", "Half of it.",
           {good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size / 2)});
  make.add("cut_short_last_byte", "cut_short", "All but the last byte.", {good.begin(), good.end() - 1});
  make.add("empty", "cut_short", "No byte at all.", {});
  good.push_back(0);
  make.add("trailing_byte", "other_profile", "A byte behind the last.", good);
}

void add_other_profiles(const Packages& make) {
  const auto add = [&](const char* name, const char* comment, Bytes body) {
    make.add(name, "other_profile", comment, std::move(body));
  };
  add("sha1", "Signed over SHA-1.", make.signed_with("-nodetach -md sha1 -signer package.pem -inkey package.key"));
  add("sha384", "Signed over SHA-384.",
      make.signed_with("-nodetach -md sha384 -signer package.pem -inkey package.key"));
  add("two_signers", "A second signature beside the good one.",
      make.signed_with(std::string(kSigner) + "-nodetach -signer expired.pem -inkey expired.key"));
  add("signer_by_identifier", "The signer named by its key identifier, not by issuer and serial number.",
      make.signed_with(std::string(kSigner) + "-nodetach -keyid"));
  add("indefinite_length", "BER: lengths that are not told.",
      make.signed_with(std::string(kSigner) + "-nodetach -stream"));
  add("not_signed", "The JSON as it is.", make.plain());
}

void add_unusable(const Packages& make) {
  const auto add = [&](const char* name, const char* comment, Bytes body) {
    make.add(name, "unusable", comment, std::move(body));
  };
  make.add("wrong_size_no_multiple", "wrong_size", "A padded size that is no multiple of 1 024.",
           make.but([](auto& package) { package.padded_bytes = 1000; }));
  make.add("wrong_size_too_small", "wrong_size", "The longest submission does not fit into the padded size.",
           make.but([](auto& package) {
             package.questionnaires["library"].definition = replace_first(
                 kDefinition, R"("single_choice","variable":"found_book","options":[{"id":"yes"},{"id":"no"}])",
                 R"("text","variable":"found_book")");
           }));
  make.add("wrong_size_envelope", "wrong_size", "Envelopes shorter than what is in them.",
           make.but([](auto& package) { package.envelope_bytes = package.padded_bytes; }));
  add("one_key_twice", "The recovery key is the inspection's key.",
      make.but([](auto& package) { package.recovery_certificate = package.inspection_certificate; }));
  add("short_salt", "A salt of fifteen bytes.", make.but([](auto& package) { package.salt.resize(15); }));
  add("no_questionnaire", "Nothing to ask.", make.but([](auto& package) { package.questionnaires.clear(); }));
  add("missing_language", "A language without its texts.", make.but([](auto& package) {
    package.languages = {"en", "cy"};
  }));
  add("missing_member", "Without the receipt key.", make.signed_json(make.json_but(R"("receipt_key":)", R"("key":)")));
  add("tokens_in_another_order", "Marks of tokens that do not ascend.", make.but([](auto& package) {
    with_tokens(package);
    std::swap(package.tokens->marks[0], package.tokens->marks[1]);
  }));
  add("tokens_too_dear", "A proof of a token would cost 256 MiB.", make.but([](auto& package) {
    with_tokens(package);
    package.tokens->log2_n = 18;
  }));
  add("tokens_too_cheap", "A proof of a token would cost 8 MiB.", make.but([](auto& package) {
    with_tokens(package);
    package.tokens->log2_n = 13;
  }));
  add("tokens_twice", "The same mark of a token twice.", make.but([](auto& package) {
    with_tokens(package);
    package.tokens->marks[1] = package.tokens->marks[0];
  }));
  add("tokens_short_salt", "A salt of the tokens of fifteen bytes.", make.but([](auto& package) {
    with_tokens(package);
    package.tokens->salt.resize(15);
  }));
  add("not_json", "A signed text.", make.signed_json("not JSON"));
}

}  // namespace

void add_packages(Workshop& workshop) {
  const Packages make(workshop);
  add_good(make);
  add_versions(make);
  add_signers(make);
  add_damage(make);
  add_other_profiles(make);
  add_unusable(make);
}

}  // namespace perspective::vectors

// Every vector of tests/vectors/receipt, as a kiosk settles what it sent; and that each is wrong in just what it says.
#include <gmock/gmock.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "protocol/batch.h"
#include "support/test_keys.h"
#include "support/vector_file.h"
#include "unit/upload/kiosk_folder.h"
#include "upload/sender.h"

namespace perspective::testing {
namespace {

constexpr std::string_view kWords = "perspective receipt 1\n";

openssl::Key public_key(const std::string& name) {
  const auto pem = test_pem(vectors_folder() / "keys", name + ".pem");
  const openssl::Bio bio = openssl::read_only(as_bytes(pem));
  return openssl::Key(PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr));
}

Bytes raw(const openssl::Key& key) {
  Bytes bytes(32);
  std::size_t size = bytes.size();
  EXPECT_EQ(EVP_PKEY_get_raw_public_key(key.get(), bytes.data(), &size), 1);
  return bytes;
}

// "\n" is a line feed, and a backslash at the end nothing.
std::string unescaped(const std::string& text) {
  std::string words;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_feed = text[i] == '\\' && i + 1 < text.size() && text[i + 1] == 'n';
    if (is_feed) words += '\n';
    if (text[i] != '\\') words += text[i];
    if (is_feed) ++i;
  }
  return words;
}

class ReceiptVectors : public upload::KioskFolder {
 protected:
  static Bytes envelope_named(const std::string& name) {
    const auto all = load_vectors(vectors_folder(), envelope_vectors()).value();
    const auto found = std::ranges::find(all, name, &VectorFile::name);
    return found == all.end() ? Bytes() : found->body;
  }

  // Is the signature good over what the vector says was signed? Without our own code.
  static bool is_as_told(const VectorFile& vector) {
    const auto key = public_key(vector.get("signed_key", vector.at("key")));
    const auto digest = protocol::digest_of(envelope_named(vector.get("signed_envelope", vector.at("envelope"))));
    const auto id = from_hex(vector.get("signed_id", vector.at("id"))).value();
    const auto words = vector.has("signed_words") ? unescaped(vector.at("signed_words")) : std::string(kWords);
    Bytes said(words.begin(), words.end());
    said.insert(said.end(), id.begin(), id.end());
    said.insert(said.end(), digest.begin(), digest.end());
    const openssl::Digester context(EVP_MD_CTX_new());
    return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), vector.body.data(), vector.body.size(), said.data(), said.size()) == 1;
  }

  // What becomes of the kiosk's copy when this answer comes.
  std::string settled(const VectorFile& vector) {
    std::filesystem::remove(folder_ / "vector.sqlite");
    const auto outbox = outbox::Outbox::open(folder_ / "vector.sqlite").value();
    const auto id = envelope::id_from_hex(vector.at("id")).value();
    EXPECT_TRUE(outbox->put({id, "croydon-2012", envelope_named(vector.at("envelope"))}));
    upload::ScriptedCollector collector;
    collector.then_answer(200, R"({"outcomes":[{"id":")" + vector.at("id") + R"(","status":)" + vector.at("status") +
                                   R"(,"receipt":")" + to_hex(ByteView(vector.body)) + R"("}]})");
    const Bytes key = raw(public_key(vector.at("key")));
    upload::Sender sender(*outbox, collector,
                          [&](const std::string&) { return upload::Sender::Terms{.receipt_key = key}; });
    sender.step();
    const auto ledger = outbox->ledgers().value().at("croydon-2012");
    if (ledger.sent == 1) return "sent";
    if (ledger.withdrawn == 1) return "withdrawn";
    return outbox->quarantined().value().empty() ? "kept" : "set aside";
  }

  static std::string settled_as_expected(const std::string& expect) {
    if (expect == "ok") return "sent";
    if (expect == "withdrawn") return "withdrawn";
    return expect == "set_aside" ? "set aside" : "kept";
  }

  static std::string outcome(const VectorFile& vector) {
    if (vector.body.size() < std::tuple_size_v<protocol::Receipt>) return "cut_short";
    if (vector.body.size() > std::tuple_size_v<protocol::Receipt>) return "wrong_size";
    if (!is_as_told(vector)) return "changed_byte";
    if (vector.has("signed_key")) return "wrong_key";
    if (vector.has("signed_id")) return "other_id";
    if (vector.has("signed_envelope")) return "other_digest";
    if (vector.has("signed_words")) return "unknown_version";
    return "genuine";
  }

  std::vector<VectorFile> vectors_ = load_vectors(vectors_folder(), receipt_vectors()).value();
};

TEST_F(ReceiptVectors, LeaveTheKiosksCopyAsTheySay) {
  for (const auto& vector : vectors_) {
    EXPECT_EQ(settled(vector), settled_as_expected(vector.at("expect"))) << vector.name;
  }
}

TEST_F(ReceiptVectors, AreWrongInWhatTheySayAndInNothingElse) {
  const std::set<std::string> genuine{"ok", "withdrawn", "set_aside", "later"};
  for (const auto& vector : vectors_) {
    const auto& expect = vector.at("expect");
    EXPECT_EQ(outcome(vector), genuine.contains(expect) ? "genuine" : expect) << vector.name;
  }
}

TEST_F(ReceiptVectors, AreGenuineToUsWhereTheSignatureIsOverWhatWeHold) {
  int genuine = 0;
  for (const auto& vector : vectors_) {
    protocol::Receipt receipt{};
    if (vector.body.size() != receipt.size()) continue;
    std::ranges::copy(vector.body, receipt.begin());
    const auto digest = protocol::digest_of(envelope_named(vector.at("envelope")));
    const bool is_ours = protocol::is_genuine(receipt, envelope::id_from_hex(vector.at("id")).value(), digest,
                                              raw(public_key(vector.at("key"))));
    EXPECT_EQ(is_ours, outcome(vector) == "genuine") << vector.name;
    genuine += is_ours ? 1 : 0;
  }
  EXPECT_GE(genuine, 4);
}

}  // namespace
}  // namespace perspective::testing

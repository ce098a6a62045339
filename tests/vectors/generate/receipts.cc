#include <algorithm>

#include "envelope/identity.h"
#include "generate.h"
#include "protocol/receipt.h"

namespace perspective::vectors {
namespace {

// The order of Ed25519's base point, least byte first.
constexpr std::uint8_t kOrder[32] = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
                                     0xa2, 0xde, 0xf9, 0xde, 0x14, 0,    0,    0,    0,    0,    0,
                                     0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10};

class Receipts {
 public:
  explicit Receipts(Workshop& workshop) : workshop_(workshop) {}

  // Of the vector `envelope` under this id, by the collector's own code.
  Bytes receipt(const std::string& key = "receipt", const std::string& id = kId, const std::string& of = "ok") const {
    const auto signer = protocol::ReceiptKey::parse(workshop_.pem(key + ".key")).value();
    const auto made =
        signer.sign(envelope::id_from_hex(id).value(), protocol::digest_of(workshop_.envelope(of))).value();
    return {made.begin(), made.end()};
  }
  // Over other words, by the stock tool.
  Bytes over(const std::string& words) const {
    workshop_.shell().write("words", as_bytes(words));
    workshop_.shell().write("id", from_hex(kId).value());
    workshop_.shell().write("envelope", workshop_.envelope("ok"));
    return workshop_.from_shell(
        "{ cat words id; openssl dgst -sha256 -binary envelope; } > said\n"
        "openssl pkeyutl -sign -rawin -in said -inkey receipt.key -out out");
  }
  void add(const std::string& name, const std::string& expect, const std::string& comment, Bytes body,
           Lines other = {}) const {
    Lines lines{{"expect", expect}, {"key", "receipt"}, {"id", kId},
                {"envelope", "ok"}, {"status", "201"},  {"comment", comment}};
    other.merge(lines);
    workshop_.add(testing::receipt_vectors(), name, std::move(other), std::move(body));
  }

 private:
  Workshop& workshop_;
};

// S + L in place of S: the same point, another signature. RFC 8032 has it refused.
Bytes malleated(Bytes receipt) {
  unsigned carry = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    carry += receipt[32 + i] + kOrder[i];
    receipt[32 + i] = static_cast<std::uint8_t>(carry);
    carry >>= 8;
  }
  return receipt;
}

void add_statuses(const Receipts& make) {
  make.add("ok", "ok", "Stored: the kiosk drops its copy.", make.receipt());
  make.add("ok_repeated", "ok", "It was there already: the same receipt.", make.receipt(), {{"status", "200"}});
  make.add("ok_openssl", "ok", "Signed by the commands of PROTOCOL.md.", make.over("perspective receipt 1\n"));
  make.add("withdrawn", "withdrawn", "Not wanted back: the same receipt, another status.", make.receipt(),
           {{"status", "410"}});
  make.add("conflict", "set_aside", "409: what is stored there is another envelope, whatever the receipt says.",
           make.receipt(), {{"status", "409"}});
  make.add("busy", "later", "503 says that nothing is stored; the receipt does not change that.", make.receipt(),
           {{"status", "503"}});
}

void add_forgeries(const Receipts& make) {
  make.add("wrong_key", "wrong_key", "Signed with another key.", make.receipt("other-receipt"),
           {{"signed_key", "other-receipt"}});
  make.add("other_id", "other_id", "For the same bytes under another id.", make.receipt("receipt", kOtherId),
           {{"signed_id", kOtherId}});
  make.add("other_digest", "other_digest", "For other bytes under the same id.",
           make.receipt("receipt", kId, "ok_openssl"), {{"signed_envelope", "ok_openssl"}});
  make.add("other_digest_withdrawn", "other_digest", "The same, said to be withdrawn.",
           make.receipt("receipt", kId, "ok_openssl"), {{"signed_envelope", "ok_openssl"}, {"status", "410"}});
  make.add("unknown_version", "unknown_version", "A receipt of version 2.", make.over("perspective receipt 2\n"),
           {{"signed_words", "perspective receipt 2\\n"}});
  make.add("no_words", "unknown_version", "Without the words that say what it is.", make.over(""),
           {{"signed_words", "\\"}});
  auto changed = make.receipt();
  changed[40] ^= 0x01;
  make.add("changed_byte", "changed_byte", "One bit of it.", changed);
  make.add("malleated", "changed_byte", "The scalar and the order of the curve added up (RFC 8032, 5.1.7).",
           malleated(make.receipt()));
  make.add("zeros", "changed_byte", "Nothing but zeros.", Bytes(64, 0));
  auto cut = make.receipt();
  cut.pop_back();
  make.add("cut_short", "cut_short", "All but the last byte.", cut);
  make.add("empty", "cut_short", "No byte at all.", {});
  auto longer = make.receipt();
  longer.push_back(0);
  make.add("trailing_byte", "wrong_size", "A byte behind the last.", longer);
}

}  // namespace

void add_receipts(Workshop& workshop) {
  const Receipts make(workshop);
  add_statuses(make);
  add_forgeries(make);
}

}  // namespace perspective::vectors

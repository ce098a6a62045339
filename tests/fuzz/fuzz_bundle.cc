// What may be on a stick: bytes of a stranger ('b'), what an enrolled kiosk signed ('k'), and receipts that go back
// ('r').
//
// Must hold: a stranger's bytes are none, but for those that the vectors hold; what is taken is signed again and read
//            to the same; receipts are written and read again to the same.
#include <openssl/x509v3.h>

#include <set>

#include "protocol/bundle.h"
#include "protocol/limits.h"
#include "protocol/signed_message.h"
#include "support/test_keys.h"
#include "support/vector_file.h"
#include "target.h"

namespace perspective::protocol {
namespace {

using fuzz::must;

fuzz::Milestone genuine("a signature is a kiosk's");
fuzz::Milestone taken("what was signed is a bundle");
fuzz::Milestone full("it holds envelopes, tokens and a ledger");
fuzz::Milestone returned("receipts were taken");

constexpr std::size_t kEnvelopeBytes = 1489;  // of the vectors' inspection
constexpr SignedKind kBundle{.what = "bundle",
                             .most_bytes = kMaxBundleBytes,
                             .use = XKU_SSL_CLIENT,
                             .other_use = "its signer's certificate is not a kiosk's",
                             .may_have_attributes = false};

struct Kiosk {
  std::string authority = testing::test_pem(testing::vectors_folder() / "keys", "authority.pem");
  std::string key = testing::test_pem(testing::vectors_folder() / "keys", "kiosk.key");
  std::string certificate = testing::test_pem(testing::vectors_folder() / "keys", "kiosk.pem");
  std::set<Bytes> known;  // all envelopes that kiosks ever signed

  Kiosk() {
    const auto vectors = testing::load_vectors(testing::vectors_folder(), testing::bundle_vectors()).value();
    for (const auto& vector : vectors) {
      if (const auto bundle = open_bundle(vector.body, authority)) known.insert(bundle->envelopes);
    }
    must(!known.empty(), "some vector is a bundle");
  }
};

void take_bytes(const Kiosk& kiosk, ByteView bytes) {
  const auto bundle = open_bundle(bytes, kiosk.authority);
  if (!bundle) return fuzz::must_be_an_answer(bundle.error());
  genuine.reach();
  must(kiosk.known.contains(bundle->envelopes), "only what a kiosk signed is taken");
}

void take_content(const Kiosk& kiosk, ByteView content) {
  const auto bytes = signed_message(content, kiosk.key, kiosk.certificate, Attributes::none, kBundle);
  if (!bytes) return;
  const auto bundle = open_bundle(*bytes, kiosk.authority);
  if (!bundle) return fuzz::must_be_an_answer(bundle.error());
  taken.reach();
  auto batch = decode_batch(bundle->envelopes, kEnvelopeBytes, kMaxBundleEnvelopes);
  if (!bundle->envelopes.empty() && !batch) return fuzz::must_be_an_answer(batch.error());
  if (bundle->envelopes.empty()) batch.emplace();
  must(encode_batch(*batch) == bundle->envelopes, "its envelopes are written again to the same");
  if (!batch->empty() && !bundle->tokens.empty() && bundle->ledger) full.reach();
  const auto again = sign_bundle(
      {.inspection = bundle->inspection, .envelopes = *batch, .tokens = bundle->tokens, .ledger = bundle->ledger},
      kiosk.key, kiosk.certificate);
  must(again.has_value(), "it can be signed again");
  const auto same = open_bundle(*again, kiosk.authority);
  must(same && same->inspection == bundle->inspection && same->envelopes == bundle->envelopes &&
           same->tokens == bundle->tokens && same->ledger.has_value() == bundle->ledger.has_value(),
       "and is read again to the same");
}

void take_receipts(std::string_view json) {
  const auto receipts = courier_receipts_from_json(json);
  if (!receipts) return fuzz::must_be_an_answer(receipts.error());
  returned.reach();
  const std::string written = to_json(*receipts);
  const auto again = courier_receipts_from_json(written);
  must(again && to_json(*again) == written, "receipts are written and read again to the same");
}

}  // namespace
}  // namespace perspective::protocol

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace perspective::protocol;
  static const Kiosk kiosk;
  const auto input = perspective::fuzz::input_of(data, size);
  if (input.way == 'b') take_bytes(kiosk, input.rest);
  if (input.way == 'k') take_content(kiosk, input.rest);
  if (input.way == 'r') take_receipts(input.text());
  return 0;
}

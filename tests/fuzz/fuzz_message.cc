// What kiosk and collector say to each other beside packages and bundles. The first letter says which of it: b a batch,
// o outcomes, l a ledger, t tokens, w their receipt, i an invite, c a certificate request, s headers of a kiosk.
//
// Must hold: what is taken is written and read again to the same.
#include "protocol/batch.h"
#include "protocol/enrolment.h"
#include "protocol/ledger.h"
#include "protocol/self_report.h"
#include "protocol/token_report.h"
#include "support/test_keys.h"
#include "target.h"

namespace perspective::protocol {
namespace {

using fuzz::must;

fuzz::Milestone batches("a batch was taken");
fuzz::Milestone outcomes("outcomes were taken");
fuzz::Milestone ledgers("a ledger was taken");
fuzz::Milestone tokens("tokens were taken");
fuzz::Milestone receipts("a receipt of tokens was taken");
fuzz::Milestone invites("an invite was taken");
fuzz::Milestone requests("a certificate was issued");
fuzz::Milestone reports("a kiosk said something of itself");

constexpr std::size_t kEnvelopeBytes = 64;  // small, so that many are made by chance

// read: what makes a value of it; written: what makes the text again.
void round_trip(auto text, const auto& read, const auto& written, fuzz::Milestone& milestone) {
  const auto value = read(text);
  if (!value) return fuzz::must_be_an_answer(value.error());
  milestone.reach();
  const auto again = written(*value);
  const auto same = read(again);
  must(same && written(*same) == again, "it is written and read again to the same");
}

void take_request(std::string_view pem) {
  static const KeyAndCertificate authority{testing::test_pem(testing::vectors_folder() / "keys", "authority.key"),
                                           testing::test_pem(testing::vectors_folder() / "keys", "authority.pem")};
  const auto digest = key_digest_of(pem);
  const auto certificate = issue_kiosk(authority, pem, "kiosk-a", 1'700'000'000, kKioskCertificateDays);
  if (!certificate) return fuzz::must_be_an_answer(certificate.error());
  must(digest.has_value(), "what a certificate is issued for has a key");
  must(common_name_of(*certificate) == "kiosk-a", "whatever name the request has, the certificate has the kiosk's");
  requests.reach();
}

void take_report(std::string_view text) {
  const auto lines = fuzz::parts_of(text, '\n', 4);
  const auto report = self_report_from([&](std::string_view name) {
    for (const auto& line : lines) {
      if (line.starts_with(name) && line.substr(name.size()).starts_with(": ")) return line.substr(name.size() + 2);
    }
    return std::string();
  });
  if (!report.clock_s || !report.is_waiting) return;
  if (!report.program.empty()) reports.reach();
  const auto length = [](const SelfReport& one) {
    std::size_t bytes = 0;
    for (const auto& header : headers_of(one)) bytes += header.size();
    return bytes;
  };
  must(length(report) == length({.program = report.program, .clock_s = 0, .is_waiting = false}),
       "whatever it says, it is as long");
}

}  // namespace
}  // namespace perspective::protocol

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace perspective::protocol;
  const auto [way, rest] = perspective::fuzz::input_of(data, size);
  const auto text = perspective::as_text(rest);
  const auto batch = [](const auto& bytes) { return decode_batch(bytes, kEnvelopeBytes); };
  if (way == 'b') round_trip(rest, batch, encode_batch, batches);
  if (way == 'o') round_trip(text, decode_outcomes, encode_outcomes, outcomes);
  if (way == 'l') round_trip(text, decode_ledger, encode_ledger, ledgers);
  if (way == 't') round_trip(rest, decode_tokens, encode_tokens, tokens);
  if (way == 'w') round_trip(text, decode_token_receipt, encode_token_receipt, receipts);
  const auto invite = [](const Invite& one) { return to_text(one); };
  if (way == 'i') round_trip(text, parse_invite, invite, invites);
  if (way == 'c') take_request(text);
  if (way == 's') take_report(text);
  return 0;
}

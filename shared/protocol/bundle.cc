#include "protocol/bundle.h"

#include <openssl/x509v3.h>

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "protocol/ledger.h"
#include "protocol/limits.h"
#include "protocol/signed_message.h"
#include "protocol/token_report.h"

namespace perspective::protocol {
namespace {

namespace json = boost::json;

constexpr SignedKind kBundle{.what = "bundle",
                             .most_bytes = kMaxBundleBytes,
                             .use = XKU_SSL_CLIENT,
                             .other_use = "its signer's certificate is not a kiosk's",
                             .may_have_attributes = false};
constexpr std::string_view kFirstWords = "perspective bundle ";
constexpr std::string_view kFirstLine = "perspective bundle 2\n";
constexpr std::size_t kMaxNameBytes = 64;

std::unexpected<Error> corrupt(const std::string& what) { return fail(ErrorCode::corrupt, "bundle: " + what); }

// Up to the next end of a line; what is left begins behind it. Nothing: there is none.
std::optional<std::string_view> take_line(ByteView& left) {
  const auto end = std::ranges::find(left, std::uint8_t{'\n'});
  if (end == left.end()) return std::nullopt;
  const auto size = static_cast<std::size_t>(end - left.begin());
  const auto line = as_text(left.first(size));
  left = left.subspan(size + 1);
  return line;
}

Result<std::vector<TokenProof>> tokens_from(std::string_view hex) {
  constexpr std::size_t kDigits = 2 * sizeof(TokenProof);
  const auto bytes = from_hex(hex);
  if (!bytes || hex.size() % kDigits != 0 || hex.size() > kMaxTokens * kDigits) return corrupt("its tokens are none");
  std::vector<TokenProof> tokens(bytes->size() / sizeof(TokenProof));
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    std::ranges::copy(ByteView(*bytes).subspan(i * sizeof(TokenProof), sizeof(TokenProof)), tokens[i].begin());
  }
  return tokens;
}

Result<void> read_cargo(ByteView left, Bundle& bundle) {
  const auto inspection = take_line(left);
  if (!inspection || inspection->empty() || inspection->size() > kMaxNameBytes)
    return corrupt("it names no inspection");
  bundle.inspection = *inspection;
  const auto proofs = take_line(left);
  const auto ledger = take_line(left);
  if (!proofs || !ledger) return corrupt("its tokens are none");
  auto tokens = tokens_from(*proofs);
  if (!tokens) return std::unexpected(tokens.error());
  bundle.tokens = std::move(*tokens);
  if (!ledger->empty()) {
    const auto told = decode_ledger(*ledger);
    if (!told) return in_context("bundle", told.error());
    bundle.ledger = *told;
  }
  bundle.envelopes.assign(left.begin(), left.end());
  if (left.empty() && bundle.tokens.empty() && !bundle.ledger) return corrupt("there is nothing in it");
  return {};
}

}  // namespace

Result<Bytes> sign_bundle(const Cargo& cargo, std::string_view key_pem, std::string_view certificate_pem) {
  const std::string head = std::string(kFirstLine) + cargo.inspection + "\n" + to_hex(encode_tokens(cargo.tokens)) +
                           "\n" + (cargo.ledger ? encode_ledger(*cargo.ledger) : "") + "\n";
  Bytes content(head.begin(), head.end());
  const Bytes body = encode_batch(cargo.envelopes);
  content.insert(content.end(), body.begin(), body.end());
  return signed_message(content, key_pem, certificate_pem, Attributes::none, kBundle);
}

Result<Bundle> open_bundle(ByteView bytes, std::string_view authority_pem) {
  auto signed_content = opened(bytes, authority_pem, kBundle);
  if (!signed_content) return std::unexpected(signed_content.error());
  const std::string_view text = as_text(signed_content->content);
  if (!text.starts_with(kFirstWords)) return corrupt("what was signed is none");
  if (!text.starts_with(kFirstLine)) {
    return fail(
        ErrorCode::refused,
        "bundle: it is of another format than 2: install the same version on the kiosk as here, and copy again");
  }
  Bundle bundle;
  if (auto read = read_cargo(ByteView(signed_content->content).subspan(kFirstLine.size()), bundle); !read) {
    return std::unexpected(read.error());
  }
  bundle.kiosk_certificate_pem = std::move(signed_content->signer_pem);
  return bundle;
}

std::string to_json(const CourierReceipts& receipts) {
  json::object object{{"format", 1},
                      {"inspection", receipts.inspection},
                      {"receipts", json::parse(encode_outcomes(receipts.outcomes)).at("outcomes")}};
  if (receipts.end_of_fieldwork) object["end_of_fieldwork"] = to_hex(ByteView(*receipts.end_of_fieldwork));
  return json::serialize(object);
}

Result<CourierReceipts> courier_receipts_from_json(std::string_view text) {
  json::error_code error;
  const json::value value = json::parse({text.data(), text.size()}, error);
  const json::object* object = error ? nullptr : value.if_object();
  const json::value* format = object == nullptr ? nullptr : object->if_contains("format");
  const json::value* inspection = object == nullptr ? nullptr : object->if_contains("inspection");
  const json::value* receipts = object == nullptr ? nullptr : object->if_contains("receipts");
  if (format == nullptr || inspection == nullptr || !inspection->is_string() || receipts == nullptr) {
    return fail(ErrorCode::corrupt, "receipts: the file is none of ours");
  }
  if (*format != 1) return fail(ErrorCode::refused, "receipts: of another format than 1: install the newer program");
  auto outcomes = decode_outcomes(json::serialize(json::object{{"outcomes", *receipts}}));
  if (!outcomes) return in_context("receipts", outcomes.error());
  CourierReceipts read{.inspection = std::string(inspection->get_string()), .outcomes = std::move(*outcomes)};
  if (const json::value* end = object->if_contains("end_of_fieldwork")) {
    const auto bytes = from_hex(end->is_string() ? std::string(end->get_string()) : std::string());
    if (!bytes || bytes->size() != sizeof(Receipt)) return fail(ErrorCode::corrupt, "receipts: no end of fieldwork");
    std::ranges::copy(*bytes, read.end_of_fieldwork.emplace().begin());
  }
  return read;
}

}  // namespace perspective::protocol

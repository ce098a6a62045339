#include "protocol/bundle.h"

#include <openssl/x509v3.h>

#include <boost/json.hpp>

#include "protocol/limits.h"
#include "protocol/signed_message.h"

namespace perspective::protocol {
namespace {

namespace json = boost::json;

constexpr SignedKind kBundle{.what = "bundle",
                             .most_bytes = kMaxBundleBytes,
                             .use = XKU_SSL_CLIENT,
                             .other_use = "its signer's certificate is not a kiosk's",
                             .may_have_attributes = false};
constexpr std::string_view kFirstWords = "perspective bundle ";
constexpr std::string_view kFirstLine = "perspective bundle 1\n";
constexpr std::size_t kMaxNameBytes = 64;

std::unexpected<Error> corrupt(const std::string& what) { return fail(ErrorCode::corrupt, "bundle: " + what); }

}  // namespace

Result<Bytes> sign_bundle(std::string_view inspection, const std::vector<SealedEnvelope>& envelopes,
                          std::string_view key_pem, std::string_view certificate_pem) {
  const std::string head = std::string(kFirstLine) + std::string(inspection) + "\n";
  Bytes content(head.begin(), head.end());
  const Bytes body = encode_batch(envelopes);
  content.insert(content.end(), body.begin(), body.end());
  return signed_message(content, key_pem, certificate_pem, Attributes::none, kBundle);
}

Result<Bundle> open_bundle(ByteView bundle, std::string_view authority_pem) {
  auto signed_content = opened(bundle, authority_pem, kBundle);
  if (!signed_content) return std::unexpected(signed_content.error());
  const std::string_view text = as_text(signed_content->content);
  if (!text.starts_with(kFirstWords)) return corrupt("what was signed is none");
  if (!text.starts_with(kFirstLine)) {
    return fail(ErrorCode::refused, "bundle: it is of another format than 1: install the newer program");
  }
  const auto end = text.find('\n', kFirstLine.size());
  if (end == std::string_view::npos || end == kFirstLine.size() || end > kFirstLine.size() + kMaxNameBytes) {
    return corrupt("it names no inspection");
  }
  const ByteView body = ByteView(signed_content->content).subspan(end + 1);
  if (body.empty()) return corrupt("no envelope in it");
  return Bundle{.inspection = std::string(text.substr(kFirstLine.size(), end - kFirstLine.size())),
                .kiosk_certificate_pem = std::move(signed_content->signer_pem),
                .envelopes = Bytes(body.begin(), body.end())};
}

std::string to_json(const CourierReceipts& receipts) {
  return json::serialize(json::object{{"format", 1},
                                      {"inspection", receipts.inspection},
                                      {"receipts", json::parse(encode_outcomes(receipts.outcomes)).at("outcomes")}});
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
  return CourierReceipts{std::string(inspection->get_string()), std::move(*outcomes)};
}

}  // namespace perspective::protocol

#include "protocol/token_report.h"

#include <algorithm>
#include <boost/json.hpp>

namespace perspective::protocol {
namespace {

namespace json = boost::json;

Bytes signed_bytes(std::string_view inspection, ByteView body) {
  const std::string head = "perspective tokens 1\n" + std::string(inspection) + "\n";
  const Digest digest = digest_of(body);
  Bytes bytes(head.begin(), head.end());
  bytes.insert(bytes.end(), digest.begin(), digest.end());
  return bytes;
}

std::unexpected<Error> no_receipt() { return fail(ErrorCode::corrupt, "tokens: no receipt in the answer"); }

}  // namespace

Bytes encode_tokens(const std::vector<TokenProof>& proofs) {
  Bytes body;
  for (const auto& proof : proofs) body.insert(body.end(), proof.begin(), proof.end());
  return body;
}

Result<std::vector<TokenProof>> decode_tokens(ByteView body) {
  constexpr std::size_t kProofBytes = sizeof(TokenProof);
  if (body.empty() || body.size() % kProofBytes != 0 || body.size() > kMaxBatchTokens * kProofBytes) {
    return fail(ErrorCode::corrupt, "tokens: not 1 to " + std::to_string(kMaxBatchTokens) + " proofs of 32 bytes");
  }
  std::vector<TokenProof> proofs(body.size() / kProofBytes);
  for (auto& proof : proofs) {
    std::ranges::copy(body.first(kProofBytes), proof.begin());
    body = body.subspan(kProofBytes);
  }
  return proofs;
}

Result<Receipt> sign_tokens(const ReceiptKey& key, std::string_view inspection, ByteView body) {
  return key.sign(signed_bytes(inspection, body));
}

bool is_genuine(const Receipt& receipt, std::string_view inspection, ByteView body, ByteView public_key) {
  return is_signed(receipt, signed_bytes(inspection, body), public_key);
}

std::string encode_token_receipt(const Receipt& receipt) {
  return json::serialize(json::object{{"receipt", to_hex(ByteView(receipt))}});
}

Result<Receipt> decode_token_receipt(std::string_view text) {
  json::error_code error;
  const json::value value = json::parse({text.data(), text.size()}, error);
  const auto* object = error ? nullptr : value.if_object();
  const auto* hex = object == nullptr ? nullptr : object->if_contains("receipt");
  if (hex == nullptr || !hex->is_string()) return no_receipt();
  const auto bytes = from_hex(std::string(hex->get_string()));
  Receipt receipt{};
  if (!bytes || bytes->size() != receipt.size()) return no_receipt();
  std::ranges::copy(*bytes, receipt.begin());
  return receipt;
}

}  // namespace perspective::protocol

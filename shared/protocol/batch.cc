#include "protocol/batch.h"

#include <algorithm>
#include <boost/json.hpp>

namespace perspective::protocol {
namespace {

namespace json = boost::json;

constexpr std::size_t kIdBytes = std::tuple_size_v<envelope::EnvelopeId>;

std::unexpected<Error> corrupt(const std::string& what) { return fail(ErrorCode::corrupt, "outcomes: " + what); }

Result<std::string> text_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  if (value == nullptr || !value->is_string()) return corrupt("no text at '" + std::string(key) + "'");
  return std::string(value->get_string());
}

Result<Receipt> receipt_from(std::string_view hex) {
  const auto bytes = from_hex(hex);
  Receipt receipt{};
  if (!bytes || bytes->size() != receipt.size()) return corrupt("a receipt is 128 hexadecimal digits");
  std::ranges::copy(*bytes, receipt.begin());
  return receipt;
}

Result<Outcome> outcome_from(const json::value& value) {
  const json::object* object = value.if_object();
  if (object == nullptr) return corrupt("an outcome is no object");
  Outcome outcome;
  const auto id = text_at(*object, "id");
  if (!id) return std::unexpected(id.error());
  const auto parsed_id = envelope::id_from_hex(*id);
  if (!parsed_id) return corrupt(parsed_id.error().what);
  outcome.id = *parsed_id;
  const json::value* status = object->if_contains("status");
  if (status == nullptr || !status->is_int64() || status->get_int64() < 100 || status->get_int64() > 599) {
    return corrupt("no status between 100 and 599");
  }
  outcome.status = static_cast<int>(status->get_int64());
  if (object->contains("receipt")) {
    const auto hex = text_at(*object, "receipt");
    const auto receipt = hex ? receipt_from(*hex) : std::unexpected(hex.error());
    if (!receipt) return std::unexpected(receipt.error());
    outcome.receipt = *receipt;
  }
  if (object->contains("problem")) {
    const auto problem = text_at(*object, "problem");
    if (!problem) return std::unexpected(problem.error());
    outcome.problem = *problem;
  }
  return outcome;
}

}  // namespace

Bytes encode_batch(const std::vector<SealedEnvelope>& batch) {
  Bytes body;
  for (const SealedEnvelope& envelope : batch) {
    body.insert(body.end(), envelope.id.begin(), envelope.id.end());
    body.insert(body.end(), envelope.body.begin(), envelope.body.end());
  }
  return body;
}

Result<std::vector<SealedEnvelope>> decode_batch(ByteView body, std::size_t envelope_bytes, std::size_t most) {
  const std::size_t each = kIdBytes + envelope_bytes;
  if (body.empty()) return fail(ErrorCode::corrupt, "batch: it is empty");
  if (envelope_bytes == 0 || body.size() % each != 0) {
    return fail(ErrorCode::corrupt, "batch: " + std::to_string(body.size()) + " bytes are no multiple of " +
                                        std::to_string(each) + " (an id and an envelope of this inspection)");
  }
  if (body.size() / each > most) {
    return fail(ErrorCode::corrupt, "batch: " + std::to_string(body.size() / each) + " envelopes, at most " +
                                        std::to_string(most) + " go together");
  }
  std::vector<SealedEnvelope> batch;
  for (; !body.empty(); body = body.subspan(each)) {
    SealedEnvelope& envelope = batch.emplace_back();
    std::ranges::copy(body.first(kIdBytes), envelope.id.begin());
    const ByteView sealed = body.subspan(kIdBytes, envelope_bytes);
    envelope.body.assign(sealed.begin(), sealed.end());
  }
  return batch;
}

std::string encode_outcomes(const std::vector<Outcome>& outcomes) {
  json::array list;
  for (const Outcome& outcome : outcomes) {
    json::object object;
    object["id"] = envelope::to_hex(outcome.id);
    object["status"] = outcome.status;
    if (outcome.receipt) object["receipt"] = to_hex(ByteView(*outcome.receipt));
    if (!outcome.problem.empty()) object["problem"] = outcome.problem;
    list.push_back(std::move(object));
  }
  return json::serialize(json::object{{"outcomes", std::move(list)}});
}

Result<std::vector<Outcome>> decode_outcomes(std::string_view text) {
  json::error_code error;
  const json::value value = json::parse({text.data(), text.size()}, error);
  const json::object* object = value.if_object();
  if (error || object == nullptr) return corrupt("no JSON object");
  const json::value* list = object->if_contains("outcomes");
  if (list == nullptr || !list->is_array()) return corrupt("no list at 'outcomes'");
  std::vector<Outcome> outcomes;
  for (const json::value& item : list->get_array()) {
    auto outcome = outcome_from(item);
    if (!outcome) return in_context("number " + std::to_string(outcomes.size() + 1), outcome.error());
    outcomes.push_back(std::move(*outcome));
  }
  return outcomes;
}

}  // namespace perspective::protocol

#include "protocol/ledger.h"

#include <boost/json.hpp>

namespace perspective::protocol {
namespace {

namespace json = boost::json;

constexpr std::int64_t kFormat = 1;
constexpr std::int64_t kMost = 1'000'000;  // visits of one kiosk; more is a mistake, and sums stay small

std::unexpected<Error> corrupt(const std::string& what) { return fail(ErrorCode::corrupt, "ledger: " + what); }

}  // namespace

std::string encode_ledger(const Ledger& ledger) {
  json::object object{{"format", kFormat}};
  for (const auto& [name, count] : kLedgerCounts) object[name] = ledger.*count;
  return json::serialize(object);
}

Result<Ledger> decode_ledger(std::string_view text) {
  json::error_code error;
  const json::value value = json::parse({text.data(), text.size()}, error);
  const json::object* object = value.if_object();
  if (error || object == nullptr) return corrupt("no JSON object");
  const json::value* format = object->if_contains("format");
  if (format == nullptr || !format->is_int64() || format->get_int64() != kFormat) return corrupt("no \"format\" 1");
  Ledger ledger;
  for (const auto& [name, count] : kLedgerCounts) {
    const json::value* said = object->if_contains(name);
    if (said == nullptr || !said->is_int64() || said->get_int64() < 0 || said->get_int64() > kMost) {
      return corrupt("no count at '" + std::string(name) + "'");
    }
    ledger.*count = said->get_int64();
  }
  if (ledger.in_progress() != 0) return corrupt("what began is not what ended");
  return ledger;
}

}  // namespace perspective::protocol

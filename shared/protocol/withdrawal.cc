#include "protocol/withdrawal.h"

#include <algorithm>
#include <string_view>

namespace perspective::protocol {
namespace {

constexpr std::string_view kWords = "perspective withdrawal 1\n";

}  // namespace

Bytes withdrawal_of(std::size_t envelope_bytes) {
  Bytes body(std::max(envelope_bytes, kWords.size()), ' ');
  std::ranges::copy(kWords, body.begin());
  return body;
}

bool is_withdrawal(ByteView body) { return std::ranges::equal(body, withdrawal_of(body.size())); }

}  // namespace perspective::protocol

// Bytes, and the one text form that this project gives them: lower-case hexadecimal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace perspective {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

std::string to_hex(ByteView bytes);

// Errors: invalid when a character is not [0-9a-f] or their number is odd (upper case is refused: one form only).
Result<Bytes> from_hex(std::string_view hex);

// Views of the same memory; valid as long as it is.
ByteView as_bytes(std::string_view text);
std::string_view as_text(ByteView bytes);

}  // namespace perspective

// One cell of a CSV file (RFC 4180).
//
// Promise: safe_cell() is what a spreadsheet program shows as a text: one that would be taken for a formula ("=", "+",
//          "-", "@" or a control character first) begins with an apostrophe.
#pragma once

#include <string>
#include <string_view>

namespace perspective::exports {

inline constexpr std::string_view kLineEnd = "\r\n";

std::string cell(std::string_view text);
std::string safe_cell(std::string_view text);

}  // namespace perspective::exports

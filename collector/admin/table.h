// Rows under headings, for a person at a terminal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace perspective::admin {

// Columns as wide as their widest cell, counted in characters; two spaces between.
std::string table(const std::vector<std::string>& headings, const std::vector<std::vector<std::string>>& rows);

// What somebody else wrote, so that it cannot steer the terminal: control characters but line breaks and tabs
// become U+FFFD.
std::string printable(std::string_view text);

}  // namespace perspective::admin

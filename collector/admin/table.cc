#include "admin/table.h"

#include <algorithm>

namespace perspective::admin {

namespace {

std::size_t characters_in(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string line_of(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    line += cells[i];
    if (i + 1 < cells.size()) line.append(widths[i] - characters_in(cells[i]) + 2, ' ');
  }
  return line + "\n";
}

// U+0080 to U+009F, two bytes in UTF-8: terminals take some of them as the start of a command.
bool is_c1(std::string_view text, std::size_t i) {
  const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
  return text[i] == '\xC2' && next >= 0x80 && next < 0xA0;
}

}  // namespace

std::string table(const std::vector<std::string>& headings, const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths(headings.size());
  for (std::size_t i = 0; i < headings.size(); ++i) {
    widths[i] = characters_in(headings[i]);
    for (const auto& row : rows) widths[i] = std::max(widths[i], characters_in(row[i]));
  }
  std::string text = line_of(headings, widths);
  for (const auto& row : rows) text += line_of(row, widths);
  return text;
}

std::string printable(std::string_view text) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  std::string safe;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool is_c0 = (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F;
    const bool is_two_bytes = is_c1(text, i);
    if (is_c0 || is_two_bytes) {
      safe += kReplacement;
    } else {
      safe += text[i];
    }
    if (is_two_bytes) ++i;
  }
  return safe;
}

}  // namespace perspective::admin

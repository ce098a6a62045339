#include "documents/row_heights.h"

#include <algorithm>

namespace perspective::documents {
namespace {

constexpr double kLineHeight = 13.5;  // of ten points
constexpr double kAround = 2.5;
constexpr double kHighest = 400;  // Excel takes 409

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

// Word by word, each letter as wide as a figure: a little too many rather than one too few.
std::size_t lines_of(std::string_view text, std::size_t width) {
  std::size_t lines = 1;
  std::size_t at = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(" \n"), text.size());
    const auto word = width_of(text.substr(0, end));
    if (at > 0 && at + word > width) ++lines, at = 0;
    lines += word > width ? (word - 1) / width : 0;
    at += word + 1;
    const bool breaks = end < text.size() && text[end] == '\n';
    if (breaks) ++lines, at = 0;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

double height_of(std::size_t lines) { return std::min(kLineHeight * static_cast<double>(lines) + kAround, kHighest); }

}  // namespace

double height_of_head(const std::vector<Column>& columns) {
  std::size_t lines = 1;
  for (const auto& column : columns)
    lines = std::max(lines, lines_of(column.head, static_cast<std::size_t>(column.width)));
  return height_of(lines);
}

double height_of(const std::vector<Cell>& row, const std::vector<Column>& columns) {
  std::size_t lines = 1;
  for (std::size_t i = 0; i < row.size() && i < columns.size(); ++i)
    if (const auto* const words = std::get_if<std::string>(&row[i]); words != nullptr)
      lines = std::max(lines, lines_of(*words, static_cast<std::size_t>(columns[i].width)));
  return height_of(lines);
}

}  // namespace perspective::documents

#include "report/document.h"

namespace perspective::report {
namespace {

std::string text_of(const Paragraph& paragraph) {
  std::string text;
  for (const auto& run : paragraph.runs) text += run.text;
  return text;
}

std::string line_of(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) line += (i == 0 ? "" : " | ") + cells[i];
  return line;
}

std::string text_of(const Table& table) {
  std::string text = table.caption;
  if (!table.head.empty()) text += "\n" + line_of(table.head);
  for (const auto& row : table.rows) text += "\n" + line_of(row);
  return text;
}

}  // namespace

std::string to_text(const Document& document) {
  std::string text;
  for (const auto& block : document.blocks) {
    if (!text.empty()) text += "\n\n";
    text += std::visit([](const auto& each) { return text_of(each); }, block);
  }
  return text + "\n";
}

}  // namespace perspective::report

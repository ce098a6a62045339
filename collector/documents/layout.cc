#include "documents/layout.h"

#include <algorithm>
#include <numeric>

namespace perspective::documents {
namespace {

constexpr std::size_t kNarrowest = 10;  // characters: a column of figures has a head, too
constexpr std::size_t kWidest = 40;     // longer texts wrap

}  // namespace

bool repeats_page_mark(const report::Document& document, const report::Block& block) {
  const auto* const paragraph = std::get_if<report::Paragraph>(&block);
  if (paragraph == nullptr || paragraph->kind != report::Paragraph::Kind::mark) return false;
  std::string words;
  for (const auto& run : paragraph->runs) words += run.text;
  return words == document.page_mark;
}

std::vector<int> column_shares(const report::Table& table) {
  std::vector<std::size_t> widths(table.head.size(), kNarrowest);
  const auto measure = [&](const std::vector<std::string>& row) {
    for (std::size_t i = 0; i < widths.size() && i < row.size(); ++i)
      widths[i] = std::clamp(row[i].size(), widths[i], kWidest);
  };
  measure(table.head);
  for (const auto& row : table.rows) measure(row);
  const auto all = std::accumulate(widths.begin(), widths.end(), std::size_t{0});
  std::vector<int> shares;
  for (const auto width : widths) shares.push_back(static_cast<int>(width * 1000 / all));
  if (!shares.empty()) shares.back() += 1000 - std::accumulate(shares.begin(), shares.end(), 0);
  return shares;
}

}  // namespace perspective::documents

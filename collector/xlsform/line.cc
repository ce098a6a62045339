#include "xlsform/line.h"

#include <algorithm>

namespace perspective::xlsform {
namespace {

std::string rows_in_words(const std::vector<std::size_t>& rows) {
  std::vector<std::string> runs;
  for (std::size_t i = 0; i < rows.size();) {
    std::size_t last = i;
    while (last + 1 < rows.size() && rows[last + 1] == rows[last] + 1) ++last;
    runs.push_back(std::to_string(rows[i]) + (last == i ? "" : "-" + std::to_string(rows[last])));
    i = last + 1;
  }
  std::string words = rows.size() == 1 ? "row " : "rows ";
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (i > 0) words += i + 1 == runs.size() ? " and " : ", ";
    words += runs[i];
  }
  return words;
}

}  // namespace

std::string to_text(Weight weight) {
  switch (weight) {
    case Weight::lost:
      return "not carried over";
    case Weight::changed:
      return "changed";
    case Weight::note:
      break;
  }
  return "note";
}

std::string to_text(const Line& line) {
  std::string text = line.sheet;
  if (!line.rows.empty()) text += ", " + rows_in_words(line.rows);
  if (!line.column.empty()) text += line.column.starts_with('/') ? ", " + line.column : ", column " + line.column;
  return text + ": " + to_text(line.weight) + ": " + line.what + "; " + line.remedy;
}

void add(Lines& lines, Line line) {
  const auto same = std::ranges::find_if(lines, [&](const Line& one) {
    return one.weight == line.weight && one.sheet == line.sheet && one.column == line.column && one.what == line.what &&
           one.remedy == line.remedy;
  });
  if (same == lines.end()) {
    lines.push_back(std::move(line));
    return;
  }
  same->rows.insert(same->rows.end(), line.rows.begin(), line.rows.end());
  std::ranges::sort(same->rows);
  const auto repeats = std::ranges::unique(same->rows);
  same->rows.erase(repeats.begin(), repeats.end());
}

std::size_t count(const Lines& lines, Weight weight) {
  return static_cast<std::size_t>(std::ranges::count(lines, weight, &Line::weight));
}

}  // namespace perspective::xlsform

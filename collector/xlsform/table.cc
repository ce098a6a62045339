#include "xlsform/table.h"

#include <algorithm>
#include <array>
#include <utility>

#include "xlsform/words.h"

namespace perspective::xlsform {
namespace {

constexpr std::size_t kMaxRows = 5000;
constexpr std::size_t kMaxColumns = 200;

constexpr std::array<std::pair<std::string_view, std::string_view>, 19> kSynonyms{{
    {"list name", "list_name"},
    {"value", "name"},
    {"caption", "label"},
    {"relevance", "relevant"},
    {"constraint-msg", "constraint_message"},
    {"constraint message", "constraint_message"},
    {"constraintmsg", "constraint_message"},
    {"requiredmsg", "required_message"},
    {"required message", "required_message"},
    {"read only", "read_only"},
    {"readonly", "read_only"},
    {"repeat-count", "repeat_count"},
    {"guidance hint", "guidance_hint"},
    {"bind::relevant", "relevant"},
    {"bind::constraint", "constraint"},
    {"bind::required", "required"},
    {"bind::calculate", "calculation"},
    {"title", "form_title"},
    {"id_string", "form_id"},
}};

std::vector<std::string> parts_of(std::string_view title) {
  std::vector<std::string> parts;
  for (;;) {
    const std::size_t at = title.find("::");
    parts.push_back(trimmed(title.substr(0, at)));
    if (at == std::string_view::npos) return parts;
    title.remove_prefix(at + 2);
  }
}

std::string kind_of(const std::string& written) {
  const std::string title = small(written);
  const auto* const found = std::ranges::find(kSynonyms, title, &std::pair<std::string_view, std::string_view>::first);
  return found == kSynonyms.end() ? title : std::string(found->second);
}

Heading heading_of(std::size_t column, const std::string& title) {
  Heading heading{.column = column, .title = title, .kind = {}, .language = {}};
  auto parts = parts_of(title);
  const std::string first = small(parts.front());
  if (first == "media" && parts.size() > 1) parts.erase(parts.begin());
  const bool is_custom = (first == "bind" || first == "body" || first == "instance") && parts.size() > 1;
  if (is_custom) {
    heading.kind = kind_of(first + "::" + parts[1]);
    return heading;
  }
  heading.kind = kind_of(parts.front());
  if (parts.size() > 1) heading.language = parts[1];
  return heading;
}

}  // namespace

Result<Table> Table::of(const Sheet& sheet) {
  Table table;
  table.name_ = small(sheet.name);
  if (sheet.rows.empty()) return table;
  if (sheet.rows.size() > kMaxRows || sheet.rows.front().cells.size() > kMaxColumns) {
    return fail(ErrorCode::invalid, "the sheet " + table.name_ + " has more than " + std::to_string(kMaxRows) +
                                        " rows or " + std::to_string(kMaxColumns) + " columns: no kiosk asks so much");
  }
  for (const auto& [column, text] : sheet.rows.front().cells) {
    if (const std::string title = trimmed(text); !title.empty()) table.headings_.push_back(heading_of(column, title));
  }
  table.rows_.assign(sheet.rows.begin() + 1, sheet.rows.end());
  return table;
}

const Heading* Table::heading(std::string_view kind, std::string_view language) const {
  const auto found =
      std::ranges::find_if(headings_, [&](const Heading& one) { return one.kind == kind && one.language == language; });
  return found == headings_.end() ? nullptr : &*found;
}

bool Table::is_headed(std::size_t column) const {
  return std::ranges::find(headings_, column, &Heading::column) != headings_.end();
}

std::string Table::cell(const Row& row, std::string_view kind, std::string_view language) const {
  const Heading* const found = heading(kind, language);
  return found == nullptr ? std::string() : cell(row, *found);
}

std::string Table::cell(const Row& row, const Heading& heading) {
  const auto found = row.cells.find(heading.column);
  return found == row.cells.end() ? std::string() : trimmed(found->second);
}

}  // namespace perspective::xlsform

#include "xlsform/sheet_parts.h"

#include <charconv>
#include <cmath>
#include <optional>

#include "xlsform/xml.h"

namespace perspective::xlsform {
namespace {

using Stop = std::optional<std::string>;

std::string attribute(const Attributes& attributes, std::string_view name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::string() : found->second;
}

std::optional<unsigned> hex_at(std::string_view text, std::size_t at) {
  if (text.size() < at + 7 || text.substr(at, 2) != "_x" || text[at + 6] != '_') return std::nullopt;
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data() + at + 2, text.data() + at + 6, value, 16);
  return error == std::errc() && end == text.data() + at + 6 ? std::optional(value) : std::nullopt;
}

// Line ends as \n, and "_x000D_" as the letter that it stands for (clause 22.9.2.19), where that is ASCII.
std::string plain(std::string_view text) {
  std::string unescaped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto code = text[i] == '_' ? hex_at(text, i) : std::nullopt;
    if (code && *code < 0x80) {
      unescaped += static_cast<char>(*code);
      i += 6;
    } else {
      unescaped += text[i];
    }
  }
  std::string lines;
  for (std::size_t i = 0; i < unescaped.size(); ++i) {
    if (unescaped[i] != '\r') {
      lines += unescaped[i];
    } else if (i + 1 == unescaped.size() || unescaped[i + 1] != '\n') {
      lines += '\n';
    }
  }
  return lines;
}

// "1.0" and "1E0" are 1, as the spreadsheet shows them.
std::string number_as_shown(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_number = error == std::errc() && end == text.data() + text.size();
  if (!is_number || !std::isfinite(value) || std::floor(value) != value || std::abs(value) >= 1e15) return text;
  return std::to_string(static_cast<long long>(value));
}

// "BC12" -> column 54, row 12.
struct Reference {
  std::size_t column = 0;
  std::size_t row = 0;
};
std::optional<Reference> reference(std::string_view text) {
  constexpr std::size_t kLastColumn = 16384;
  constexpr std::size_t kLastRow = 1048576;
  Reference found;
  std::size_t at = 0;
  for (; at < text.size() && text[at] >= 'A' && text[at] <= 'Z' && found.column <= kLastColumn; ++at) {
    found.column = found.column * 26 + static_cast<std::size_t>(text[at] - 'A' + 1);
  }
  const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), found.row);
  const bool is_whole = error == std::errc() && end == text.data() + text.size();
  if (!is_whole || found.column == 0 || found.column > kLastColumn || found.row == 0 || found.row > kLastRow) {
    return std::nullopt;
  }
  --found.column;
  return found;
}

class Rows {
 public:
  Rows(const std::vector<std::string>& shared, Allowance& left) : shared_(shared), left_(left) {}

  Stop opened(std::string_view name, const Attributes& attributes) {
    if (name == "row") return open_row(attributes);
    if (name == "c") return open_cell(attributes);
    if (name == "rPh") is_aside_ = true;
    if (name == "f") has_formula_ = true;
    is_text_ = (name == "v" || name == "t") && !is_aside_;
    if (name == "v") has_value_ = true;
    return std::nullopt;
  }

  Stop closed(std::string_view name) {
    if (name == "v" || name == "t") is_text_ = false;
    if (name == "rPh") is_aside_ = false;
    return name == "c" ? close_cell() : std::nullopt;
  }

  void text(std::string_view piece) {
    if (is_text_ && text_.size() <= kMaxCellBytes) text_ += piece;
  }

  std::vector<Row> take() {
    if (!rows_.empty() && rows_.back().cells.empty()) rows_.pop_back();
    return std::move(rows_);
  }

 private:
  Stop open_row(const Attributes& attributes) {
    std::size_t number = row_ + 1;
    if (const std::string written = attribute(attributes, "r"); !written.empty()) {
      const auto found = reference("A" + written);
      if (!found || found->row <= row_) return "has rows that are out of order, at row " + written.substr(0, 20);
      number = found->row;
    }
    row_ = number;
    column_ = 0;
    if (!rows_.empty() && rows_.back().cells.empty()) rows_.pop_back();
    rows_.push_back({.number = row_, .cells = {}});
    return std::nullopt;
  }

  Stop open_cell(const Attributes& attributes) {
    if (rows_.empty()) return "has a cell outside any row";
    if (const std::string written = attribute(attributes, "r"); !written.empty()) {
      const auto found = reference(written);
      if (!found || found->row != row_) return "has a cell whose place cannot be read: " + written.substr(0, 20);
      column_ = found->column;
    }
    type_ = attribute(attributes, "t");
    text_.clear();
    has_formula_ = has_value_ = is_text_ = is_aside_ = false;
    return std::nullopt;
  }

  Stop close_cell() {
    const std::string place = column_letters(column_) + std::to_string(row_);
    if (has_formula_ && !has_value_) return "has a formula without its result in " + place + ": write the text itself";
    Stop wrong = value(place);
    if (wrong) return wrong;
    if (!text_.empty()) {
      if (text_.size() > kMaxCellBytes) return "has more in cell " + place + " than a cell can hold";
      if (left_.cells == 0 || left_.text_bytes < text_.size()) return "has more cells than a form can";
      --left_.cells;
      left_.text_bytes -= text_.size();
      rows_.back().cells[column_] = std::move(text_);
      text_.clear();
    }
    ++column_;
    return std::nullopt;
  }

  Stop value(const std::string& place) {
    if (type_ == "s") {
      if (!has_value_) return std::nullopt;
      std::size_t at = 0;
      const auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), at);
      if (error != std::errc() || end != text_.data() + text_.size() || at >= shared_.size()) {
        return "names a text in " + place + " that is not there: the file is damaged, save it again";
      }
      text_ = shared_[at];
    } else if (type_ == "b") {
      text_ = text_ == "1" ? "TRUE" : "FALSE";
    } else if (type_ == "e") {
      return "holds an error in " + place + " (" + text_.substr(0, 20) + "): correct it";
    } else if (type_ == "str" || type_ == "inlineStr") {
      text_ = plain(text_);
    } else if (type_.empty() || type_ == "n") {
      text_ = number_as_shown(text_);
    } else if (type_ != "d") {
      return "has a cell of a kind that nobody knows in " + place;
    }
    return std::nullopt;
  }

  const std::vector<std::string>& shared_;
  Allowance& left_;
  std::vector<Row> rows_;
  std::size_t row_ = 0;
  std::size_t column_ = 0;
  std::string type_;
  std::string text_;
  bool has_formula_ = false;
  bool has_value_ = false;
  bool is_text_ = false;
  bool is_aside_ = false;  // how a Japanese word is pronounced stands beside it
};

}  // namespace

Result<std::map<std::string, Relation>> read_relations(std::string_view xml) {
  std::map<std::string, Relation> relations;
  XmlHandler handler{
      .opened = [&](std::string_view name, const Attributes& attributes) -> Stop {
        if (name != "Relationship" || attribute(attributes, "TargetMode") == "External") return {};
        const std::string type = attribute(attributes, "Type");
        relations[attribute(attributes, "Id")] = {type.substr(type.rfind('/') + 1), attribute(attributes, "Target")};
        return relations.size() > kMaxParts ? Stop("names too many parts") : Stop();
      },
      .closed = [](std::string_view) { return Stop(); },
      .text = [](std::string_view) {}};
  if (auto read = read_xml(xml, handler); !read) return std::unexpected(read.error());
  return relations;
}

Result<std::vector<NamedSheet>> read_sheet_names(std::string_view xml) {
  constexpr std::size_t kMaxSheets = 200;
  std::vector<NamedSheet> sheets;
  XmlHandler handler{.opened = [&](std::string_view name, const Attributes& attributes) -> Stop {
                       if (name != "sheet") return {};
                       sheets.push_back({attribute(attributes, "name").substr(0, 200), attribute(attributes, "id")});
                       return sheets.size() > kMaxSheets ? Stop("has too many sheets") : Stop();
                     },
                     .closed = [](std::string_view) { return Stop(); },
                     .text = [](std::string_view) {}};
  if (auto read = read_xml(xml, handler); !read) return std::unexpected(read.error());
  return sheets;
}

Result<std::vector<std::string>> read_shared_texts(std::string_view xml) {
  std::vector<std::string> texts;
  bool is_text = false;
  bool is_aside = false;
  bool is_in_one = false;
  XmlHandler handler{.opened = [&](std::string_view name, const Attributes&) -> Stop {
                       if (name == "si") {
                         if (texts.size() == kMaxCells) return Stop("has more texts than a form can");
                         texts.emplace_back();
                         is_in_one = true;
                       }
                       if (name == "rPh") is_aside = true;
                       is_text = name == "t" && is_in_one && !is_aside;
                       return {};
                     },
                     .closed = [&](std::string_view name) -> Stop {
                       if (name == "t") is_text = false;
                       if (name == "rPh") is_aside = false;
                       if (name != "si") return {};
                       is_in_one = false;
                       texts.back() = plain(texts.back());
                       return {};
                     },
                     .text =
                         [&](std::string_view piece) {
                           if (is_text) texts.back() += piece;
                         }};
  if (auto read = read_xml(xml, handler); !read) return std::unexpected(read.error());
  return texts;
}

Result<std::vector<Row>> read_rows(std::string_view xml, const std::vector<std::string>& shared, Allowance& left) {
  Rows rows(shared, left);
  const XmlHandler handler{
      .opened = [&](std::string_view name, const Attributes& attributes) { return rows.opened(name, attributes); },
      .closed = [&](std::string_view name) { return rows.closed(name); },
      .text = [&](std::string_view piece) { rows.text(piece); }};
  if (auto read = read_xml(xml, handler); !read) return std::unexpected(read.error());
  return rows.take();
}

}  // namespace perspective::xlsform

#include "documents/word_body.h"

#include <algorithm>

#include "documents/language.h"
#include "documents/layout.h"
#include "text/catalogue.h"

namespace perspective::documents {
namespace {

constexpr int kFullWidth = 5000;           // fiftieths of a per cent
constexpr int kTextTwips = 9026;           // A4 between margins of an inch
constexpr std::size_t kMostTagBytes = 64;  // Word takes a file with a longer one for damaged

// A finding's name says more than its questionnaire's.
std::string tag_of(const std::string& cell) {
  if (cell.size() <= kMostTagBytes) return cell;
  auto begin = cell.size() - kMostTagBytes;
  while (begin < cell.size() && (static_cast<unsigned char>(cell[begin]) & 0xC0U) == 0x80U) ++begin;
  return cell.substr(begin);
}

void value(xmlNodePtr parent, const char* name, const std::string& value) {
  add(parent, kWord, name, {{&kWord, "val", value}});
}

void lines_around(xmlNodePtr properties) {
  auto* const borders = add(properties, kWord, "tblBorders");
  for (const char* side : {"top", "left", "bottom", "right", "insideH", "insideV"})
    add(borders, kWord, side,
        {{&kWord, "val", "single"}, {&kWord, "sz", "4"}, {&kWord, "space", "0"}, {&kWord, "color", "auto"}});
}

}  // namespace

void WordBody::write(const report::Document& document) {
  bool is_after_table = false;  // two tables without a paragraph between them are one, and one may not end a text
  for (const auto& block : document.blocks) {
    if (repeats_page_mark(document, block)) continue;
    const auto* const table = std::get_if<report::Table>(&block);
    if (table == nullptr) {
      write(std::get<report::Paragraph>(block));
    } else {
      if (is_after_table && table->caption.empty()) before_last("p");
      write(*table);
    }
    is_after_table = table != nullptr;
  }
  if (is_after_table) before_last("p");
}

const std::string& WordBody::style_of(report::Paragraph::Kind kind) const {
  switch (kind) {
    case report::Paragraph::Kind::mark:
      return styles_.mark;
    case report::Paragraph::Kind::title:
      return styles_.title;
    case report::Paragraph::Kind::heading:
      return styles_.heading;
    case report::Paragraph::Kind::note:
      return styles_.note.empty() ? styles_.text : styles_.note;
    case report::Paragraph::Kind::text:
      break;
  }
  return styles_.text;
}

xmlNodePtr WordBody::before_last(const char* name) {
  auto* const node = add(body_, kWord, name);
  xmlUnlinkNode(node);
  return xmlAddPrevSibling(last_, node);
}

xmlNodePtr WordBody::paragraph(xmlNodePtr made, const std::string& style, bool stays_with_next) const {
  if (style.empty() && !stays_with_next && !is_right_to_left_) return made;
  auto* const properties = add(made, kWord, "pPr");
  if (!style.empty()) value(properties, "pStyle", style);
  if (stays_with_next) add(properties, kWord, "keepNext");
  if (is_right_to_left_) add(properties, kWord, "bidi");
  return made;
}

void WordBody::words(xmlNodePtr parent, const std::string& text, bool is_bold, const std::string& language) const {
  auto* const run = add(parent, kWord, "r");
  const bool is_right_to_left = language.empty() ? is_right_to_left_ : text::is_right_to_left(language);
  if (is_bold || is_right_to_left || !language.empty()) {
    auto* const properties = add(run, kWord, "rPr");
    if (is_bold) add(properties, kWord, "b");
    if (is_right_to_left) add(properties, kWord, "rtl");
    if (!language.empty())
      add(properties, kWord, "lang", {{&kWord, is_right_to_left ? "bidi" : "val", with_country(language).tag()}});
  }
  for (std::size_t at = 0;;) {
    const auto end = std::min(text.find_first_of("\n\t", at), text.size());
    if (end > at) add_with_text(run, kWord, "t", text.substr(at, end - at), {{&kXml, "space", "preserve"}});
    if (end == text.size()) return;
    add(run, kWord, text[end] == '\n' ? "br" : "tab");
    at = end + 1;
  }
}

void WordBody::cell_mark(xmlNodePtr in, const report::Run& run) {
  auto* const control = add(in, kWord, "sdt");
  auto* const properties = add(control, kWord, "sdtPr");
  value(properties, "alias", tag_of(run.cell));
  value(properties, "tag", tag_of(run.cell));
  value(properties, "id", std::to_string(++controls_));
  words(add(control, kWord, "sdtContent"), run.text, false, run.language);
}

void WordBody::write(const report::Paragraph& block) {
  auto* const made = paragraph(before_last("p"), style_of(block.kind));
  const bool is_plain_mark = block.kind == report::Paragraph::Kind::mark && styles_.mark.empty();
  for (const auto& run : block.runs) {
    if (run.cell.empty())
      words(made, run.text, is_plain_mark, run.language);
    else
      cell_mark(made, run);
  }
}

void WordBody::row(xmlNodePtr table, const std::vector<std::string>& cells, const std::vector<int>& shares,
                   bool is_head) const {
  auto* const made = add(table, kWord, "tr");
  auto* const properties = add(made, kWord, "trPr");
  add(properties, kWord, "cantSplit");
  if (is_head) add(properties, kWord, "tblHeader");
  for (std::size_t i = 0; i < shares.size(); ++i) {
    auto* const cell = add(made, kWord, "tc");
    add(add(cell, kWord, "tcPr"), kWord, "tcW",
        {{&kWord, "w", std::to_string(shares[i] * kFullWidth / 1000)}, {&kWord, "type", "pct"}});
    auto* const inside = paragraph(add(cell, kWord, "p"), "", is_head);
    if (i < cells.size() && !cells[i].empty()) words(inside, cells[i], is_head && styles_.table.empty());
  }
}

void WordBody::write(const report::Table& table) {
  if (!table.caption.empty()) words(paragraph(before_last("p"), styles_.caption, true), table.caption);
  const auto shares = column_shares(table);
  auto* const made = before_last("tbl");
  auto* const properties = add(made, kWord, "tblPr");
  if (!styles_.table.empty()) value(properties, "tblStyle", styles_.table);
  if (is_right_to_left_) add(properties, kWord, "bidiVisual");
  add(properties, kWord, "tblW", {{&kWord, "w", std::to_string(kFullWidth)}, {&kWord, "type", "pct"}});
  if (styles_.table.empty()) lines_around(properties);
  add(properties, kWord, "tblLook",
      {{&kWord, "val", "0020"},
       {&kWord, "firstRow", "1"},
       {&kWord, "lastRow", "0"},
       {&kWord, "firstColumn", "0"},
       {&kWord, "lastColumn", "0"},
       {&kWord, "noHBand", "0"},
       {&kWord, "noVBand", "1"}});
  if (!table.caption.empty()) value(properties, "tblCaption", table.caption);
  auto* const grid = add(made, kWord, "tblGrid");
  for (const int share : shares)
    add(grid, kWord, "gridCol", {{&kWord, "w", std::to_string(share * kTextTwips / 1000)}});
  row(made, table.head, shares, true);
  for (const auto& cells : table.rows) row(made, cells, shares, false);
}

void put_mark_first(xmlNodePtr header, const std::string& mark, const WordStyles& styles) {
  auto* const made = add(header, kWord, "p");
  auto* const properties = add(made, kWord, "pPr");
  if (styles.mark.empty())
    value(properties, "jc", "center");
  else
    value(properties, "pStyle", styles.mark);
  auto* const run = add(made, kWord, "r");
  if (styles.mark.empty()) add(add(run, kWord, "rPr"), kWord, "b");
  add_with_text(run, kWord, "t", mark, {{&kXml, "space", "preserve"}});
  if (header->children == made) return;
  auto* const first = header->children;
  xmlUnlinkNode(made);
  xmlAddPrevSibling(first, made);
}

}  // namespace perspective::documents

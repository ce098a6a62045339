#include <map>
#include <set>

#include "documents/documents.h"
#include "documents/layout.h"
#include "documents/odf.h"
#include "text/catalogue.h"

namespace perspective::documents {
namespace {

constexpr const char* kStyles = "styles.xml";

const char* style_of(report::Paragraph::Kind kind) {
  switch (kind) {
    case report::Paragraph::Kind::mark:
      return "PerspectiveMark";
    case report::Paragraph::Kind::title:
      return "Title";
    case report::Paragraph::Kind::heading:
      return "Heading_20_1";
    case report::Paragraph::Kind::note:
      return "PerspectiveNote";
    case report::Paragraph::Kind::text:
      break;
  }
  return "Text_20_body";
}

class OdtBody {
 public:
  OdtBody(xmlNodePtr automatic_styles, xmlNodePtr text) : styles_(automatic_styles), text_(text) {}

  void write(const report::Block& block) {
    if (const auto* const table = std::get_if<report::Table>(&block)) return write(*table);
    write(std::get<report::Paragraph>(block));
  }

 private:
  xmlNodePtr paragraph(xmlNodePtr parent, const char* style) {
    return add(parent, kText, "p", {{&kText, "style-name", style}});
  }

  // A bookmark's name is there once; of a figure that is stated again the second is "cell (2)".
  std::string bookmark_of(const std::string& cell) {
    const int times = ++cells_[cell];
    return times == 1 ? cell : cell + " (" + std::to_string(times) + ")";
  }

  // Where words of another language stand.
  xmlNodePtr in_language(xmlNodePtr parent, const std::string& language) {
    const auto name = "PerspectiveLanguage-" + language;
    if (languages_.insert(language).second) {
      auto* const style = add(styles_, kStyle, "style", {{&kStyle, "name", name}, {&kStyle, "family", "text"}});
      set_odf_language(add(style, kStyle, "text-properties"), language);
    }
    return add(parent, kText, "span", {{&kText, "style-name", name}});
  }

  void write(const report::Paragraph& block) {
    const bool is_heading = block.kind == report::Paragraph::Kind::heading;
    auto* const made = is_heading ? add(text_, kText, "h",
                                        {{&kText, "style-name", style_of(block.kind)}, {&kText, "outline-level", "1"}})
                                  : paragraph(text_, style_of(block.kind));
    OdfWords words(made);
    for (const auto& run : block.runs) {
      if (!run.language.empty()) words.into(in_language(made, run.language));
      if (run.cell.empty()) {
        words.add(run.text);
        words.into(made);
        continue;
      }
      const auto name = bookmark_of(run.cell);
      add(made, kText, "bookmark-start", {{&kText, "name", name}});
      words.add(run.text);
      words.into(made);
      add(made, kText, "bookmark-end", {{&kText, "name", name}});
    }
  }

  void row(xmlNodePtr parent, const std::vector<std::string>& cells, std::size_t columns, bool is_head) {
    auto* const made = add(parent, kTable, "table-row");
    for (std::size_t i = 0; i < columns; ++i) {
      auto* const cell = add(made, kTable, "table-cell",
                             {{&kTable, "style-name", is_head ? "PerspectiveHead" : "PerspectiveCell"},
                              {&kOffice, "value-type", "string"}});
      OdfWords words(paragraph(cell, is_head ? "Table_20_Heading" : "Table_20_Contents"));
      if (i < cells.size()) words.add(cells[i]);
    }
  }

  void add_style(const char* family, const std::string& name, const char* properties, const char* attribute,
                 const std::string& value) {
    auto* const style = add(styles_, kStyle, "style", {{&kStyle, "name", name}, {&kStyle, "family", family}});
    add(style, kStyle, properties, {{&kStyle, attribute, value}});
  }

  void write(const report::Table& table) {
    const auto name = "Table" + std::to_string(++tables_);
    if (!table.caption.empty()) OdfWords(paragraph(text_, "Caption")).add(table.caption);
    add_style("table", name, "table-properties", "rel-width", "100%");
    auto* const made = add(text_, kTable, "table", {{&kTable, "name", name}, {&kTable, "style-name", name}});
    if (!table.caption.empty()) add_with_text(made, kTable, "title", table.caption);
    const auto shares = column_shares(table);
    for (std::size_t i = 0; i < shares.size(); ++i) {
      const auto column = name + "." + std::to_string(i + 1);
      add_style("table-column", column, "table-column-properties", "rel-column-width", std::to_string(shares[i]) + "*");
      add(made, kTable, "table-column", {{&kTable, "style-name", column}});
    }
    row(add(made, kTable, "table-header-rows"), table.head, shares.size(), true);
    for (const auto& cells : table.rows) row(made, cells, shares.size(), false);
  }

  xmlNodePtr styles_;
  xmlNodePtr text_;
  std::map<std::string, int> cells_;
  std::set<std::string> languages_;
  int tables_ = 0;
};

std::string content_of(const report::Document& document) {
  const XmlTree tree(kOffice, "document-content", {&kStyle, &kText, &kTable, &kFo});
  set(tree.root(), {&kOffice, "version", kOdfVersion});
  auto* const styles = add(tree.root(), kOffice, "automatic-styles");
  auto* const text = add(add(tree.root(), kOffice, "body"), kOffice, "text");
  OdtBody body(styles, text);
  for (const auto& block : document.blocks)
    if (!repeats_page_mark(document, block)) body.write(block);
  return tree.text();
}

// Before what is there already.
void put_mark(xmlNodePtr page, const char* where, const std::string& mark) {
  auto* part = child(page, kStyle, where);
  if (part == nullptr) {
    part = add(page, kStyle, where);
    if (where == std::string_view("header") && page->children != part) {  // it stands before the foot
      xmlUnlinkNode(part);
      xmlAddPrevSibling(page->children, part);
    }
  }
  auto* const made = add(part, kText, "p", {{&kText, "style-name", "PerspectiveMark"}});
  OdfWords(made).add(mark);
  if (part->children == made) return;
  xmlUnlinkNode(made);
  xmlAddPrevSibling(part->children, made);
}

Result<std::string> styles_for(const report::Document& document, const std::string& styles) {
  const auto tree = XmlTree::parse(styles);
  if (!tree) return in_context(kStyles, tree.error());
  for (auto* style : descendants(tree->root(), kStyle, "default-style")) {
    if (value_of(style, &kStyle, "family") != "paragraph") continue;
    if (auto* const words = child(style, kStyle, "text-properties"); words != nullptr)
      set_odf_language(words, document.language);
    if (auto* const lines = child(style, kStyle, "paragraph-properties"); lines != nullptr)
      set(lines, {&kStyle, "writing-mode", text::is_right_to_left(document.language) ? "rl-tb" : "lr-tb"});
  }
  if (!document.page_mark.empty()) {
    for (auto* page : descendants(tree->root(), kStyle, "master-page")) {
      put_mark(page, "header", document.page_mark);
      put_mark(page, "footer", document.page_mark);
    }
  }
  return tree->text();
}

}  // namespace

Result<Bytes> odt(const report::Document& document, const Parts& parts) {
  const auto found = parts.find(kStyles);
  if (found == parts.end()) return fail(ErrorCode::invalid, "the styles of an OpenDocument text are not there");
  auto styles = styles_for(document, found->second);
  if (!styles) return std::unexpected(styles.error());
  return odf_file(kOdtMediaType, {{kStyles, *std::move(styles)}, {"content.xml", content_of(document)}}, document.title,
                  document.language);
}

}  // namespace perspective::documents

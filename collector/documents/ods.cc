#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "documents/odf.h"
#include "documents/row_heights.h"
#include "documents/workbook.h"

namespace perspective::documents {
namespace {

constexpr Namespace kConfig{"urn:oasis:names:tc:opendocument:xmlns:config:1.0", "config"};
constexpr Namespace kViews{"http://openoffice.org/2004/office", "ooo"};  // named in a value, not by a name
constexpr double kCmForCharacter = 0.19;                                 // a figure of Arial at 10 points

std::size_t head_row_of(const Sheet& sheet) { return (sheet.mark.empty() ? 0 : 1) + (sheet.heading.empty() ? 0 : 1); }

std::string column_letters(std::size_t column) {
  std::string letters;
  for (++column; column > 0; column = (column - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
  return letters;
}

class Content {
 public:
  Content() : tree_(kOffice, "document-content", {&kStyle, &kText, &kTable, &kFo}) {
    set(tree_.root(), {&kOffice, "version", kOdfVersion});
    styles_ = add(tree_.root(), kOffice, "automatic-styles");
    spreadsheet_ = add(add(tree_.root(), kOffice, "body"), kOffice, "spreadsheet");
  }

  void write(const Sheet& sheet, const std::string& name, std::size_t number) {
    const auto style = "Sheet" + std::to_string(number);
    auto* const look = named(style, "table");
    set(look, {&kStyle, "master-page-name", style});
    add(look, kStyle, "table-properties", {{&kTable, "display", "true"}});
    auto* const table = add(spreadsheet_, kTable, "table", {{&kTable, "name", name}, {&kTable, "style-name", style}});
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
      const auto column = fmt::format("{}.{}", style, i + 1);
      add(named(column, "table-column"), kStyle, "table-column-properties",
          {{&kStyle, "column-width", fmt::format("{:.2f}cm", sheet.columns[i].width * kCmForCharacter + 0.2)}});
      add(table, kTable, "table-column", {{&kTable, "style-name", column}});
    }
    if (!sheet.mark.empty()) text(row_in(table, kMarkHeight), sheet.mark, "Mark");
    if (!sheet.heading.empty()) text(row_in(table, kHeadingHeight), sheet.heading, "Heading");
    auto* const head = row_in(add(table, kTable, "table-header-rows"), height_of_head(sheet.columns));
    for (const auto& column : sheet.columns) text(head, column.head, column.is_number ? "NumberHead" : "Head");
    for (const auto& row : sheet.rows) {
      auto* const made = row_in(table, height_of(row, sheet.columns));
      for (const auto& cell : row) write(made, cell);
      if (row.empty()) add(made, kTable, "table-cell");
    }
    if (!sheet.rows.empty() && sheet.is_data) ranges_.push_back(range_of(sheet, name));
  }

  std::string text() {
    if (!ranges_.empty()) {
      auto* const all = add(spreadsheet_, kTable, "database-ranges");
      for (std::size_t i = 0; i < ranges_.size(); ++i)
        add(all, kTable, "database-range",
            {{&kTable, "name", fmt::format("Table{}", i + 1)},
             {&kTable, "target-range-address", ranges_[i]},
             {&kTable, "display-filter-buttons", "true"}});
    }
    return tree_.text();
  }

 private:
  // One style for each height.
  xmlNodePtr row_in(xmlNodePtr parent, double height) {
    const auto name = fmt::format("Row{:.0f}", height * 10);
    if (heights_.insert(name).second)
      add(named(name, "table-row"), kStyle, "table-row-properties",
          {{&kStyle, "row-height", fmt::format("{:.1f}pt", height)}, {&kStyle, "use-optimal-row-height", "false"}});
    return add(parent, kTable, "table-row", {{&kTable, "style-name", name}});
  }

  xmlNodePtr named(const std::string& name, const char* family) {
    return add(styles_, kStyle, "style", {{&kStyle, "name", name}, {&kStyle, "family", family}});
  }

  void text(xmlNodePtr row, const std::string& words, const char* style) {
    auto* const cell = add(row, kTable, "table-cell", {{&kTable, "style-name", style}});
    if (words.empty()) return;
    set(cell, {&kOffice, "value-type", "string"});
    // A line of a cell is a paragraph: LibreOffice Calc knows no other break.
    for (std::size_t at = 0; at <= words.size();) {
      const auto end = std::min(words.find('\n', at), words.size());
      OdfWords(add(cell, kText, "p")).add(std::string_view(words).substr(at, end - at));
      at = end + 1;
    }
  }

  void number(xmlNodePtr row, const std::string& value, const char* style) {
    auto* const cell =
        add(row, kTable, "table-cell",
            {{&kTable, "style-name", style}, {&kOffice, "value-type", "float"}, {&kOffice, "value", value}});
    add_with_text(cell, kText, "p", value);
  }

  void write(xmlNodePtr row, const Cell& cell) {
    if (const auto* words = std::get_if<std::string>(&cell)) return text(row, *words, "Words");
    if (const auto* whole = std::get_if<std::int64_t>(&cell)) return number(row, std::to_string(*whole), "Number");
    if (const auto* decimal = std::get_if<double>(&cell)) return number(row, fmt::format("{}", *decimal), "Decimal");
    add(row, kTable, "table-cell");
  }

  static std::string range_of(const Sheet& sheet, const std::string& name) {
    std::string quoted = "'";
    for (const char letter : name) quoted += letter == '\'' ? "''" : std::string(1, letter);
    const auto head = head_row_of(sheet) + 1;
    return fmt::format("{}'.A{}:{}'.{}{}", quoted, head, quoted, column_letters(sheet.columns.size() - 1),
                       head + sheet.rows.size());
  }

  XmlTree tree_;
  xmlNodePtr styles_ = nullptr;
  xmlNodePtr spreadsheet_ = nullptr;
  std::vector<std::string> ranges_;
  std::set<std::string> heights_;
};

xmlNodePtr cell_style(xmlNodePtr styles, const char* name, std::initializer_list<Attribute> cell,
                      std::initializer_list<Attribute> words, const char* align = nullptr) {
  auto* const style = add(styles, kStyle, "style", {{&kStyle, "name", name}, {&kStyle, "family", "table-cell"}});
  add(style, kStyle, "table-cell-properties", cell);
  if (align != nullptr) add(style, kStyle, "paragraph-properties", {{&kFo, "text-align", align}});
  if (words.size() > 0) add(style, kStyle, "text-properties", words);
  return style;
}

void add_cell_styles(xmlNodePtr styles) {
  const Attribute top{&kStyle, "vertical-align", "top"};
  const Attribute wraps{&kFo, "wrap-option", "wrap"};
  const Attribute bold{&kFo, "font-weight", "bold"};
  cell_style(styles, "Mark", {top}, {bold, {&kFo, "color", "#9b1c1c"}});
  cell_style(styles, "Heading", {top}, {bold, {&kFo, "font-size", "14pt"}});
  for (const auto& [name, align] : {std::pair("Head", "start"), {"NumberHead", "end"}})
    cell_style(styles, name,
               {top, wraps, {&kFo, "background-color", "#e6ebf2"}, {&kFo, "border-bottom", "0.5pt solid #1d3557"}},
               {bold}, align);
  cell_style(styles, "Words", {top, wraps}, {}, "start");
  cell_style(styles, "Number", {top}, {}, "end");
  cell_style(styles, "Decimal", {top}, {}, "end");
}

void add_page(xmlNodePtr layouts, xmlNodePtr masters, const Sheet& sheet, const std::string& title,
              std::size_t number) {
  const auto name = "Sheet" + std::to_string(number);
  auto* const layout = add(layouts, kStyle, "page-layout", {{&kStyle, "name", name}});
  add(layout, kStyle, "page-layout-properties",
      {{&kFo, "page-width", "29.7cm"},
       {&kFo, "page-height", "21cm"},
       {&kStyle, "print-orientation", "landscape"},
       {&kFo, "margin-top", "1.2cm"},
       {&kFo, "margin-bottom", "1.2cm"},
       {&kFo, "margin-left", "1.5cm"},
       {&kFo, "margin-right", "1.5cm"},
       {&kStyle, "scale-to-X", "1"},
       {&kStyle, "scale-to-Y", "0"}});
  for (const char* part : {"header-style", "footer-style"})
    add(add(layout, kStyle, part), kStyle, "header-footer-properties", {{&kFo, "min-height", "0.8cm"}});
  auto* const master =
      add(masters, kStyle, "master-page", {{&kStyle, "name", name}, {&kStyle, "page-layout-name", name}});
  auto* const header = add(master, kStyle, "header");
  auto* const footer = add(master, kStyle, "footer");
  const auto region = [](xmlNodePtr part, const char* where) { return add(add(part, kStyle, where), kText, "p"); };
  OdfWords(region(header, "region-center")).add(sheet.mark.empty() ? title : sheet.mark);
  if (!sheet.mark.empty()) OdfWords(region(footer, "region-center")).add(sheet.mark);
  add_with_text(region(footer, sheet.mark.empty() ? "region-center" : "region-right"), kText, "page-number", "1");
}

std::string styles_of(const Workbook& workbook) {
  const XmlTree tree(kOffice, "document-styles", {&kStyle, &kText, &kTable, &kFo});
  set(tree.root(), {&kOffice, "version", kOdfVersion});
  auto* const styles = add(tree.root(), kOffice, "styles");
  auto* const usual = add(styles, kStyle, "default-style", {{&kStyle, "family", "table-cell"}});
  auto* const words =
      add(usual, kStyle, "text-properties", {{&kFo, "font-family", "Arial"}, {&kFo, "font-size", "10pt"}});
  set_odf_language(words, workbook.language);
  add_cell_styles(styles);
  auto* const layouts = add(tree.root(), kOffice, "automatic-styles");
  auto* const masters = add(tree.root(), kOffice, "master-styles");
  for (std::size_t i = 0; i < workbook.sheets.size(); ++i)
    add_page(layouts, masters, workbook.sheets[i], workbook.title, i + 1);
  return tree.text();
}

// The head stays in sight: a setting of the view of each sheet.
std::string settings_of(const Workbook& workbook, const std::vector<std::string>& names) {
  const XmlTree tree(kOffice, "document-settings", {&kConfig, &kViews});
  set(tree.root(), {&kOffice, "version", kOdfVersion});
  const auto node = [](xmlNodePtr parent, const char* kind, const char* name) {
    auto* const made = add(parent, kConfig, kind);
    if (name != nullptr) set(made, {&kConfig, "name", name});
    return made;
  };
  auto* const set_of = node(add(tree.root(), kOffice, "settings"), "config-item-set", "ooo:view-settings");
  auto* const views = node(set_of, "config-item-map-indexed", "Views");
  auto* const view = node(views, "config-item-map-entry", nullptr);
  auto* const sheets = node(view, "config-item-map-named", "Tables");
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto below = std::to_string(head_row_of(workbook.sheets[i]) + 1);
    auto* const sheet = node(sheets, "config-item-map-entry", names[i].c_str());
    for (const auto& [name, value] : {std::pair("VerticalSplitMode", std::string("2")),
                                      {"VerticalSplitPosition", below},
                                      {"PositionBottom", below},
                                      {"ActiveSplitRange", std::string("2")}}) {
      const bool is_long =
          name == std::string_view("VerticalSplitPosition") || name == std::string_view("PositionBottom");
      add_with_text(sheet, kConfig, "config-item", value,
                    {{&kConfig, "name", name}, {&kConfig, "type", is_long ? "int" : "short"}});
    }
  }
  return tree.text();
}

}  // namespace

Result<Bytes> ods(const Workbook& workbook) {
  const auto names = sheet_names(workbook);
  Content content;
  for (std::size_t i = 0; i < names.size(); ++i) content.write(workbook.sheets[i], names[i], i + 1);
  return odf_file(kOdsMediaType,
                  {{"content.xml", content.text()},
                   {"styles.xml", styles_of(workbook)},
                   {"settings.xml", settings_of(workbook, names)}},
                  workbook.title, workbook.language);
}

}  // namespace perspective::documents

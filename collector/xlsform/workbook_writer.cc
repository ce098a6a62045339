// The few parts that every program which opens workbooks asks for. Cells are inline texts: no number is ever meant, and
// "1" stays the name that it is.
#include <fmt/format.h>

#include "archive/archive.h"
#include "xlsform/workbook.h"
#include "xlsform/xml.h"

namespace perspective::xlsform {
namespace {

constexpr std::string_view kHead = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view kMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr std::string_view kPackage = "http://schemas.openxmlformats.org/package/2006";
constexpr std::string_view kDocument = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr std::string_view kType = "application/vnd.openxmlformats-officedocument.spreadsheetml";

std::string content_types(std::size_t sheets) {
  std::string xml = fmt::format(
      "{}<Types xmlns=\"{}/content-types\"><Default Extension=\"rels\" "
      "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
      "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
      "<Override PartName=\"/xl/workbook.xml\" ContentType=\"{}.sheet.main+xml\"/>"
      "<Override PartName=\"/xl/styles.xml\" ContentType=\"{}.styles+xml\"/>",
      kHead, kPackage, kType, kType);
  for (std::size_t i = 1; i <= sheets; ++i) {
    xml +=
        fmt::format("<Override PartName=\"/xl/worksheets/sheet{}.xml\" ContentType=\"{}.worksheet+xml\"/>", i, kType);
  }
  return xml + "</Types>";
}

std::string relation(std::size_t id, std::string_view type, const std::string& target) {
  return fmt::format("<Relationship Id=\"rId{}\" Type=\"{}/{}\" Target=\"{}\"/>", id, kDocument, type, target);
}

std::string relations(const std::string& all) {
  return fmt::format("{}<Relationships xmlns=\"{}/relationships\">{}</Relationships>", kHead, kPackage, all);
}

// A bold heading, and lines that break within a cell.
std::string styles() {
  return fmt::format(
      "{}<styleSheet xmlns=\"{}\"><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
      "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
      "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/>"
      "</fill></fills><borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
      "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
      "<cellXfs count=\"2\"><xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" "
      "applyNumberFormat=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>"
      "<xf numFmtId=\"49\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" "
      "applyFont=\"1\"/></cellXfs></styleSheet>",
      kHead, kMain);
}

std::string rows_of(const Sheet& sheet) {
  std::string xml;
  for (const Row& row : sheet.rows) {
    xml += fmt::format("<row r=\"{}\">", row.number);
    for (const auto& [column, text] : row.cells) {
      xml += fmt::format("<c r=\"{}{}\" s=\"{}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                         column_letters(column), row.number, &row == &sheet.rows.front() ? 1 : 0, escaped_xml(text));
    }
    xml += "</row>";
  }
  return xml;
}

std::string sheet_part(const Sheet& sheet) {
  constexpr std::string_view kFrozenHeading =
      "<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" "
      "state=\"frozen\"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/>"
      "<cols><col min=\"1\" max=\"30\" width=\"28\" customWidth=\"1\"/></cols>";
  return fmt::format("{}<worksheet xmlns=\"{}\">{}<sheetData>{}</sheetData></worksheet>", kHead, kMain, kFrozenHeading,
                     rows_of(sheet));
}

}  // namespace

Result<Bytes> write_workbook(const Workbook& workbook) {
  std::map<std::string, std::string> parts;
  std::string sheets;
  std::string links;
  std::size_t id = 0;
  for (const Sheet& sheet : workbook.sheets) {
    ++id;
    const std::string target = fmt::format("worksheets/sheet{}.xml", id);
    sheets += fmt::format("<sheet name=\"{}\" sheetId=\"{}\" r:id=\"rId{}\"/>", escaped_xml(sheet.name), id, id);
    links += relation(id, "worksheet", target);
    parts["xl/" + target] = sheet_part(sheet);
  }
  links += relation(id + 1, "styles", "styles.xml");
  parts["[Content_Types].xml"] = content_types(workbook.sheets.size());
  parts["_rels/.rels"] = relations(relation(1, "officeDocument", "xl/workbook.xml"));
  parts["xl/_rels/workbook.xml.rels"] = relations(links);
  parts["xl/styles.xml"] = styles();
  parts["xl/workbook.xml"] = fmt::format("{}<workbook xmlns=\"{}\" xmlns:r=\"{}\"><sheets>{}</sheets></workbook>",
                                         kHead, kMain, kDocument, sheets);
  return archive::write_archive(parts);
}

}  // namespace perspective::xlsform

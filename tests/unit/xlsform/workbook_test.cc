// Workbooks as spreadsheets write them, and as somebody does who means harm.
#include "xlsform/workbook.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "archive/archive.h"
#include "unit/xlsform/forms.h"

namespace perspective::xlsform {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

using Parts = std::map<std::string, std::string>;

constexpr std::string_view kMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr std::string_view kDocument = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

std::string relation(const std::string& id, const std::string& type, const std::string& target) {
  return "<Relationship Id=\"" + id + "\" Type=\"" + std::string(kDocument) + "/" + type + "\" Target=\"" + target +
         "\"/>";
}
std::string relations(const std::string& all) {
  return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + all +
         "</Relationships>";
}
std::string worksheet(const std::string& rows) {
  return "<worksheet xmlns=\"" + std::string(kMain) + "\"><sheetData>" + rows + "</sheetData></worksheet>";
}

// A workbook as Excel lays it out, with one sheet.
Parts parts(const std::string& rows, const std::string& shared = {}) {
  return {
      {"_rels/.rels", relations(relation("rId1", "officeDocument", "xl/workbook.xml"))},
      {"xl/_rels/workbook.xml.rels", relations(relation("rId1", "worksheet", "worksheets/sheet1.xml") +
                                               relation("rId2", "sharedStrings", "/xl/sharedStrings.xml"))},
      {"xl/workbook.xml", "<workbook xmlns=\"" + std::string(kMain) + "\" xmlns:r=\"" + std::string(kDocument) +
                              "\"><sheets><sheet name=\"Survey\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"},
      {"xl/sharedStrings.xml", "<sst xmlns=\"" + std::string(kMain) + "\">" + shared + "</sst>"},
      {"xl/worksheets/sheet1.xml", worksheet(rows)}};
}

Result<Workbook> read(const Parts& all) {
  const auto file = archive::write_archive(all);
  EXPECT_TRUE(file);
  return read_workbook(*file, {"survey"});
}
std::string refusal(const Parts& all) {
  const auto workbook = read(all);
  return workbook ? "taken" : workbook.error().what;
}

TEST(Workbook, IsReadAsExcelWritesIt) {
  const auto workbook = read(parts(
      "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"C2\"><v>1.0</v></c><c r=\"D2\" t=\"b\"><v>1</v></c></row>"
      "<row r=\"5\"><c r=\"AA5\" t=\"str\"><f>A2</f><v>as it came out</v></c><c r=\"AB5\"><v>0.5</v></c>"
      "<c r=\"AC5\" t=\"inlineStr\"><is><r><t>two </t></r><r><t>runs</t></r></is></c></row>",
      "<si><t>unused</t></si><si><r><t>rich</t></r><r><t xml:space=\"preserve\"> text_x000D_&#10;</t></r>"
      "<rPh sb=\"0\" eb=\"1\"><t>aside</t></rPh></si>"));
  ASSERT_TRUE(workbook) << workbook.error().what;
  const auto& rows = workbook->sheets.at(0).rows;
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].number, 2U);
  EXPECT_THAT(rows[0].cells, ElementsAre(Pair(0, "rich text\n"), Pair(2, "1"), Pair(3, "TRUE")));
  EXPECT_EQ(rows[1].number, 5U);
  EXPECT_THAT(rows[1].cells, ElementsAre(Pair(26, "as it came out"), Pair(27, "0.5"), Pair(28, "two runs")));
}

TEST(Workbook, ComesBackAsItWasWrittenAndAlwaysInTheSameBytes) {
  const Workbook written{
      {sheet("survey", {{"a", "", "<&>\"'"}, {"1", "two\nlines", " \xC5\xB5 "}}), sheet("more", {})}};
  const auto file = write_workbook(written);
  ASSERT_TRUE(file);
  EXPECT_EQ(*file, *write_workbook(written));
  const auto read = read_workbook(*file, {"survey", "more"});
  ASSERT_TRUE(read) << read.error().what;
  ASSERT_EQ(read->sheets.size(), 2U);
  ASSERT_EQ(read->sheets[0].rows.size(), 2U);
  EXPECT_THAT(read->sheets[0].rows[0].cells, ElementsAre(Pair(0, "a"), Pair(2, "<&>\"'")));
  EXPECT_THAT(read->sheets[0].rows[1].cells, ElementsAre(Pair(0, "1"), Pair(1, "two\nlines"), Pair(2, " \xC5\xB5 ")));
}

TEST(Workbook, OfASheetThatNobodyWantsHasTheNameAlone) {
  Parts all = parts("<row><c t=\"e\"><v>#REF!</v></c></row>");
  const auto file = archive::write_archive(all);
  const auto workbook = read_workbook(*file, {"choices"});
  ASSERT_TRUE(workbook);
  EXPECT_EQ(workbook->sheets.at(0).name, "Survey");
  EXPECT_FALSE(workbook->sheets.at(0).is_read);
}

TEST(HostileWorkbook, IsRefusedWithASentence) {
  const std::string cell = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row>";
  EXPECT_THAT(refusal(parts(cell)), HasSubstr("names a text in A1 that is not there"));
  EXPECT_THAT(refusal(parts("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>-1</v></c></row>", "<si><t>a</t></si>")),
              HasSubstr("names a text in A1"));
  EXPECT_THAT(refusal(parts("<row r=\"1\"><c r=\"B1\" t=\"e\"><v>#NAME?</v></c></row>")),
              HasSubstr("the sheet Survey: holds an error in B1 (#NAME?)"));
  EXPECT_THAT(refusal(parts("<row r=\"1\"><c r=\"B1\"><f>A1</f></c></row>")),
              HasSubstr("a formula without its result"));
  EXPECT_THAT(refusal(parts("<row r=\"1\"><c r=\"A1\" t=\"odd\"><v>1</v></c></row>")), HasSubstr("of a kind"));
  EXPECT_THAT(refusal(parts("<row r=\"2\"/><row r=\"1\"/>")), HasSubstr("out of order"));
  EXPECT_THAT(refusal(parts("<row r=\"1\"><c r=\"A99999999\"><v>1</v></c></row>")), HasSubstr("place cannot be read"));
  EXPECT_THAT(refusal(parts("<c r=\"A1\"><v>1</v></c>")), HasSubstr("outside any row"));
  EXPECT_THAT(refusal(parts("<row r=\"1\"><c")), HasSubstr("cannot be read, line 1"));
  EXPECT_THAT(refusal({{"a", "b"}}), HasSubstr("is no workbook"));
}

TEST(HostileWorkbook, HasNoEntities) {
  Parts all = parts("");
  all["xl/worksheets/sheet1.xml"] =
      "<!DOCTYPE a [<!ENTITY x \"xxxxxxxxxx\"><!ENTITY y SYSTEM \"file:///etc/passwd\">]>" +
      worksheet("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>&x;&y;</v></c></row>");
  EXPECT_THAT(refusal(all), HasSubstr("has a document type"));
}

TEST(HostileWorkbook, ThatUnpacksToTooMuchIsRefusedWhileItUnpacks) {
  Parts all = parts("");
  all["xl/worksheets/sheet1.xml"] = worksheet(std::string(kMaxPartBytes, ' '));
  const auto bomb = archive::write_archive(all);
  ASSERT_TRUE(bomb);
  EXPECT_LT(bomb->size(), 200U * 1024);
  EXPECT_THAT(refusal(all), HasSubstr("unpacks to over 32 MB"));
}

TEST(HostileWorkbook, CannotRepeatOneLongTextForEver) {
  std::string rows;
  for (int i = 1; i <= 500; ++i) {
    rows += "<row r=\"" + std::to_string(i) + "\"><c t=\"s\"><v>0</v></c></row>";
  }
  EXPECT_THAT(refusal(parts(rows, "<si><t>" + std::string(100000, 'x') + "</t></si>")), HasSubstr("more cells than"));
  EXPECT_THAT(refusal(parts("<row><c t=\"s\"><v>0</v></c></row>",
                            "<si><t>" + std::string(kMaxCellBytes + 1, 'x') + "</t></si>")),
              HasSubstr("more in cell A1 than"));
}

TEST(HostileWorkbook, HasNoMoreCellsThanAForm) {
  std::string row;
  for (int i = 0; i < 1000; ++i) row += "<c><v>1</v></c>";
  std::string rows;
  for (int i = 0; i < 201; ++i) rows += "<row>" + row + "</row>";
  EXPECT_THAT(refusal(parts(rows)), HasSubstr("more cells than a form can"));
}

TEST(HostileWorkbook, NestsNothingForEver) {
  std::string deep;
  for (int i = 0; i < 1000; ++i) deep += "<x>";
  EXPECT_THAT(refusal(parts(deep)), HasSubstr("nested deeper"));
}

TEST(HostileWorkbook, WithManyPartsIsRefused) {
  Parts all = parts("");
  for (std::size_t i = 0; i <= kMaxParts; ++i) all["p" + std::to_string(i)] = "";
  EXPECT_THAT(refusal(all), HasSubstr("more than 2000 parts"));
}

TEST(HostileWorkbook, ThatIsSomethingElseIsNamed) {
  const std::vector<std::uint8_t> old{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};
  EXPECT_THAT(read_workbook(old, {}).error().what, HasSubstr("an old .xls file, or protected by a password"));
  EXPECT_THAT(read_workbook(as_bytes("type,name,label"), {}).error().what, HasSubstr("is no .xlsx file"));
  EXPECT_THAT(read_workbook({}, {}).error().what, HasSubstr("is no workbook"));
  EXPECT_THAT(read_workbook(Bytes(kMaxFileBytes + 1), {}).error().what, HasSubstr("more than 8 MB"));
}

// What a fuzzer does first, without one: every byte of a small file changed, and the file cut at every place.
TEST(HostileWorkbook, SpoiltAnywhereEndsInAnAnswer) {
  const auto file =
      archive::write_archive(parts("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>", "<si><t>a</t></si>"));
  ASSERT_TRUE(file);
  for (std::size_t i = 0; i < file->size(); ++i) {
    Bytes spoilt = *file;
    spoilt[i] ^= 0x5A;
    const auto changed = read_workbook(spoilt, {"survey"});
    EXPECT_TRUE(changed || !changed.error().what.empty());
    spoilt.resize(i);
    EXPECT_FALSE(read_workbook(spoilt, {"survey"}));
  }
}

TEST(Workbook, CountsColumnsInLetters) {
  EXPECT_EQ(column_letters(0), "A");
  EXPECT_EQ(column_letters(25), "Z");
  EXPECT_EQ(column_letters(26), "AA");
  EXPECT_EQ(column_letters(16383), "XFD");
}

}  // namespace
}  // namespace perspective::xlsform

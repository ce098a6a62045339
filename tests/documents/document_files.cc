// document_files FOLDER [TEMPLATE]: the reference case in every format and language, and beside each file what went
// into it as JSON: FOLDER/section.en.docx, .odt, .txt and section.en.json; release.en.xlsx, .ods, .csv, .codebook.csv,
// .json and release.en.expected.json; beside.en.xlsx and beside.en.given.json; and so on. With TEMPLATE, a .docx file,
// the texts are written with it.
#include <cstdio>
#include <fstream>

#include "documents/beside.h"
#include "documents/documents.h"
#include "documents/full_tables.h"
#include "documents/release_tables.h"
#include "support/source_folder.h"
#include "unit/report/draft_of.h"

namespace {

namespace rc = perspective::reference_case;
namespace documents = perspective::documents;
namespace report = perspective::report;
namespace json = boost::json;
using rc::unwrapped;

std::string folder;
std::string word_template;

void write(const std::string& name, std::string_view bytes) {
  std::ofstream(folder + "/" + name, std::ios::binary) << bytes;
}
void write(const std::string& name, const perspective::Bytes& bytes) { write(name, perspective::as_text(bytes)); }

documents::Parts own_parts(const std::string& name) {
  return unwrapped(documents::parts_in(std::string(perspective::kSourceFolder) + "/assets/report/" + name));
}

json::value as_json(const report::Block& block) {
  static constexpr const char* kKinds[] = {"mark", "title", "heading", "text", "note"};
  if (const auto* table = std::get_if<report::Table>(&block))
    return {{"kind", "table"},
            {"caption", table->caption},
            {"head", json::value_from(table->head)},
            {"rows", json::value_from(table->rows)}};
  const auto& paragraph = std::get<report::Paragraph>(block);
  json::array runs;
  for (const auto& run : paragraph.runs) runs.push_back({{"text", run.text}, {"cell", run.cell}});
  return {{"kind", kKinds[static_cast<int>(paragraph.kind)]}, {"runs", runs}};
}

void write_text(const report::Document& document, const std::string& stem) {
  json::array blocks;
  for (const auto& block : document.blocks) blocks.push_back(as_json(block));
  json::object expected{{"title", document.title},
                        {"language", document.language},
                        {"page_mark", document.page_mark},
                        {"blocks", blocks}};
  auto parts = own_parts("word");
  if (!word_template.empty()) parts = unwrapped(documents::read_template(perspective::as_bytes(word_template)));
  const auto word = unwrapped(documents::docx(document, parts));
  expected["remarks"] = json::value_from(word.remarks);
  write(stem + ".expected.json", json::serialize(expected));
  write(stem + ".docx", word.bytes);
  write(stem + ".odt", unwrapped(documents::odt(document, own_parts("odt"))));
  write(stem + ".txt", report::to_text(document));
}

json::value as_json(const documents::Cell& cell) {
  if (const auto* words = std::get_if<std::string>(&cell)) return json::value(*words);
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return json::value(*whole);
  if (const auto* decimal = std::get_if<double>(&cell)) return json::value(*decimal);
  return nullptr;
}

void write_workbook(const documents::Workbook& workbook, const std::string& stem) {
  json::array sheets;
  const auto names = documents::sheet_names(workbook);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto& sheet = workbook.sheets[i];
    json::array heads;
    for (const auto& column : sheet.columns) heads.emplace_back(column.head);
    json::array rows;
    for (const auto& row : sheet.rows) {
      json::array cells;
      for (const auto& cell : row) cells.push_back(as_json(cell));
      rows.push_back(cells);
    }
    sheets.push_back(
        {{"name", names[i]}, {"mark", sheet.mark}, {"heading", sheet.heading}, {"heads", heads}, {"rows", rows}});
  }
  write(stem + ".expected.json",
        json::serialize(json::object{{"title", workbook.title}, {"language", workbook.language}, {"sheets", sheets}}));
  const auto temporary = unwrapped(documents::MemoryFolder::make());
  write(stem + ".xlsx", unwrapped(documents::xlsx(workbook, temporary)));
  write(stem + ".ods", unwrapped(documents::ods(workbook)));
}

// What is awkward in a text: signs that XML has for itself, spaces, lines, letters of several bytes, a long cell.
report::Document awkward(const std::string& language) {
  using Kind = report::Paragraph::Kind;
  report::Document document{
      .title = "Awkward <&> \"texts\"", .language = language, .page_mark = "Mark <&> ŵ", .blocks = {}};
  const auto paragraph = [&](Kind kind, std::vector<report::Run> runs) {
    document.blocks.emplace_back(report::Paragraph{kind, std::move(runs)});
  };
  paragraph(Kind::title, {{"Awkward <&> \"texts\""}});
  paragraph(Kind::mark, {{"A mark within the text"}});
  paragraph(Kind::heading, {{"Ŵyn, ŷd a'r 'dyfynodau' – “quotes”"}});
  paragraph(
      Kind::text,
      {{"two  spaces,   three, a\ttab, a\nline; "}, {"12", "a/figure"}, {" and "}, {"12", "a/figure"}, {" again"}});
  paragraph(Kind::text, {{"=1+1", std::string(90, 'q') + "/a_finding_with_a_long_name"}, {" <b>&amp;</b> ]]> 😀"}});
  paragraph(Kind::note, {{"A note of one line"}});
  document.blocks.emplace_back(report::Table{.caption = "First <table>",
                                             .head = {"Name", "What is said & done", "Count"},
                                             .rows = {{"one", "more than half", "12"}, {"two\nlines", "", "-3"}}});
  document.blocks.emplace_back(report::Table{.caption = "", .head = {"Alone"}, .rows = {{"=SUM(A1:A2)"}}});
  return document;
}

documents::Workbook awkward_workbook() {
  const std::string formula = "=HYPERLINK(\"http://example.org\")";
  return {.title = "Awkward <&> workbook",
          .language = "en",
          .sheets = {{.name = "A name: far too long for [any] sheet/of these",
                      .mark = "Mark & <more>",
                      .heading = "A heading",
                      .columns = {{"Text", 30}, {"Whole", 10}, {"Decimal", 10}},
                      .rows = {{formula, std::int64_t{-12}, 0.1},
                               {"+1", std::int64_t{0}, 1234.5},
                               {"@SUM(1)"},
                               {"two  spaces\nand a line", documents::Cell(), 99.9},
                               {},
                               {"001", std::int64_t{7}}}},
                     {.name = "A name: far too long for [any] sheet of those",
                      .columns = {{"O'Brien's", 20}},
                      .rows = {{std::string("ŵ😀")}}}}};
}

void write_all(const std::string& language) {
  auto draft = report::croydon(language);
  const auto phrases = rc::phrases(language);
  write_text(unwrapped(report::full_document(draft.draft(), phrases)), "section." + language);
  write_text(awkward(language), "awkward." + language);

  std::vector<documents::Words> words;
  std::vector<perspective::release::Counted> counted;
  for (auto& chapter : draft.draft().chapters) {
    const auto& id = chapter.questionnaire->id;
    chapter.words = chapter.words.with(rc::catalogue_in("assets/questionnaires/" + id + "/texts", language));
    words.push_back({chapter.questionnaire, chapter.words});
    counted.push_back({chapter.questionnaire, chapter.tally});
  }
  write_workbook(unwrapped(documents::full_workbook(draft.draft(), phrases)), "full." + language);

  const std::vector<perspective::release::Override> overrides{
      {.questionnaire = "victims", .finding = "needs_considered", .by = "R. Price", .reason = "they agreed"}};
  const auto release = unwrapped(perspective::release::release_of("croydon-2012", counted, overrides));
  const auto tables = unwrapped(documents::release_tables(release, "Croydon", words, phrases));
  const auto stem = "release." + language;
  write_workbook(unwrapped(documents::release_workbook(tables, phrases)), stem);
  write(stem + ".csv", documents::release_csv(tables));
  write(stem + ".codebook.csv", unwrapped(documents::release_codebook(phrases)));
  write(stem + ".json", documents::release_json(tables, language));
  write(stem + ".frozen.json", perspective::release::to_json(release));

  const auto beside = documents::beside_others(tables, language);
  const auto other = "beside." + language;
  write_workbook(unwrapped(documents::programme_workbook(beside, phrases)), other);
  write(other + ".csv", documents::programme_csv(beside));
  write(other + ".json", unwrapped(documents::programme_json(beside, phrases)));
  write(other + ".given.json", json::serialize(documents::as_given(beside)));
}

}  // namespace

int main(int count, char** words) {
  if (count != 2 && count != 3) {
    std::fprintf(stderr, "usage: document_files FOLDER [TEMPLATE]\n");
    return 2;
  }
  folder = words[1];
  if (count == 3) word_template = unwrapped(perspective::read_text(words[2]));
  for (const char* language : {"en", "cy"}) write_all(language);
  write_workbook(awkward_workbook(), "awkward-workbook");
  return 0;
}

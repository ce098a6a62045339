#include "documents/programme_tables.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "documents/saying.h"
#include "exports/csv_text.h"

namespace perspective::documents {
namespace {

namespace json = boost::json;

constexpr std::int64_t kFormat = 1;
constexpr int kNameWidth = 28;
constexpr int kTextWidth = 44;
constexpr int kNumberWidth = 10;
constexpr int kAboutWidth = 100;
constexpr std::array<const char*, 15> kColumns{
    "programme", "inspection", "questionnaire", "version", "kind",    "name", "theme", "on",
    "question",  "counted",    "lowest",        "highest", "average", "here", "said"};

std::string joined(const std::vector<std::string>& parts) { return text::joined(parts, "; ", "; "); }

Cell number(const std::optional<std::int64_t>& value) { return value ? Cell(*value) : Cell(); }

std::vector<Cell> with_figures(std::vector<Cell> cells, const Beside& figures) {
  for (const auto& figure : {figures.lowest, figures.highest, figures.average, figures.here})
    cells.push_back(number(figure));
  return cells;
}

// The last column is of words.
std::vector<Column> columns_of(Saying& saying, std::vector<Column> first, const char* last, int width) {
  for (const char* name : {"lowest", "highest", "average", "here"})
    first.push_back({saying.say(std::string("report.programme.") + name), kNumberWidth, true});
  first.push_back({saying.say(last), width});
  return first;
}

Sheet about_sheet(const ProgrammeTables& tables, const std::vector<std::string>& notes, Saying& saying) {
  Sheet sheet{.name = saying.say("report.tables.about"),
              .heading = saying.say("report.programme.title", {{"area", tables.area}, {"programme", tables.title}}),
              .columns = {{saying.say("report.tables.about"), kNameWidth}, {"", kAboutWidth}},
              .rows = {},
              .is_data = false};
  if (tables.is_draft) sheet.rows.push_back({saying.say("report.tables.about.draft"), saying.say("report.draft")});
  sheet.rows.push_back({saying.say("report.tables.about.inspection"), tables.area + " (" + tables.inspection + ")"});
  sheet.rows.push_back({saying.say("report.programme.programme"), tables.title + " (" + tables.programme + ")"});
  sheet.rows.push_back({saying.say("report.programme.printed_on"),
                        tables.printed_on.empty() ? saying.say("report.programme.not_yet") : tables.printed_on});
  for (const auto& part : tables.parts)
    if (part.services > 0)
      sheet.rows.push_back(
          {saying.say("report.programme.services", {{"heading", part.heading}}), std::to_string(part.services)});
  for (const auto& note : notes) sheet.rows.push_back({saying.say("report.tables.about.note"), note});
  return sheet;
}

Sheet score_sheet(const ProgrammeTables& tables, Saying& saying) {
  Sheet sheet{.name = saying.say("report.programme.scores"),
              .columns = columns_of(saying, {{saying.say("report.programme.theme"), kNameWidth}},
                                    "report.programme.comment", kNameWidth),
              .rows = {}};
  for (const auto& score : tables.scores) {
    auto row = with_figures({tables.theme_name(score.theme)}, score.figures);
    row.emplace_back(score.comment);
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

Sheet part_sheet(const ProgrammeTables& tables, const ProgrammePart& part, Saying& saying) {
  Sheet sheet{.name = part.heading,
              .columns = columns_of(saying,
                                    {{saying.say("report.programme.theme"), kNameWidth},
                                     {saying.say("report.tables.on"), kNameWidth},
                                     {saying.say("report.tables.question"), kTextWidth},
                                     {saying.say("report.tables.counted"), kNameWidth},
                                     {saying.say("report.tables.finding"), kNameWidth}},
                                    "report.tables.said", kTextWidth),
              .rows = {}};
  for (const auto& each : part.rows) {
    auto row = with_figures({tables.theme_name(each.theme), each.on, each.question, joined(each.counted), each.finding},
                            each.figures);
    row.emplace_back(each.words.empty() ? saying.say("report.tables.nothing") : each.words);
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

std::string in_csv(const std::optional<std::int64_t>& value) { return value ? std::to_string(*value) : ""; }

json::value in_json(const std::optional<std::int64_t>& value) { return value ? json::value(*value) : json::value(); }

void put_figures(const Beside& figures, json::object& object) {
  object["lowest"] = in_json(figures.lowest);
  object["highest"] = in_json(figures.highest);
  object["average"] = in_json(figures.average);
  object["here"] = in_json(figures.here);
}

json::array parts_of(const ProgrammeTables& tables) {
  json::array parts;
  for (const auto& part : tables.parts) {
    json::array rows;
    for (const auto& row : part.rows) {
      json::object object{{"finding", row.finding},
                          {"theme", row.theme},
                          {"on", row.on},
                          {"question", row.question},
                          {"counted", json::value_from(row.counted)},
                          {"said", row.words}};
      put_figures(row.figures, object);
      rows.push_back(std::move(object));
    }
    parts.push_back(json::object{{"questionnaire", part.questionnaire},
                                 {"version", part.version},
                                 {"heading", part.heading},
                                 {"is_pooled_only", part.is_pooled_only},
                                 {"services", part.services},
                                 {"rows", std::move(rows)}});
  }
  return parts;
}

}  // namespace

std::string ProgrammeTables::theme_name(const std::string& id) const {
  const auto found = std::ranges::find(themes, id, &std::pair<std::string, std::string>::first);
  return found == themes.end() ? "" : found->second;
}

Result<std::vector<std::string>> programme_notes(const ProgrammeTables& tables, const text::Catalogue& phrases) {
  Saying saying(phrases);
  std::vector<std::string> notes{saying.say("report.programme.advice"), saying.say("report.programme.extremes.is"),
                                 saying.say("report.programme.average.is"), saying.say("report.programme.here.is"),
                                 saying.say("report.programme.scores.is")};
  for (const auto& part : tables.parts)
    if (part.is_pooled_only) notes.push_back(saying.say("report.programme.pooled_only", {{"heading", part.heading}}));
  if (saying.error()) return std::unexpected(*saying.error());
  return notes;
}

Result<Workbook> programme_workbook(const ProgrammeTables& tables, const text::Catalogue& phrases) {
  const auto notes = programme_notes(tables, phrases);
  if (!notes) return std::unexpected(notes.error());
  Saying saying(phrases);
  Workbook workbook{.title = saying.say("report.programme.title", {{"area", tables.area}, {"programme", tables.title}}),
                    .language = phrases.language(),
                    .sheets = {}};
  workbook.sheets.push_back(about_sheet(tables, *notes, saying));
  if (!tables.scores.empty()) workbook.sheets.push_back(score_sheet(tables, saying));
  for (const auto& part : tables.parts) workbook.sheets.push_back(part_sheet(tables, part, saying));
  if (saying.error()) return std::unexpected(*saying.error());
  return workbook;
}

std::string programme_csv(const ProgrammeTables& tables) {
  std::string text;
  const auto line = [&](const std::vector<std::string>& cells) {
    std::string_view comma;
    for (const auto& cell : cells) {
      text.append(comma).append(exports::safe_cell(cell));
      comma = ",";
    }
    text += exports::kLineEnd;
  };
  const auto figures = [](std::vector<std::string> cells, const Beside& beside, const std::string& last) {
    for (const auto& each : {beside.lowest, beside.highest, beside.average, beside.here}) cells.push_back(in_csv(each));
    cells.push_back(last);
    return cells;
  };
  line({kColumns.begin(), kColumns.end()});
  for (const auto& score : tables.scores)
    line(figures({tables.programme, tables.inspection, "", "", "score", score.theme, score.theme,
                  tables.theme_name(score.theme), "", ""},
                 score.figures, score.comment));
  for (const auto& part : tables.parts)
    for (const auto& row : part.rows)
      line(figures({tables.programme, tables.inspection, part.questionnaire, std::to_string(part.version), "finding",
                    row.finding, row.theme, row.on, row.question, joined(row.counted)},
                   row.figures, row.words));
  return text;
}

Result<std::string> programme_json(const ProgrammeTables& tables, const text::Catalogue& phrases) {
  const auto notes = programme_notes(tables, phrases);
  if (!notes) return std::unexpected(notes.error());
  json::array themes;
  for (const auto& [id, name] : tables.themes) themes.push_back(json::object{{"id", id}, {"name", name}});
  json::array scores;
  for (const auto& score : tables.scores) {
    json::object object{{"theme", score.theme}, {"comment", score.comment}};
    put_figures(score.figures, object);
    scores.push_back(std::move(object));
  }
  return json::serialize(
      json::object{{"format", kFormat},
                   {"language", phrases.language()},
                   {"is_draft", tables.is_draft},
                   {"programme", tables.programme},
                   {"title", tables.title},
                   {"printed_on", tables.printed_on.empty() ? json::value() : json::value(tables.printed_on)},
                   {"inspection", tables.inspection},
                   {"area", tables.area},
                   {"notes", json::value_from(*notes)},
                   {"themes", std::move(themes)},
                   {"scores", std::move(scores)},
                   {"parts", parts_of(tables)}});
}

}  // namespace perspective::documents

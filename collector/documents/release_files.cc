#include <fmt/format.h>

#include <array>
#include <boost/json.hpp>

#include "documents/release_tables.h"
#include "documents/saying.h"
#include "exports/csv_text.h"
#include "release/statement.h"

namespace perspective::documents {
namespace {

namespace json = boost::json;

constexpr std::int64_t kFormat = 1;
constexpr int kNameWidth = 26;
constexpr int kTextWidth = 44;
constexpr int kNumberWidth = 10;
constexpr int kAboutWidth = 100;

constexpr std::array<const char*, 15> kColumns{"inspection", "questionnaire", "version", "respondents", "finding",
                                               "on",         "question",      "counted", "hangs_on",    "relation",
                                               "says",       "whom",          "count",   "of",          "said"};
constexpr std::array<std::pair<const char*, std::array<const char*, 7>>, 3> kNames{
    {{"relation", {"within", "joint"}},
     {"says",
      {"nothing", "exactly", "few_or_none", "all_or_nearly_all", "more_than_half", "half_or_fewer",
       "more_than_half_not"}},
     {"whom",
      {"nobody_said", "everyone", "who_answered", "nearly_everyone", "these", "base_of_the_other", "stated_more"}}}};

Cell number(const std::optional<std::int64_t>& value) { return value ? Cell(*value) : Cell(); }

std::string joined(const std::vector<std::string>& parts) { return text::joined(parts, "; ", "; "); }

Sheet about_sheet(const ReleaseTables& tables, Saying& saying) {
  Sheet sheet{
      .name = saying.say("report.tables.about"),
      .heading = saying.say("report.tables.title", {{"area", tables.area}, {"inspection", tables.release.inspection}}),
      .columns = {{saying.say("report.tables.about"), kNameWidth}, {"", kAboutWidth}},
      .rows = {},
      .is_data = false};
  const auto row = [&](const std::string& what, std::string words) { sheet.rows.push_back({what, std::move(words)}); };
  if (tables.is_draft) row(saying.say("report.tables.about.draft"), saying.say("report.draft"));
  row(saying.say("report.tables.about.inspection"), tables.area + " (" + tables.release.inspection + ")");
  for (const auto& part : tables.parts)
    row(saying.say("report.tables.about.who"),
        saying.say("report.tally.chapter", {{"heading", part.heading}, {"respondents", part.respondents}}) + ". " +
            saying.say("report.tables.questionnaire",
                       {{"title", part.title}, {"version", std::int64_t{part.version}}}));
  for (const auto& note : tables.notes) row(saying.say("report.tables.about.note"), note);
  for (const char* column : {"finding", "on", "question", "counted", "hangs_on", "said", "count", "of"})
    row(saying.say(std::string("report.tables.") + column), saying.say(std::string("report.tables.") + column + ".is"));
  return sheet;
}

Sheet part_sheet(const ReleasePart& part, Saying& saying) {
  const auto column = [&](const char* name, int width) {
    return Column{saying.say(std::string("report.tables.") + name), width, width == kNumberWidth};
  };
  Sheet sheet{.name = part.heading,
              .columns = {column("finding", kNameWidth), column("on", kNameWidth), column("question", kTextWidth),
                          column("counted", kNameWidth), column("hangs_on", kNameWidth), column("said", kTextWidth),
                          column("count", kNumberWidth), column("of", kNumberWidth)},
              .rows = {}};
  for (const auto& row : part.rows) {
    Cell hangs_on;
    if (!row.hangs_on.empty()) hangs_on = saying.say("report.tables." + row.relation, {{"finding", row.hangs_on}});
    sheet.rows.push_back({row.finding, row.on, row.question, joined(row.counted), hangs_on,
                          row.words.empty() ? saying.say("report.tables.nothing") : row.words, number(row.count),
                          number(row.of)});
  }
  return sheet;
}

std::string in_csv(const std::optional<std::int64_t>& value) { return value ? std::to_string(*value) : ""; }

json::object to_object(const ReleaseRow& row) {
  json::array counted;
  for (const auto& answer : row.counted) counted.emplace_back(answer);
  json::object object{{"finding", row.finding}, {"on", row.on}, {"question", row.question}, {"counted", counted}};
  if (!row.relation.empty()) {
    object["hangs_on"] = row.hangs_on;
    object["relation"] = row.relation;
  }
  object["is_stated_more"] = row.whom == "stated_more";
  object["said"] = row.words;
  return object;
}

}  // namespace

Result<Workbook> release_workbook(const ReleaseTables& tables, const text::Catalogue& phrases) {
  Saying saying(phrases);
  Workbook workbook{
      .title = saying.say("report.tables.title", {{"area", tables.area}, {"inspection", tables.release.inspection}}),
      .language = phrases.language(),
      .sheets = {}};
  workbook.sheets.push_back(about_sheet(tables, saying));
  for (const auto& part : tables.parts) workbook.sheets.push_back(part_sheet(part, saying));
  if (saying.error()) return std::unexpected(*saying.error());
  return workbook;
}

std::string release_csv(const ReleaseTables& tables) {
  std::string text;
  std::string_view comma;
  const auto cell = [&](const std::string& content) {
    text.append(comma).append(content);
    comma = ",";
  };
  const auto end_row = [&] {
    text += exports::kLineEnd;
    comma = "";
  };
  for (const char* column : kColumns) cell(column);
  end_row();
  for (const auto& part : tables.parts) {
    for (const auto& row : part.rows) {
      for (const auto& words : {tables.release.inspection, part.questionnaire}) cell(exports::safe_cell(words));
      cell(std::to_string(part.version));
      cell(std::to_string(part.respondents));
      for (const auto& words :
           {row.finding, row.on, row.question, joined(row.counted), row.hangs_on, row.relation, row.says, row.whom})
        cell(exports::safe_cell(words));
      cell(in_csv(row.count));
      cell(in_csv(row.of));
      cell(exports::safe_cell(row.words));
      end_row();
    }
  }
  return text;
}

Result<std::string> release_codebook(const text::Catalogue& phrases) {
  Saying saying(phrases);
  std::string text = "column,name,meaning";
  text += exports::kLineEnd;
  const auto line = [&](const std::string& column, const std::string& name, const std::string& key) {
    text += column + "," + name + "," + exports::safe_cell(saying.say("report.tables." + key)) +
            std::string(exports::kLineEnd);
  };
  for (const std::string column : kColumns) {
    line(column, "", column + ".is");
    for (const auto& [of, names] : kNames)
      for (const char* name : names)
        if (of == column && name != nullptr) line(column, name, column + "." + name);
  }
  if (saying.error()) return std::unexpected(*saying.error());
  return text;
}

std::string release_json(const ReleaseTables& tables, const std::string& language) {
  json::array questionnaires;
  for (const auto& part : tables.parts) {
    json::array findings;
    for (const auto& row : part.rows) findings.push_back(to_object(row));
    questionnaires.push_back(json::object{{"questionnaire", part.questionnaire},
                                          {"title", part.title},
                                          {"heading", part.heading},
                                          {"findings", findings}});
  }
  json::array notes;
  for (const auto& note : tables.notes) notes.emplace_back(note);
  return json::serialize(json::object{{"format", kFormat},
                                      {"language", language},
                                      {"is_draft", tables.is_draft},
                                      {"area", tables.area},
                                      {"release", json::parse(release::to_json(tables.release))},
                                      {"notes", notes},
                                      {"questionnaires", questionnaires}});
}

}  // namespace perspective::documents

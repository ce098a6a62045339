// The reference case beside others of a programme, with figures made up so that each cell has its own; for
// document_files.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "documents/programme_tables.h"
#include "documents/release_tables.h"

namespace perspective::documents {

// A number in all places that the index has, and none in the others.
inline Beside made_up(std::int64_t i) {
  Beside figures;
  if (i % 3 != 0) figures.lowest = i % 50, figures.highest = 50 + i % 51;
  if (i % 4 != 0) figures.average = 5 * (i % 21);
  if (i % 5 != 0) figures.here = 100 - i % 101;
  return figures;
}

inline ProgrammeTables beside_others(const ReleaseTables& release, const std::string& language) {
  ProgrammeTables tables{.programme = "core-2012",
                         .title = "Core <&> \"case\" inspections 2012",
                         .printed_on = "2013-04-05",
                         .inspection = "croydon-2012",
                         .area = "Croydon",
                         .is_draft = language == "cy",
                         .themes = {{"safeguarding", language == "cy" ? "Diogelu" : "Safeguarding"},
                                    {"formula", "=SUM(A1:A9)"},  // a theme as somebody else could name it
                                    {"reoffending", "Ŵyn a thŷ"}},
                         .scores = {{.theme = "safeguarding", .comment = "MODERATE", .figures = {0, 100, 55, 68}},
                                    {.theme = "formula", .comment = "DRASTIC", .figures = {.lowest = 7, .highest = 7}},
                                    {.theme = "reoffending"}},
                         .parts = {}};
  std::int64_t i = 0;
  for (const auto& part : release.parts) {
    ProgrammePart beside{.questionnaire = part.questionnaire,
                         .version = part.version,
                         .heading = part.heading,
                         .is_pooled_only = part.questionnaire == "victims",
                         .services = 20 + std::ssize(tables.parts),
                         .rows = {}};
    for (const auto& row : part.rows) {
      const std::string theme = i % 4 == 3 ? "" : tables.themes[static_cast<std::size_t>(i % 4)].first;
      beside.rows.push_back({.finding = row.finding,
                             .theme = theme,
                             .on = row.on,
                             .question = row.question,
                             .counted = row.counted,
                             .words = row.words,
                             .figures = made_up(i)});
      ++i;
    }
    tables.parts.push_back(std::move(beside));
  }
  return tables;
}

inline boost::json::array figures_in_order(const Beside& figures) {
  boost::json::array all;
  for (const auto& each : {figures.lowest, figures.highest, figures.average, figures.here})
    all.push_back(each ? boost::json::value(*each) : boost::json::value());
  return all;
}

// What went in, in words of its own: none of the writers has a part in it.
inline boost::json::object as_given(const ProgrammeTables& tables) {
  namespace json = boost::json;
  json::array themes;
  for (const auto& [id, name] : tables.themes) themes.push_back(json::array{id, name});
  json::array scores;
  for (const auto& score : tables.scores)
    scores.push_back(json::array{score.theme, figures_in_order(score.figures), score.comment});
  json::array parts;
  for (const auto& part : tables.parts) {
    json::array rows;
    for (const auto& row : part.rows)
      rows.push_back(json::array{row.finding, row.theme, row.on, row.question, json::value_from(row.counted), row.words,
                                 figures_in_order(row.figures)});
    parts.push_back(json::object{{"questionnaire", part.questionnaire},
                                 {"version", part.version},
                                 {"heading", part.heading},
                                 {"is_pooled_only", part.is_pooled_only},
                                 {"services", part.services},
                                 {"rows", std::move(rows)}});
  }
  return {{"programme", tables.programme},   {"title", tables.title},       {"printed_on", tables.printed_on},
          {"inspection", tables.inspection}, {"area", tables.area},         {"is_draft", tables.is_draft},
          {"themes", std::move(themes)},     {"scores", std::move(scores)}, {"parts", std::move(parts)}};
}

}  // namespace perspective::documents

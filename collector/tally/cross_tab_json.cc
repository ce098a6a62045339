#include <boost/json.hpp>

#include "tally/cross_tab.h"
#include "tally/steady.h"
#include "tally/tally.h"

namespace perspective::tally {
namespace {

namespace json = boost::json;

const char* to_text(Line::Kind kind) {
  switch (kind) {
    case Line::Kind::option:
      return "option";
    case Line::Kind::answered:
      return "answered";
    case Line::Kind::skipped:
      return "skipped";
    case Line::Kind::not_asked:
      return "not_asked";
    case Line::Kind::not_reached:
      return "not_reached";
  }
  return "option";
}

json::object object_of(const Side& side) {
  json::array lines;
  for (const auto& line : side.lines) {
    lines.push_back(json::object{{"kind", to_text(line.kind)},
                                 {"option", line.option.empty() ? json::value() : json::value(line.option)},
                                 {"in_base", line.in_base},
                                 {"base", line.base}});
  }
  return {{"variable", side.variable}, {"lines", std::move(lines)}};
}

// Of a row's people who answered the other item inside its base.
json::object cell_of(const CrossTab& table, std::size_t row, std::size_t column) {
  const auto count = table.count(row, column);
  json::object cell{{"count", count}, {"percent", nullptr}, {"interval", nullptr}};
  if (!table.rows.lines[row].in_base || !table.columns.lines[column].in_base) return cell;
  const auto base = table.rows.lines[row].base;
  const auto interval = wilson_interval(count, base);
  if (!interval) return cell;
  cell["percent"] = whole_percent(count, base);
  cell["interval"] = json::array{steady(interval->low), steady(interval->high)};
  return cell;
}

json::value value_of(const std::optional<Association>& found) {
  if (!found) return nullptr;
  return json::object{{"test", found->test == Association::Test::chi_squared ? "chi_squared" : "fisher_exact"},
                      {"p", found->p},
                      {"chi_squared", found->chi_squared},
                      {"degrees_of_freedom", found->degrees_of_freedom},
                      {"cramers_v", found->cramers_v},
                      {"is_approximate", found->is_approximate}};
}

}  // namespace

std::optional<Association> association_of(const CrossTab& table, std::string& why_not) {
  if (table.rows.variable == table.columns.variable) {
    why_not = "both sides are the same question";
    return std::nullopt;
  }
  for (const auto* side : {&table.rows, &table.columns}) {
    if (!side->do_lines_overlap) continue;
    why_not =
        "in '" + side->variable +
        "' people may choose several answers, so that its lines overlap: a test of independence needs each person "
        "in one line only";
    return std::nullopt;
  }
  CountTable counts;
  for (std::size_t row = 0; row < table.rows.lines.size(); ++row) {
    if (!table.rows.lines[row].in_base) continue;
    auto& line = counts.emplace_back();
    for (std::size_t column = 0; column < table.columns.lines.size(); ++column)
      if (table.columns.lines[column].in_base) line.push_back(table.count(row, column));
  }
  auto found = association_of(counts);
  if (!found) why_not = "all who answered both gave the same answer to one of them: there is nothing to test";
  return found;
}

std::string cross_tab_to_json(std::string_view questionnaire, const CrossTab& table) {
  json::array rows;
  for (std::size_t row = 0; row < table.rows.lines.size(); ++row) {
    json::array cells;
    for (std::size_t column = 0; column < table.columns.lines.size(); ++column)
      cells.push_back(cell_of(table, row, column));
    rows.push_back(std::move(cells));
  }
  std::string why_not;
  const auto found = association_of(table, why_not);
  return json::serialize(json::object{{"questionnaire", json::string_view(questionnaire.data(), questionnaire.size())},
                                      {"people", table.people},
                                      {"base", table.base},
                                      {"rows", object_of(table.rows)},
                                      {"columns", object_of(table.columns)},
                                      {"counts", std::move(rows)},
                                      {"association", value_of(found)},
                                      {"why_no_association", why_not.empty() ? json::value() : json::value(why_not)}});
}

}  // namespace perspective::tally

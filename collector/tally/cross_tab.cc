#include "tally/cross_tab.h"

#include <algorithm>

#include "tally/people.h"

namespace perspective::tally {
namespace {

using Kind = Line::Kind;

// One side while it is counted: its lines, and who is in each.
struct Sorted {
  Side side;
  std::vector<People> people;  // one for each line
  People in_base;              // of the item
};

Side side_of(const survey::Item& item) {
  Side side{.variable = item.variable,
            .lines = {},
            .do_lines_overlap = std::holds_alternative<survey::MultipleChoice>(item.kind)};
  for (const auto& option : survey::options_of(item)) side.lines.push_back({Kind::option, option.id, option.in_base});
  if (survey::is_text(item)) side.lines.push_back({Kind::answered, {}, true});
  for (const auto kind : {Kind::skipped, Kind::not_asked, Kind::not_reached}) side.lines.push_back({kind, {}, false});
  return side;
}

// kSkipped is -1 and the first behind the answers, kNotAsked the second, kNotReached the third.
std::size_t line_of(std::int16_t code, std::size_t answers) {
  return code >= 0 ? static_cast<std::size_t>(code) : answers + static_cast<std::size_t>(-code - 1);
}

void sort_choices(const Column& column, std::size_t answers, std::vector<People>& people) {
  for (std::size_t row = 0; row < column.codes.size(); ++row) {
    if (column.codes[row] < 0) people[line_of(column.codes[row], answers)].add(row);
    for (auto left = column.chosen[row]; left != 0; left &= left - 1) {
      people[static_cast<std::size_t>(std::countr_zero(left))].add(row);
    }
  }
}

Sorted sorted(const Columns& columns, std::size_t position) {
  const auto& item = columns.questionnaire().items[position];
  const auto& column = columns.column(position);
  Sorted sorted{.side = side_of(item), .people = {}, .in_base = People(columns.rows())};
  sorted.people.assign(sorted.side.lines.size(), People(columns.rows()));
  const auto answers = sorted.side.lines.size() - 3;
  if (std::holds_alternative<survey::MultipleChoice>(item.kind)) {
    sort_choices(column, answers, sorted.people);
  } else {
    for (std::size_t row = 0; row < column.codes.size(); ++row) {
      sorted.people[line_of(column.codes[row], answers)].add(row);
    }
  }
  for (std::size_t line = 0; line < sorted.people.size(); ++line) {
    if (sorted.side.lines[line].in_base) sorted.in_base |= sorted.people[line];
  }
  return sorted;
}

Result<std::size_t> position_of(const survey::Questionnaire& questionnaire, std::string_view variable) {
  const auto position = questionnaire.position(variable);
  if (position < questionnaire.items.size()) return position;
  return fail(ErrorCode::not_found, "'" + questionnaire.id + "' has no item '" + std::string(variable) + "'");
}

Result<People> people_of(const Columns& columns, const Only& only) {
  const auto position = position_of(columns.questionnaire(), only.variable);
  if (!position) return std::unexpected(position.error());
  const auto all = sorted(columns, *position);
  People people(columns.rows());
  if (only.options.empty() && survey::is_text(columns.questionnaire().items[*position])) return all.in_base;
  for (const auto& option : only.options) {
    const auto line = std::ranges::find_if(
        all.side.lines, [&](const Line& one) { return one.kind == Kind::option && one.option == option; });
    if (line == all.side.lines.end()) {
      return fail(ErrorCode::not_found, "'" + only.variable + "' has no option '" + option + "'");
    }
    people |= all.people[static_cast<std::size_t>(line - all.side.lines.begin())];
  }
  return people;
}

void keep_only(const People& people, Sorted& sorted) {
  for (auto& line : sorted.people) line &= people;
  sorted.in_base &= people;
}

void count_bases(Sorted& one, const Sorted& other) {
  for (std::size_t i = 0; i < one.people.size(); ++i) one.side.lines[i].base = common(one.people[i], other.in_base);
}

}  // namespace

Result<CrossTab> cross_tab(const Columns& columns, std::string_view row_variable, std::string_view column_variable,
                           const std::vector<Only>& only) {
  const auto row = position_of(columns.questionnaire(), row_variable);
  if (!row) return std::unexpected(row.error());
  const auto column = position_of(columns.questionnaire(), column_variable);
  if (!column) return std::unexpected(column.error());
  auto down = sorted(columns, *row);
  auto across = sorted(columns, *column);
  CrossTab table;
  table.people = static_cast<std::int64_t>(columns.rows());
  std::optional<People> left;
  for (const auto& each : only) {
    auto people = people_of(columns, each);
    if (!people) return std::unexpected(people.error());
    if (left)
      *left &= *people;
    else
      left = *std::move(people);
  }
  if (left) {
    keep_only(*left, down);  // one side is enough: both are always looked at together
    table.people = left->count();
  }
  table.counts.reserve(down.people.size() * across.people.size());
  for (const auto& one : down.people) {
    for (const auto& other : across.people) table.counts.push_back(common(one, other));
  }
  count_bases(down, across);
  count_bases(across, down);
  table.base = common(down.in_base, across.in_base);
  table.rows = std::move(down.side);
  table.columns = std::move(across.side);
  return table;
}

}  // namespace perspective::tally

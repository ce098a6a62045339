#include "tally/cross_tab.h"

#include <algorithm>

#include "tally/people.h"

namespace perspective::tally {
namespace {

using Kind = Line::Kind;

constexpr std::size_t kAbsences = 3;  // the lines behind the answers

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
  const auto answers = sorted.side.lines.size() - kAbsences;
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

// By the line that a row is in: is it one of those that are asked for?
Result<std::vector<std::uint8_t>> lines_of(const Side& side, bool is_text, const Only& only) {
  std::vector<std::uint8_t> are_wanted(side.lines.size());
  if (only.options.empty() && is_text)
    std::ranges::transform(side.lines, are_wanted.begin(),
                           [](const Line& line) { return static_cast<std::uint8_t>(line.in_base); });
  for (const auto& option : only.options) {
    const auto line = std::ranges::find_if(
        side.lines, [&](const Line& one) { return one.kind == Kind::option && one.option == option; });
    if (line == side.lines.end()) {
      return fail(ErrorCode::not_found, "'" + only.variable + "' has no option '" + option + "'");
    }
    are_wanted[static_cast<std::size_t>(line - side.lines.begin())] = 1;
  }
  return are_wanted;
}

Result<People> people_of(const Columns& columns, const Only& only) {
  const auto position = position_of(columns.questionnaire(), only.variable);
  if (!position) return std::unexpected(position.error());
  const auto& item = columns.questionnaire().items[*position];
  const auto side = side_of(item);
  const auto lines = lines_of(side, survey::is_text(item), only);
  if (!lines) return std::unexpected(lines.error());
  if (!side.do_lines_overlap) {
    const auto& codes = columns.column(*position).codes;
    const auto answers = side.lines.size() - kAbsences;
    return People::where(columns.rows(), [&](std::size_t row) { return (*lines)[line_of(codes[row], answers)]; });
  }
  const auto all = sorted(columns, *position);
  People people(columns.rows());
  for (std::size_t line = 0; line < lines->size(); ++line)
    if ((*lines)[line] != 0) people |= all.people[line];
  return people;
}

void keep_only(const People& people, Sorted& sorted) {
  for (auto& line : sorted.people) line &= people;
  sorted.in_base &= people;
}

void count_bases(Sorted& one, const Sorted& other) {
  for (std::size_t i = 0; i < one.people.size(); ++i) one.side.lines[i].base = common(one.people[i], other.in_base);
}

// Each row is in one line of either side, so one walk counts all. Rows that follow each other are often alike, and one
// count would wait for the other: four of each cell, in turns.
void count_in_one_walk(const Columns& columns, std::size_t row, std::size_t column, const std::optional<People>& only,
                       CrossTab& table) {
  const auto height = table.rows.lines.size();
  const auto width = table.columns.lines.size();
  constexpr std::size_t kTurns = 4;
  std::vector<std::uint32_t> counts(kTurns * height * width);
  const auto* const down = columns.column(row).codes.data();
  const auto* const across = columns.column(column).codes.data();
  const auto count = [&](std::size_t who) {
    const auto cell = line_of(down[who], height - kAbsences) * width + line_of(across[who], width - kAbsences);
    ++counts[(who % kTurns) * height * width + cell];
  };
  if (only)
    only->for_each(count);
  else
    for (std::size_t who = 0; who < columns.rows(); ++who) count(who);
  table.counts.assign(height * width, 0);
  for (std::size_t i = 0; i < counts.size(); ++i) table.counts[i % (height * width)] += counts[i];
  for (std::size_t i = 0; i < table.counts.size(); ++i) {
    auto& one = table.rows.lines[i / width];
    auto& other = table.columns.lines[i % width];
    if (other.in_base) one.base += table.counts[i];
    if (one.in_base) other.base += table.counts[i];
    if (one.in_base && other.in_base) table.base += table.counts[i];
  }
}

// A person may be in several lines of a side.
void count_line_by_line(const Columns& columns, std::size_t row, std::size_t column, const std::optional<People>& only,
                        CrossTab& table) {
  auto down = sorted(columns, row);
  auto across = sorted(columns, column);
  if (only) keep_only(*only, down);  // one side is enough: both are always looked at together
  table.counts.reserve(down.people.size() * across.people.size());
  for (const auto& one : down.people) {
    for (const auto& other : across.people) table.counts.push_back(common(one, other));
  }
  count_bases(down, across);
  count_bases(across, down);
  table.base = common(down.in_base, across.in_base);
  table.rows = std::move(down.side);
  table.columns = std::move(across.side);
}

}  // namespace

Result<CrossTab> cross_tab(const Columns& columns, std::string_view row_variable, std::string_view column_variable,
                           const std::vector<Only>& only) {
  const auto row = position_of(columns.questionnaire(), row_variable);
  if (!row) return std::unexpected(row.error());
  const auto column = position_of(columns.questionnaire(), column_variable);
  if (!column) return std::unexpected(column.error());
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
  if (left) table.people = left->count();
  table.rows = side_of(columns.questionnaire().items[*row]);
  table.columns = side_of(columns.questionnaire().items[*column]);
  if (table.rows.do_lines_overlap || table.columns.do_lines_overlap)
    count_line_by_line(columns, *row, *column, left, table);
  else
    count_in_one_walk(columns, *row, *column, left, table);
  return table;
}

}  // namespace perspective::tally

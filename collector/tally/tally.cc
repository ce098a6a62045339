#include "tally/tally.h"

#include <algorithm>
#include <cmath>

#include "tally/people.h"

namespace perspective::tally {
namespace {

bool is_multiple(const survey::Item& item) { return std::holds_alternative<survey::MultipleChoice>(item.kind); }

std::string kind_of(const survey::Item& item) {
  if (survey::is_text(item)) return "text";
  if (is_multiple(item)) return "multiple_choice";
  return std::holds_alternative<survey::Scale>(item.kind) ? "scale" : "single_choice";
}

// Did the row choose the option at this position?
bool chose(const survey::Item& item, const Column& column, std::size_t row, std::size_t option) {
  if (is_multiple(item)) return (column.chosen[row] >> option & 1) != 0;
  return !survey::is_text(item) && column.codes[row] == static_cast<std::int16_t>(option);
}

// Positions of options.
using Options = std::vector<std::size_t>;

template <typename Wanted>
Options options_where(const survey::Item& item, Wanted wanted) {
  Options positions;
  const auto& options = survey::options_of(item);
  for (std::size_t i = 0; i < options.size(); ++i)
    if (wanted(options[i])) positions.push_back(i);
  return positions;
}

Options options_in_base(const survey::Item& item) {
  return options_where(item, [](const survey::Option& option) { return option.in_base; });
}

bool chose_any(const survey::Item& item, const Column& column, std::size_t row, const Options& options) {
  return std::ranges::any_of(options, [&](std::size_t option) { return chose(item, column, row, option); });
}

void count_absence(std::int16_t code, ItemCount& count) {
  if (code == kSkipped) ++count.skipped;
  if (code == kNotAsked) ++count.not_asked;
  if (code == kNotReached) ++count.not_reached;
}

void count_answer(const survey::Item& item, const Column& column, std::size_t row, const Options& inside,
                  ItemCount& count) {
  ++(survey::is_text(item) || chose_any(item, column, row, inside) ? count.base : count.outside);
  for (std::size_t i = 0; i < count.options.size(); ++i)
    if (chose(item, column, row, i)) ++count.options[i].count;
}

std::optional<double> mean_of(const survey::Item& item, const ItemCount& count) {
  const auto& options = survey::options_of(item);
  if (count.base == 0 || options.empty() || is_multiple(item)) return std::nullopt;
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (!options[i].in_base) continue;
    if (!options[i].value) return std::nullopt;
    sum += *options[i].value * count.options[i].count;
  }
  return static_cast<double>(sum) / static_cast<double>(count.base);
}

ItemCount count_item(const survey::Item& item, const Column& column) {
  ItemCount count;
  count.variable = item.variable;
  count.kind = kind_of(item);
  for (const auto& option : survey::options_of(item)) count.options.push_back({option.id, option.in_base, 0});
  const auto inside = options_in_base(item);
  for (std::size_t row = 0; row < column.codes.size(); ++row) {
    if (column.codes[row] < 0)
      count_absence(column.codes[row], count);
    else
      count_answer(item, column, row, inside, count);
  }
  count.mean = mean_of(item, count);
  return count;
}

// A finding while it is worked out: who is in its base, who of them answered inside the item's, whom it counts.
struct Group {
  People base;
  People answered;
  People counted;
};

People people_who_chose(const Columns& columns, std::size_t item, const Options& options) {
  People people(columns.rows());
  for (std::size_t row = 0; row < columns.rows(); ++row)
    if (chose_any(columns.questionnaire().items[item], columns.column(item), row, options)) people.add(row);
  return people;
}

Group group_of_item(const Columns& columns, const survey::Finding& finding) {
  const auto position = columns.questionnaire().position(finding.item);
  const auto& item = columns.questionnaire().items[position];
  const auto counted = options_where(item, [&](const survey::Option& option) {
    return std::ranges::find(finding.counted, option.id) != finding.counted.end();
  });
  const auto base = people_who_chose(columns, position, options_in_base(item));
  return {base, base, people_who_chose(columns, position, counted) & base};
}

Group nested(const Group& group, const Group& parent) {
  return {parent.counted, parent.counted & group.answered, parent.counted & group.counted};
}

Group joint(const Group& group, const Group& other) {
  return {other.base & group.base, other.answered & group.answered, other.counted & group.counted};
}

std::size_t position_of(const survey::Questionnaire& questionnaire, const std::string& finding) {
  const auto found = std::ranges::find(questionnaire.findings, finding, &survey::Finding::id);
  return static_cast<std::size_t>(found - questionnaire.findings.begin());
}

// Parents stand earlier in the questionnaire (its promise), so that their groups are there already.
FindingCount count_finding(const Columns& columns, const survey::Finding& finding, std::vector<Group>& groups) {
  const auto& questionnaire = columns.questionnaire();
  auto group = group_of_item(columns, finding);
  if (finding.within) group = nested(group, groups[position_of(questionnaire, *finding.within)]);
  if (finding.joint_with) group = joint(group, groups[position_of(questionnaire, *finding.joint_with)]);
  FindingCount count;
  count.id = finding.id;
  count.item = finding.item;
  count.hangs_on = finding.joint_with.value_or(finding.within.value_or(""));
  count.count = group.counted.count();
  count.base = group.base.count();
  count.missing = count.base - group.answered.count();
  if (!count.hangs_on.empty())
    count.is_same = count.count == groups[position_of(questionnaire, count.hangs_on)].counted.count();
  groups.push_back(std::move(group));
  return count;
}

}  // namespace

const ItemCount* Tally::item(std::string_view variable) const {
  const auto found = std::ranges::find(items, variable, &ItemCount::variable);
  return found == items.end() ? nullptr : &*found;
}

const FindingCount* Tally::finding(std::string_view finding_id) const {
  const auto found = std::ranges::find(findings, finding_id, &FindingCount::id);
  return found == findings.end() ? nullptr : &*found;
}

Tally tally_of(const Columns& columns) {
  const auto& questionnaire = columns.questionnaire();
  Tally tally;
  tally.questionnaire = questionnaire.id;
  tally.version = questionnaire.version;
  tally.respondents = static_cast<std::int64_t>(columns.rows());
  tally.on_paper = static_cast<std::int64_t>(columns.on_paper());
  for (std::size_t i = 0; i < questionnaire.items.size(); ++i)
    tally.items.push_back(count_item(questionnaire.items[i], columns.column(i)));
  std::vector<Group> groups;
  groups.reserve(questionnaire.findings.size());
  for (const auto& finding : questionnaire.findings) tally.findings.push_back(count_finding(columns, finding, groups));
  return tally;
}

std::int64_t whole_percent(std::int64_t count, std::int64_t base) {
  return base == 0 ? 0 : (200 * count + base) / (2 * base);
}

std::optional<Interval> wilson_interval(std::int64_t count, std::int64_t base) {
  if (base == 0) return std::nullopt;
  constexpr double kZ = 1.959963984540054;  // 97.5 % of the normal distribution lie below it
  const auto n = static_cast<double>(base);
  const auto p = static_cast<double>(count) / n;
  const auto scale = 1 + kZ * kZ / n;
  const auto centre = (p + kZ * kZ / (2 * n)) / scale;
  const auto half = kZ * std::sqrt(p * (1 - p) / n + kZ * kZ / (4 * n * n)) / scale;
  return Interval{count == 0 ? 0.0 : centre - half, count == base ? 1.0 : centre + half};
}

}  // namespace perspective::tally

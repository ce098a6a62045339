#include "release/history.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <optional>
#include <set>

namespace perspective::release {
namespace {

using Set = std::vector<std::size_t>;  // of groups, ascending

bool is_in(const Group& group, std::size_t release) { return std::ranges::binary_search(group.releases, release); }

Set groups_in(const History& history, std::size_t release) {
  Set set;
  for (std::size_t g = 0; g < history.groups.size(); ++g)
    if (is_in(history.groups[g], release)) set.push_back(g);
  return set;
}

Set without(const Set& all, const Set& others) {
  Set set;
  std::ranges::set_difference(all, others, std::back_inserter(set));
  return set;
}

std::int64_t people_in(const History& history, const Set& set) {
  return std::accumulate(set.begin(), set.end(), std::int64_t{0},
                         [&](std::int64_t sum, std::size_t g) { return sum + history.groups[g].people; });
}

struct People {
  std::string name;  // behind that of a cell
  Set set;
};

std::string name_of(const History& history, const Group& group) {
  if (group.releases.size() == history.parts.size()) return ", in all releases";
  std::string name = group.releases.size() == 1 ? ", in release " : ", in releases ";
  for (std::size_t i = 0; i < group.releases.size(); ++i)
    name += (i == 0                           ? ""
             : i + 1 == group.releases.size() ? " and "
                                              : ", ") +
            std::to_string(history.numbers[group.releases[i]]);
  return name + " alone";
}

// Each set of people once, by the first name that it has.
std::vector<People> sets_of(const History& history) {
  std::vector<People> all;
  const auto add = [&](std::string name, Set set) {
    if (set.empty() || std::ranges::find(all, set, &People::set) != all.end()) return;
    all.push_back({std::move(name), std::move(set)});
  };
  const auto number = [&](std::size_t release) { return std::to_string(history.numbers[release]); };
  add("", groups_in(history, history.parts.size() - 1));
  for (std::size_t i = 0; i + 1 < history.parts.size(); ++i) add(", in release " + number(i), groups_in(history, i));
  for (std::size_t i = 0; i < history.parts.size(); ++i) {
    for (std::size_t j = i + 1; j < history.parts.size(); ++j) {
      const auto between = " between releases " + number(i) + " and " + number(j);
      add(", who came" + between, without(groups_in(history, j), groups_in(history, i)));
      add(", who left" + between, without(groups_in(history, i), groups_in(history, j)));
    }
  }
  for (std::size_t g = 0; g < history.groups.size(); ++g) add(name_of(history, history.groups[g]), {g});
  return all;
}

Places places_of(const Set& set, const Block& block, std::size_t first, std::size_t variables) {
  Places places{variables, {}};
  for (const auto g : set) places.starts.push_back(first + g * block.kinds);
  return places;
}

Result<void> check(const History& history) {
  bool fits = !history.parts.empty() && history.numbers.size() == history.parts.size();
  std::set<std::vector<std::size_t>> seen;
  for (const auto& group : history.groups) {
    fits = fits && group.people >= 0 && !group.releases.empty() && std::ranges::is_sorted(group.releases) &&
           group.releases.back() < history.parts.size() && seen.insert(group.releases).second;
  }
  for (std::size_t r = 0; fits && r < history.parts.size(); ++r)
    fits = people_in(history, groups_in(history, r)) == history.parts[r].respondents;
  if (fits) return {};
  return fail(ErrorCode::invalid, "who came and who left does not lead from one release to the next");
}

Result<void> add_exposures(const Block& block, const KnownHistory& known, std::vector<Exposure>& all) {
  const auto variables = known.variables(block);
  Attack before(variables, known.people());
  known.tell(block, 0, known.releases() - 1, "", before, variables);
  Attack now(variables, known.people());
  known.tell_all(block, 0, "", now, variables);
  Witnesses seen;
  for (const auto& asked : known.asked(block)) {
    auto enough = enough_of(asked.people);
    if (seen.show(asked.people_in_it, enough)) continue;
    const auto out = before.values(asked.people_in_it, enough);
    if (!out) return std::unexpected(out.error());
    enough = std::min(enough, out->size());
    const auto exposed = exposures_in(now, asked.cell, asked.people_in_it, enough, [&](const Numbers& people) {
      seen.add(people);
      return known.replays(block, 0, people);
    });
    if (!exposed) return std::unexpected(exposed.error());
    all.insert(all.end(), exposed->begin(), exposed->end());
  }
  return {};
}

}  // namespace

History history_of(const Part& only) { return {{only}, {1}, {{{0}, only.respondents}}}; }

Result<KnownHistory> KnownHistory::of(const Auditor& auditor, const History& history) {
  if (auto fits = check(history); !fits) return std::unexpected(fits.error());
  std::vector<Known> all;
  for (const auto& part : history.parts) {
    auto known = known_of(auditor.questionnaire(), part, auditor.scheme());
    if (!known) return std::unexpected(known.error());
    all.push_back(*std::move(known));
  }
  KnownHistory known(history, std::move(all));
  for (const auto& group : history.groups) known.people_ += group.people;
  return known;
}

Places KnownHistory::places(std::size_t release, const Block& block, std::size_t first, std::size_t variables) const {
  return places_of(groups_in(*history_, release), block, first, variables);
}

Places KnownHistory::newest(const Block& block, std::size_t first, std::size_t variables) const {
  return places(known_.size() - 1, block, first, variables);
}

void KnownHistory::tell(const Block& block, std::size_t first, std::size_t releases, const std::string& source,
                        Attack& attack, std::size_t variables) const {
  for (std::size_t g = 0; g < history_->groups.size(); ++g) {
    const auto people = history_->groups[g].people;
    attack.tell_sum(placed(everyone_in(block), places_of({g}, block, first, variables)), people, people);
  }
  for (std::size_t r = 0; r < releases; ++r) {
    const auto of_several =
        known_.size() == 1 ? std::string() : "release " + std::to_string(history_->numbers[r]) + ": ";
    tell_part(block, known_[r], places(r, block, first, variables), source + of_several, attack);
  }
}

bool KnownHistory::replays(const Block& block, std::size_t first, const Numbers& numbers) const {
  for (std::size_t r = 0; r < known_.size(); ++r)
    if (!release::replays(block, known_[r], places(r, block, first, numbers.size()), numbers)) return false;
  return true;
}

std::vector<AskedOf> KnownHistory::asked(const Block& block) const {
  std::vector<std::vector<Cell>> cells;  // of each release the same, in the same order
  for (const auto& known : known_) cells.push_back(cells_of(block, *known.part));
  std::vector<AskedOf> all;
  for (const auto& people : sets_of(*history_)) {
    for (std::size_t c = 0; c < cells.front().size(); ++c) {
      bool is_printed = false;
      for (std::size_t r = 0; r < known_.size(); ++r)
        is_printed = is_printed || (cells[r][c].is_printed && groups_in(*history_, r) == people.set);
      if (is_printed) continue;
      const auto& cell = cells.front()[c];
      all.push_back({to_text(cell) + people.name,
                     placed(cell.people, places_of(people.set, block, 0, variables(block))),
                     people_in(*history_, people.set)});
    }
  }
  return all;
}

bool Witnesses::show(const Numbers& cell, std::size_t enough) const {
  std::set<std::int64_t> values;
  for (const auto& people : all_) {
    values.insert(std::inner_product(cell.begin(), cell.end(), people.begin(), std::int64_t{0}));
    if (values.size() >= enough) return true;
  }
  return false;
}

Result<std::vector<Exposure>> exposures_over(const Auditor& auditor, const History& history) {
  const auto known = KnownHistory::of(auditor, history);
  if (!known) return std::unexpected(known.error());
  std::vector<Exposure> all;
  for (const auto& block : auditor.blocks())
    if (const auto added = add_exposures(block, *known, all); !added) return std::unexpected(added.error());
  return all;
}

Result<std::vector<Exposure>> given_away_over(const Auditor& auditor, const History& history) {
  auto by_rules = history;
  by_rules.parts.back().stated_more.clear();
  if (by_rules.parts.back() == history.parts.back()) return std::vector<Exposure>();
  const auto before = exposures_over(auditor, by_rules);
  if (!before) return before;
  auto after = exposures_over(auditor, history);
  if (!after) return after;
  std::erase_if(*after, [&](const auto& exposure) {
    return std::ranges::find(*before, exposure.cell, &Exposure::cell) != before->end();
  });
  return after;
}

}  // namespace perspective::release

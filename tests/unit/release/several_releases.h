// Several releases of one inspection of a small questionnaire, counted one by one: everything that the groups of people
// who are counted by the same releases can have answered. Nothing of collector/release's search is used.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "everybody.h"
#include "release/history.h"

namespace perspective::release {

using Counts = std::vector<std::int64_t>;  // of each kind

// Every way to share so many people among these kinds.
inline void add_ways(std::int64_t people, std::size_t kinds, Counts& so_far, std::vector<Counts>& all) {
  if (so_far.size() + 1 == kinds) {
    all.push_back(so_far);
    all.back().push_back(people);
    return;
  }
  for (std::int64_t of_it = 0; of_it <= people; ++of_it) {
    so_far.push_back(of_it);
    add_ways(people - of_it, kinds, so_far, all);
    so_far.pop_back();
  }
}
inline std::vector<Counts> ways_to_share(std::int64_t people, std::size_t kinds) {
  Counts so_far;
  std::vector<Counts> all;
  add_ways(people, kinds, so_far, all);
  return all;
}

// A set of people that is asked about: groups, and the name that the auditor gives it.
struct AskedPeople {
  std::string name;
  std::vector<std::size_t> groups;
};

class SeveralReleases {
 public:
  SeveralReleases(const std::string& questionnaire, std::vector<Group> groups)
      : everybody_(questionnaire), groups_(std::move(groups)) {
    for (const auto& group : groups_) releases_ = std::max(releases_, group.releases.back() + 1);
  }
  const Everybody& everybody() const { return everybody_; }
  const std::vector<Group>& groups() const { return groups_; }
  std::size_t releases() const { return releases_; }

  struct Seen {
    std::string text;
    Part part;
    Counts counts;
    std::map<std::string, std::int64_t> values;  // of every cell
  };
  // Of these people, as one release would be made of them.
  const Seen& seen(const Counts& counts) {
    const auto found = seen_.find(counts);
    if (found != seen_.end()) return found->second;
    const auto tally = everybody_.tally_of_each(counts);
    Seen seen{{}, part_of(everybody_.questionnaire(), tally), counts, {}};
    seen.text = to_json({"x", {seen.part}});
    if (names_.empty()) {
      const auto auditor = reference_case::unwrapped(Auditor::of(everybody_.questionnaire()));
      for (const auto& block : auditor.blocks())
        for (const auto& cell : cells_of(block, seen.part)) names_.push_back(to_text(cell));
    }
    for (const auto& name : names_) seen.values[name] = value_in(tally, name);
    return seen_.emplace(counts, std::move(seen)).first->second;
  }

  // look(what each group answered)
  template <typename Look>
  void for_each(Look look) {
    std::vector<std::vector<Counts>> ways;
    for (const auto& group : groups_) ways.push_back(ways_to_share(group.people, everybody_.kinds()));
    std::vector<std::size_t> at(groups_.size(), 0);
    std::vector<const Counts*> answered(groups_.size());
    while (true) {
      for (std::size_t g = 0; g < at.size(); ++g) answered[g] = &ways[g][at[g]];
      look(answered);
      std::size_t g = 0;
      while (g < at.size() && ++at[g] == ways[g].size()) at[g++] = 0;
      if (g == at.size()) return;
    }
  }
  Counts sum(const std::vector<const Counts*>& answered, const std::vector<std::size_t>& groups) const {
    Counts sum(everybody_.kinds(), 0);
    for (const auto g : groups)
      for (std::size_t kind = 0; kind < sum.size(); ++kind) sum[kind] += (*answered[g])[kind];
    return sum;
  }
  std::vector<std::size_t> groups_in(std::size_t release) const {
    std::vector<std::size_t> all;
    for (std::size_t g = 0; g < groups_.size(); ++g)
      if (std::ranges::find(groups_[g].releases, release) != groups_[g].releases.end()) all.push_back(g);
    return all;
  }
  std::int64_t people_in(const std::vector<std::size_t>& groups) const {
    std::int64_t sum = 0;
    for (const auto g : groups) sum += groups_[g].people;
    return sum;
  }

 private:
  Everybody everybody_;
  std::vector<Group> groups_;
  std::size_t releases_ = 0;
  std::map<Counts, Seen> seen_;
  std::vector<std::string> names_;
};

}  // namespace perspective::release

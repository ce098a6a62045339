// All releases of one inspection in one search: what they give away together, of the people whom each counts and of
// those who came or left between them.
//
// Promise:   exact, as auditor.h. People who are counted by the same releases are a group; the attacker knows how many
//            are in each (staff know who came, and when: more than many a reader knows, which is the safe side), and
//            every statement of every release. Asked about are, of each release, of those who came and of those who
//            left between any two, and of each group alone, all cells that no release prints of just these people; what
//            two print exactly of one finding, the difference tells, so it counts as exposed.
//            What the earlier ones give away together is out: it counts where the newest takes a value more.
// Errors:    those of auditor.h; invalid: groups that do not give how many took part in each release.
// Ownership: a KnownHistory points to the auditor's questionnaire and to the history, which outlive it.
// Threads:   pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "release/auditor.h"

namespace perspective::release {

struct Group {
  std::vector<std::size_t> releases;  // that count them, from 0, ascending; no other does
  std::int64_t people = 0;
  bool operator==(const Group&) const = default;
};

// Of one questionnaire. Any groups are allowed; which there can be: nobody who took their answers back comes again (the
// store keeps a tombstone of each id, and no answer changes under its id), and a part that stays as it was frozen
// counts the people of the last one. So everybody is in releases that follow each other, and k releases make at most k
// (k + 1) / 2 groups: six for three, ten for four.
struct History {
  std::vector<Part> parts;            // in the order in which they were frozen; the last is the newest
  std::vector<std::int64_t> numbers;  // of each, as inspectors know it
  std::vector<Group> groups;          // no two of the same releases
  bool operator==(const History&) const = default;
};
History history_of(const Part& only);

// A set of people by whom they are counted, and what is asked of them.
struct AskedOf {
  std::string cell;      // "count of x, who came between releases 1 and 2"; of the newest release as in auditor.h
  Numbers people_in_it;  // of the history's variables
  std::int64_t people = 0;
};

class KnownHistory {
 public:
  static Result<KnownHistory> of(const Auditor& auditor, const History& history);

  std::int64_t people() const { return people_; }
  // A variable a group and kind; in an attack on several inspections they stand behind each other, from `first` on.
  std::size_t variables(const Block& block) const { return history_->groups.size() * block.kinds; }
  Places newest(const Block& block, std::size_t first, std::size_t variables) const;
  // `releases`: so many of them, the earliest first. `source`: put before all that is told.
  void tell(const Block& block, std::size_t first, std::size_t releases, const std::string& source, Attack& attack,
            std::size_t variables) const;
  void tell_all(const Block& block, std::size_t first, const std::string& source, Attack& attack,
                std::size_t variables) const {
    tell(block, first, known_.size(), source, attack, variables);
  }
  std::size_t releases() const { return known_.size(); }
  // Do the rules give every release for these people?
  bool replays(const Block& block, std::size_t first, const Numbers& numbers) const;
  std::vector<AskedOf> asked(const Block& block) const;

 private:
  KnownHistory(const History& history, std::vector<Known> known) : history_(&history), known_(std::move(known)) {}
  Places places(std::size_t release, const Block& block, std::size_t first, std::size_t variables) const;

  const History* history_;
  std::vector<Known> known_;
  std::int64_t people_ = 0;
};

// People that were found, each with all conditions checked: what a cell can be among them, it can be.
class Witnesses {
 public:
  void add(const Numbers& people) { all_.push_back(people); }
  bool show(const Numbers& cell, std::size_t enough) const;

 private:
  std::vector<Numbers> all_;
};

Result<std::vector<Exposure>> exposures_over(const Auditor& auditor, const History& history);
// Of those, what the newest release's overrides give away: to be shown before they are confirmed.
Result<std::vector<Exposure>> given_away_over(const Auditor& auditor, const History& history);

}  // namespace perspective::release

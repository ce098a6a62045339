// An attacker who counts: knows the rules, the routing and every statement, and asks which values a cell can still
// have.
//
// Promise:   exact (search.h). Of a statement that can have come about in several ways, one at least holds.
// Errors:    those of the search.
// Threads:   one at a time.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "release/said.h"
#include "release/search.h"

namespace perspective::release {

// One thing that is known of the numbers, and where from.
struct Told {
  std::string source;  // a finding, an override, an average; empty: known before any release
  Numbers counted;     // which of the variables a Bound's c adds up
  Numbers base;        // and its b
  std::vector<Alternative> alternatives;
};

class Attack {
 public:
  // people: the sum of all variables is no larger.
  Attack(std::size_t variables, std::int64_t people) : variables_(variables), people_(people) {}

  void tell(Told told) { told_.push_back(std::move(told)); }
  // Known without a release: this sum is `sum`.
  void tell_sum(const Numbers& times, std::int64_t low, std::int64_t high);

  // In rising order, at most `enough`.
  Result<std::vector<Possible>> values(const Numbers& cell, std::size_t enough);

  // Of all sources the fewest, one by one, without which the cell would have `enough` values.
  Result<std::vector<std::string>> relation(const Numbers& cell, std::size_t enough) const;

 private:
  void prepare();

  std::size_t variables_;
  std::int64_t people_;
  std::vector<Told> told_;
  std::size_t ways_ = 0;  // variables behind the others, one a way of a statement that has several: 1 where it holds
  std::optional<Search> search_;
};

}  // namespace perspective::release

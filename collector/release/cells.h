// The counts, bases and absences that a release must not give away: of one block, each with what the release itself
// prints of it.
//
// Promise:   pure; each set of people once. Not among them: everyone and nobody. What makes up one printed exactly with
//            another that is (who did not answer, where group and base are printed) counts as printed; where that takes
//            a number of an override it is marked, since no rule weighed it.
// Threads:   plain values.
#pragma once

#include <string>
#include <vector>

#include "release/kinds.h"
#include "release/release.h"

namespace perspective::release {

enum class CellKind {
  count,       // of a finding
  others,      // in the base of a finding, not counted
  base,        // of an item, or of a joint finding
  asked,       // of a routed item
  outside,     // chose an option outside the base
  unanswered,  // were asked and did not answer
  option,      // chose one of these options
};

struct Cell {
  CellKind kind = CellKind::count;
  std::string name;  // a finding, an item, or "item: options"
  Mask people;
  bool is_printed = false;           // exactly, or left by two that are
  bool is_left_by_override = false;  // printed so only because an override's number is
};
std::string to_text(const Cell& cell);  // "count of x"

std::vector<Cell> cells_of(const Block& block, const Part& part);

}  // namespace perspective::release

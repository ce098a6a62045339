// What a statement tells of the counts behind it: the rules read backwards. The rules chose it, so that silence tells
// too.
//
// Promise:   exact: counts c and b satisfy one alternative if and only if the rules give this statement for them
//            (tests hold the two against each other, and every way out of the search against the rules).
// Threads:   pure.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "release/judging.h"

namespace perspective::release {

inline constexpr std::int64_t kNoLimit = std::numeric_limits<std::int64_t>::max();

// low <= c_times * c + b_times * b <= high. c: whom the finding counts; b: the base that decides.
struct Bound {
  std::int64_t c_times = 0;
  std::int64_t b_times = 0;
  std::int64_t low = -kNoLimit;
  std::int64_t high = kNoLimit;
};
using Alternative = std::vector<Bound>;  // all of them hold

// One of the alternatives holds. One without bounds: it tells nothing. None: no counts give this statement.
std::vector<Alternative> said_by(const Judging& judging, const Statement& statement, const Scheme& scheme = {});

}  // namespace perspective::release

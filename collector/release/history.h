// Two releases of one inspection, an earlier and a later one: what the difference gives away of those who came or left
// between them.
//
// Promise:   exact, as auditor.h. The attacker knows how many came and how many left. Cells of those who came, of those
//            who left, and of both releases are asked about; what both print exactly of one finding, the difference
//            tells, so it counts as exposed.
// Errors:    those of auditor.h; invalid: numbers of respondents that do not fit who came and left.
// Threads:   pure.
#pragma once

#include <cstdint>
#include <vector>

#include "release/auditor.h"

namespace perspective::release {

struct Changes {
  std::int64_t came = 0;
  std::int64_t left = 0;  // withdrawn
};

Result<std::vector<Exposure>> exposures_between(const Auditor& auditor, const Part& earlier, const Part& later,
                                                const Changes& changes);

}  // namespace perspective::release

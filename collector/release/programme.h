// Rule H: what a programme of inspections may say of one finding beside each service's own release, and what that gives
// away of a service.
//
// Promise:   an average is pooled per cent to the nearest five of twenty services at least, no pooled count or base
// with
//            it. Lowest and highest come from what releases print exactly, and from nothing else.
//            exposures_by() is exact, as auditor.h: whoever attacks has every service's release and the average.
// Errors:    those of auditor.h.
// Threads:   pure.
// Units:     per cent.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "release/auditor.h"

namespace perspective::release {

struct Average {
  std::string finding;
  std::int64_t percent = 0;
  std::int64_t step = 5;  // to the nearest of which it is rounded; another than five only in the auditor's own trials
};

struct Extremes {
  std::int64_t lowest = 0;
  std::int64_t highest = 0;
};
// Whole per cent, halves up. None: no release prints count and base of it, or just one does.
std::optional<Extremes> extremes_of(std::span<const Part> releases, const std::string& finding);

// Of every service, cells of the finding's own block: those that the average exposes.
Result<std::vector<Exposure>> exposures_by(const Auditor& auditor, std::span<const Part> services,
                                           const Average& average);

}  // namespace perspective::release

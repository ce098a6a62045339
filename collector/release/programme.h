// Rule H: what a programme of inspections may say of a finding beside each service's own release, and what that gives
// away of a service.
//
// Promise:   an average is pooled per cent to the nearest five of twenty services at least, and no pooled count or base
//            stands with it. Lowest and highest come from what releases print exactly, and from nothing else.
//            exposures_by() is exact, as auditor.h: whoever attacks has every service's release and the averages.
// Errors:    those of auditor.h.
// Threads:   pure.
// Units:     per cent.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "release/auditor.h"
#include "release/history.h"
#include "release/rules.h"

namespace perspective::release {

struct Average {
  std::string finding;
  std::int64_t percent = 0;
  std::int64_t step = 5;  // to the nearest of which it is rounded; another than five only in the auditor's own trials
  bool operator==(const Average&) const = default;
};

struct Extremes {
  std::int64_t lowest = 0;
  std::int64_t highest = 0;
};
// Whole per cent, halves up, of count and base that a release prints, by the rules or beside them, of the very people
// whom the finding is of, as a tally counts them and averages pool them. None: it prints none, or it is set against the
// base of what it hangs on, or, being joint, against some of its own.
std::optional<std::int64_t> percent_printed(const Part& part, const survey::Finding& finding);
// Of those that releases print. None: no release does, or just one.
std::optional<Extremes> extremes_of(std::span<const Part> releases, const survey::Finding& finding);

// What a service brings to the averages: of each finding of its questionnaire.
using Shares = std::map<std::string, Share>;

// Of every service, the cells that the averages expose, together and with all releases: averages are of the newest one
// of each, and the earlier ones are known too. What its own releases give away (somebody stated more, and confirmed it)
// is not among them. The shares, one set a service, only say with which people the search begins: what can be is looked
// for around them first, and where that is too little among all people that there can be. invalid: a release or an
// average is not of these shares.
Result<std::vector<Exposure>> exposures_by(const Auditor& auditor, std::span<const History> services,
                                           std::span<const Shares> shares, std::span<const Average> averages);

}  // namespace perspective::release

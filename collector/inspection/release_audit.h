// What stands between a release that was made and one that is frozen: the auditor over it and over what went before.
//
// Promise:   refusals_before() has what the auditor finds in the release, and in it together with all earlier ones of
//            the inspection; empty, and without an obstacle_to() it, it may leave.
//            Of a part that stays as it is frozen, what was confirmed when it was frozen counts.
// Errors:    obstacle_to: refused, naming relations and no number; conflict, where too few responses changed (rule
//            G), something is confirmed that the release would not state with those very numbers, or the inspection
//            asks for another threshold than the rules have.
// Threads:   pure.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "inspection/opened.h"
#include "inspection/releases.h"
#include "release/history.h"

namespace perspective::inspection {

std::vector<release::Counted> counted_in(const Opened::Counted& counted);  // points into it

// One part as it counts these responses, ids ascending; as the release of this number.
struct CountedPart {
  const release::Part* part = nullptr;
  const std::vector<store::Id>* responses = nullptr;
  std::int64_t number = 1;
};
// All that went before it, and it: releases of other words or other people. Copies what it needs.
release::History history_of(std::span<const FrozenRelease> earlier, const CountedPart& newest);

// What `part`, with what it states more, gives away beside the earlier releases; overrides: beside what it states.
Result<std::vector<release::Exposure>> given_away_beside(release::Auditor& auditor,
                                                         std::span<const FrozenRelease> earlier,
                                                         const CountedPart& newest);

// The part of the last frozen release that stays, because fewer than ten responses changed since (rule G); null: there
// is none, or it may be another by now. Points into the file.
const release::Part* part_that_stays(const ReleaseFile& file, const std::string& questionnaire,
                                     const std::vector<store::Id>& now);

using Responses = std::map<std::string, std::vector<store::Id>>;
Result<std::vector<release::Refusal>> refusals_before(const Opened::Counted& counted, const ReleaseFile& file,
                                                      const release::Release& release, const Responses& responses);

// What was confirmed of what the release states more: of a part that stays when that was frozen, else since.
std::vector<ConfirmedOverride> overrides_of(const ReleaseFile& file, const release::Release& release);

std::optional<Obstacle> obstacle_to(const release::Release& release, const ReleaseFile& file, const Record& record,
                                    const std::vector<release::Refusal>& refusals);

// As it lies open once it is published.
std::string published_json(const ReadRelease& release);
Result<ReadRelease> published_release_from(std::string_view json);

}  // namespace perspective::inspection

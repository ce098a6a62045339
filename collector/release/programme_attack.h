// Whoever has the averages of a programme and the releases of all its services, and asks what one service's cell can
// be.
//
// Promise:   exact, as auditor.h. A value is looked for with the others as they are, then with some of them as they
//            could be, then with all: each possible value is one with people who give these releases and averages.
// Errors:    invalid: the shares are not those of the releases, or the averages not those of the shares; those of
//            attack.h.
// Ownership: points to block and known, which outlive it.
// Threads:   one at a time.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "release/auditor.h"
#include "release/knowledge.h"
#include "release/programme.h"

namespace perspective::release {

class ProgrammeAttack {
 public:
  // averages: of findings of this block.
  static Result<ProgrammeAttack> on(const Block& block, std::span<const Known> known, std::span<const Shares> shares,
                                    std::vector<Average> averages);

  // Of service `s`, numbered from 0: what the averages give away of this cell beside its own release.
  Result<std::vector<Exposure>> exposures(std::size_t s, const Cell& cell);

 private:
  ProgrammeAttack(const Block& block, std::span<const Known> known, std::vector<Average> averages)
      : block_(&block), known_(known), averages_(std::move(averages)) {}
  Result<void> begin(std::span<const Shares> shares);
  // On these services' people; the others are as they are at the beginning.
  Attack on_some(const std::vector<std::size_t>& services) const;
  Told told_by(const Average& average, const std::vector<std::size_t>& services, const Places& all) const;
  Attack& on_one(std::size_t s);

  const Block* block_;
  std::span<const Known> known_;
  std::vector<Average> averages_;
  std::vector<Numbers> people_;               // a service each: by kind, as the search begins
  std::vector<std::optional<Attack>> alone_;  // by its own release
  std::vector<std::optional<Attack>> each_;   // with the averages
};

}  // namespace perspective::release

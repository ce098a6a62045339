// Whoever has the averages of a programme and all releases of all its services, the earlier ones too, and asks what a
// cell of one of them can be.
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
#include "release/history.h"
#include "release/knowledge.h"
#include "release/programme.h"

namespace perspective::release {

class ProgrammeAttack {
 public:
  // averages: of findings of this block; shares: of each service's newest release.
  static Result<ProgrammeAttack> on(const Block& block, std::span<const KnownHistory> known,
                                    std::span<const Shares> shares, std::vector<Average> averages);

  // Of service `s`, numbered from 0: what the averages give away beside its own releases.
  Result<std::vector<Exposure>> exposures(std::size_t s);

 private:
  ProgrammeAttack(const Block& block, std::span<const KnownHistory> known, std::vector<Average> averages)
      : block_(&block), known_(known), averages_(std::move(averages)) {}
  // Some services' variables behind each other; the others' people are as they are at the beginning.
  struct Some {
    std::vector<std::size_t> services;
    std::vector<std::size_t> starts;
    std::size_t variables = 0;
  };
  Some with(std::vector<std::size_t> services) const;
  Some around(std::size_t s, std::size_t count) const;

  Result<void> begin(std::span<const Shares> shares);
  Result<Numbers> people_behind(std::size_t s, const Shares& shares) const;
  Share pooled(const FindingKinds& finding, const std::vector<std::size_t>& but) const;
  Attack on_some(const Some& some) const;
  Told told_by(const Average& average, const Some& some) const;
  Attack& on_one(std::size_t s);
  Result<std::vector<Exposure>> exposures(std::size_t s, const AskedOf& asked);

  const Block* block_;
  std::span<const KnownHistory> known_;
  std::vector<Average> averages_;
  std::vector<Numbers> people_;               // a service each: by group and kind, as the search begins
  std::vector<std::optional<Attack>> alone_;  // by its own releases
  std::vector<std::optional<Attack>> each_;   // with the averages
  std::vector<Witnesses> seen_;               // of a service each, with the averages
};

}  // namespace perspective::release

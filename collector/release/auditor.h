// The auditor: refuses a release that gives away a count, a base or an absence which it does not print. It reads what
// everyone reads, knows the rules and the routing, and asks of every such cell which values it can still have.
//
// Promise:   exact (attack.h). A cell with fewer than three possible values, or than the people it is about allow at
// all,
//            is exposed. A value counts as possible only with people who would bring it about: put through the rules
//            again, they give this very release. Cells that the release prints exactly are not asked about; nor is how
//            absence is made up of passed over and not reached. The counts themselves are never looked at.
// Errors:    those of kinds.h and attack.h; invalid: a part of another questionnaire, or one that the rules never give.
//            Then nothing may leave.
// Ownership: keeps its own copy of the questionnaire.
// Threads:   one at a time (it remembers what it has looked through).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "release/cells.h"
#include "release/knowledge.h"

namespace perspective::release {

inline constexpr std::size_t kFewestValues = 3;

struct Exposure {
  std::string cell;                   // "count of x"
  std::vector<std::int64_t> values;   // those that it can still have
  std::vector<std::string> relation;  // findings whose statements together give it away, "stated: x" for an override
  bool operator==(const Exposure&) const = default;
};
// "count of x can only be 3 or 4, by what is said of y, z". For an inspector alone; never printed or logged.
std::string to_text(const Exposure& exposure);

// What somebody was shown that an override gives away, and confirmed.
struct Confirmed {
  std::string questionnaire;
  std::string cell;
  std::vector<std::int64_t> values;
  bool operator==(const Confirmed&) const = default;
};

// Fewer than `enough` values that the cell can have.
Result<std::vector<Exposure>> exposures_in(Attack& attack, const std::string& cell, const Numbers& numbers,
                                           std::size_t enough, const std::function<bool(const Numbers&)>& replays);
// Of a cell of so many people: three, or as many as there can be.
std::size_t enough_of(std::int64_t people);

class Auditor {
 public:
  static Result<Auditor> of(const survey::Questionnaire& questionnaire, const Scheme& scheme = {});

  // Every cell that the part exposes; empty: it may leave.
  Result<std::vector<Exposure>> exposures(const Part& part);
  // What its overrides give away beside what they state; to be shown before they are confirmed.
  Result<std::vector<Exposure>> given_away(const Part& part);

  const survey::Questionnaire& questionnaire() const { return questionnaire_; }
  const Scheme& scheme() const { return scheme_; }
  const std::vector<Block>& blocks() const { return blocks_; }

 private:
  Auditor(survey::Questionnaire questionnaire, std::vector<Block> blocks, const Scheme& scheme)
      : questionnaire_(std::move(questionnaire)), blocks_(std::move(blocks)), scheme_(scheme) {}
  Result<std::vector<Exposure>> exposures_of(const Block& block, const Known& known) const;

  survey::Questionnaire questionnaire_;
  std::vector<Block> blocks_;
  Scheme scheme_;
  std::map<std::string, std::vector<Exposure>> seen_;  // by block and all that is known of it
};

// What keeps a release from leaving, of one questionnaire: all that it exposes, but for what its overrides give away
// and somebody confirmed with the very values that it now has.
struct Refusal {
  std::string questionnaire;
  Exposure exposure;
  bool is_by_override = false;  // it may leave once this is confirmed
};
Result<std::vector<Refusal>> refusals_of(std::span<Auditor> auditors, const Release& release,
                                         std::span<const Confirmed> confirmed = {});

// The whole release; one auditor a questionnaire. Errors: refused, naming every relation in an inspector's words and no
// value (explanation.h); those above.
Result<void> may_leave(std::span<Auditor> auditors, const Release& release, std::span<const Confirmed> confirmed = {});

}  // namespace perspective::release

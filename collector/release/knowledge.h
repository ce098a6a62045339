// What a part of a release tells of the people of one block, put into an attack; and the rules run forward again on
// what an attack found.
//
// Promise:   pure. tell_part() tells how many took part, every statement and every override. replays() holds numbers
//            against the rules themselves: they give these very statements.
// Ownership: a Known points to what it speaks of, which outlives it.
// Threads:   any.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "release/attack.h"
#include "release/kinds.h"
#include "release/release.h"

namespace perspective::release {

// A part, judged again by whoever reads it.
struct Known {
  const survey::Questionnaire* questionnaire = nullptr;
  const Part* part = nullptr;
  std::vector<Judged> judged;
  Scheme scheme;

  const Judged& of(const std::string& finding) const;
};
// Errors: invalid: a part of another questionnaire, or of another version of it.
Result<Known> known_of(const survey::Questionnaire& questionnaire, const Part& part, const Scheme& scheme);

// Where the kinds of the block stand among the variables of an attack: added up where they stand several times.
struct Places {
  std::size_t variables = 0;
  std::vector<std::size_t> starts;
};
Numbers placed(const Mask& mask, const Places& places);
Mask everyone_in(const Block& block);

// `source`: put before the name of each finding, to tell one release from another.
void tell_part(const Block& block, const Known& known, const Places& places, const std::string& source, Attack& attack);

bool replays(const Block& block, const Known& known, const Places& places, const Numbers& numbers);

}  // namespace perspective::release

// How many people an item's options can have at most, by what is printed of its first finding: what rule D reads.
//
// Promise:   pure.
// Threads:   any.
// Units:     people.
#pragma once

#include <cstdint>

#include "release/judging.h"

namespace perspective::release {

struct Most {
  std::int64_t counted = 0;     // by the finding
  std::int64_t others = 0;      // in the base, not counted
  std::int64_t base = 0;        // both together
  std::int64_t unanswered = 0;  // of those asked: outside the base or without an answer
};

// `judged`: a plain finding on an item that `judged.judging.size` people were asked (rules all and base).
Most most_by(const Judged& judged);

}  // namespace perspective::release

// Randomness from the kernel: ids, shuffles, secrets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/bytes.h"

namespace perspective {

// Promise: getrandom(2); blocks until the kernel is seeded, never falls back to anything weaker.
Bytes random_bytes(std::size_t count);

// Uniform in [0, bound); bound > 0.
std::uint64_t random_below(std::uint64_t bound);

// Fisher and Yates, every order equally likely.
template <typename T>
void shuffle(std::vector<T>& values) {
  for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[random_below(i)]);
}

}  // namespace perspective

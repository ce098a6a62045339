// Keys whose passphrase costs next to nothing: for tests that ask something else of them. A passphrase at its own cost
// takes a third of a second, and there are four in an inspection's making.
#pragma once

#include "keys/cost.h"

namespace perspective::keys {

inline constexpr Cost kCheap{.n = 2, .r = 8, .p = 1};

}  // namespace perspective::keys

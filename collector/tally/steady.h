// Inside collector/tally: figures as JSON has them.
//
// Units: ten decimals: R's figures are met to 1e-9, and the text is the same on every machine.
#pragma once

#include <cmath>

namespace perspective::tally {

inline double steady(double value) { return std::round(value * 1e10) / 1e10; }

}  // namespace perspective::tally

// Figures that R gave (tests/fixtures/association), and how near ours must be.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "support/reference_case.h"
#include "tally/association.h"

namespace perspective::tally {

inline constexpr double kClose = 1e-9;

inline boost::json::value figures_of_r(const std::string& name) {
  return reference_case::read_json("tests/fixtures/association/" + name + ".json");
}

inline CountTable counts_in(const boost::json::value& value) {
  CountTable table;
  for (const auto& row : value.as_array()) {
    auto& line = table.emplace_back();
    for (const auto& count : row.as_array()) line.push_back(count.as_int64());
  }
  return table;
}

inline double number_in(const boost::json::value& value) { return value.to_number<double>(); }

// Relative where it is small: a probability of 1e-30 has digits too.
inline void expect_close(double ours, double theirs, const std::string& of) {
  EXPECT_NEAR(ours, theirs, kClose * std::min(1.0, std::abs(theirs)) + 1e-300) << of;
}

}  // namespace perspective::tally

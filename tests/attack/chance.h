// Whether an attack guesses better than chance.
//
// Threads: plain values.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

namespace perspective::attack {

// Kendall's tau-b (Kendall 1945) between a guess and the truth: the guessed number of each, in their true order.
// Nothing where there are fewer than three, or only ties.
inline std::optional<double> tau(const std::vector<double>& guessed) {
  if (guessed.size() < 3) return std::nullopt;
  double right = 0;
  double untied = 0;
  double all = 0;
  for (std::size_t later = 0; later < guessed.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      all += 1;
      if (guessed[earlier] == guessed[later]) continue;
      untied += 1;
      right += guessed[earlier] < guessed[later] ? 1 : -1;
    }
  }
  if (untied == 0) return std::nullopt;
  return right / std::sqrt(untied * all);
}

// The mean of many guesses' success, and its 99 % interval.
struct Mean {
  static constexpr double kNormal99 = 2.5758;  // of the normal distribution, two-sided

  double sum = 0;
  double squares = 0;
  int count = 0;

  void add(double value) {
    sum += value;
    squares += value * value;
    ++count;
  }
  double mean() const { return count == 0 ? 0 : sum / count; }
  double half_width() const {
    if (count < 2) return 1;
    const double variance = (squares - sum * sum / count) / (count - 1);
    return kNormal99 * std::sqrt(std::max(variance, 0.0) / count);
  }
  bool is_chance() const { return std::abs(mean()) <= half_width(); }
};

// An attack whose mean is above has succeeded: on a build without its defence it must.
constexpr double kSuccess = 0.8;

}  // namespace perspective::attack

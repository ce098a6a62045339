// What one benchmark measured: named series, one value a round, printed as one JSON object to standard output.
//
// Promise:   the values of a series stand in the order in which they were added, so that the same place in two series
//            is the same round.
// Threads:   one.
// Units:     those that the series' name ends in: _us, _ms, _per_s.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/result.h"

namespace perspective::bench {

// A benchmark has nobody to go on for: what fails ends it.
template <typename T>
T unwrapped(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().what);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

template <typename Work>
double microseconds(Work&& work) {
  const auto begun = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begun).count();
}

// share: 0.5 is the median.
inline double quantile(std::vector<double> values, double share) {
  if (values.empty()) throw std::runtime_error("nothing was measured");
  std::ranges::sort(values);
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5)];
}

class Samples {
 public:
  void add(const std::string& series, double value) { series_[series].push_back(value); }
  void print() const {
    const char* comma = "{";
    for (const auto& [name, values] : series_) {
      std::cout << comma << '"' << name << "\":[";
      for (std::size_t i = 0; i < values.size(); ++i) std::cout << (i == 0 ? "" : ",") << values[i];
      std::cout << ']';
      comma = ",\n";
    }
    std::cout << (series_.empty() ? "{}\n" : "}\n");
  }

 private:
  std::map<std::string, std::vector<double>> series_;
};

// The whole of a main(): what was thrown is said, and ends it.
inline int end_of(const char* program, int (*run)(int, char**), int count, char** words) {
  try {
    return run(count, words);
  } catch (const std::exception& error) {
    std::cerr << program << ": " << error.what() << "\n";
    return 1;
  }
}

}  // namespace perspective::bench

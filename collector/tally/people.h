// A set of rows as bits: what findings are made of.
//
// Promise: both sides of & hold the same number of rows.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace perspective::tally {

class People {
 public:
  explicit People(std::size_t rows = 0) : words_((rows + 63) / 64) {}
  void add(std::size_t row) { words_[row / 64] |= std::uint64_t{1} << (row % 64); }
  std::int64_t count() const {
    std::int64_t sum = 0;
    for (const auto word : words_) sum += std::popcount(word);
    return sum;
  }
  friend People operator&(People left, const People& right) {
    for (std::size_t i = 0; i < left.words_.size(); ++i) left.words_[i] &= right.words_[i];
    return left;
  }

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace perspective::tally

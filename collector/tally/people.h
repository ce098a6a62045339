// A set of rows as bits: what findings are made of.
//
// Promise: both sides of &, of | and of common() hold the same number of rows.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace perspective::tally {

class People {
 public:
  explicit People(std::size_t rows = 0) : words_((rows + 63) / 64) {}
  // Those rows of which is(row) holds; a word at a time, which takes a third of what add() takes.
  template <typename Is>
  static People where(std::size_t rows, const Is& is) {
    People people(rows);
    for (std::size_t row = 0; row < rows; row += 64) {
      std::uint64_t word = 0;
      const auto count = std::min<std::size_t>(64, rows - row);
      for (std::size_t i = 0; i < count; ++i) word |= static_cast<std::uint64_t>(is(row + i)) << i;
      people.words_[row / 64] = word;
    }
    return people;
  }
  // visit(row) for each, in rising order.
  template <typename Visit>
  void for_each(const Visit& visit) const {
    for (std::size_t i = 0; i < words_.size(); ++i)
      for (auto left = words_[i]; left != 0; left &= left - 1)
        visit(i * 64 + static_cast<std::size_t>(std::countr_zero(left)));
  }
  void add(std::size_t row) { words_[row / 64] |= std::uint64_t{1} << (row % 64); }
  std::int64_t count() const {
    std::int64_t sum = 0;
    for (const auto word : words_) sum += std::popcount(word);
    return sum;
  }
  People& operator&=(const People& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
    return *this;
  }
  People& operator|=(const People& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
    return *this;
  }
  friend People operator&(People left, const People& right) { return left &= right; }
  // How many are in both; (left & right).count() without making it.
  friend std::int64_t common(const People& left, const People& right) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < left.words_.size(); ++i) sum += std::popcount(left.words_[i] & right.words_[i]);
    return sum;
  }

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace perspective::tally

// Inputs made by chance from those there are: for the minute of fuzzing that every compiler can do, without libFuzzer.
//
// Promise: the same seed and the same inputs make the same ones again. None is longer than kLongest.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>
#include <utility>
#include <vector>

namespace perspective::fuzz {

using Bytes = std::vector<std::uint8_t>;

class Changed {
 public:
  static constexpr std::size_t kLongest = 20'000;  // as tests/fuzz/run has it

  // `inputs` is not empty and outlives it.
  Changed(const std::vector<Bytes>& inputs, std::uint64_t seed) : inputs_(inputs), chance_(seed) {}

  // One of the inputs, changed in one to eight places.
  Bytes next() {
    Bytes bytes = one();
    for (std::size_t left = 1 + below(8); left > 0; --left) change(bytes);
    if (bytes.size() > kLongest) bytes.resize(kLongest);
    return bytes;
  }

 private:
  std::size_t below(std::size_t end) { return chance_() % end; }
  const Bytes& one() { return inputs_[below(inputs_.size())]; }

  // Where a piece of `bytes` begins and ends, short ones more often.
  std::pair<std::size_t, std::size_t> piece(const Bytes& bytes) {
    const std::size_t begin = below(bytes.size() + 1);
    const std::size_t most = std::size_t{1} << below(11);
    return {begin, std::min(bytes.size(), begin + 1 + below(most))};
  }

  void change(Bytes& bytes) {
    static constexpr std::uint8_t kOdd[] = {0,  1,  9,  10, 13,  34,  39,  44,  48,  57,  58, 60,
                                            62, 91, 92, 93, 123, 125, 127, 128, 192, 239, 255};
    const auto [begin, end] = piece(bytes);
    const auto from = bytes.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto to = bytes.begin() + static_cast<std::ptrdiff_t>(end);
    switch (below(7)) {
      case 0:  // a bit
        if (begin < bytes.size()) bytes[begin] ^= static_cast<std::uint8_t>(1U << below(8));
        break;
      case 1:  // a byte that formats are made of
        if (begin < bytes.size()) bytes[begin] = kOdd[below(std::size(kOdd))];
        break;
      case 2:  // one more of them
        bytes.insert(from, kOdd[below(std::size(kOdd))]);
        break;
      case 3:
        bytes.erase(from, to);
        break;
      case 4: {  // once more, somewhere else
        const Bytes copied(from, to);
        bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(below(bytes.size() + 1)), copied.begin(),
                     copied.end());
        break;
      }
      case 5: {  // what stands in another input instead
        const Bytes& other = one();
        const auto [other_begin, other_end] = piece(other);
        const Bytes taken(other.begin() + static_cast<std::ptrdiff_t>(other_begin),
                          other.begin() + static_cast<std::ptrdiff_t>(other_end));
        bytes.insert(bytes.erase(from, to), taken.begin(), taken.end());
        break;
      }
      default:  // it ends too soon
        if (below(4) == 0) bytes.resize(begin);
        break;
    }
  }

  const std::vector<Bytes>& inputs_;
  std::mt19937_64 chance_;
};

}  // namespace perspective::fuzz

// What every fuzz target says beside LLVMFuzzerTestOneInput: what must hold, and how far inputs get.
//
// Promise:   a Milestone of a target is a place behind a check that made-up bytes do not pass by themselves. Whoever
//            replays the seeds fails where one of them was never reached: a target that stops at its first check finds
//            nothing. At the end the counts are printed.
// Threads:   one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace perspective::fuzz {

inline void must(bool is_so, const char* what) {
  if (is_so) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

// Every error says something; none is of a kind that bad input may not have.
inline void must_be_an_answer(const Error& error) {
  must(!error.what.empty(), "an error has words");
  must(error.code != ErrorCode::io && !error.retry, "bad input is no trouble of the disk, and does not get better");
}

class Milestone {
 public:
  explicit Milestone(const char* name) : name_(name) { all().push_back(this); }
  ~Milestone() { std::fprintf(stderr, "reached %9llu times: %s\n", times_, name_); }
  Milestone(const Milestone&) = delete;
  Milestone& operator=(const Milestone&) = delete;

  void reach() { ++times_; }
  bool is_reached() const { return times_ > 0; }
  const char* name() const { return name_; }

  static std::vector<const Milestone*>& all() {
    static std::vector<const Milestone*> milestones;
    return milestones;
  }

 private:
  const char* name_;
  unsigned long long times_ = 0;
};

// The first byte of an input says how the rest is taken, where a target can take it in several ways.
struct Input {
  char way = 0;
  ByteView rest;
  std::string_view text() const { return as_text(rest); }
};
inline Input input_of(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return {};
  return {static_cast<char>(data[0]), ByteView(data + 1, size - 1)};
}

// Parts that stand one behind the other with this between them; the last ones may be missing.
inline std::vector<std::string> parts_of(std::string_view text, char between, std::size_t most) {
  std::vector<std::string> parts;
  while (parts.size() + 1 < most && text.find(between) != std::string_view::npos) {
    parts.emplace_back(text.substr(0, text.find(between)));
    text.remove_prefix(parts.back().size() + 1);
  }
  parts.emplace_back(text);
  parts.resize(most);
  return parts;
}

}  // namespace perspective::fuzz

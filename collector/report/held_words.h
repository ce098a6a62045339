// Words of a comment in somebody's text: found, and taken out, when they may be read no longer.
//
// Promise:   found are runs of as many words as `most` says (of all of them where there are fewer), in their order,
//            however they are spelt, and not those that may still be read. One or two words are found only as a
//            quotation of their own. Each run goes, with a mark in its place.
// Threads:   pure.
#pragma once

#include <string>
#include <vector>

namespace perspective::report {

inline constexpr const char* kTakenOut = "[…]";
inline constexpr std::size_t kQuotedRun = 4;   // of a quotation: an inspector shortens one
inline constexpr std::size_t kCommentRun = 6;  // of a comment that nobody chose: fewer may be chance

struct HeldWords {
  std::string words;                      // that may be read no longer
  std::vector<std::string> allowed = {};  // what of it may still be
  std::size_t most = kQuotedRun;
};

bool holds(const std::string& text, const HeldWords& held);
// How often it took something out.
std::size_t take_out(std::string& text, const HeldWords& held);

}  // namespace perspective::report

// A comment with what must not be printed taken out.
//
// Promise:   each of the words, however it is written, is replaced wherever it stands by itself; the longest first.
// Errors:    invalid: nothing was named, or too much; nothing of the text stands in an error.
// Threads:   pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "comments/giveaways.h"

namespace perspective::comments {

struct Replacement {
  std::string words;
  std::string as;  // "[name]"
  bool operator==(const Replacement&) const = default;
};

std::string redacted(std::string_view text, std::vector<Replacement> replacements);

// What stands in the place of these words where nobody says: what they are likely to give away ("[number]"), else a
// name.
std::string label_of(std::string_view words, std::string_view text, const std::vector<Span>& spans,
                     const GiveawayWords& labels);

// What is likely to give somebody away, each replaced by its label.
std::vector<Replacement> replacements_of(std::string_view text, const std::vector<Span>& spans,
                                         const GiveawayWords& words);

}  // namespace perspective::comments

// Words of comments in a text that somebody edited: found, wherever they were pasted or typed.
//
// Promise:   found are
//            - five words of a comment in a row, in quotation marks or without;
//            - between quotation marks of any kind, three or four that stand in a comment so, and nothing else between
//              them but an ellipsis, "(sic)" or a square bracket on either side;
//            - between quotation marks, a whole comment of one or two words;
//            however they are spelt: capitals, spaces, line breaks, hyphens and marks do not count (text/tokens.h).
//            What stands so in one of the allowed texts is not found. A passage is as long as its words go on.
// Not:       a paraphrase; one or two words of a longer comment; four without quotation marks; what goes on in the next
//            paragraph, where fewer than that stand on either side.
// Threads:   pure.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace perspective::report {

struct Passage {
  std::size_t paragraph = 0;  // the first is 0
  std::size_t begin = 0;      // bytes in the paragraph
  std::size_t end = 0;
  std::set<std::size_t> from = {};  // of the comments
};

// In the order of the text; no two overlap.
std::vector<Passage> passages_in(const std::vector<std::string>& paragraphs, const std::vector<std::string>& comments,
                                 const std::vector<std::string>& allowed);

// Each goes, with held_words.h's mark in its place.
void take_out(std::vector<std::string>& paragraphs, const std::vector<Passage>& passages);

}  // namespace perspective::report

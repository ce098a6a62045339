// A text as sentences, and a sentence as words, for whoever counts them.
//
// Promise: a line feed ends a sentence; within a line sentences end where ICU's rules for the language say. A word is
//          what stands between spaces and has a letter or a figure in it, without the signs around it: "i'r", "don't"
//          and "well-known" are one each. A no-break space is no space: "0800 1111" written with one is one word.
// Threads: pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace perspective::text {

std::vector<std::string> sentences_of(std::string_view text, const std::string& language);
std::vector<std::string> words_of(std::string_view sentence);

}  // namespace perspective::text

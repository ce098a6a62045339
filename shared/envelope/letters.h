// The one form of a word: NFC, small letters. FORMAT.md, "Identifier".
//
// Promise:   knows a-z, apostrophe, hyphen and the letters of Latin-1, Latin Extended-A and Welsh, each whole or as
//            base and combining mark; on these it does what Unicode's NFC and lower case do, on nothing else anything.
// Errors:    nothing for an empty word, other characters, or bytes that are not UTF-8.
// Threads:   pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace perspective::envelope {

std::optional<std::string> normalised_word(std::string_view word);

}  // namespace perspective::envelope

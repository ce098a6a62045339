// Characters that nobody sees and that part a word for who searches it: soft hyphens, zero-width spaces and joiners.
//
// Promise:   without_hidden() takes out U+00AD, U+200B, U+2060 and U+FEFF, and U+200C and U+200D where they stand at a
//            Latin letter, a figure, a space or an end; between other letters they are spelling (Urdu, Bengali), and
//            between pictures they make one of them. All else stays, byte by byte.
// Threads:   pure.
#pragma once

#include <string>
#include <string_view>

namespace perspective::text {

std::string without_hidden(std::string_view text);

}  // namespace perspective::text

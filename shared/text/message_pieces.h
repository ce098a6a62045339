// Where in a formatted message its arguments stand; a part of catalogue.cc.
//
// Promise:   exact, since the message itself marks them: nothing is searched for. The marks are characters that Unicode
//            keeps for a program's own use (U+FDD0 to U+FDD2); values lose theirs before.
// Threads:   pure.
#pragma once

#include <unicode/unistr.h>

#include <string_view>
#include <vector>

#include "text/catalogue.h"

namespace perspective::text {

// The message with marks around each argument that it prints. It was parsed before.
icu::UnicodeString marked(const icu::UnicodeString& message);
Arguments without_marks(const Arguments& arguments);
std::vector<Piece> pieces_of(std::string_view marked);

}  // namespace perspective::text

// What a comment is about, in the inspectors' own words: "felt listened to".
//
// Promise: each code once, in order; white space is single spaces, none at the ends.
// Errors:  invalid, saying what a code may be: more than ten; one that is empty, longer than 60 bytes, or holds what
//          does not print, a comma or a semicolon, with which lists of them are written.
// Threads: pure.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace perspective::comments {

Result<std::vector<std::string>> clean_codes(const std::vector<std::string>& typed);

}  // namespace perspective::comments

// What somebody typed as some words on one line: a label, a name.
//
// Promise:   one_line() makes white space of any kind one space, and takes it from both ends. Nothing where the text is
//            no UTF-8, or holds what does not print by ICU: controls, and what changes how others are shown and is not
//            seen itself (directions, joiners, soft hyphens).
// Threads:   pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace perspective::text {

std::optional<std::string> one_line(std::string_view typed);

}  // namespace perspective::text

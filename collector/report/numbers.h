// The numbers that a text names, in figures and in words: to hold an edited release against its release.
//
// Promise:   pure. Figures of any length, per cent without its sign; words from one to a hundred as ICU spells them,
// and
//            in English and Welsh the forms that they take before a noun. It finds too much rather than too little
//            ("no one" names 1).
// Threads:   any.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace perspective::report {

// As figures: "15". language: BCP 47.
std::set<std::string> numbers_in(std::string_view text, const std::string& language);

}  // namespace perspective::report

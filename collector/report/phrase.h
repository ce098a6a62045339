// A finding as words: "fifteen", "All but one", "11 out of 15", "88%", and whatever else a sentence needs of it.
//
// Promise:   every word comes from the catalogue (messages report.phrase.*; README.md beside this lists them), so that
//            a language has its own grammar. House style: a number that opens a sentence is in words; elsewhere one to
//            nine in words, 10 and over in figures; per cent in figures.
// Errors:    those of text::Catalogue::format.
// Threads:   pure.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "survey/questionnaire.h"
#include "tally/tally.h"
#include "text/catalogue.h"

namespace perspective::report {

// Bases under it are small: no per cent by itself, no "all but one" (four of five are "four"), and a caveat.
inline constexpr std::int64_t kSmallBase = 10;

// all: two people at least, none of them without an answer. One of one is `one`.
enum class Edge { none, one, all, all_but_one, some };
Edge edge_of(const tally::FindingCount& finding);
std::string to_text(Edge edge);

// "nine", "10".
std::string number_in_style(std::int64_t number, const std::string& language);

// Adds {<name>}, {<name>_text} by house style and {<name>_start} in words with a capital.
void add_number(const std::string& name, std::int64_t number, const std::string& language, text::Arguments& arguments);

enum class Place { middle, start };  // of a sentence
Result<std::string> phrase(const tally::FindingCount& finding, survey::Form form, Place place,
                           const text::Catalogue& catalogue);

// Adds {<id>}, {<id>_start}, {<id>_count} ... as listed in README.md.
Result<void> add_arguments(const tally::FindingCount& finding, survey::Form form, const text::Catalogue& catalogue,
                           text::Arguments& arguments);

}  // namespace perspective::report

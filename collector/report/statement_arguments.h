// What the messages of a release may name of a finding: its statement, by the catalogue's words (README.md beside
// this).
//
// Promise:   no number but those that the release prints stands in any argument.
// Errors:    those of text::Catalogue::format.
// Threads:   pure.
#pragma once

#include <array>
#include <span>
#include <string>

#include "base/result.h"
#include "release/release.h"
#include "survey/questionnaire.h"
#include "text/catalogue.h"

namespace perspective::report {

// Each behind the finding's id: {x}, {x_start}, {x_says}, {x_whom}, {x_who}, {x_those}, {x_edge}.
inline constexpr std::array kReleaseArguments{"", "_start", "_says", "_whom", "_who", "_those", "_edge"};

// By the statement, or by count and base where more is stated. finding: one of the part's.
Result<void> add_release_arguments(const survey::Questionnaire& questionnaire, const release::Part& part,
                                   const std::string& finding, const text::Catalogue& words,
                                   text::Arguments& arguments);

// How figures of these parts are to be read: whom they are set against; or why there is none.
Result<std::string> note_on_figures(std::span<const release::Part> parts, const text::Catalogue& words);

// Does it say of anything that it is so many or more, or so many or fewer? That this may be all or none is said beside
// it.
bool has_edges(const release::Part& part);

// Does the release say something of it, by the rules or because more is stated?
bool is_said(const release::Part& part, const std::string& finding);

}  // namespace perspective::report

// A form as PDF, once for each reference.
//
// Promise:   A4, black on white, tagged; from right to left mirrored, but for tokens and references, which are read
// from
//            left to right in every script. Each part begins on a sheet of its own, also when sheets are printed on
//            both sides. A question stands on one page where a page has the room. The copies differ in their references
//            alone.
// Errors:    those of sheet::Pdf; invalid for a picture that is none.
// Threads:   any, one call each.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "paper/form.h"
#include "survey/picture.h"
#include "text/catalogue.h"

namespace perspective::paper {

Result<std::string> forms_pdf(const Form& form, Style style, const text::Catalogue& words,
                              const survey::Pictures& pictures, const std::vector<std::string>& references);

}  // namespace perspective::paper

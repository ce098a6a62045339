// A sheet of slips to print and cut: for each token one, in each language that was asked for.
//
// Promise: slips(): plain text of at most 76 columns, 4 slips a page of 66 lines or fewer, pages ended by a form feed.
//          slips_pdf(): A4, 3 slips a page with lines to cut along, one column a language, in large print (16 points)
//          where a language has the room; the token in 34 points. Nothing on a slip tells one person from another.
// Errors:  those of text::Catalogue::format; never a token. slips_pdf: io.
// Threads: slips() is pure; slips_pdf() any.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "text/catalogue.h"

namespace perspective::report {

// phrases: assets/report/<language>.json, the first language first on each slip.
Result<std::string> slips(const std::string& area, const std::vector<std::string>& tokens,
                          const std::vector<text::Catalogue>& phrases);
Result<std::string> slips_pdf(const std::string& area, const std::vector<std::string>& tokens,
                              const std::vector<text::Catalogue>& phrases);

}  // namespace perspective::report

// A sheet of slips to print and cut: for each token one, in each language that was asked for.
//
// Promise: plain text of at most 76 columns, 4 slips a page of 66 lines or fewer, pages ended by a form feed.
// Errors:  those of text::Catalogue::format; never a token.
// Threads: pure.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "text/catalogue.h"

namespace perspective::report {

// phrases: assets/report/<language>.json, the first language first on each slip.
Result<std::string> slips(const std::string& area, const std::vector<std::string>& tokens,
                          const std::vector<text::Catalogue>& phrases);

}  // namespace perspective::report

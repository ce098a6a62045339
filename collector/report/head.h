// What stands above both section and tally; a line that is not needed is empty.
//
// Errors:  those of text::Catalogue::format.
// Threads: pure.
#pragma once

#include <string>

#include "base/result.h"
#include "report/section.h"
#include "text/catalogue.h"

namespace perspective::report {

// One of the catalogues says of itself that nobody who speaks its language has checked it ("status": "draft").
Result<std::string> draft_line(const Draft& draft, const text::Catalogue& phrases);
Result<std::string> draft_line(bool has_draft_words, const text::Catalogue& phrases);
bool is_draft(const text::Catalogue& words);

// That no tokens were handed out, and why, in the inspector's own words.
Result<std::string> no_tokens_line(const Draft& draft, const text::Catalogue& phrases);

// The cell of numbers that are in no tally, but in what came in beside what was sent. No questionnaire is called so.
constexpr const char* kOfReconciliation = "/reconciliation";

// How many responses could not be read.
Result<std::string> set_aside_line(const Draft& draft, const text::Catalogue& phrases);

// What kiosks say was sent and did not come in, and the like: sentences, with a space between them.
Result<std::string> gap_lines(const Draft& draft, const text::Catalogue& phrases);

}  // namespace perspective::report

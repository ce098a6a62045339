// What every kind of section makes of the quotations that were chosen.
//
// Promise:   in alphabetical order: not in that in which they came.
// Errors:    those of text::Catalogue::format.
// Threads:   pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "report/section.h"
#include "survey/questionnaire.h"
#include "text/catalogue.h"

namespace perspective::report {

// The chosen words of the items that a sentence quotes.
std::vector<Quotation> chosen_for(const survey::Sentence& sentence, const std::string& questionnaire,
                                  const std::vector<Quotation>& quotations);

// Each in quotation marks, with what stands between them; a quotation is a piece,
// and its translation, where there is one, another.
Result<std::vector<PrintedPiece>> quoted_pieces(const std::vector<Quotation>& quotations, const text::Catalogue& words);
Result<std::string> quoted(const std::vector<Quotation>& quotations, const text::Catalogue& words);

text::Arguments respondents_arguments(std::int64_t respondents, const std::string& language);

// Without spaces and line breaks at either end.
std::string trimmed(const std::string& text);

}  // namespace perspective::report

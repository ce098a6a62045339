// The amounts that an edited release names and the release does not: held paragraph by paragraph against what is
// generated from it.
//
// Promise:   a paragraph may name what the statements of the paragraph that it was made from name, wherever in it; what
//            else stands there ("at least half satisfied") only between the same words. A quotation may stand as it is
//            generated there, and none of its numbers elsewhere. What it was made from is the generated paragraph that
//            it shares most words with, a word counting the more the fewer paragraphs have it; one that shares less
//            than a third by that count was made from none, and may name no amount but one larger than all who took
//            part: no group of them is.
// Checked:   that a number, a part or "all" and "none" of one paragraph is not said in another, nor one that no
//            statement names. README.md beside this lists the words.
// Not:       what a number is said of within its paragraph ("five" of one finding put in the place of another's "five",
//            or of another of the same paragraph); what follows from two numbers without a third ("the others");
//            comparisons ("more than last year", "rarely"); amounts in another language than the section's, or spelt
//            wrong; and a paragraph that was taken to pieces until it shares most words with another.
// Threads:   pure.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "report/amounts.h"
#include "report/document.h"

namespace perspective::report {

struct UnknownAmount {
  std::string name;           // as in Amount
  std::string words;          // as the text has it
  std::size_t paragraph = 0;  // of the edited; the first is 0
  bool may_be_other = false;  // in a paragraph that was made from none: it may count nobody ("all of this", "no plan")
  bool operator==(const UnknownAmount&) const = default;
};

std::vector<UnknownAmount> unknown_amounts(const AmountWords& words, const std::vector<std::string>& edited,
                                           const Document& generated);

}  // namespace perspective::report

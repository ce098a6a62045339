// The amounts that an edited release names and the release does not: held sentence by sentence against what is
// generated from it.
//
// Promise:   a sentence may name what the figures of the generated sentences that it was made from name: of one figure
//            any part, in whatever order; of several each figure whole ("fifteen of the 17" is not made of another's
//            fifteen and another's 17). A sentence that is generated word for word may stand anywhere. What else is an
//            amount there ("at least half satisfied") only between the same words. A quotation may stand as it is
//            generated in the paragraph, and none of its numbers elsewhere.
//            What a paragraph was made from is the generated one that it shares most words with, a word counting the
//            more the fewer paragraphs have it; one that shares less than a third by that count was made from none, and
//            may name no amount. So it is with the sentences of a paragraph; one that was made from none may name whole
//            figures of its paragraph, and nothing else. How many took part is said once there: "twelve were afraid"
//            behind it is refused.
//            Anywhere may stand, where it is larger than all who took part, so that no group of them is so large: a
//            year (1900 to 2100, in four figures, and no number, no word for people and no "of" or "per" beside it),
//            and the whole number of a section, page or the like behind its word ("section 47"), if no number is beside
//            it. Another number larger than all is unknown: "83 in 100". Some that are unknown may be of nobody, and
//            are asked about (may_be_other).
// Checked:   that a number, a part or "all" and "none" of one sentence is not said in another, nor one that no
//            statement names. README.md beside this lists the words. Characters that nobody sees (text/hidden.h) are
//            not read.
// Not:       what a number is said of within its sentence; what follows from two numbers without a third ("others");
//            comparisons ("more than last year", "rarely"); amounts in a language whose catalogue is not beside the
//            section's, or spelt wrong; and a sentence that was taken to pieces until it shares most words with
//            another.
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
  // It may count nobody: some words in a paragraph that was made from none ("all of this", "no plan"), some anywhere
  // (Amount::may_be_none), and a number of things, of a chapter or a year (AmountPlace) in a sentence that names no
  // figure of the section ("on two visits", "chapter 4"); "most" of things only in a paragraph that was made from none.
  bool may_be_other = false;
  bool operator==(const UnknownAmount&) const = default;
};

std::vector<UnknownAmount> unknown_amounts(const AmountWords& words, const std::vector<std::string>& edited,
                                           const Document& generated);

}  // namespace perspective::report

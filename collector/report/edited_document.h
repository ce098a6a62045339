// A section as somebody edited it, as a document: what was left as it is generated keeps its kind, its figures and its
// quotations.
//
// Promise:   every paragraph of the text is there, in its order. One that is generated word for word is that paragraph;
//            one that shares half of its words with a generated one keeps its kind, and each figure and quotation that
//            stands in it again, in the same order; a figure only beside a word that stood beside it. Another is one
//            of text, without links. The mark of a full section and its title stay whatever was edited.
// Threads:   pure.
#pragma once

#include <string>
#include <vector>

#include "report/document.h"

namespace perspective::report {

Document edited_document(Document generated, const std::vector<std::string>& edited);

}  // namespace perspective::report

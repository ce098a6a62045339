// The rule of quotations (RELEASES.md) over a release section that somebody edited: what of it is words of a comment
// that the frozen release does not quote.
//
// Promise:   whatever report/passages.h finds of a comment, as it was written or translated, redacted since or not, and
//            that is neither a quotation of the release as it is generated now nor other words of it. Where a
//            translation is quoted, the quotation in its writer's language may stand beside it. Nothing here tells how
//            many were asked.
// Threads:   pure.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "inspection/opened.h"
#include "report/document.h"
#include "report/passages.h"

namespace perspective::inspection {

struct EditedQuotations {
  std::vector<report::Passage> passages = {};  // that may not stand there
  std::vector<bool> is_chosen = {};            // of each: somebody chose the comment, and the release does not quote it
};

EditedQuotations not_to_be_quoted(const std::vector<std::string>& edited, const report::Document& generated,
                                  const Opened::AllSaid& all);

}  // namespace perspective::inspection

// The section of the report as it may leave: the sentences of the questionnaire's section from the statements of a
// frozen release.
//
// Promise:   it reads the release and nothing else: no number stands in it that the release does not hold (a test reads
//            every text for that). A finding that says nothing is left out, and its sentence stays whole. A sentence is
//            the message section.<sentence>.release of the questionnaire's own words, or a line for each finding where
//            it has none. Quotations are those handed in, which were chosen, read and made ready by somebody.
// Errors:    those of text::Catalogue::format, naming questionnaire and sentence; invalid: a part of another
//            questionnaire.
// Ownership: a ReleaseChapter points to questionnaire and part, which outlive the call.
// Threads:   pure.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "release/release.h"
#include "report/document.h"
#include "report/section.h"
#include "survey/questionnaire.h"
#include "text/catalogue.h"

namespace perspective::report {

struct ReleaseChapter {
  const survey::Questionnaire* questionnaire = nullptr;
  const release::Part* part = nullptr;
  text::Catalogue words;  // as in a Chapter
};

struct ReleaseDraft {
  std::string inspection;
  std::string area;
  std::vector<ReleaseChapter> chapters;
  std::vector<Quotation> quotations;
};

Result<Document> release_document(const ReleaseDraft& draft, const text::Catalogue& phrases);
Result<std::string> release_section(const ReleaseDraft& draft, const text::Catalogue& phrases);

Result<std::vector<PrintedParagraph>> paragraphs_of(const ReleaseChapter& chapter,
                                                    const std::vector<Quotation>& quotations);

}  // namespace perspective::report

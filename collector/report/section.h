// The service users' section of the inspection report, as a draft that an inspector edits; and the full tally to read.
//
// Promise:   every word comes from the catalogues. The full section and tally say at head and foot that they are not
//            for release, and at the head where words are a draft (a catalogue's "status"). Quotations of one place
//            stand in alphabetical order: not in that in which they came. One paragraph is one line; paragraphs have an
//            empty line between them.
// Errors:    those of text::Catalogue::format, naming questionnaire and sentence; never an answer. invalid: a chapter
//            whose tally is of another questionnaire.
// Ownership: a Chapter points to questionnaire and tally, which outlive the call.
// Threads:   pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "report/document.h"
#include "report/reconciliation.h"
#include "survey/questionnaire.h"
#include "tally/tally.h"
#include "text/catalogue.h"

namespace perspective::report {

// A comment that its writer lets us print and an inspector has read and chosen.
struct Quotation {
  std::string questionnaire;
  std::string variable;
  std::string original;  // as written; never printed
  std::string printed;   // verbatim, or without what must not be printed
  bool is_sic = false;
  std::string language = {};     // BCP 47, in which it was written; empty: that of the section
  std::string translation = {};  // into that of the section, printed beside it; empty: there is none
  std::string translator = {};
};

struct Chapter {
  const survey::Questionnaire* questionnaire = nullptr;
  const tally::Tally* tally = nullptr;
  text::Catalogue words;  // assets/report/<language>.json with the questionnaire's section/<language>.json over it
};

struct Draft {
  std::string inspection;          // its id
  std::string area;                // "Croydon"
  std::string why_no_tokens = {};  // in an inspector's words; empty: tokens were handed out
  std::int64_t set_aside = 0;      // responses that could not be opened or are not what they should be
  std::vector<Chapter> chapters;
  std::vector<Quotation> quotations;
  Reconciliation reconciliation = {};  // whose gaps stand at the head
};

// `phrases`: assets/report/<language>.json. Page and files are made from the document; the text is its words.
Result<Document> full_document(const Draft& draft, const text::Catalogue& phrases);
Result<std::string> full_section(const Draft& draft, const text::Catalogue& phrases);

// What the messages of a sentence may name, each with a value of its kind.
class ExampleArguments {
 public:
  ExampleArguments();
  text::Arguments of(const survey::Sentence& sentence) const;
  text::Arguments of_release(const survey::Sentence& sentence) const;        // section.<sentence>.release
  const text::Arguments& of_respondents() const { return of_respondents_; }  // section.respondents

 private:
  text::Arguments of_respondents_;
  text::Arguments of_x_;  // what a finding "x" that counts nobody gives; spelling numbers out costs much: done once
};

// At most 80 columns. An item's question stands beside its variable where the chapter's words have it (item.<variable>,
// from the questionnaire's texts/<language>.json).
Result<std::string> full_tally(const Draft& draft, const text::Catalogue& phrases);

// Words of a sentence that belong together: a figure, quotations, or what stands between.
struct PrintedPiece {
  std::string text;
  std::string finding = {};     // that the figure states; empty: no figure of a finding
  bool is_respondents = false;  // how many answered the questionnaire
  bool is_quoted = false;
  std::string language = {};  // where it is another than the section's
  bool operator==(const PrintedPiece&) const = default;
};

// One sentence as it is printed, and where it comes from.
struct PrintedSentence {
  std::string id;  // of survey::Sentence, also where its `otherwise` is printed
  std::vector<std::string> findings;
  std::vector<PrintedPiece> pieces;
  std::string text() const;
};
using PrintedParagraph = std::vector<PrintedSentence>;

// The paragraphs of one questionnaire; what is left out is not there, and a paragraph without a sentence neither.
Result<std::vector<PrintedParagraph>> paragraphs_of(const Chapter& chapter, const std::vector<Quotation>& quotations);

}  // namespace perspective::report

// A document in the making. Remembers the first mistake, so that what writes one reads as the page does.
//
// Promise:   a paragraph without words is left out.
// Errors:    finished(): the first that a paragraph came with.
// Threads:   one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "report/document.h"
#include "report/section.h"
#include "text/catalogue.h"

namespace perspective::report {

class Page {
 public:
  Page(std::string language) { document_.language = std::move(language); }
  void title(const Result<std::string>& text);  // of the file too
  void page_mark(const Result<std::string>& text);
  void paragraph(Paragraph::Kind kind, const Result<std::string>& text, const std::string& cell = {});  // of all of it
  // A run for each figure, with the finding that it states as its cell, and for what stands between.
  void sentences(const std::string& questionnaire, const PrintedParagraph& paragraph);
  void pieces(Paragraph::Kind kind, const std::string& questionnaire, const Result<std::vector<PrintedPiece>>& pieces);
  // The paragraph that says how many answered.
  void respondents(const std::string& questionnaire, const Result<std::vector<text::Piece>>& line);
  void failed(const Error& error);
  Result<Document> finished();

 private:
  Document document_;
  std::optional<Error> error_;
};

}  // namespace perspective::report

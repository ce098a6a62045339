// A document in the making. Remembers the first mistake, so that what writes one reads as the page does.
//
// Promise:   a paragraph without words is left out.
// Errors:    finished(): the first that a paragraph came with.
// Threads:   one.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "report/document.h"
#include "report/section.h"

namespace perspective::report {

class Page {
 public:
  Page(std::string language) { document_.language = std::move(language); }
  void title(const Result<std::string>& text);  // of the file too
  void page_mark(const Result<std::string>& text);
  void paragraph(Paragraph::Kind kind, const Result<std::string>& text);
  // A run each, with a space between; its cell is its first finding.
  void sentences(const std::string& questionnaire, const PrintedParagraph& paragraph);
  void failed(const Error& error);
  Result<Document> finished();

 private:
  Document document_;
  std::optional<Error> error_;
};

}  // namespace perspective::report

#include "report/page.h"

#include <utility>

namespace perspective::report {

void Page::failed(const Error& error) {
  if (!error_) error_ = error;
}

void Page::title(const Result<std::string>& text) {
  if (text) document_.title = *text;
  paragraph(Paragraph::Kind::title, text);
}

void Page::page_mark(const Result<std::string>& text) {
  if (text) document_.page_mark = *text;
  paragraph(Paragraph::Kind::mark, text);
}

void Page::paragraph(Paragraph::Kind kind, const Result<std::string>& text) {
  if (!text) return failed(text.error());
  if (!text->empty()) document_.blocks.emplace_back(Paragraph{kind, {{*text}}});
}

void Page::sentences(const std::string& questionnaire, const PrintedParagraph& paragraph) {
  Paragraph block;
  for (const auto& sentence : paragraph) {
    const auto cell = sentence.findings.empty() ? std::string() : questionnaire + "/" + sentence.findings.front();
    block.runs.push_back({(block.runs.empty() ? "" : " ") + sentence.text, cell});
  }
  if (!block.runs.empty()) document_.blocks.emplace_back(std::move(block));
}

Result<Document> Page::finished() {
  if (error_) return std::unexpected(*error_);
  return std::move(document_);
}

}  // namespace perspective::report

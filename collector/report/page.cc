#include "report/page.h"

#include <utility>

#include "report/printing.h"

namespace perspective::report {
namespace {

void add(const PrintedPiece& piece, const std::string& questionnaire, Paragraph& block) {
  Run run{.text = piece.text, .is_quoted = piece.is_quoted, .language = piece.language};
  if (!piece.finding.empty()) run.cell = questionnaire + "/" + piece.finding;
  if (piece.is_respondents) run.cell = questionnaire;
  const bool is_plain = run.cell.empty() && !run.is_quoted;
  if (is_plain && !block.runs.empty() && block.runs.back().cell.empty() && !block.runs.back().is_quoted)
    block.runs.back().text += run.text;
  else
    block.runs.push_back(std::move(run));
}

}  // namespace

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

void Page::paragraph(Paragraph::Kind kind, const Result<std::string>& text, const std::string& cell) {
  if (!text) return failed(text.error());
  if (!text->empty()) document_.blocks.emplace_back(Paragraph{kind, {{.text = *text, .cell = cell}}});
}

void Page::sentences(const std::string& questionnaire, const PrintedParagraph& paragraph) {
  Paragraph block;
  for (const auto& sentence : paragraph) {
    if (!block.runs.empty()) add({.text = " "}, questionnaire, block);
    for (const auto& piece : sentence.pieces) add(piece, questionnaire, block);
  }
  if (!block.runs.empty()) document_.blocks.emplace_back(std::move(block));
}

void Page::respondents(const std::string& questionnaire, const Result<std::vector<text::Piece>>& line) {
  if (!line) return failed(line.error());
  pieces(Paragraph::Kind::text, questionnaire, respondents_pieces(*line, document_.language));
}

void Page::pieces(Paragraph::Kind kind, const std::string& questionnaire,
                  const Result<std::vector<PrintedPiece>>& pieces) {
  if (!pieces) return failed(pieces.error());
  Paragraph block{.kind = kind, .runs = {}};
  for (const auto& piece : *pieces) add(piece, questionnaire, block);
  if (!block.runs.empty()) document_.blocks.emplace_back(std::move(block));
}

Result<Document> Page::finished() {
  if (error_) return std::unexpected(*error_);
  return std::move(document_);
}

}  // namespace perspective::report

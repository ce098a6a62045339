// The paragraphs of a questionnaire's section, whoever says what a sentence reads; a part of paragraphs.cc and
// release_section.cc.
//
// Promise:   a sentence that reads nothing is not there, and a paragraph without a sentence neither.
// Errors:    those of text_of, naming questionnaire and sentence.
// Threads:   pure.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "report/section.h"
#include "text/catalogue.h"

namespace perspective::report {

// What each part of a message is, by the argument that it was: exact, since the message says where its arguments stand.
// Without spaces and line breaks at either end. Words between {x_from} and {x_to} are x's. `quoted` stand where the
// argument {quotes} does.
std::vector<PrintedPiece> printed_pieces(std::vector<text::Piece> pieces, const std::vector<std::string>& findings,
                                         const std::vector<PrintedPiece>& quoted = {});

// Of the line that says how many answered. Where a language gives the number the form of what it counts ("pum
// dioddefwr"), it is no argument of its own: its whole sentence states it then.
std::vector<PrintedPiece> respondents_pieces(std::vector<text::Piece> line, const std::string& language);

// A sentence before it is printed.
struct SentencePieces {
  std::vector<text::Piece> pieces;
  std::vector<PrintedPiece> quoted = {};
};

// pieces_of(sentence): Result<SentencePieces>
template <typename PiecesOf>
Result<std::vector<PrintedParagraph>> printed(const survey::Questionnaire& questionnaire, PiecesOf pieces_of) {
  std::vector<PrintedParagraph> paragraphs;
  for (const auto& paragraph : questionnaire.section) {
    PrintedParagraph sentences;
    for (const auto& sentence : paragraph.sentences) {
      auto pieces = pieces_of(sentence);
      if (!pieces) return in_context(questionnaire.id + ", sentence " + sentence.id, pieces.error());
      auto printed = printed_pieces(std::move(pieces->pieces), sentence.findings, pieces->quoted);
      if (!printed.empty()) sentences.push_back({sentence.id, sentence.findings, std::move(printed)});
    }
    if (!sentences.empty()) paragraphs.push_back(std::move(sentences));
  }
  return paragraphs;
}

}  // namespace perspective::report

// The paragraphs of a questionnaire's section, whoever says what a sentence reads; a part of paragraphs.cc and
// release_section.cc.
//
// Promise:   a sentence that reads nothing is not there, and a paragraph without a sentence neither.
// Errors:    those of text_of, naming questionnaire and sentence.
// Threads:   pure.
#pragma once

#include <utility>
#include <vector>

#include "report/section.h"

namespace perspective::report {

// text_of(sentence): Result<std::string>
template <typename TextOf>
Result<std::vector<PrintedParagraph>> printed(const survey::Questionnaire& questionnaire, TextOf text_of) {
  std::vector<PrintedParagraph> paragraphs;
  for (const auto& paragraph : questionnaire.section) {
    PrintedParagraph sentences;
    for (const auto& sentence : paragraph.sentences) {
      auto text = text_of(sentence);
      if (!text) return in_context(questionnaire.id + ", sentence " + sentence.id, text.error());
      if (!text->empty()) sentences.push_back({sentence.id, sentence.findings, std::move(*text)});
    }
    if (!sentences.empty()) paragraphs.push_back(std::move(sentences));
  }
  return paragraphs;
}

}  // namespace perspective::report

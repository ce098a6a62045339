// Everything that is wrong with a questionnaire's folder, at once: definition, words in every language, section.
//
// Promise: pure. Every mistake of every file is told, each once, with file, line, JSON pointer and what to do. Where
//          one mistake makes another place wrong (a misspelt variable and what names it) both may be told; of a file
//          that is no JSON only the first break is. Without an error, a kiosk can ask it and the collector can write it
//          up, in each language looked at. Errors are what is refused; warnings and notes are not.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "authoring/folder.h"
#include "authoring/reading.h"
#include "authoring/remark.h"

namespace perspective::authoring {

// Easy read: at most so many words a sentence, unless `long_sentences` says why.
inline constexpr std::size_t kMaxWordsASentence = 15;
// Most of those for whom this is made read below the level expected of an 11-year-old, who is in grade 5: a question
// above it is one that most cannot read. The aim, reading age 7 (grade 2), is for the questionnaire as a whole.
inline constexpr double kMaxGrade = 5.0;
inline constexpr double kGradeAimedAt = 2.0;

struct ItemReading {
  std::string variable;
  std::map<std::string, Reading> by_language;  // question and help
};

struct Check {
  Remarks remarks;                       // in order of file and line
  std::vector<std::string> languages;    // that were looked at
  std::vector<ItemReading> items;        // in order; an item without a text in a language has no reading in it
  std::map<std::string, Reading> whole;  // by language: all that a respondent reads but options and names
};

// `languages`: those that are wanted; empty: all of the definition's.
Check check(const Folder& folder, const std::vector<std::string>& languages = {});

}  // namespace perspective::authoring

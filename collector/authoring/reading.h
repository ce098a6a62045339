// How hard a text is to read.
//
// Promise: pure. For English the Flesch-Kincaid grade (Kincaid and others, 1975):
//          0.39 words/sentences + 11.8 syllables/words - 15.59; a child in grade g is g + 5 to g + 6 years old.
//          Syllables are estimated: groups of vowels, without a silent final e, -es or -ed, one at least; an
//          abbreviation in capitals has one a letter, a number one a figure. For other languages, for which there is no
//          accepted grade, LIX (Björnsson, 1968): words/sentences + 100 words of more than six letters/words. LIX is no
//          grade: compare texts of one language only. Both were made for passages of a hundred words and more: of one
//          short question they are a hint, not a measure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace perspective::authoring {

struct Reading {
  std::size_t sentences = 0;
  std::size_t words = 0;
  std::size_t syllables = 0;   // English only
  std::size_t long_words = 0;  // of more than six letters

  Reading& operator+=(const Reading& other);
  double words_a_sentence() const;  // 0 where there are none; so are the next two
  double grade() const;
  double lix() const;
};

bool has_grade(std::string_view language);
Reading reading_of(std::string_view text, const std::string& language);
std::size_t syllables_of(std::string_view english_word);

}  // namespace perspective::authoring

#include "authoring/reading.h"

#include <algorithm>
#include <cctype>

#include "text/sentences.h"

namespace perspective::authoring {
namespace {

constexpr std::size_t kLongWord = 7;

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_figure(char c) { return c >= '0' && c <= '9'; }
bool is_vowel(char c) { return std::string_view("aeiouy").find(c) != std::string_view::npos; }

double ratio(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::size_t letters_of(std::string_view word) {
  return static_cast<std::size_t>(std::ranges::count_if(word, [](char c) { return (c & 0xC0) != 0x80; }));
}

// "make", "makes" and "asked" end in a vowel that is not said; "little", "wanted" and "changes" do not.
bool has_silent_ending(std::string_view word) {
  const auto ends_in = [&](std::initializer_list<std::string_view> endings) {
    return std::ranges::any_of(endings, [&](std::string_view ending) { return word.ends_with(ending); });
  };
  if (word.ends_with("le") && word.size() > 2 && !is_vowel(word[word.size() - 3])) return false;
  if (word.ends_with("e")) return !word.ends_with("ee");
  if (word.ends_with("ed")) return !ends_in({"ted", "ded", "eed"});
  if (word.ends_with("es")) return !ends_in({"ses", "xes", "zes", "ches", "shes", "ces", "ges", "ees"});
  return false;
}

}  // namespace

Reading& Reading::operator+=(const Reading& other) {
  sentences += other.sentences;
  words += other.words;
  syllables += other.syllables;
  long_words += other.long_words;
  return *this;
}

double Reading::words_a_sentence() const { return ratio(words, sentences); }
double Reading::grade() const {
  return words == 0 ? 0 : 0.39 * ratio(words, sentences) + 11.8 * ratio(syllables, words) - 15.59;
}
double Reading::lix() const { return ratio(words, sentences) + 100 * ratio(long_words, words); }

bool has_grade(std::string_view language) { return language == "en" || language.starts_with("en-"); }

Reading reading_of(std::string_view text, const std::string& language) {
  Reading reading;
  for (const auto& sentence : text::sentences_of(text, language)) {
    ++reading.sentences;
    for (const auto& word : text::words_of(sentence)) {
      ++reading.words;
      if (letters_of(word) >= kLongWord) ++reading.long_words;
      if (has_grade(language)) reading.syllables += syllables_of(word);
    }
  }
  return reading;
}

std::size_t syllables_of(std::string_view english_word) {
  const auto figures = static_cast<std::size_t>(std::ranges::count_if(english_word, is_figure));
  if (figures > 0) return figures;
  if (english_word.size() > 1 && std::ranges::all_of(english_word, is_capital)) return english_word.size();
  std::string word;
  for (const char c : english_word) word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  std::size_t groups = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (is_vowel(word[i]) && (i == 0 || !is_vowel(word[i - 1]))) ++groups;
  }
  if (groups > 1 && has_silent_ending(word)) --groups;
  return std::max<std::size_t>(groups, 1);
}

}  // namespace perspective::authoring

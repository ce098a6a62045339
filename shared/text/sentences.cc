#include "text/sentences.h"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>

#include <memory>

namespace perspective::text {
namespace {

bool is_space(UChar32 c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

std::string to_utf8(const icu::UnicodeString& text) {
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

icu::UnicodeString from_utf8(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

// Without the signs around it; empty where there is no letter and no figure.
icu::UnicodeString bare(icu::UnicodeString word) {
  while (!word.isEmpty() && !u_isalnum(word.char32At(0))) word.remove(0, word.moveIndex32(0, 1));
  while (!word.isEmpty() && !u_isalnum(word.char32At(word.length() - 1))) {
    word.truncate(word.moveIndex32(word.length(), -1));
  }
  return word;
}

void add_sentences(const icu::UnicodeString& line, icu::BreakIterator& breaks, std::vector<std::string>& sentences) {
  breaks.setText(line);
  std::int32_t begin = breaks.first();
  for (std::int32_t end = breaks.next(); end != icu::BreakIterator::DONE; begin = end, end = breaks.next()) {
    icu::UnicodeString sentence = line.tempSubStringBetween(begin, end);
    sentence.trim();
    if (!bare(sentence).isEmpty()) sentences.push_back(to_utf8(sentence));
  }
}

}  // namespace

std::vector<std::string> sentences_of(std::string_view text, const std::string& language) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> breaks(
      icu::BreakIterator::createSentenceInstance(icu::Locale::createCanonical(language.c_str()), status));
  std::vector<std::string> sentences;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    if (U_SUCCESS(status)) {
      add_sentences(from_utf8(line), *breaks, sentences);
    } else if (!words_of(line).empty()) {
      sentences.emplace_back(line);
    }
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return sentences;
}

std::vector<std::string> words_of(std::string_view sentence) {
  const icu::UnicodeString text = from_utf8(sentence);
  std::vector<std::string> words;
  icu::UnicodeString word;
  const auto finish = [&] {
    word = bare(word);
    if (!word.isEmpty()) words.push_back(to_utf8(word));
    word.remove();
  };
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    if (is_space(c)) {
      finish();
    } else {
      word.append(c);
    }
  }
  finish();
  return words;
}

}  // namespace perspective::text

#include "comments/tokens.h"

#include "text/characters.h"

namespace perspective::comments {
namespace {

using text::character_at;
using text::is_letter;
using text::small_letter;

bool is_digit(char32_t code) { return code >= '0' && code <= '9'; }

bool is_apostrophe(char32_t code) { return code == '\'' || code == 0x2019 || code == 0x2018; }

bool belongs(char32_t code) { return is_letter(code) || is_digit(code); }

// From a letter or digit to the end of its word.
Token token_at(std::string_view text, std::size_t begin) {
  Token token{.begin = begin, .end = begin, .folded = {}};
  const auto first = character_at(text, begin).code;
  token.is_capital = small_letter(first) != first;
  for (std::size_t at = begin; at < text.size();) {
    const auto here = character_at(text, at);
    const std::size_t next = at + here.bytes.size();
    const bool joins = (is_apostrophe(here.code) || here.code == '-') && next < text.size() &&
                       is_letter(character_at(text, next).code) && token.has_letters;
    if (!belongs(here.code) && !joins) break;
    token.has_letters |= is_letter(here.code);
    token.has_digits |= is_digit(here.code);
    at = token.end = next;
  }
  token.folded = folded(text.substr(begin, token.end - begin));
  return token;
}

}  // namespace

std::string folded(std::string_view text) {
  std::string small_text;
  small_text.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto here = character_at(text, at);
    if (here.code == text::kNoText) {
      small_text += here.bytes;
    } else {
      text::append(small_text, is_apostrophe(here.code) ? '\'' : small_letter(here.code));
    }
    at += here.bytes.size();
  }
  return small_text;
}

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  bool starts_sentence = true;
  for (std::size_t at = 0; at < text.size();) {
    const auto here = character_at(text, at);
    if (!belongs(here.code)) {
      starts_sentence |= here.code == '.' || here.code == '!' || here.code == '?' || here.code == ':' ||
                         here.code == '\n' || here.code == 0x2026;
      at += here.bytes.size();
      continue;
    }
    tokens.push_back(token_at(text, at));
    tokens.back().starts_sentence = starts_sentence;
    starts_sentence = false;
    at = tokens.back().end;
  }
  return tokens;
}

bool is_word_begin(std::string_view text, std::size_t at) {
  if (at == 0) return true;
  std::size_t before = at - 1;
  while (before > 0 && (static_cast<unsigned char>(text[before]) & 0xC0U) == 0x80) --before;
  return !belongs(character_at(text, before).code);
}

bool is_word_end(std::string_view text, std::size_t at) {
  return at >= text.size() || !belongs(character_at(text, at).code);
}

}  // namespace perspective::comments

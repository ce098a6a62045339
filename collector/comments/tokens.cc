#include "comments/tokens.h"

namespace perspective::comments {
namespace {

struct Character {
  char32_t code = 0;
  std::size_t bytes = 1;
};

// What is no UTF-8 counts byte by byte as nothing in particular.
Character character_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto first = byte(at);
  const std::size_t bytes = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
  if (bytes == 1) return {first, 1};
  if (bytes == 0 || at + bytes > text.size()) return {0, 1};
  char32_t code = first & (0xFFU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80) return {0, 1};
    code = code << 6U | (byte(at + i) & 0x3FU);
  }
  return {code, bytes};
}

bool is_digit(char32_t code) { return code >= '0' && code <= '9'; }

// Beyond the Latin letters every character but punctuation: other scripts have no capitals to go by.
bool is_letter(char32_t code) {
  if (code < 0xC0) return (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z');
  const bool is_sign = code == 0xD7 || code == 0xF7 || (code >= 0x2000 && code <= 0x2BFF) || code >= 0x1F000;
  return !is_sign;
}

char32_t small(char32_t code) {
  if (code >= 'A' && code <= 'Z') return code + 0x20;
  if (code >= 0xC0 && code <= 0xDE && code != 0xD7) return code + 0x20;
  const bool is_pair = (code >= 0x100 && code <= 0x137) || (code >= 0x14A && code <= 0x177);
  return is_pair && code % 2 == 0 ? code + 1 : code;
}

bool is_apostrophe(char32_t code) { return code == '\'' || code == 0x2019 || code == 0x2018; }

void append(std::string& text, char32_t code) {
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xC0U | code >> 6U);
    text += static_cast<char>(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    text += static_cast<char>(0xE0U | code >> 12U);
    text += static_cast<char>(0x80U | (code >> 6U & 0x3FU));
    text += static_cast<char>(0x80U | (code & 0x3FU));
  } else {
    text += static_cast<char>(0xF0U | code >> 18U);
    text += static_cast<char>(0x80U | (code >> 12U & 0x3FU));
    text += static_cast<char>(0x80U | (code >> 6U & 0x3FU));
    text += static_cast<char>(0x80U | (code & 0x3FU));
  }
}

bool belongs(char32_t code) { return is_letter(code) || is_digit(code); }

// From a letter or digit to the end of its word.
Token token_at(std::string_view text, std::size_t begin) {
  Token token{.begin = begin, .end = begin, .folded = {}};
  token.is_capital = small(character_at(text, begin).code) != character_at(text, begin).code;
  for (std::size_t at = begin; at < text.size();) {
    const auto here = character_at(text, at);
    const std::size_t next = at + here.bytes;
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
    if (here.code == 0) {
      small_text += text[at];
    } else {
      append(small_text, is_apostrophe(here.code) ? '\'' : small(here.code));
    }
    at += here.bytes;
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
      at += here.bytes;
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

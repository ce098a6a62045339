#include "text/tokens.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include "text/utf8.h"

namespace perspective::text {
namespace {

using Kind = Token::Kind;

bool is_hidden(UChar32 c) { return u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0; }
bool is_in_words(UChar32 c) { return (U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_M_MASK)) != 0; }
bool is_digit(UChar32 c) { return u_charDigitValue(c) >= 0; }
bool is_lone_number(UChar32 c) { return (U_GET_GC_MASK(c) & (U_GC_NO_MASK | U_GC_NL_MASK)) != 0; }
bool is_per_cent(UChar32 c) { return c == '%' || c == 0x066A || c == 0xFE6A || c == 0xFF05 || c == 0x2030; }
// Between words of one expression: spaces, hyphens and dashes without spaces of their own, apostrophes.
bool joins(UChar32 c) {
  return u_isUWhiteSpace(c) != 0 || is_hidden(c) || c == '-' || c == 0x2010 || c == 0x2011 || c == '\'' ||
         c == 0x2019 || c == 0x02BC;
}

std::string folded(std::string_view word) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* const form = icu::Normalizer2::getNFKCCasefoldInstance(status);
  if (U_FAILURE(status)) return std::string(word);
  auto text = to_utf8(form->normalize(from_utf8(word), status));
  return U_FAILURE(status) ? std::string(word) : text;
}

// Walks over the code points of a text; bytes that are none are U+FFFD.
class Reader {
 public:
  explicit Reader(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    utext_openUTF8(&text_, text.data(), static_cast<std::int64_t>(text.size()), &status);
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() { utext_close(&text_); }
  bool is_done() { return peek() == U_SENTINEL; }
  std::size_t at() { return static_cast<std::size_t>(utext_getNativeIndex(&text_)); }
  UChar32 peek() { return utext_current32(&text_); }
  UChar32 after_this() {
    const auto here = utext_getNativeIndex(&text_);
    utext_next32(&text_);
    const auto after = peek();
    utext_setNativeIndex(&text_, here);
    return after;
  }
  UChar32 take() { return utext_next32(&text_); }

 private:
  UText text_ = UTEXT_INITIALIZER;
};

Token word_at(Reader& reader, std::string_view text) {
  const auto begin = reader.at();
  while (!reader.is_done() && (is_in_words(reader.peek()) || is_hidden(reader.peek()))) reader.take();
  return {folded(text.substr(begin, reader.at() - begin)), Kind::word, begin, reader.at()};
}

Token number_at(Reader& reader) {
  Token token{.text = {}, .kind = Kind::number, .begin = reader.at()};
  while (!reader.is_done()) {
    const auto c = reader.peek();
    const bool is_within = is_hidden(c) || ((c == '.' || c == ',') && is_digit(reader.after_this()));
    if (is_digit(c))
      token.text += static_cast<char>('0' + u_charDigitValue(c));
    else if (!is_within)
      break;
    else if (c == '.')
      token.text += '.';
    reader.take();
  }
  token.end = reader.at();
  while (token.text.size() > 1 && token.text[0] == '0' && token.text[1] != '.') token.text.erase(0, 1);
  return token;
}

Token sign_at(Reader& reader, std::string_view text) {
  const auto begin = reader.at();
  const auto c = reader.take();
  const auto value = u_getNumericValue(c);
  const bool is_whole = value >= 0 && value < 1e15 && value == static_cast<double>(static_cast<std::int64_t>(value));
  if (is_whole) return {std::to_string(static_cast<std::int64_t>(value)), Kind::number, begin, reader.at()};
  return {is_per_cent(c) ? "%" : std::string(text.substr(begin, reader.at() - begin)), Kind::sign, begin, reader.at()};
}

}  // namespace

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  Reader reader(text);
  bool is_joined = false;
  const auto add = [&](Token token) {
    token.is_joined = is_joined;
    is_joined = true;
    tokens.push_back(std::move(token));
  };
  while (!reader.is_done()) {
    const auto c = reader.peek();
    if (is_digit(c)) {
      add(number_at(reader));
    } else if (is_lone_number(c) || is_per_cent(c)) {
      add(sign_at(reader, text));
    } else if (is_in_words(c)) {
      add(word_at(reader, text));
    } else {
      is_joined = is_joined && joins(c);
      reader.take();
    }
  }
  return tokens;
}

}  // namespace perspective::text

#include "xlsform/tokens.h"

#include <array>
#include <cctype>
#include <utility>

namespace perspective::xlsform {
namespace {

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool is_word_start(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool is_word(char c) { return is_word_start(c) || is_digit(c) || c == '-' || c == ':'; }

class Scanner {
 public:
  explicit Scanner(std::string_view source) : source_(source) {}

  std::vector<Token> all() {
    std::vector<Token> tokens;
    for (skip_space(); at_ < source_.size(); skip_space()) tokens.push_back(next());
    return tokens;
  }

 private:
  char look(std::size_t ahead = 0) const { return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0'; }
  void skip_space() {
    while (at_ < source_.size() && std::isspace(static_cast<unsigned char>(source_[at_])) != 0) ++at_;
  }

  Token token(Token::Kind kind, std::size_t size, std::size_t before = 0, std::size_t after = 0) {
    Token made{kind, std::string(source_.substr(at_ + before, size - before - after)), at_, at_ + size};
    at_ += size;
    return made;
  }

  Token next() {
    const char c = look();
    if (c == '$' && look(1) == '{') {
      const std::size_t end = source_.find('}', at_);
      if (end != std::string_view::npos) return token(Token::Kind::variable, end + 1 - at_, 2, 1);
    }
    if (c == '\'' || c == '"') {
      const std::size_t end = source_.find(c, at_ + 1);
      if (end != std::string_view::npos) return token(Token::Kind::text, end + 1 - at_, 1, 1);
      return token(Token::Kind::strange, source_.size() - at_);
    }
    if (is_digit(c) || ((c == '-' || c == '.') && is_digit(look(1)))) return number();
    if (c == '.' && look(1) != '.' && look(1) != '/') return token(Token::Kind::self, 1);
    if (is_word_start(c)) {
      std::size_t size = 1;
      while (is_word(look(size))) ++size;
      return token(Token::Kind::word, size);
    }
    const bool is_two = (c == '!' || c == '<' || c == '>') && look(1) == '=';
    return token(Token::Kind::sign, is_two ? 2 : 1);
  }

  Token number() {
    std::size_t size = 1;
    while (is_digit(look(size)) || look(size) == '.') ++size;
    return token(Token::Kind::number, size);
  }

  std::string_view source_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<Token> tokens_of(std::string_view source) { return Scanner(source).all(); }

std::string with_plain_quotes(std::string_view source) {
  static constexpr std::array<std::pair<std::string_view, char>, 4> kMarks{
      {{"\xE2\x80\x98", '\''}, {"\xE2\x80\x99", '\''}, {"\xE2\x80\x9C", '"'}, {"\xE2\x80\x9D", '"'}}};
  std::string plain;
  for (std::size_t i = 0; i < source.size();) {
    bool is_mark = false;
    for (const auto& [mark, sign] : kMarks) {
      if (!source.substr(i).starts_with(mark)) continue;
      plain += sign;
      i += mark.size();
      is_mark = true;
      break;
    }
    if (!is_mark) plain += source[i++];
  }
  return plain;
}

}  // namespace perspective::xlsform

#include "token/token.h"

#include "base/random.h"

namespace perspective::token {
namespace {

constexpr unsigned kBase = 32;
constexpr unsigned kModulus = 37;

// Of all symbols but the last. Nothing: Crockford would write it with a sign that tokens do not have.
std::optional<char> check_of(std::string_view symbols) {
  unsigned remainder = 0;
  for (const char symbol : symbols) {
    remainder = (remainder * kBase + static_cast<unsigned>(kSymbols.find(symbol))) % kModulus;
  }
  return remainder < kSymbols.size() ? std::optional(kSymbols[remainder]) : std::nullopt;
}

bool separates(char c) { return c == ' ' || c == '-'; }

}  // namespace

std::optional<char> symbol_of(char typed) {
  const bool is_small = typed >= 'a' && typed <= 'z';
  char symbol = is_small ? static_cast<char>(typed - 'a' + 'A') : typed;
  if (symbol == 'O') symbol = '0';
  if (symbol == 'I' || symbol == 'L') symbol = '1';
  return kSymbols.find(symbol) == std::string_view::npos ? std::nullopt : std::optional(symbol);
}

std::string symbols_in(std::string_view typed) {
  std::string symbols;
  for (const char c : typed) {
    if (const auto symbol = symbol_of(c)) symbols += *symbol;
  }
  return symbols;
}

std::optional<std::string> read(std::string_view typed) {
  std::string symbols;
  for (const char c : typed) {
    if (separates(c)) continue;
    const auto symbol = symbol_of(c);
    if (!symbol) return std::nullopt;
    symbols += *symbol;
  }
  if (symbols.size() != kLength) return std::nullopt;
  const auto check = check_of(std::string_view(symbols).substr(0, kLength - 1));
  return check == symbols.back() ? std::optional(symbols) : std::nullopt;
}

std::string grouped(std::string_view symbols) {
  std::string text;
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    if (i > 0 && i % kGroup == 0) text += ' ';
    text += symbols[i];
  }
  return text;
}

std::size_t place_in_groups(std::size_t at) { return at == 0 ? 0 : at + (at - 1) / kGroup; }

std::size_t place_in_symbols(std::size_t at) { return at - at / (kGroup + 1); }

std::string draw() {
  for (;;) {
    std::string symbols;
    while (symbols.size() + 1 < kLength) symbols += kSymbols[random_below(kSymbols.size())];
    if (const auto check = check_of(symbols)) return symbols + *check;
  }
}

}  // namespace perspective::token

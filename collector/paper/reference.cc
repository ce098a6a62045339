#include "paper/reference.h"

#include "base/random.h"

namespace perspective::paper {
namespace {

constexpr std::string_view kLetters = "BCDFGHJKMNPRSTVWXYZ";
constexpr std::size_t kLength = 9;
constexpr std::size_t kGroup = 3;

char check_of(std::string_view letters) {
  std::size_t sum = 0;
  for (std::size_t i = 0; i < letters.size(); ++i) sum += (i + 1) * kLetters.find(letters[i]);
  return kLetters[sum % kLetters.size()];
}

std::string grouped(std::string_view letters) {
  std::string text;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (i > 0 && i % kGroup == 0) text += '-';
    text += letters[i];
  }
  return text;
}

}  // namespace

std::string draw_reference() {
  std::string letters;
  while (letters.size() + 1 < kLength) letters += kLetters[random_below(kLetters.size())];
  return grouped(letters + check_of(letters));
}

std::optional<std::string> read_reference(std::string_view typed) {
  std::string letters;
  for (const char c : typed) {
    if (c == ' ' || c == '-') continue;
    const char letter = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (kLetters.find(letter) == std::string_view::npos) return std::nullopt;
    letters += letter;
  }
  if (letters.size() != kLength || check_of(letters.substr(0, kLength - 1)) != letters.back()) return std::nullopt;
  return grouped(letters);
}

std::vector<std::string> words_of(std::string_view reference) {
  std::vector<std::string> words{"paper"};
  for (std::size_t i = 0; i < reference.size(); i += kGroup + 1) words.emplace_back(reference.substr(i, kGroup));
  return words;
}

}  // namespace perspective::paper

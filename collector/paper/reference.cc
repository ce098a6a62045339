#include "paper/reference.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "base/random.h"

namespace perspective::paper {
namespace {

constexpr std::string_view kLetters = "BCDFGHJKMNPRSTVWXYZ";
constexpr std::size_t kLength = 9;
constexpr std::size_t kGroup = 3;

using Weights = std::array<std::size_t, 17>;

// 1 to 17, each once, in an order that the salt's first bytes say: two of one weight would not tell of an exchange, nor
// would 18 (which is -1) of one with the check itself.
Weights weights_of(ByteView salt) {
  Weights weights{};
  std::iota(weights.begin(), weights.end(), std::size_t{1});
  for (std::size_t i = 0; i < std::min(salt.size(), kLength - 1); ++i)
    std::swap(weights[i], weights[i + salt[i] % (weights.size() - i)]);
  return weights;
}

char check_of(std::string_view letters, ByteView salt) {
  const auto weights = weights_of(salt);
  std::size_t sum = 0;
  for (std::size_t i = 0; i < letters.size(); ++i) sum += weights[i] * kLetters.find(letters[i]);
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

std::string draw_reference(ByteView inspection_salt) {
  std::string letters;
  while (letters.size() + 1 < kLength) letters += kLetters[random_below(kLetters.size())];
  return grouped(letters + check_of(letters, inspection_salt));
}

std::optional<std::string> nine_letters(std::string_view typed) {
  std::string letters;
  for (const char c : typed) {
    if (c == ' ' || c == '-') continue;
    const char letter = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (kLetters.find(letter) == std::string_view::npos) return std::nullopt;
    letters += letter;
  }
  if (letters.size() != kLength) return std::nullopt;
  return grouped(letters);
}

std::optional<std::string> read_reference(std::string_view typed, ByteView inspection_salt) {
  auto read = nine_letters(typed);
  if (!read) return std::nullopt;
  std::string letters = *read;
  std::erase(letters, '-');
  const char last = letters.back();
  letters.pop_back();
  return check_of(letters, inspection_salt) == last ? read : std::nullopt;
}

std::vector<std::string> words_of(std::string_view reference) {
  std::vector<std::string> words{"paper"};
  for (std::size_t i = 0; i < reference.size(); i += kGroup + 1) words.emplace_back(reference.substr(i, kGroup));
  return words;
}

}  // namespace perspective::paper

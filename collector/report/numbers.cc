#include "report/numbers.h"

#include <map>
#include <utility>
#include <vector>

#include "text/catalogue.h"

namespace perspective::report {
namespace {

constexpr int kMostInWords = 100;

bool is_ascii_letter(unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(unsigned char c) { return c >= '0' && c <= '9'; }

std::map<std::string, std::string> words_of(const std::string& language) {
  std::map<std::string, std::string> words;
  for (int number = 1; number <= kMostInWords; ++number)
    words.emplace(text::number_in_words(number, language), std::to_string(number));
  static const std::map<std::string, std::vector<std::pair<std::string, std::string>>> kForms{
      {"en", {{"both", "2"}, {"neither", "2"}, {"once", "1"}, {"twice", "2"}, {"dozen", "12"}}},
      {"cy",
       {{"ddau", "2"},
        {"dwy", "2"},
        {"ddwy", "2"},
        {"dri", "3"},
        {"thri", "3"},
        {"tair", "3"},
        {"pedair", "4"},
        {"bedwar", "4"},
        {"phedwar", "4"},
        {"bump", "5"},
        {"phump", "5"},
        {"pum", "5"},
        {"chwe", "6"},
        {"ddeg", "10"}}}};
  if (const auto found = kForms.find(language); found != kForms.end())
    for (const auto& [word, number] : found->second) words.emplace(word, number);
  return words;
}

}  // namespace

std::set<std::string> numbers_in(std::string_view text, const std::string& language) {
  const auto words = words_of(language);
  std::set<std::string> numbers;
  std::string word;
  const auto end_word = [&] {
    while (!word.empty() && word.back() == '-') word.pop_back();
    if (const auto found = words.find(word); found != words.end()) numbers.insert(found->second);
    word.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (is_digit(c)) {
      end_word();
      std::string number;
      while (i < text.size() && is_digit(static_cast<unsigned char>(text[i]))) number += text[i++];
      --i;
      numbers.insert(std::move(number));
    } else if (is_ascii_letter(c) || c >= 0x80 || (c == '-' && !word.empty())) {
      word += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    } else {
      end_word();
    }
  }
  end_word();
  return numbers;
}

}  // namespace perspective::report

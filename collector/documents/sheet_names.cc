#include <algorithm>
#include <set>

#include "documents/workbook.h"

namespace perspective::documents {
namespace {

constexpr std::size_t kMostCharacters = 31;  // of Excel

std::size_t end_of(const std::string& text, std::size_t characters) {
  std::size_t at = 0;
  for (; at < text.size(); ++at)
    if ((static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U && characters-- == 0) break;
  return at;
}

std::string in_small_letters(std::string text) {
  for (char& letter : text)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  return text;
}

std::string without_what_excel_refuses(std::string name) {
  for (char& letter : name)
    if (std::string_view("[]:*?/\\\n\t").find(letter) != std::string_view::npos) letter = ' ';
  while (!name.empty() && (name.front() == '\'' || name.front() == ' ')) name.erase(0, 1);
  while (!name.empty() && (name.back() == '\'' || name.back() == ' ')) name.pop_back();
  return name.empty() ? "-" : name;
}

}  // namespace

std::vector<std::string> sheet_names(const Workbook& workbook) {
  std::vector<std::string> names;
  std::set<std::string> taken;
  for (const auto& sheet : workbook.sheets) {
    const auto wished = without_what_excel_refuses(sheet.name);
    auto name = wished.substr(0, end_of(wished, kMostCharacters));
    for (int number = 2; !taken.insert(in_small_letters(name)).second; ++number) {
      const auto suffix = " " + std::to_string(number);
      name = wished.substr(0, end_of(wished, kMostCharacters - suffix.size())) + suffix;
    }
    names.push_back(std::move(name));
  }
  return names;
}

}  // namespace perspective::documents

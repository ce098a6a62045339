#include "report/amount_lists.h"

#include <algorithm>

#include "text/tokens.h"

namespace perspective::report {
namespace {

std::vector<std::string> listed(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto end = std::min(text.find(separator), text.size());
    auto part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!part.empty()) parts.emplace_back(part);
  }
  return parts;
}

}  // namespace

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (auto& token : text::tokens_of(text)) words.push_back(std::move(token.text));
  return words;
}

Result<std::vector<std::string>> list_of(const text::Catalogue& phrases, const std::string& key, char separator) {
  if (!phrases.has(key)) return std::vector<std::string>();
  const auto text = phrases.format(key);
  if (!text) return std::unexpected(text.error());
  return listed(*text, separator);
}

Result<std::vector<std::pair<std::string, std::string>>> pairs_of(const text::Catalogue& phrases,
                                                                  const std::string& key) {
  const auto entries = list_of(phrases, key, ';');
  if (!entries) return std::unexpected(entries.error());
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const auto& entry : *entries) {
    const auto at = entry.find('=');
    if (at == std::string::npos || at == 0) return fail(ErrorCode::invalid, key + ": '" + entry + "' has no '='");
    pairs.emplace_back(entry.substr(0, at), entry.substr(at + 1));
  }
  return pairs;
}

Result<std::map<std::string, std::string>> with_changed_letters(const text::Catalogue& phrases,
                                                                const std::map<std::string, std::string>& words) {
  const auto changes = list_of(phrases, "report.amount.letters", ';');
  if (!changes) return std::unexpected(changes.error());
  std::map<std::string, std::vector<std::string>> by_first;
  for (const auto& change : *changes) {
    const auto at = change.find('>');
    by_first[change.substr(0, at)] = listed(std::string_view(change).substr(std::min(at + 1, change.size())), ',');
  }
  auto all = words;
  for (const auto& [word, plain] : words) {
    std::string_view first;  // of two that fit the longer one says
    for (const auto& [letters, _] : by_first)
      if (word.starts_with(letters) && letters.size() > first.size()) first = letters;
    if (first.empty()) continue;
    for (const auto& letters : by_first.at(std::string(first))) all[letters + word.substr(first.size())] = plain;
  }
  return all;
}

}  // namespace perspective::report

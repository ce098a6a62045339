#include "report/amounts.h"

#include <algorithm>
#include <set>
#include <utility>

#include "text/numerals.h"

namespace perspective::report {
namespace {

using text::Token;
using text::tokens_of;

constexpr std::int64_t kMostInWords = 999;

// What is an amount without a number: a list each.
constexpr std::string_view kNamed = "report.amount.named.";

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (auto& token : tokens_of(text)) words.push_back(std::move(token.text));
  return words;
}

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

// "dwy=dau" as its two sides.
Result<std::pair<std::string, std::string>> sides_of(const std::string& key, const std::string& text, char between) {
  const auto at = text.find(between);
  if (at == std::string::npos || at == 0)
    return fail(ErrorCode::invalid, key + ": '" + text + "' has no '" + between + "'");
  return std::pair(text.substr(0, at), text.substr(at + 1));
}

Result<std::vector<std::string>> list(const text::Catalogue& phrases, const std::string& key, char separator) {
  if (!phrases.has(key)) return std::vector<std::string>();
  const auto text = phrases.format(key);
  if (!text) return std::unexpected(text.error());
  return listed(*text, separator);
}

}  // namespace

void AmountWords::add(std::string_view expression, const std::string& name) {
  Words words;
  for (auto& word : words_of(expression)) words.push_back(same_.contains(word) ? same_.at(word) : std::move(word));
  if (words.empty()) return;
  most_words_ = std::max(most_words_, words.size());
  names_.emplace(std::move(words), name);
}

// "t>d,th,nh": every word of an expression that begins with t may begin with those; of two that fit the longer one
// says. Expressions have changed letters themselves ("y ddau"): they are kept with the plain ones.
void AmountWords::add_changed_letters(std::string_view changes) {
  std::map<std::string, std::vector<std::string>> by_first;
  for (const auto& change : listed(changes, ';')) {
    const auto at = change.find('>');
    by_first[change.substr(0, at)] = listed(std::string_view(change).substr(std::min(at + 1, change.size())), ',');
  }
  std::set<std::string> all;
  for (const auto& [words, _] : names_) all.insert(words.begin(), words.end());
  std::map<std::string, std::string> to_plain;
  for (const auto& word : all) to_plain.emplace(word, word);
  for (const auto& [other, word] : same_) to_plain[other] = word;
  unchanged_ = to_plain;
  for (const auto& [word, plain] : to_plain) {
    std::string_view first;
    for (const auto& [letters, _] : by_first)
      if (word.starts_with(letters) && letters.size() > first.size()) first = letters;
    if (first.empty()) continue;
    for (const auto& letters : by_first.at(std::string(first))) unchanged_[letters + word.substr(first.size())] = plain;
  }
  for (auto& [words, name] : std::exchange(names_, {})) {
    Words with_plain;
    for (const auto& word : words) with_plain.push_back(plain(word));
    names_.emplace(std::move(with_plain), name);
  }
}

Result<AmountWords> AmountWords::of(const text::Catalogue& phrases) {
  AmountWords words;
  if (auto read = words.read(phrases); !read)
    return in_context("catalogue " + phrases.language() + " of the report", read.error());
  return words;
}

Result<void> AmountWords::read(const text::Catalogue& phrases) {
  const auto same = list(phrases, "report.amount.same", ';');
  if (!same) return std::unexpected(same.error());
  for (const auto& each : *same) {
    const auto sides = sides_of("report.amount.same", each, '=');
    if (!sides) return std::unexpected(sides.error());
    same_.insert(*sides);
  }
  const auto further = phrases.has("report.amount.numerals") ? phrases.format("report.amount.numerals") : std::string();
  if (!further) return std::unexpected(further.error());
  const auto numerals = text::numerals(phrases.language(), *further, kMostInWords);
  if (!numerals) return std::unexpected(numerals.error());
  for (const auto& [words, number] : *numerals) add(words, std::to_string(number));
  const auto numbers = list(phrases, "report.amount.numbers", ';');
  if (!numbers) return std::unexpected(numbers.error());
  for (const auto& each : *numbers) {
    const auto sides = sides_of("report.amount.numbers", each, '=');
    if (!sides) return std::unexpected(sides.error());
    add(sides->first, sides->second);
  }
  for (const auto& key : phrases.keys()) {
    if (!key.starts_with(kNamed)) continue;
    const auto expressions = list(phrases, key, ',');
    if (!expressions) return std::unexpected(expressions.error());
    for (const auto& expression : *expressions) add(expression, expressions->front());
  }
  for (const auto& [key, into] :
       {std::pair("report.amount.not", &no_amounts_), {"report.amount.percent", &per_cents_}}) {
    const auto expressions = list(phrases, key, ',');
    if (!expressions) return std::unexpected(expressions.error());
    for (const auto& expression : *expressions) into->emplace(words_of(expression), true);
  }
  const auto others = list(phrases, "report.amount.may_be_other", ',');
  if (!others) return std::unexpected(others.error());
  may_be_other_.insert(others->begin(), others->end());
  for (const auto& [words, _] : no_amounts_) most_words_ = std::max(most_words_, words.size());
  const auto letters = phrases.has("report.amount.letters") ? phrases.format("report.amount.letters") : std::string();
  if (!letters) return std::unexpected(letters.error());
  add_changed_letters(*letters);
  return {};
}

std::string AmountWords::plain(const std::string& word) const {
  const auto found = unchanged_.find(word);
  return found == unchanged_.end() ? word : found->second;
}

AmountWords::Found AmountWords::longest(const std::vector<Token>& tokens, std::size_t at) const {
  Words written;
  Words words;
  Found found;
  for (std::size_t i = at; i < tokens.size() && i - at < most_words_ && (i == at || tokens[i].is_joined); ++i) {
    written.push_back(tokens[i].text);
    words.push_back(plain(tokens[i].text));
    if (no_amounts_.contains(written)) {
      found = {written.size(), {}};
    } else if (const auto named = names_.find(words); named != names_.end()) {
      found = {words.size(), named->second};
    }
  }
  return found;
}

AmountWords::Found AmountWords::at(const std::vector<Token>& tokens, std::size_t at) const {
  auto found = longest(tokens, at);
  if (tokens[at].kind == Token::Kind::number && found.length == 0) found = {1, tokens[at].text};
  const bool is_number = !found.name.empty() && found.name[0] >= '0' && found.name[0] <= '9';
  if (!is_number) return found;
  Words behind;
  for (std::size_t i = at + found.length; i < tokens.size() && tokens[i].is_joined && behind.size() < 3; ++i) {
    behind.push_back(tokens[i].text);
    if (!per_cents_.contains(behind)) continue;
    return {found.length + behind.size(), found.name + "%"};
  }
  return found;
}

std::vector<Amount> AmountWords::in(std::string_view text) const {
  const auto tokens = tokens_of(text);
  std::vector<Amount> amounts;
  for (std::size_t i = 0; i < tokens.size();) {
    const auto found = at(tokens, i);
    const auto next = i + std::max<std::size_t>(found.length, 1);
    if (!found.name.empty()) {
      const auto begin = tokens[i].begin;
      amounts.push_back({found.name, std::string(text.substr(begin, tokens[next - 1].end - begin)),
                         i > 0 && tokens[i].is_joined ? tokens[i - 1].text : "",
                         next < tokens.size() && tokens[next].is_joined ? tokens[next].text : ""});
    }
    i = next;
  }
  return amounts;
}

}  // namespace perspective::report

#include "report/amounts.h"

#include <algorithm>
#include <set>
#include <utility>

#include "report/amount_lists.h"
#include "text/numerals.h"
#include "text/scripts.h"

namespace perspective::report {
namespace {

using text::Token;
using text::tokens_of;

constexpr std::int64_t kMostInWords = 999;

// What is an amount without a number: a list each.
constexpr std::string_view kNamed = "report.amount.named.";

}  // namespace

void AmountWords::add(std::string_view expression, const std::string& name) {
  Words words;
  for (auto& word : words_of(expression)) words.push_back(same_.contains(word) ? same_.at(word) : std::move(word));
  if (words.empty()) return;
  most_words_ = std::max(most_words_, words.size());
  names_.emplace(std::move(words), name);
}

// Expressions have changed letters themselves ("y ddau"): they are kept with the plain ones.
Result<void> AmountWords::add_changed_letters(const text::Catalogue& phrases) {
  std::map<std::string, std::string> to_plain;
  for (const auto& [words, _] : names_)
    for (const auto& word : words) to_plain.emplace(word, word);
  for (const auto& [other, word] : same_) to_plain[other] = word;
  auto changed = with_changed_letters(phrases, to_plain);
  if (!changed) return std::unexpected(changed.error());
  unchanged_ = *std::move(changed);
  for (auto& [words, name] : std::exchange(names_, {})) {
    Words with_plain;
    for (const auto& word : words) with_plain.push_back(plain(word));
    names_.emplace(std::move(with_plain), name);
  }
  return {};
}

Result<std::vector<std::string>> AmountWords::languages_beside(const text::Catalogue& phrases) {
  return list_of(phrases, "report.amount.beside", ',');
}

Result<AmountWords> AmountWords::of(const text::Catalogue& phrases, const std::vector<text::Catalogue>& beside) {
  AmountWords words;
  if (auto read = words.read(phrases); !read)
    return in_context("catalogue " + phrases.language() + " of the report", read.error());
  for (const auto& each : beside) {
    auto others = of(each);
    if (!others) return others;
    words.per_cents_.insert(others->per_cents_.begin(), others->per_cents_.end());
    words.places_.add(others->places_);
    words.beside_.push_back(*std::move(others));
  }
  return words;
}

Result<void> AmountWords::read_numbers(const text::Catalogue& phrases) {
  const auto further = phrases.has("report.amount.numerals") ? phrases.format("report.amount.numerals") : std::string();
  if (!further) return std::unexpected(further.error());
  const auto numerals = text::numerals(phrases.language(), *further, kMostInWords);
  if (!numerals) return std::unexpected(numerals.error());
  for (const auto& [words, number] : *numerals) add(words, std::to_string(number));
  const auto numbers = pairs_of(phrases, "report.amount.numbers");
  if (!numbers) return std::unexpected(numbers.error());
  for (const auto& [words, number] : *numbers) add(words, number);
  const auto people = list_of(phrases, "report.amount.people", ',');
  if (!people) return std::unexpected(people.error());
  const auto before = pairs_of(phrases, "report.amount.before_people");
  if (!before) return std::unexpected(before.error());
  for (const auto& [words, number] : *before)
    for (const auto& who : *people) add(words + " " + who, number);
  const auto behind = pairs_of(phrases, "report.amount.behind_people");
  if (!behind) return std::unexpected(behind.error());
  for (const auto& [words, number] : *behind)
    for (const auto& who : *people) add(who + " " + words, number);
  return {};
}

Result<void> AmountWords::read_expressions(const text::Catalogue& phrases) {
  for (const auto& key : phrases.keys()) {
    if (!key.starts_with(kNamed)) continue;
    const auto expressions = list_of(phrases, key, ',');
    if (!expressions) return std::unexpected(expressions.error());
    for (const auto& expression : *expressions) add(expression, expressions->front());
  }
  for (const auto& [key, into] :
       {std::pair("report.amount.not", &no_amounts_), {"report.amount.percent", &per_cents_}}) {
    const auto expressions = list_of(phrases, key, ',');
    if (!expressions) return std::unexpected(expressions.error());
    for (const auto& expression : *expressions) into->emplace(words_of(expression), true);
  }
  for (const auto& [words, _] : no_amounts_) most_words_ = std::max(most_words_, words.size());
  return {};
}

Result<void> AmountWords::read(const text::Catalogue& phrases) {
  language_ = phrases.language();
  const auto same = pairs_of(phrases, "report.amount.same");
  if (!same) return std::unexpected(same.error());
  same_.insert(same->begin(), same->end());
  if (auto numbers = read_numbers(phrases); !numbers) return numbers;
  if (auto expressions = read_expressions(phrases); !expressions) return expressions;
  for (const auto& [key, into] : {std::pair("report.amount.may_be_other", &may_be_other_),
                                  {"report.amount.may_be_none", &may_be_none_},
                                  {"report.amount.may_be_words", &may_be_words_}}) {
    const auto listed = list_of(phrases, key, ',');
    if (!listed) return std::unexpected(listed.error());
    into->insert(listed->begin(), listed->end());
  }
  auto places = AmountPlaces::of(phrases);
  if (!places) return std::unexpected(places.error());
  places_ = *std::move(places);
  return add_changed_letters(phrases);
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
      found = {words.size(), named->second, may_be_none_.contains(named->second)};
    }
  }
  return found;
}

// Where no amount of the text's own language begins.
AmountWords::Found AmountWords::beside_at(const std::vector<Token>& tokens, std::size_t at) const {
  Found best;
  for (const auto& each : beside_) {
    auto found = each.longest(tokens, at);
    if (found.length > best.length) best = std::move(found);
  }
  best.may_be_none = best.may_be_none || (best.length == 1 && may_be_words_.contains(tokens[at].text));
  return best;
}

AmountWords::Found AmountWords::written_oddly(const Token& token) const {
  const auto letters = token.kind == Token::Kind::word ? text::letters_of(token.text, language_) : text::Letters::own;
  if (letters == text::Letters::own) return {};
  return {1, token.text, letters == text::Letters::foreign};
}

AmountWords::Found AmountWords::at(const std::vector<Token>& tokens, std::size_t at) const {
  auto found = longest(tokens, at);
  if (found.length == 0) found = beside_at(tokens, at);
  if (found.length == 0) found = written_oddly(tokens[at]);
  if (tokens[at].kind == Token::Kind::number && found.length == 0) found = {1, tokens[at].text};
  const bool is_number = !found.name.empty() && found.name[0] >= '0' && found.name[0] <= '9';
  if (!is_number) return found;
  Words behind;
  for (std::size_t i = at + found.length; i < tokens.size() && tokens[i].is_joined && behind.size() < 3; ++i) {
    behind.push_back(tokens[i].text);
    if (!per_cents_.contains(behind)) continue;
    return {found.length + behind.size(), found.name + "%", false};
  }
  return found;
}

std::vector<Amount> AmountWords::in(std::string_view text) const {
  const auto tokens = tokens_of(text);
  std::vector<Amount> amounts;
  std::vector<AmountSpan> spans;
  for (std::size_t i = 0; i < tokens.size();) {
    const auto found = at(tokens, i);
    const auto next = i + std::max<std::size_t>(found.length, 1);
    if (!found.name.empty()) {
      const auto begin = tokens[i].begin;
      amounts.push_back({found.name, std::string(text.substr(begin, tokens[next - 1].end - begin)),
                         i > 0 && tokens[i].is_joined ? tokens[i - 1].text : "",
                         next < tokens.size() && tokens[next].is_joined ? tokens[next].text : "", begin,
                         found.may_be_none});
      spans.push_back({found.name, i, next});
    }
    i = next;
  }
  for (std::size_t i = 0; i < amounts.size(); ++i) amounts[i].place = places_.at(text, tokens, spans, i);
  return amounts;
}

}  // namespace perspective::report

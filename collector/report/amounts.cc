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
constexpr std::size_t kMostWordsBeside = 4;  // of what bounds a number, or makes it per cent

// What is an amount without a number: a list each.
constexpr std::string_view kNamed = "report.amount.named.";

bool is_number(const std::string& name) { return !name.empty() && name[0] >= '0' && name[0] <= '9'; }

// How many tokens from here on are the longest of these expressions. has_begun: it goes on with what stands before.
std::size_t length_of(const std::set<std::vector<std::string>>& expressions, const std::vector<Token>& tokens,
                      std::size_t begin, bool has_begun) {
  std::vector<std::string> words;
  std::size_t longest = 0;
  for (auto i = begin; i < tokens.size() && words.size() < kMostWordsBeside; ++i) {
    if (!tokens[i].is_joined && (i > begin || has_begun)) break;
    words.push_back(tokens[i].text);
    if (expressions.contains(words)) longest = words.size();
  }
  return longest;
}

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
    for (std::size_t i = 0; i < words.bounds_.size(); ++i) {
      words.bounds_[i].before.insert(others->bounds_[i].before.begin(), others->bounds_[i].before.end());
      words.bounds_[i].behind.insert(others->bounds_[i].behind.begin(), others->bounds_[i].behind.end());
    }
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

Result<void> AmountWords::read_bounds(const text::Catalogue& phrases) {
  const std::pair<const char*, const char*> keys[] = {{"report.amount.at_least", "report.amount.or_more"},
                                                      {"report.amount.at_most", "report.amount.or_fewer"}};
  for (std::size_t i = 0; i < bounds_.size(); ++i) {
    const auto before = list_of(phrases, keys[i].first, ',');
    if (!before) return std::unexpected(before.error());
    for (const auto& expression : *before) bounds_[i].before.insert(words_of(expression));
    const auto behind = list_of(phrases, keys[i].second, ',');
    if (!behind) return std::unexpected(behind.error());
    for (const auto& expression : *behind) bounds_[i].behind.insert(words_of(expression));
    if (!behind->empty()) bounds_[i].name = behind->front();
  }
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
    for (const auto& expression : *expressions) into->insert(words_of(expression));
  }
  for (const auto& words : no_amounts_) most_words_ = std::max(most_words_, words.size());
  return {};
}

Result<void> AmountWords::read(const text::Catalogue& phrases) {
  language_ = phrases.language();
  const auto same = pairs_of(phrases, "report.amount.same");
  if (!same) return std::unexpected(same.error());
  same_.insert(same->begin(), same->end());
  if (auto numbers = read_numbers(phrases); !numbers) return numbers;
  if (auto expressions = read_expressions(phrases); !expressions) return expressions;
  if (auto bounds = read_bounds(phrases); !bounds) return bounds;
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

// "At least 13", "13 or more"; else what stands here by itself. "No fewer than 13" begins with none, and is none.
AmountWords::Found AmountWords::at(const std::vector<Token>& tokens, std::size_t at) const {
  for (const auto& bound : bounds_) {
    const auto before = length_of(bound.before, tokens, at, false);
    const auto begin = at + before;
    if (before == 0 || begin == tokens.size() || !tokens[begin].is_joined) continue;
    const auto number = number_at(tokens, begin);
    if (is_number(number.name)) return {before + number.length, number.name + " " + bound.name, number.may_be_none};
  }
  auto found = number_at(tokens, at);
  if (!is_number(found.name)) return found;
  for (const auto& bound : bounds_) {
    const auto behind = length_of(bound.behind, tokens, at + found.length, true);
    if (behind > 0) return {found.length + behind, found.name + " " + bound.name, found.may_be_none};
  }
  return found;
}

AmountWords::Found AmountWords::number_at(const std::vector<Token>& tokens, std::size_t at) const {
  auto found = longest(tokens, at);
  if (found.length == 0) found = beside_at(tokens, at);
  if (found.length == 0) found = written_oddly(tokens[at]);
  if (tokens[at].kind == Token::Kind::number && found.length == 0) found = {1, tokens[at].text};
  if (!is_number(found.name)) return found;
  const auto per_cent = length_of(per_cents_, tokens, at + found.length, true);
  return per_cent == 0 ? found : Found{found.length + per_cent, found.name + "%", false};
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

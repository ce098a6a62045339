#include "report/amount_places.h"

#include <algorithm>
#include <utility>

#include "report/amount_lists.h"

namespace perspective::report {
namespace {

using text::Token;

constexpr std::size_t kYearDigits = 4;

bool is_number(const std::string& name) {
  return !name.empty() && name.find_first_not_of("0123456789.") == std::string::npos;
}

// As nobody writes a number of people: "2009", not "2,009".
bool is_like_a_year(const AmountSpan& span, const std::vector<Token>& tokens) {
  const auto& first = tokens[span.begin];
  const bool is_plain = span.end - span.begin == 1 && first.end - first.begin == kYearDigits;
  return is_plain && span.name.size() == kYearDigits && span.name >= "1900" && span.name <= "2100";
}

enum class Another { none, apart, joined };

// What stands between two numbers, tokens [begin, end).
Another another(std::string_view text, const std::vector<Token>& tokens, std::size_t begin, std::size_t end) {
  bool are_joined = true;
  for (auto i = begin; i <= end; ++i) are_joined = are_joined && tokens[i].is_joined;
  if (are_joined) return Another::joined;
  if (begin < end) return Another::apart;
  const auto from = tokens[begin - 1].end;
  const auto between = text.substr(from, tokens[end].begin - from);
  return between.find_first_of(",;.()!?") == std::string_view::npos ? Another::joined : Another::none;  // "19/20"
}

// Is there a number of which this one may be a part, or one of which is its part?
Another another_beside(std::string_view text, const std::vector<Token>& tokens, const std::vector<AmountSpan>& spans,
                       std::size_t which, const std::set<std::string>& links) {
  const auto begin = spans[which].begin;
  const auto end = spans[which].end;
  const auto found = [&](std::size_t at, auto side) {
    return std::ranges::any_of(spans, [&](const AmountSpan& each) { return each.*side == at && is_number(each.name); });
  };
  auto behind = end;
  while (behind < tokens.size() && !found(behind, &AmountSpan::begin) && links.contains(tokens[behind].text)) ++behind;
  auto most = Another::none;
  if (behind < tokens.size() && found(behind, &AmountSpan::begin)) most = another(text, tokens, end, behind);
  auto before = begin;
  while (before > 0 && !found(before, &AmountSpan::end) && links.contains(tokens[before - 1].text)) --before;
  if (before > 0 && found(before, &AmountSpan::end)) most = std::max(most, another(text, tokens, before, begin));
  return most;
}

}  // namespace

Result<AmountPlaces> AmountPlaces::of(const text::Catalogue& phrases) {
  AmountPlaces places;
  std::map<std::string, std::string> to_plain;
  for (const auto& [key, into] : {std::pair("report.amount.people", &places.people_),
                                  {"report.amount.things", &places.things_},
                                  {"report.amount.numbered", &places.numbered_}}) {
    const auto expressions = list_of(phrases, key, ',');
    if (!expressions) return std::unexpected(expressions.error());
    for (const auto& expression : *expressions) {
      auto words = words_of(expression);
      for (const auto& word : words) to_plain.emplace(word, word);
      into->insert(std::move(words));
    }
  }
  for (const auto& [key, into] : {std::pair("report.amount.before_numbered", &places.before_numbered_),
                                  {"report.amount.links", &places.links_},
                                  {"report.amount.before_years", &places.before_years_},
                                  {"report.amount.may_be_of_things", &places.may_be_of_things_}}) {
    const auto listed = list_of(phrases, key, ',');
    if (!listed) return std::unexpected(listed.error());
    into->insert(listed->begin(), listed->end());
  }
  auto changed = with_changed_letters(phrases, to_plain);
  if (!changed) return std::unexpected(changed.error());
  places.unchanged_ = *std::move(changed);
  return places;
}

void AmountPlaces::add(const AmountPlaces& beside) {
  people_.insert(beside.people_.begin(), beside.people_.end());
  links_.insert(beside.links_.begin(), beside.links_.end());
  before_years_.insert(beside.before_years_.begin(), beside.before_years_.end());
}

std::string AmountPlaces::plain(const std::string& word) const {
  const auto found = unchanged_.find(word);
  return found == unchanged_.end() ? word : found->second;
}

bool AmountPlaces::begins(const std::set<Words>& expressions, const std::vector<Token>& tokens, std::size_t at) const {
  Words words;
  for (auto i = at; i < tokens.size() && words.size() < 3; ++i) {
    words.push_back(plain(tokens[i].text));
    if (expressions.contains(words)) return true;
  }
  return false;
}

bool AmountPlaces::ends(const std::set<Words>& expressions, const std::vector<Token>& tokens, std::size_t end) const {
  Words words;
  for (auto i = end; i > 0 && words.size() < 3; --i) {
    words.insert(words.begin(), plain(tokens[i - 1].text));
    if (expressions.contains(words)) return true;
  }
  return false;
}

// "In this section 15 said so" is of people.
bool AmountPlaces::is_numbered(const std::vector<Token>& tokens, std::size_t at) const {
  if (at == 0 || !tokens[at].is_joined || !numbered_.contains({plain(tokens[at - 1].text)})) return false;
  return at == 1 || !tokens[at - 1].is_joined || !before_numbered_.contains(tokens[at - 2].text);
}

AmountPlace AmountPlaces::of_year(const std::vector<Token>& tokens, const AmountSpan& span,
                                  bool has_another_apart) const {
  auto behind = span.end;  // "1950 o blant": Welsh counts so
  while (behind < tokens.size() && links_.contains(tokens[behind].text)) ++behind;
  const bool is_beside_people = begins(people_, tokens, behind) || ends(people_, tokens, span.begin);
  const auto before = span.begin > 0 ? tokens[span.begin - 1].text : "";
  const bool is_of = links_.contains(before) && !before_years_.contains(before);
  return has_another_apart || is_beside_people || is_of ? AmountPlace::perhaps_year : AmountPlace::year;
}

AmountPlace AmountPlaces::at(std::string_view text, const std::vector<Token>& tokens,
                             const std::vector<AmountSpan>& spans, std::size_t which) const {
  const auto& span = spans[which];
  const bool is_joined = span.end < tokens.size() && tokens[span.end].is_joined;
  const bool is_of_things = is_joined && begins(things_, tokens, span.end) && !begins(people_, tokens, span.end);
  if (!is_number(span.name))
    return may_be_of_things_.contains(span.name) && is_of_things ? AmountPlace::things : AmountPlace::people;
  const auto other = another_beside(text, tokens, spans, which, links_);
  if (other == Another::joined) return AmountPlace::people;
  if (is_like_a_year(span, tokens) && !links_.empty()) return of_year(tokens, span, other == Another::apart);
  if (other != Another::none || ends(people_, tokens, span.begin)) return AmountPlace::people;
  if (is_of_things) return AmountPlace::things;
  if (!begins(people_, tokens, span.end) && is_numbered(tokens, span.begin)) return AmountPlace::numbered;
  return AmountPlace::people;
}

}  // namespace perspective::report

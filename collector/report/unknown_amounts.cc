#include "report/unknown_amounts.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <variant>

#include "text/hidden.h"
#include "text/tokens.h"

namespace perspective::report {
namespace {

// Ends an expression, and is none.
constexpr const char* kCut = " . ";
constexpr std::string_view kSpaces = " \n\r\t";

using Names = std::vector<std::string>;  // of amounts, in rising order

struct Sentence {
  std::string text;
  std::set<std::string> words;  // but for its amounts
  std::vector<Names> figures;   // what each run with a cell names
  bool counts_all = false;      // how many took part
};

struct Generated {
  std::string text;
  std::set<std::string> words;
  std::vector<Sentence> sentences;
  std::vector<Amount> beside;       // what stands between the figures
  std::vector<std::string> quoted;  // as they are printed
};

std::set<std::string> words_of(const std::string& text) {
  std::set<std::string> words;
  for (auto& token : text::tokens_of(text))
    if (token.kind == text::Token::Kind::word) words.insert(std::move(token.text));
  return words;
}

std::string without(std::string text, const std::vector<std::string>& quoted) {
  for (const auto& quotation : quoted)
    for (auto at = text.find(quotation); at != std::string::npos; at = text.find(quotation, at))
      text.replace(at, quotation.size(), kCut);
  return text;
}

std::set<std::string> words_beside(std::string text, const std::vector<Amount>& amounts) {
  for (const auto& amount : amounts) text.replace(amount.begin, amount.words.size(), amount.words.size(), ' ');
  return words_of(text);
}

// Begin and end of each. One too many ("St. Mary") leaves a piece that is still known by its words.
std::vector<std::pair<std::size_t, std::size_t>> sentences_in(const std::string& text) {
  std::vector<std::pair<std::size_t, std::size_t>> all;
  for (std::size_t begin = text.find_first_not_of(kSpaces); begin < text.size();) {
    auto end = text.find_first_of(".!?", begin);
    while (end < text.size() && end + 1 < text.size() && kSpaces.find(text[end + 1]) == std::string_view::npos)
      end = text.find_first_of(".!?", end + 1);
    end = std::min(end, text.size() - 1) + 1;
    all.emplace_back(begin, end);
    begin = text.find_first_not_of(kSpaces, end);
  }
  return all;
}

Names names_of(const std::vector<Amount>& amounts) {
  Names names;
  for (const auto& amount : amounts) names.push_back(amount.name);
  std::ranges::sort(names);
  return names;
}

// How many answered a questionnaire; cells of its findings stand below it.
bool counts_all(const Run& run) { return !run.cell.empty() && run.cell.find('/') == std::string::npos; }

Generated generated_of(const Paragraph& paragraph, const AmountWords& words) {
  Generated generated;
  std::string own;                                               // without quotations
  std::map<std::size_t, std::pair<std::size_t, Names>> figures;  // by their begin in it: end, and what they name
  std::set<std::size_t> of_all;                                  // begins of those that count all
  for (const auto& run : paragraph.runs) {
    const auto text = text::without_hidden(run.text);
    generated.text += text;
    if (run.is_quoted) generated.quoted.push_back(text);
    if (counts_all(run)) of_all.insert(own.size());
    if (!run.cell.empty()) figures[own.size()] = {own.size() + text.size(), names_of(words.in(text))};
    own += run.is_quoted ? kCut : text;
  }
  generated.words = words_of(own);
  for (auto& amount : words.in(own)) {
    const auto after = figures.upper_bound(amount.begin);
    const bool is_in_figure = after != figures.begin() && amount.begin < std::prev(after)->second.first;
    if (!is_in_figure) generated.beside.push_back(std::move(amount));
  }
  for (const auto& [begin, end] : sentences_in(own)) {
    Sentence sentence{.text = own.substr(begin, end - begin), .words = {}, .figures = {}};
    sentence.counts_all = of_all.lower_bound(begin) != of_all.lower_bound(end);
    sentence.words = words_beside(sentence.text, words.in(sentence.text));
    for (auto it = figures.lower_bound(begin); it != figures.end() && it->first < end; ++it)
      if (!it->second.second.empty()) sentence.figures.push_back(it->second.second);
    generated.sentences.push_back(std::move(sentence));
  }
  return generated;
}

std::vector<Generated> all_generated(const Document& document, const AmountWords& words) {
  std::vector<Generated> all;
  for (const auto& block : document.blocks)
    if (const auto* const paragraph = std::get_if<Paragraph>(&block)) all.push_back(generated_of(*paragraph, words));
  return all;
}

// What it was made from; null: none.
const Generated* origin_of(const std::string& edited, const std::vector<Generated>& all) {
  std::map<std::string, double> times;
  for (const auto& each : all)
    for (const auto& word : each.words) times[word] += 1;
  const Generated* best = nullptr;
  double most = 0;
  for (const auto& each : all) {
    double shared = 0;
    double own = 0;
    for (const auto& word : words_of(without(edited, each.quoted))) {
      const auto known = times.find(word);
      const double weight = known == times.end() ? 1 : 1 / known->second;
      own += weight;
      if (each.words.contains(word)) shared += weight;
    }
    if (shared * 3 < own || shared <= most) continue;
    most = shared;
    best = &each;
  }
  return best;
}

// How many took part in all, as the text says it; no group of them is larger.
double all_respondents(const Document& document, const AmountWords& words) {
  double sum = 0;
  for (const auto& block : document.blocks) {
    const auto* const paragraph = std::get_if<Paragraph>(&block);
    if (paragraph == nullptr) continue;
    for (const auto& run : paragraph->runs) {
      if (!counts_all(run)) continue;
      for (const auto& amount : words.in(run.text)) sum += std::strtod(amount.name.c_str(), nullptr);
    }
  }
  return sum;
}

// A year, or the number of a law or a chapter: of no group, since none is so large, and no part of a hundred.
bool is_of_nobody(const Amount& amount, double respondents) {
  if (amount.place != AmountPlace::year && amount.place != AmountPlace::numbered) return false;
  if (amount.name.find_first_not_of("0123456789") != std::string::npos) return false;
  return respondents > 0 && std::strtod(amount.name.c_str(), nullptr) > respondents;
}

bool is_number(const Amount& amount) { return amount.name[0] >= '0' && amount.name[0] <= '9'; }

// Beside a figure of the section a number is taken for one of people, whatever it is said of.
bool may_be_other(const Amount& amount, const Generated* origin, bool is_beside_figure, const AmountWords& words) {
  if (amount.may_be_none) return true;
  if (origin == nullptr && words.may_be_other(amount.name)) return true;
  if (amount.place == AmountPlace::people || is_beside_figure) return false;
  return origin == nullptr || is_number(amount);
}

bool stands_beside(const Amount& amount, const Generated& origin) {
  return std::ranges::any_of(origin.beside, [&](const Amount& each) {
    return each.name == amount.name && each.before == amount.before && each.after == amount.after;
  });
}

// Which sentences of a paragraph one was made from: that which it is most like, and each of which it has half of the
// words that no other has ("... and 16 of the 21 knew why").
std::vector<const Sentence*> origins_of(const std::set<std::string>& words, const std::vector<Sentence>& all) {
  std::map<std::string, double> times;
  for (const auto& each : all)
    for (const auto& word : each.words) times[word] += 1;
  const auto weight = [&](const std::string& word) { return times.contains(word) ? 1 / times.at(word) : 1.0; };
  double own = 0;
  for (const auto& word : words) own += weight(word);
  const Sentence* best = nullptr;
  double most = 0;
  std::vector<const Sentence*> origins;
  for (const auto& each : all) {
    double shared = 0;
    double either = own;
    int lone = 0;
    int lone_shared = 0;
    for (const auto& word : each.words) {
      const bool is_shared = words.contains(word);
      (is_shared ? shared : either) += weight(word);
      lone += times.at(word) == 1 ? 1 : 0;
      lone_shared += times.at(word) == 1 && is_shared ? 1 : 0;
    }
    if (lone > 0 && 2 * lone_shared >= lone) origins.push_back(&each);
    if (shared * 3 < own || either <= 0 || shared / either <= most) continue;
    most = shared / either;
    best = &each;
  }
  if (best != nullptr && std::ranges::find(origins, best) == origins.end()) origins.push_back(best);
  return origins;
}

bool names_any(const std::vector<Names>& figures, const std::string& name) {
  return std::ranges::any_of(figures, [&](const Names& each) { return std::ranges::find(each, name) != each.end(); });
}

// Amounts that are no whole figure together with those beside them, in whatever order a figure is said; the fewest.
std::vector<Amount> not_whole(const std::vector<Amount>& amounts, const std::vector<Names>& figures) {
  const auto count = amounts.size();
  std::vector<std::size_t> left(count + 1, 0);   // from here on, at least so many
  std::vector<std::size_t> taken(count + 1, 0);  // by one figure; 0: by none
  for (std::size_t i = count; i-- > 0;) {
    left[i] = left[i + 1] + 1;
    for (const auto& figure : figures) {
      if (i + figure.size() > count || left[i + figure.size()] >= left[i]) continue;
      const auto begin = amounts.begin() + static_cast<std::ptrdiff_t>(i);
      if (names_of({begin, begin + static_cast<std::ptrdiff_t>(figure.size())}) != figure) continue;
      left[i] = left[i + figure.size()];
      taken[i] = figure.size();
    }
  }
  std::vector<Amount> rest;
  for (std::size_t i = 0; i < count; i += std::max<std::size_t>(taken[i], 1))
    if (taken[i] == 0) rest.push_back(amounts[i]);
  return rest;
}

// "The 17 who answered said so", where the release says seven, or 13 or more: without its count a base is everybody.
bool is_base_alone(const std::vector<Amount>& amounts, const Names& figure) {
  if (amounts.empty() || figure.size() < 2) return false;
  const auto size_of = [](const std::string& name) { return std::strtod(name.c_str(), nullptr); };
  const auto base = std::ranges::max_element(figure, {}, size_of);
  return size_of(*base) > 0 && std::ranges::all_of(amounts, [&](const auto& amount) { return amount.name == *base; });
}

// What a sentence may name. How many took part is said once, as it is generated: "twelve were afraid" behind it says it
// of everybody.
std::vector<Names> figures_for(const std::vector<const Sentence*>& origins, const Generated& origin,
                               bool has_counted_all) {
  std::vector<Names> figures;
  for (const auto& each : origin.sentences) {
    const bool is_from_it = std::ranges::find(origins, &each) != origins.end();
    const bool may = each.counts_all ? is_from_it && !has_counted_all : is_from_it || origins.empty();
    if (may) figures.insert(figures.end(), each.figures.begin(), each.figures.end());
  }
  return figures;
}

// One figure may be said in part ("fifteen said so"): with another's part it would be a third figure.
std::vector<Amount> unknown_in(const std::string& sentence, std::vector<Amount> amounts, const AmountWords& words,
                               const Generated& origin, bool has_counted_all) {
  const auto origins = origins_of(words_beside(sentence, words.in(sentence)), origin.sentences);
  const auto figures = figures_for(origins, origin, has_counted_all);
  std::vector<Amount> unknown;
  std::erase_if(amounts, [&](const Amount& amount) {
    const bool is_unknown = !names_any(figures, amount.name);
    if (is_unknown) unknown.push_back(amount);
    return is_unknown;
  });
  const bool are_of_one = !origins.empty() && std::ranges::any_of(figures, [&](const Names& figure) {
    return !(unknown.empty() && is_base_alone(amounts, figure)) &&
           std::ranges::all_of(amounts, [&](const auto& amount) { return names_any({figure}, amount.name); });
  });
  if (!are_of_one) std::ranges::move(not_whole(amounts, figures), std::back_inserter(unknown));
  std::ranges::sort(unknown, {}, &Amount::begin);
  return unknown;
}

// Does it name how many took part?
bool names_all(const std::string& sentence, const Generated* origin, const AmountWords& words) {
  if (origin == nullptr) return false;
  const auto amounts = words.in(sentence);
  return std::ranges::any_of(origin->sentences, [&](const Sentence& each) {
    return each.counts_all &&
           std::ranges::any_of(amounts, [&](const Amount& amount) { return names_any(each.figures, amount.name); });
  });
}

// Of one paragraph that is not as it is generated.
std::vector<UnknownAmount> unknown_in(const std::string& edited, std::size_t paragraph, const Generated* origin,
                                      const std::vector<Generated>& all, const AmountWords& words, double respondents) {
  std::vector<UnknownAmount> unknown;
  const auto own = origin == nullptr ? edited : without(edited, origin->quoted);
  bool has_counted_all = false;
  for (const auto& [begin, end] : sentences_in(own)) {
    const auto sentence = own.substr(begin, end - begin);
    const bool is_generated = std::ranges::any_of(all, [&](const Generated& each) {
      return std::ranges::find(each.sentences, sentence, &Sentence::text) != each.sentences.end();
    });
    const bool had_counted_all = std::exchange(has_counted_all, has_counted_all || names_all(sentence, origin, words));
    if (is_generated) continue;  // wherever it was moved to
    auto amounts = words.in(sentence);
    std::erase_if(amounts, [&](const Amount& amount) {
      return is_of_nobody(amount, respondents) || (origin != nullptr && stands_beside(amount, *origin));
    });
    const auto count = amounts.size();
    if (origin != nullptr) amounts = unknown_in(sentence, std::move(amounts), words, *origin, had_counted_all);
    const bool is_beside_figure = amounts.size() < count;
    for (auto& amount : amounts) {
      const bool is_asked = may_be_other(amount, origin, is_beside_figure, words);
      unknown.push_back({std::move(amount.name), std::move(amount.words), paragraph, is_asked});
    }
  }
  return unknown;
}

}  // namespace

std::vector<UnknownAmount> unknown_amounts(const AmountWords& words, const std::vector<std::string>& typed,
                                           const Document& generated) {
  std::vector<std::string> edited;
  for (const auto& paragraph : typed) edited.push_back(text::without_hidden(paragraph));
  const auto all = all_generated(generated, words);
  const auto respondents = all_respondents(generated, words);
  std::vector<UnknownAmount> unknown;
  for (std::size_t i = 0; i < edited.size(); ++i) {
    if (std::ranges::find(all, edited[i], &Generated::text) != all.end()) continue;
    const auto* const origin = origin_of(edited[i], all);
    std::ranges::move(unknown_in(edited[i], i, origin, all, words, respondents), std::back_inserter(unknown));
  }
  return unknown;
}

}  // namespace perspective::report

#include "report/unknown_amounts.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <variant>

#include "text/tokens.h"

namespace perspective::report {
namespace {

// Ends an expression, and is none.
constexpr const char* kCut = " . ";

struct Generated {
  std::string text;
  std::set<std::string> words;
  std::set<std::string> stated;     // names of amounts
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

Generated generated_of(const Paragraph& paragraph, const AmountWords& words) {
  Generated generated;
  for (const auto& run : paragraph.runs) {
    generated.text += run.text;
    if (run.is_quoted) generated.quoted.push_back(run.text);
    if (run.cell.empty()) continue;
    for (auto& amount : words.in(run.text)) generated.stated.insert(std::move(amount.name));
  }
  const auto own = without(generated.text, generated.quoted);
  generated.words = words_of(own);
  generated.beside = words.in(own);
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
      if (run.cell.empty() || run.cell.find('/') != std::string::npos) continue;
      for (const auto& amount : words.in(run.text)) sum += std::strtod(amount.name.c_str(), nullptr);
    }
  }
  return sum;
}

// A year, or the number of a law.
bool is_larger(const Amount& amount, double respondents) {
  if (amount.name.find_first_not_of("0123456789") != std::string::npos) return false;
  return respondents > 0 && std::strtod(amount.name.c_str(), nullptr) > respondents;
}

bool is_allowed(const Amount& amount, const Generated& origin) {
  if (origin.stated.contains(amount.name)) return true;
  return std::ranges::any_of(origin.beside, [&](const Amount& each) {
    return each.name == amount.name && each.before == amount.before && each.after == amount.after;
  });
}

}  // namespace

std::vector<UnknownAmount> unknown_amounts(const AmountWords& words, const std::vector<std::string>& edited,
                                           const Document& generated) {
  const auto all = all_generated(generated, words);
  const auto respondents = all_respondents(generated, words);
  std::vector<UnknownAmount> unknown;
  for (std::size_t i = 0; i < edited.size(); ++i) {
    if (std::ranges::find(all, edited[i], &Generated::text) != all.end()) continue;
    const auto* const origin = origin_of(edited[i], all);
    for (auto& amount : words.in(origin == nullptr ? edited[i] : without(edited[i], origin->quoted)))
      if (!is_larger(amount, respondents) && (origin == nullptr || !is_allowed(amount, *origin))) {
        const bool may_be_other = origin == nullptr && words.may_be_other(amount.name);
        unknown.push_back({std::move(amount.name), std::move(amount.words), i, may_be_other});
      }
  }
  return unknown;
}

}  // namespace perspective::report

#include "release/quotable.h"

#include <algorithm>
#include <set>
#include <utility>

#include "release/knowledge.h"
#include "release/rules.h"

namespace perspective::release {
namespace {

Result<std::int64_t> fewest_in(const Block& block, const Known& known, const Mask& asked) {
  const Places places{block.kinds, {0}};
  Attack attack(block.kinds, known.part->respondents);
  tell_part(block, known, places, "", attack);
  const auto values = attack.values(placed(asked, places), 2);
  if (!values) return std::unexpected(values.error());
  return values->empty() ? 0 : values->front().value;
}

using Fewest = std::map<std::string, std::int64_t>;

// Items of a questionnaire that are quoted, those of which the fewest are shown to have been asked first.
std::vector<std::string> in_rising_order(const Fewest& fewest) {
  std::vector<std::string> items;
  for (const auto& [variable, asked] : fewest) items.push_back(variable);
  std::ranges::stable_sort(items, {}, [&](const auto& variable) { return fewest.at(variable); });
  return items;
}

}  // namespace

Result<Fewest> fewest_asked(const survey::Questionnaire& questionnaire, const Part& part) {
  const auto known = known_of(questionnaire, part, {});
  if (!known) return std::unexpected(known.error());
  const auto blocks = blocks_of(questionnaire);
  if (!blocks) return std::unexpected(blocks.error());
  Fewest fewest;
  for (const auto& item : questionnaire.items)
    if (survey::is_text(item)) fewest[item.variable] = item.relevant.is_always() ? part.respondents : 0;
  for (const auto& block : *blocks) {
    for (const auto& [variable, asked] : block.texts) {
      const auto people = fewest_in(block, *known, asked);
      if (!people) return std::unexpected(people.error());
      fewest[variable] = *people;
    }
  }
  return fewest;
}

Result<std::vector<Quotable>> quotable(const survey::Questionnaire& questionnaire, const Part& part,
                                       std::span<const Words> words) {
  const auto fewest = fewest_asked(questionnaire, part);
  if (!fewest) return std::unexpected(fewest.error());
  std::vector<Quotable> all(words.size(), Quotable::too_few_asked);
  std::set<std::size_t> quoted;
  std::int64_t people = 0;  // who are quoted, in this item and in those before it
  for (const auto& variable : in_rising_order(*fewest)) {
    if (fewest->at(variable) < kFewest) continue;
    std::vector<std::size_t> here;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (words[i].variable != variable) continue;
      if (quoted.contains(words[i].writer)) {
        all[i] = Quotable::quoted_already;
      } else {
        here.push_back(i);
      }
    }
    const bool is_known = people + std::ssize(here) <= fewest->at(variable);
    for (const auto i : here) all[i] = is_known ? Quotable::yes : Quotable::too_many_words;
    if (!is_known) continue;
    people += std::ssize(here);
    for (const auto i : here) quoted.insert(words[i].writer);
  }
  return all;
}

}  // namespace perspective::release

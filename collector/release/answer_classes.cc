#include "release/answer_classes.h"

#include <algorithm>
#include <cstddef>

namespace perspective::release {
namespace {

bool counts(const survey::Finding& finding, const std::string& option) {
  return std::ranges::find(finding.counted, option) != finding.counted.end();
}

// Do conditions look at this very option? Where they compare numbers or other answers, at each.
bool is_looked_at(const std::string& option, const std::vector<survey::Mention>& mentions) {
  return std::ranges::any_of(mentions, [&](const auto& mention) {
    return !mention.numbers.empty() || !mention.variables.empty() ||
           std::ranges::find(mention.texts, option) != mention.texts.end();
  });
}

bool is_same(const AnswerClass& left, const AnswerClass& right) {
  return left.in_base == right.in_base && left.counted == right.counted;
}

// Options that nothing tells apart, together.
std::vector<AnswerClass> option_classes(const survey::Item& item, const std::vector<const survey::Finding*>& findings,
                                        const std::vector<survey::Mention>& mentions) {
  std::vector<AnswerClass> classes;
  std::vector<bool> is_alone;
  for (const auto& option : survey::options_of(item)) {
    AnswerClass next{option.id, option.id, option.in_base, {}};
    for (const auto* finding : findings) next.counted.push_back(option.in_base && counts(*finding, option.id));
    const bool alone = is_looked_at(option.id, mentions);
    bool is_placed = false;
    for (std::size_t i = 0; i < classes.size() && !alone && !is_placed; ++i) {
      if (is_alone[i] || !is_same(classes[i], next)) continue;
      classes[i].options += "/" + option.id;
      is_placed = true;
    }
    if (is_placed) continue;
    classes.push_back(std::move(next));
    is_alone.push_back(alone);
  }
  return classes;
}

AnswerClass joined(const std::vector<AnswerClass>& classes, std::size_t chosen, std::size_t findings) {
  AnswerClass all{"", "", false, std::vector<bool>(findings, false)};
  for (std::size_t i = 0; i < classes.size(); ++i) {
    if ((chosen >> i & 1) == 0) continue;
    all.options += (all.options.empty() ? "" : "+") + classes[i].options;
    all.value += (all.value.empty() ? "" : " ") + classes[i].value;
    all.in_base = all.in_base || classes[i].in_base;
    for (std::size_t f = 0; f < findings; ++f) all.counted[f] = all.counted[f] || classes[i].counted[f];
  }
  return all;
}

}  // namespace

Result<std::vector<AnswerClass>> answer_classes(const survey::Item& item,
                                                const std::vector<const survey::Finding*>& findings,
                                                const std::vector<survey::Mention>& mentions) {
  if (survey::is_text(item)) {
    std::vector<AnswerClass> classes{{"words", "words", true, std::vector<bool>(findings.size(), false)}};
    for (const auto& mention : mentions)
      for (const auto& text : mention.texts)
        if (!text.empty()) classes.push_back({text, text, true, std::vector<bool>(findings.size(), false)});
    return classes;
  }
  const auto options = option_classes(item, findings, mentions);
  if (!std::holds_alternative<survey::MultipleChoice>(item.kind)) return options;
  if (options.size() > kMaxDistinct)
    return fail(ErrorCode::invalid, "'" + item.variable + "' has too many options that findings tell apart");
  std::vector<AnswerClass> sets;
  for (std::size_t chosen = 1; chosen < (std::size_t{1} << options.size()); ++chosen) {
    auto next = joined(options, chosen, findings.size());
    const bool is_there =
        mentions.empty() && std::ranges::any_of(sets, [&](const auto& s) { return is_same(s, next); });
    if (!is_there) sets.push_back(std::move(next));
  }
  return sets;
}

}  // namespace perspective::release

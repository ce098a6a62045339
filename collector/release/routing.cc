#include "release/routing.h"

#include <algorithm>

namespace perspective::release {
namespace {

bool is_one_choice(const survey::Item& item) {
  return std::holds_alternative<survey::SingleChoice>(item.kind) || std::holds_alternative<survey::Scale>(item.kind);
}

}  // namespace

Routing routing_of(const survey::Questionnaire& questionnaire, const survey::Item& item) {
  Routing routing;
  routing.is_always = item.relevant.is_always();
  routing.variables = item.relevant.variables();
  if (routing.variables.size() != 1) return routing;
  const auto* other = questionnaire.item(routing.variables.front());
  if (other == nullptr || !is_one_choice(*other)) return routing;
  routing.variable = other->variable;
  const auto is_asked = [&](const std::string& answer) {
    return item.relevant.holds([&](std::string_view) { return answer; });
  };
  for (const auto& option : survey::options_of(*other))
    if (is_asked(option.id)) routing.options.insert(option.id);
  routing.asks_unanswered = is_asked("");
  return routing;
}

bool has_outside_option(const survey::Item& item) {
  return std::ranges::any_of(survey::options_of(item), [](const auto& option) { return !option.in_base; });
}

bool is_plain(const survey::Finding& finding) { return !finding.within && !finding.joint_with; }

std::string parent_of(const survey::Finding& finding) {
  return finding.joint_with.value_or(finding.within.value_or(""));
}

}  // namespace perspective::release

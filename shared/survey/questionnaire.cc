#include "survey/questionnaire.h"

#include <algorithm>

#include "survey/definition_checks.h"
#include "survey/definition_reader.h"

namespace perspective::survey {

const std::vector<Option>& options_of(const Item& item) {
  static const std::vector<Option> kNone;
  return std::visit(
      [](const auto& kind) -> const std::vector<Option>& {
        if constexpr (requires { kind.options; }) {
          return kind.options;
        } else {
          return kNone;
        }
      },
      item.kind);
}

std::set<std::string> picture_names(const Questionnaire& questionnaire) {
  std::set<std::string> names;
  const auto add = [&](const Item& item) {
    for (const Option& option : options_of(item)) {
      if (!option.picture.empty()) names.insert(option.picture);
    }
  };
  if (questionnaire.practice) add(*questionnaire.practice);
  for (const Item& item : questionnaire.items) add(item);
  return names;
}

bool is_text(const Item& item) { return std::holds_alternative<FreeText>(item.kind); }

Result<Questionnaire> Questionnaire::parse(std::string_view json) {
  Problems problems;
  Questionnaire questionnaire = read_definition(json, problems);
  check_definition(questionnaire, problems);
  std::string lines;
  for (const auto& problem : problems) {
    if (problem.severity != Severity::error) continue;
    lines += (lines.empty() ? "" : "\n") + (problem.pointer.empty() ? "/" : problem.pointer);
    lines += ": " + problem.what + "; " + problem.remedy;
  }
  if (!lines.empty()) return fail(ErrorCode::invalid, lines);
  return questionnaire;
}

const Item* Questionnaire::item(std::string_view variable) const {
  const std::size_t at = position(variable);
  return at == items.size() ? nullptr : &items[at];
}

const Finding* Questionnaire::finding(std::string_view finding_id) const {
  const auto found = std::ranges::find(findings, finding_id, &Finding::id);
  return found == findings.end() ? nullptr : &*found;
}

std::size_t Questionnaire::position(std::string_view variable) const {
  return static_cast<std::size_t>(std::ranges::find(items, variable, &Item::variable) - items.begin());
}

}  // namespace perspective::survey

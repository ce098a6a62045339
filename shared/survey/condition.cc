#include "survey/condition.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <utility>
#include <variant>

#include "survey/condition_tree.h"

namespace perspective::survey {
namespace {

using Lookup = std::function<std::string(std::string_view)>;

std::optional<double> as_number(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::size_t count_words(std::string_view text) {
  std::size_t words = 0;
  bool inside = false;
  for (const char c : text) {
    if (c != ' ' && !inside) ++words;
    inside = c != ' ';
  }
  return words;
}

bool has_word(std::string_view text, std::string_view word) {
  const std::string spaced = " " + std::string(text) + " ";
  return spaced.find(" " + std::string(word) + " ") != std::string::npos;
}

std::string evaluate(const Operand& operand, const Lookup& value_of) {
  switch (operand.kind) {
    case Operand::Kind::variable:
      return value_of(operand.text);
    case Operand::Kind::count_selected:
      return std::to_string(count_words(value_of(operand.text)));
    case Operand::Kind::text:
    case Operand::Kind::number:
      break;
  }
  return operand.text;
}

bool compare(Relation relation, const std::string& left, const std::string& right) {
  const auto a = as_number(left);
  const auto b = as_number(right);
  const bool numbers = a && b;
  switch (relation) {
    case Relation::equal:
      return numbers ? *a == *b : left == right;
    case Relation::not_equal:
      return numbers ? *a != *b : left != right;
    case Relation::less:
      return numbers && *a < *b;
    case Relation::less_equal:
      return numbers && *a <= *b;
    case Relation::greater:
      return numbers && *a > *b;
    case Relation::greater_equal:
      return numbers && *a >= *b;
  }
  return false;
}

bool holds_at(const Condition::Node& node, const Lookup& value_of) {
  if (const auto* comparison = std::get_if<Comparison>(&node.is)) {
    return compare(comparison->relation, evaluate(comparison->left, value_of), evaluate(comparison->right, value_of));
  }
  if (const auto* selected = std::get_if<Selected>(&node.is)) {
    return has_word(value_of(selected->variable), selected->option);
  }
  const auto& group = std::get<Group>(node.is);
  const auto holds = [&](const NodePtr& part) { return holds_at(*part, value_of); };
  switch (group.kind) {
    case Group::Kind::every:
      return std::ranges::all_of(group.parts, holds);
    case Group::Kind::some:
      return std::ranges::any_of(group.parts, holds);
    case Group::Kind::none:
      return std::ranges::none_of(group.parts, holds);
  }
  return false;
}

void collect(const Condition::Node& node, std::vector<std::string>& names) {
  const auto add = [&](const std::string& name) {
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  };
  if (const auto* comparison = std::get_if<Comparison>(&node.is)) {
    for (const Operand* operand : {&comparison->left, &comparison->right}) {
      if (operand->names_a_variable()) add(operand->text);
    }
  } else if (const auto* selected = std::get_if<Selected>(&node.is)) {
    add(selected->variable);
  } else {
    for (const auto& part : std::get<Group>(node.is).parts) collect(*part, names);
  }
}

void collect_options(const Condition::Node& node, std::vector<NamedOption>& named) {
  if (const auto* comparison = std::get_if<Comparison>(&node.is)) {
    const auto pair = [&](const Operand& variable, const Operand& option) {
      const bool is_pair = variable.kind == Operand::Kind::variable && option.kind == Operand::Kind::text;
      if (is_pair && !option.text.empty()) named.push_back({variable.text, option.text});
    };
    pair(comparison->left, comparison->right);
    pair(comparison->right, comparison->left);
  } else if (const auto* selected = std::get_if<Selected>(&node.is)) {
    named.push_back({selected->variable, selected->option});
  } else {
    for (const auto& part : std::get<Group>(node.is).parts) collect_options(*part, named);
  }
}

}  // namespace

Result<Condition> Condition::parse(std::string_view source) {
  auto root = parse_tree(source);
  if (!root) return std::unexpected(root.error());
  Condition condition;
  condition.source_ = source;
  condition.root_ = std::move(*root);
  return condition;
}

bool Condition::holds(const Lookup& value_of) const { return root_ == nullptr || holds_at(*root_, value_of); }

std::vector<std::string> Condition::variables() const {
  std::vector<std::string> names;
  if (root_ != nullptr) collect(*root_, names);
  return names;
}

std::vector<NamedOption> Condition::named_options() const {
  std::vector<NamedOption> named;
  if (root_ != nullptr) collect_options(*root_, named);
  return named;
}

}  // namespace perspective::survey

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

using Lookup = std::function<std::optional<std::string>(std::string_view)>;

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

std::optional<std::string> evaluate(const Operand& operand, const Lookup& value_of) {
  if (!operand.names_a_variable()) return operand.text;
  auto value = value_of(operand.text);
  if (!value || operand.kind == Operand::Kind::variable) return value;
  return std::to_string(count_words(*value));
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

std::optional<bool> holds_at(const Condition::Node& node, const Lookup& value_of) {
  if (const auto* comparison = std::get_if<Comparison>(&node.is)) {
    const auto left = evaluate(comparison->left, value_of);
    const auto right = evaluate(comparison->right, value_of);
    return left && right ? std::optional(compare(comparison->relation, *left, *right)) : std::nullopt;
  }
  if (const auto* selected = std::get_if<Selected>(&node.is)) {
    const auto value = value_of(selected->variable);
    return value ? std::optional(has_word(*value, selected->option)) : std::nullopt;
  }
  const auto& group = std::get<Group>(node.is);
  const bool deciding = group.kind != Group::Kind::every;  // a part that is so settles the group
  bool is_open = false;
  for (const auto& part : group.parts) {
    const auto holds = holds_at(*part, value_of);
    if (!holds) is_open = true;
    if (holds == deciding) return group.kind == Group::Kind::some;
  }
  return is_open ? std::nullopt : std::optional(group.kind != Group::Kind::some);
}

void add_mention(const Operand& named, const Operand& other, std::vector<Mention>& mentions) {
  if (!named.names_a_variable()) return;
  Mention mention{.variable = named.text, .texts = {}, .numbers = {}, .variables = {}};
  mention.is_counted = named.kind == Operand::Kind::count_selected;
  if (other.kind == Operand::Kind::text) mention.texts.push_back(other.text);
  if (other.kind == Operand::Kind::number) mention.numbers.push_back(other.text);
  if (other.names_a_variable()) mention.variables.push_back(other.text);
  mentions.push_back(std::move(mention));
}

void collect(const Condition::Node& node, std::vector<Mention>& mentions) {
  if (const auto* comparison = std::get_if<Comparison>(&node.is)) {
    add_mention(comparison->left, comparison->right, mentions);
    add_mention(comparison->right, comparison->left, mentions);
  } else if (const auto* selected = std::get_if<Selected>(&node.is)) {
    Mention mention{.variable = selected->variable, .texts = {selected->option}, .numbers = {}, .variables = {}};
    mention.is_searched = true;
    mentions.push_back(std::move(mention));
  } else {
    for (const auto& part : std::get<Group>(node.is).parts) collect(*part, mentions);
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

bool Condition::holds(const std::function<std::string(std::string_view)>& value_of) const {
  const auto known = [&](std::string_view variable) { return std::optional(value_of(variable)); };
  return holds_so_far(known).value_or(false);
}

std::optional<bool> Condition::holds_so_far(const Lookup& value_of) const {
  return root_ == nullptr ? std::optional(true) : holds_at(*root_, value_of);
}

std::vector<std::string> Condition::variables() const {
  std::vector<std::string> names;
  for (const auto& mention : mentions()) {
    if (std::ranges::find(names, mention.variable) == names.end()) names.push_back(mention.variable);
  }
  return names;
}

std::vector<Mention> Condition::mentions() const {
  std::vector<Mention> mentions;
  if (root_ != nullptr) collect(*root_, mentions);
  return mentions;
}

}  // namespace perspective::survey

// The parsed form of a Condition; used by condition.cc and its parser alone.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "survey/condition.h"

namespace perspective::survey {

using NodePtr = std::shared_ptr<const Condition::Node>;

struct Operand {
  enum class Kind { variable, text, number, count_selected };
  Kind kind = Kind::text;
  std::string text;  // the variable's name, the text, or the number as written
  bool names_a_variable() const { return kind == Kind::variable || kind == Kind::count_selected; }
};

enum class Relation { equal, not_equal, less, less_equal, greater, greater_equal };

struct Comparison {
  Operand left;
  Relation relation = Relation::equal;
  Operand right;
};
struct Selected {
  std::string variable;
  std::string option;
};
struct Group {
  enum class Kind { every, some, none };
  Kind kind = Kind::every;
  std::vector<NodePtr> parts;
};

struct Condition::Node {
  std::variant<Comparison, Selected, Group> is;
};

Result<NodePtr> parse_tree(std::string_view source);

}  // namespace perspective::survey

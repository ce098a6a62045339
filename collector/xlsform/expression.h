// Expressions of a form (XPath, as XLSForm writes it) as far as a questionnaire's conditions go.
//
// Promise: pure. What is not understood stays as it is written: the parser of conditions refuses it then, and says so.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace perspective::xlsform {

// A question under the names of the form, and what it became.
struct Renamed {
  std::string variable;
  bool is_choice = false;
  bool is_multiple = false;
  std::vector<std::pair<std::string, std::string>> options = {};  // as the form names it, id; in order
};
using Renames = std::map<std::string, Renamed, std::less<>>;  // by the form's name

// With the questionnaire's names. Comparisons with numbers become the options that they mean: "${stars} >= 4" of the
// choices 1 to 5 is "(${stars} = 'n4' or ${stars} = 'n5')".
std::string renamed(std::string_view expression, const Renames& renames);

std::set<std::string> variables_of(std::string_view expression);  // as written

// "A and B and ...", with brackets around parts that have an "or".
std::string all_of(const std::vector<std::string>& conditions);

// ". >= 0 and . <= 10": the whole numbers that a constraint leaves.
struct Bounds {
  long lowest = 0;
  long highest = 0;
};
std::optional<Bounds> bounds_of(std::string_view constraint);

// The options that may only stand alone, where that is all that the constraint says of a multiple choice.
std::optional<std::set<std::string>> exclusive_in(std::string_view constraint, const std::vector<std::string>& options);
// Such a constraint.
std::string exclusive_constraint(const std::vector<std::string>& exclusive);

}  // namespace perspective::xlsform

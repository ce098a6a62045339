// What became of a text since somebody edited it: paragraph by paragraph, generated then, generated now, edited.
//
// Promise:   pure. Each paragraph of the three stands in one row; equal ones stand together, and what lies between
// equal
//            ones is set side by side in its order.
// Threads:   any.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace perspective::report {

struct Difference {
  std::optional<std::string> then;
  std::optional<std::string> now;
  std::optional<std::string> edited;
  bool is_generated_otherwise() const { return then != now; }
  bool is_edited() const { return then != edited; }
  bool operator==(const Difference&) const = default;
};

std::vector<Difference> differences_of(const std::vector<std::string>& then, const std::vector<std::string>& now,
                                       const std::vector<std::string>& edited);

// At empty lines; without spaces and line breaks at either end of one, and without empty ones.
std::vector<std::string> paragraphs_in(std::string_view text);

}  // namespace perspective::report

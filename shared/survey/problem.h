// What an author is told about a definition: where, what is wrong, what to do.
//
// Promise: plain values. `pointer` is a JSON pointer (RFC 6901) into the file that was read, empty for the whole of it.
#pragma once

#include <string>
#include <vector>

namespace perspective::survey {

enum class Severity {
  error,    // refused
  warning,  // taken, but hardly meant so
  note,     // only worth knowing
};

struct Problem {
  std::string pointer;
  std::string what;
  std::string remedy;
  Severity severity = Severity::error;
};
using Problems = std::vector<Problem>;

}  // namespace perspective::survey

// Which outcome an error of ours is: by its code and by the words that the headers promise to keep.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace perspective::testing {

struct Reason {
  ErrorCode code;
  std::string_view words;  // that stand in it
  std::string_view outcome;
};

// The first that fits; else the error itself, which is no outcome.
inline std::string outcome_of(const Error& error, std::span<const Reason> reasons) {
  for (const auto& reason : reasons) {
    if (error.code == reason.code && error.what.find(reason.words) != std::string::npos) {
      return std::string(reason.outcome);
    }
  }
  return "none of the outcomes: " + error.what;
}

}  // namespace perspective::testing

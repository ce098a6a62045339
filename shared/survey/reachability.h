// Can this condition ever hold? Can this item ever be asked? Found out by trying answers.
//
// Promise:   pure and exact within the bounds: `never` and `always` are said only when all answers that matter were
//            covered. Of an item's answers those are tried that some condition can tell apart: for a choice
//            each option that is named, one that is not, and no answer; for a multiple choice each set of named options
//            with any number of others; for a text none, some words, each text that it is compared with, and numbers
//            below, at, between and above those that it is compared with.
// Bounds:    at most kMaxTries steps a question and kMaxTriesInAll for one object, kMaxValues answers an item, and
//            kMaxItems items that a condition depends on: beyond that the verdict is `undecided`, never a guess.
// Ownership: the questionnaire outlives the object.
// Threads:   one at a time (it counts its tries).
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "survey/condition.h"
#include "survey/problem.h"
#include "survey/questionnaire.h"

namespace perspective::survey {

enum class Verdict { sometimes, never, always, undecided };

class Reachability {
 public:
  static constexpr std::size_t kMaxTries = 20'000;
  static constexpr std::size_t kMaxTriesInAll = 400'000;
  static constexpr std::size_t kMaxValues = 4'096;
  static constexpr std::size_t kMaxItems = 1'000;

  // `doubtful`: positions of items whose condition is wrong. They are taken as asked, so that nothing follows from it.
  Reachability(const Questionnaire& questionnaire, std::set<std::size_t> doubtful);

  // Whatever is answered: as if every item were asked.
  Verdict on_its_own(const Condition& condition);
  // With routing: an item that is not asked has no answer. With `at`, a position: while that item is asked.
  Verdict on_the_route(const Condition& condition, std::optional<std::size_t> at = std::nullopt);

 private:
  const Questionnaire& questionnaire_;
  std::set<std::size_t> doubtful_;
  std::map<std::string, std::size_t, std::less<>> positions_;
  std::size_t tries_left_ = kMaxTriesInAll;
};

// Each condition that can never hold, or always holds, or is too large to decide, each item that can never be asked,
// and each finding within or joint with another that leaves nobody in its base. Conditions at whose pointer `problems`
// has something already are passed over.
void check_reachability(const Questionnaire& questionnaire, Problems& problems);

}  // namespace perspective::survey

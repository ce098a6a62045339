// What refers to what in a definition; used by definition_checks.cc alone.
#pragma once

#include <algorithm>
#include <string_view>

#include "survey/problem.h"
#include "survey/questionnaire.h"

namespace perspective::survey {

// The list of problems, which remembers what the reader had noted in it.
class Complaints {
 public:
  explicit Complaints(Problems& problems) : problems_(problems), misread_(problems) {}

  void add(Problem problem) { problems_.push_back(std::move(problem)); }
  // Could the reader make nothing of this place, or of one below it?
  bool is_misread(std::string_view pointer) const {
    return std::ranges::any_of(misread_, [&](const Problem& problem) {
      const std::string_view place = problem.pointer;
      return place.starts_with(pointer) && (place.size() == pointer.size() || place[pointer.size()] == '/');
    });
  }

 private:
  Problems& problems_;
  const Problems misread_;
};

void check_references(const Questionnaire& questionnaire, Complaints& complaints);

}  // namespace perspective::survey

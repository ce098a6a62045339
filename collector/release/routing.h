// Who is asked an item, as far as the release rules look: everyone, those who chose certain options of one other item,
// or a group that hangs on more than that.
//
// Promise:   pure.
// Threads:   any.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "survey/questionnaire.h"

namespace perspective::release {

struct Routing {
  bool is_always = true;
  std::string variable;                // of the one choice that it hangs on; empty: always, or not so simple
  std::set<std::string> options;       // of that item: who chose one is asked
  bool asks_unanswered = false;        // and so is who gave it no answer
  std::vector<std::string> variables;  // all that it hangs on
};

Routing routing_of(const survey::Questionnaire& questionnaire, const survey::Item& item);

bool has_outside_option(const survey::Item& item);

// Does the finding hang on no other?
bool is_plain(const survey::Finding& finding);
// The finding that it is within or joint with; empty: none.
std::string parent_of(const survey::Finding& finding);

}  // namespace perspective::release

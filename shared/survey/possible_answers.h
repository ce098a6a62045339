// The answers to an item that conditions can tell apart, as conditions see them; used by reachability.cc alone.
//
// Promise: pure; every answer but the empty one (last: not answered) is one that survey::check_answer() takes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "survey/condition.h"
#include "survey/questionnaire.h"

namespace perspective::survey {

// `mentions`: all that conditions say of the item. nullopt: more than `limit`.
std::optional<std::vector<std::string>> possible_answers(const Questionnaire& questionnaire, const Item& item,
                                                         const std::vector<Mention>& mentions, std::size_t limit);

}  // namespace perspective::survey

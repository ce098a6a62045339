// Which items are asked, given what was answered so far: pure functions of questionnaire and answers.
//
// Promise: only answers on the route count, in the questionnaire's order: an answer to an item that is itself off the
//          route is as good as none. The same arguments give the same route.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "survey/answers.h"
#include "survey/questionnaire.h"

namespace perspective::survey {

std::vector<std::size_t> route(const Questionnaire& questionnaire, const Answers& answers);  // positions in items

std::optional<std::size_t> next_on_route(const Questionnaire& questionnaire, const Answers& answers,
                                         std::optional<std::size_t> after);  // nullopt: from the start / at the end
std::optional<std::size_t> previous_on_route(const Questionnaire& questionnaire, const Answers& answers,
                                             std::size_t before);

// Without the answers that are off the route, and without blank words.
Answers prune(const Questionnaire& questionnaire, const Answers& answers);

// Why each unanswered item is missing. `reached`: positions of the items that were shown.
Absences absences(const Questionnaire& questionnaire, const Answers& pruned, const std::set<std::size_t>& reached);

// Notes that are shown beside an item now.
std::vector<const Note*> notes_to_show(const Questionnaire& questionnaire, const Item& item, const Answers& answers);

}  // namespace perspective::survey

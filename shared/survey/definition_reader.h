// From JSON to a Questionnaire, as far as its shape is right; used by questionnaire.cc and whoever tells an author.
//
// Promise: every mistake of shape is in `problems`; items, findings and sentences keep their places in their lists,
//          also where something in them is wrong.
#pragma once

#include <string_view>

#include "survey/problem.h"
#include "survey/questionnaire.h"

namespace perspective::survey {

Questionnaire read_definition(std::string_view json, Problems& problems);

}  // namespace perspective::survey

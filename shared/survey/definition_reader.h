// From JSON to a Questionnaire whose shape is right; used by questionnaire.cc alone.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "survey/questionnaire.h"

namespace perspective::survey {

using Problems = std::vector<std::pair<std::string, std::string>>;  // JSON pointer, what is wrong and what to do

Questionnaire read_definition(std::string_view json, Problems& problems);

}  // namespace perspective::survey

// What the names in a definition refer to: everything exists, nothing twice, nothing before its time.
#pragma once

#include "survey/definition_reader.h"
#include "survey/questionnaire.h"

namespace perspective::survey {

void check_definition(const Questionnaire& questionnaire, Problems& problems);

}  // namespace perspective::survey

// What the names in a definition refer to: everything exists, nothing twice, nothing before its time.
//
// Promise: pure. Also looks at a definition in whose shape something is wrong (what the reader noted is in `problems`)
//          and does not complain of the same place twice.
#pragma once

#include "survey/problem.h"
#include "survey/questionnaire.h"

namespace perspective::survey {

void check_definition(const Questionnaire& questionnaire, Problems& problems);

}  // namespace perspective::survey

// The text keys that a definition calls for.
//
// Promise: pure. Each key once, in the order of the definition, with the JSON pointer of what calls for it.
#pragma once

#include <string>
#include <vector>

#include "survey/questionnaire.h"

namespace perspective::authoring {

struct Need {
  std::string key;
  std::string pointer;  // into definition.json; empty: every questionnaire has it
};

std::vector<Need> text_needs(const survey::Questionnaire& questionnaire);     // in texts/<language>.json
std::vector<Need> section_needs(const survey::Questionnaire& questionnaire);  // in section/<language>.json

}  // namespace perspective::authoring

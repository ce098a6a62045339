// The words of the section; used by check.cc alone.
#pragma once

#include "authoring/catalogue_file.h"
#include "survey/questionnaire.h"

namespace perspective::authoring {

// Of what the definition does not ask for nothing is said unless all of the definition could be read.
void check_section(const survey::Questionnaire& questionnaire, bool is_definition_whole, const CatalogueFile& section);

}  // namespace perspective::authoring

// What is said and shown on a kiosk, in every language; used by check.cc alone.
#pragma once

#include <vector>

#include "authoring/catalogue_file.h"
#include "survey/questionnaire.h"

namespace perspective::authoring {

// Of what the definition does not ask for nothing is said unless all of the definition could be read.
void check_texts(const survey::Questionnaire& questionnaire, bool is_definition_whole,
                 const std::vector<CatalogueFile>& texts);

// The text as a respondent reads it; empty where it is missing or wrong.
std::string shown(const survey::Questionnaire& questionnaire, const CatalogueFile& texts, const std::string& key);

// "YOS", "999", "%": the first thing in a text that a voice does not say as it is meant; empty where there is none.
std::string said_otherwise(const std::string& text);

}  // namespace perspective::authoring

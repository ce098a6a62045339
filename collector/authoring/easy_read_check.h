// Is it easy to read? Sentences that are too long, reading grades; used by check.cc alone.
#pragma once

#include <vector>

#include "authoring/catalogue_file.h"
#include "authoring/check.h"
#include "survey/questionnaire.h"

namespace perspective::authoring {

// Also fills the readings of `check`.
void check_easy_read(const survey::Questionnaire& questionnaire, const std::vector<CatalogueFile>& texts,
                     const File& definition, Check& check);

}  // namespace perspective::authoring

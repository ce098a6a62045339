// What a questionnaire has and a form has no words for. Used by the export alone.
//
// Promise: pure; every member of the definition and every text that is not in the form is told of.
#pragma once

#include <set>
#include <string>

#include "authoring/folder.h"
#include "survey/questionnaire.h"
#include "xlsform/line.h"

namespace perspective::xlsform {

// `said`: keys of the texts that are in the form.
Lines unsaid(const survey::Questionnaire& questionnaire, const authoring::Folder& folder,
             const std::set<std::string>& said);

}  // namespace perspective::xlsform

// A picture for each option: is it there, and fit to be drawn on a kiosk? Used by check.cc alone.
#pragma once

#include "authoring/catalogue_file.h"
#include "authoring/folder.h"
#include "authoring/remark.h"
#include "survey/questionnaire.h"

namespace perspective::authoring {

// Errors: a picture that is named and is not there, or that no kiosk would take. Warnings: an option without one, which
// can be asked all the same (not everybody's questionnaire is easy read), and a picture of the folder that nothing
// names.
void check_pictures(const survey::Questionnaire& questionnaire, const Folder& folder, const File& definition,
                    Remarks& remarks);

}  // namespace perspective::authoring

// A questionnaire's recorded speech, told to its author: what no kiosk would play, and what would never be heard.
#pragma once

#include <vector>

#include "authoring/catalogue_file.h"
#include "authoring/folder.h"
#include "authoring/remark.h"

namespace perspective::authoring {

void check_recordings(const Folder& folder, const std::vector<CatalogueFile>& texts, Remarks& remarks);

}  // namespace perspective::authoring

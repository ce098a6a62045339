// A Form as the files of a questionnaire's folder. Used by the import alone.
//
// Promise: pure; JSON laid out for people, in the order of assets/README.md.
#pragma once

#include <map>
#include <string>

#include "authoring/folder.h"
#include "xlsform/form.h"

namespace perspective::xlsform {

authoring::Folder folder_of(const Form& form, const std::map<std::string, Bytes>& media, Lines& lines);

}  // namespace perspective::xlsform

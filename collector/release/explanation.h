// An exposure in the words of an inspector, who knows the questionnaire and not the auditor.
//
// Promise:   no value: what it can be is shown to whoever may read answers (to_text), and stands in no error.
// Threads:   pure.
#pragma once

#include <string>

#include "release/auditor.h"

namespace perspective::release {

// "whoever puts together what is said of 'y' and 'z' learns how many people 'x' counts".
std::string explained(const Exposure& exposure);

}  // namespace perspective::release

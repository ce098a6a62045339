// What a release says of a finding, as words: "13 or more of the 17", "More than half of the five".
//
// Promise:   every word comes from the catalogue (messages report.release.<says>.<whom>, with .of where the number of
//            people is printed), by the house style of phrase.h. Empty where the release says nothing.
// Errors:    those of text::Catalogue::format.
// Threads:   pure.
#pragma once

#include <string>

#include "base/result.h"
#include "release/statement.h"
#include "report/phrase.h"
#include "text/catalogue.h"

namespace perspective::report {

Result<std::string> phrase(const release::Statement& statement, Place place, const text::Catalogue& catalogue);

}  // namespace perspective::report

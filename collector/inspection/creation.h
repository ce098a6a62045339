// Is what an inspector sends a whole inspection? And the package that follows from it.
//
// Promise:   what passes can be answered on a kiosk and written up in each language that it has a section in: ids are
//            fit for a path, and authoring::check() finds no error in a questionnaire.
// Errors:    invalid; `what` lists every mistake, one a line.
// Threads:   pure.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "inspection/inspections.h"
#include "inspection/record.h"
#include "survey/questionnaire.h"

namespace perspective::inspection {

// [a-z0-9-]+, at most 64 characters.
bool is_fit_id(std::string_view id);

// has_keys: its passphrases are not looked at.
Result<std::vector<survey::Questionnaire>> check(const NewInspection& inspection, bool has_keys = false);

// The padded and sealed size, a salt, and what was asked for; certificates and receipt key are still to come.
Result<Record> record_of(const NewInspection& inspection, const std::vector<survey::Questionnaire>& questionnaires);

}  // namespace perspective::inspection

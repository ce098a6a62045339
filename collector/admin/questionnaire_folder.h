// A questionnaire on disk (definition.json, texts/<language>.json, section/<language>.json) as the API takes it.
//
// Errors:    not_found, io or invalid, with the file.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace boost::json {
class array;
}

namespace perspective::admin {

struct QuestionnaireFiles {
  std::vector<std::filesystem::path> folders;
  std::vector<std::string> languages;  // wanted; empty: all that every definition has, in the first one's order
};

// The API's "questionnaires", files as text, byte for byte; fills `languages` where it was empty.
Result<boost::json::array> read_questionnaires(QuestionnaireFiles& files);

}  // namespace perspective::admin

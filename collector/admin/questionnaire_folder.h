// Questionnaires on disk as the API takes them.
//
// Errors:    not_found, io or invalid, with the file. invalid also where authoring::check() finds an error: all of them
//            stand in `remarks`, and in `what` how many.
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
  std::vector<std::string> languages;     // wanted; empty: all that every definition has, in the first one's order
  std::vector<std::string> remarks = {};  // filled: what the check says of them, one line each, errors and warnings
};

// The API's "questionnaires", files as text, byte for byte; fills `languages` where it was empty.
Result<boost::json::array> read_questionnaires(QuestionnaireFiles& files);

// "3 errors, 1 warning".
std::string counts_in_words(std::size_t errors, std::size_t warnings);

}  // namespace perspective::admin

// A questionnaire's folder as it is on disk: definition.json, texts/<language>.json, section/<language>.json,
// pictures/.
//
// Errors:    not_found or io, naming the file. What the files say is not looked at.
// Ownership: plain values; texts byte for byte.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "base/result.h"

namespace perspective::authoring {

using Catalogues = std::map<std::string, std::string>;  // language: JSON

struct Folder {
  std::string definition;
  Catalogues texts;
  Catalogues section;
  std::set<std::string> pictures;  // names of the files in pictures/
};

Result<Folder> read_folder(const std::filesystem::path& folder);

}  // namespace perspective::authoring

// A questionnaire's folder as it is on disk: definition.json, texts/<language>.json, section/<language>.json,
// pictures/<name>.svg, recordings/<name>.opus.
//
// Errors:    not_found or io, naming the file. What the files say is not looked at.
// Ownership: plain values; texts byte for byte.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "survey/picture.h"

namespace perspective::authoring {

using Catalogues = std::map<std::string, std::string>;  // language: JSON

struct Folder {
  std::string definition;
  Catalogues texts;
  Catalogues section;
  survey::Pictures pictures = {};         // of pictures/, name: SVG
  survey::Pictures shared_pictures = {};  // of the folder `pictures` beside this one: what several questionnaires use
  std::map<std::string, Bytes> recordings = {};  // of recordings/ and the folders in it: Ogg Opus
};

Result<Folder> read_folder(const std::filesystem::path& folder);

// Of the name, the folder's own before those that are shared; null: there is none.
const std::string* picture(const Folder& folder, const std::string& name);
// All that the definition's options name and that are there: they go to the kiosks.
survey::Pictures used_pictures(const Folder& folder);
// The recordings in these languages: likewise.
std::vector<Bytes> used_recordings(const Folder& folder, const std::vector<std::string>& languages);

}  // namespace perspective::authoring

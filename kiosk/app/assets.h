// What the kiosk itself brings: its own words in each language, and the lists that the four words are drawn from.
//
// Errors: load_assets: io, not_found or invalid, naming the file.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/result.h"
#include "envelope/identity.h"
#include "text/catalogue.h"

namespace perspective::app {

struct Assets {
  std::map<std::string, text::Catalogue> words;          // language -> texts/<language>.json
  std::map<std::string, envelope::WordList> word_lists;  // language -> texts/<language>.words.txt; "en" is always there
  std::map<std::string, text::Catalogue> withdrawal;     // language -> withdrawal/<language>.json, to be put over words
};

Result<Assets> load_assets(const std::filesystem::path& folder);

}  // namespace perspective::app

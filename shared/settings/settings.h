// Configuration files of both programs: lines "key = value", each key a long option's name without its dashes.
//
// Promise:   apply_file() gives an option what the file says where the command line said nothing. It is strict: a key
// that
//            none of the options has, one that stands there twice or without a value, and a value that its option
//            refuses are errors. Nothing is left out in silence.
// Errors:    invalid, with "FILE:LINE: what, and what to do"; not_found and io of the file.
// Threads:   one, that of the command line.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace CLI {
class Option;
}

namespace perspective::settings {

struct Setting {
  std::string key;
  std::string value;
  int line = 0;  // of the file, from 1
};

// Lines are "key = value"; "# ..." and empty ones say nothing. Spaces around key and value do not count. There are no
// quotes, and no comment stands behind a value: whatever a path or a name has in it can be written.
// Errors: invalid, with "LINE: ...".
Result<std::vector<Setting>> parse(std::string_view text);

// options: those that a file may speak of, after the command line was parsed. Not owned.
Result<void> apply_file(const std::filesystem::path& file, const std::vector<CLI::Option*>& options);

// The file to read: the one that was named; else the packaged one, where a package put it there; else none (empty).
std::filesystem::path file_to_read(const std::filesystem::path& named, const std::filesystem::path& packaged);

}  // namespace perspective::settings

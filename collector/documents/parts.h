// The files inside a .docx or .odt file, which templates are made of.
//
// Promise: read_template() reads within limits, whatever the file says of its sizes; nothing is written anywhere.
//          parts_in() reads a folder of such files: the project's own templates are kept as they are read.
// Errors:  invalid, in words for whoever made the template; io where a folder cannot be read.
// Threads: pure, but for reading the folder.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace perspective::documents {

using Parts = std::map<std::string, std::string>;  // name -> content

inline constexpr std::size_t kMaxTemplateBytes = 4U << 20U;

Result<Parts> read_template(ByteView docx);
Result<Parts> parts_in(const std::filesystem::path& folder);

}  // namespace perspective::documents

// A whole file as write_file() (file.h) writes one, of what is never in memory all at once.
//
// Promise: as write_file(). `content` puts one piece after the other; its error, or a piece's, leaves the old file.
// Errors:  io, or what `content` says.
#pragma once

#include <filesystem>
#include <functional>

#include "base/bytes.h"
#include "base/result.h"

namespace perspective {

using PutPiece = std::function<Result<void>(ByteView piece)>;
Result<void> write_in_pieces(const std::filesystem::path& path,
                             const std::function<Result<void>(const PutPiece& put)>& content);

}  // namespace perspective

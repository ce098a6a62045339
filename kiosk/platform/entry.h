// Places for the caret that depend on how a text is broken into lines.
//
// Threads:   pure.
// Units:     indexes in bytes.
#pragma once

#include <cstddef>

#include "platform/shaped_text.h"

namespace perspective::platform {

std::size_t line_start(const TextBlock& block, std::size_t caret);
std::size_t line_end(const TextBlock& block, std::size_t caret);
std::size_t line_above(const TextBlock& block, std::size_t caret);  // on the first line: its start
std::size_t line_below(const TextBlock& block, std::size_t caret);  // on the last line: its end

}  // namespace perspective::platform

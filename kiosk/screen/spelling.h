// Letters and signs by their names, for whoever hears them: "A", "capital A", "w with a hat", "full stop".
//
// Threads: pure.
#pragma once

#include <string>
#include <string_view>

#include "text/catalogue.h"

namespace perspective::screen {

std::string name_of(std::string_view character, const text::Catalogue& words);

}  // namespace perspective::screen

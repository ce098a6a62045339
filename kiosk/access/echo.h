// What is said while somebody writes: the letter, after a space the word, what was deleted, where the caret is.
//
// Threads: pure.
#pragma once

#include <string>

#include "text/catalogue.h"
#include "visit/writing.h"

namespace perspective::access {

// Empty: nothing changed.
std::string echo_of(const visit::Writing& before, const visit::Writing& now, const text::Catalogue& words);

}  // namespace perspective::access

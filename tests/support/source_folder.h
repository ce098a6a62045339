// Where the sources lie that this was built from: for fixtures, vectors, texts. The path is in one object file alone,
// so that a compiler's cache has all others for every checkout.
//
// Promise:   there before anything of a test is initialised.
#pragma once

namespace perspective {

extern const char* const kSourceFolder;

}  // namespace perspective

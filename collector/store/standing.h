// How a store reads a Standing: from rows of what one is (0 a day, 1 what was withdrawn, 2 a plain count, 3 a paper
// form), its name and its number.
#pragma once

#include <cstdint>
#include <string>

#include "store/store.h"

namespace perspective::store {

void add_to(Standing& standing, std::int64_t what, std::string name, std::int64_t number);

}  // namespace perspective::store

// The list of an inspection's private keys' copies, as a file.
//
// Errors:    corrupt when the text is no such list.
// Threads:   pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "keys/key_cabinet.h"

namespace perspective::keys {

std::string to_json(const std::vector<RegisteredCopy>& copies);
Result<std::vector<RegisteredCopy>> copies_from_json(std::string_view json);

}  // namespace perspective::keys

// What many people choose as a password, and common words of English: made at the build (common_passwords.py).
//
// Promise:   small letters, sorted by their bytes, five or more of them each.
#pragma once

#include <span>
#include <string_view>

namespace perspective::people {

std::span<const std::string_view> common_passwords();

}  // namespace perspective::people

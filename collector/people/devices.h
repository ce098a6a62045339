// Browsers from which somebody signed in or joined before: each keeps a secret in a cookie, of which their account has
// the hash (lock_out.h says what that is good for).
//
// Threads:   pure.
// Units:     times in seconds since 1970.
#pragma once

#include <string>
#include <string_view>

#include "people/account.h"

namespace perspective::people {

constexpr std::int64_t kDeviceLasts_s = 90LL * 24 * 3600;

// Points into the account; nothing: none of its own, or one that has guessed too often.
Device* known_device(Account& account, std::string_view secret, std::int64_t now_s);
// One more, in the place of the oldest where there are many; its secret. Whoever calls it puts the account.
std::string remember_device(Account& account, std::int64_t now_s);

}  // namespace perspective::people

// The code that is asked for beside a password: of the authenticator, or one of the recovery codes.
//
// Errors:    corrupt: the account's sealed secret is none of ours. Those of OpenSSL.
// Threads:   pure.
// Units:     times in seconds since 1970.
#pragma once

#include <string_view>

#include "people/account.h"
#include "people/secrets.h"

namespace perspective::people {

// Of an account with an authenticator. A code that counts is noted in it as taken: whoever asks puts the account, and
// of two who come with one code the store lets one write.
Result<bool> takes_code(Account& account, std::string_view code, const Keys& keys, std::int64_t now_s);

}  // namespace perspective::people

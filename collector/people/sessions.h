// Who is signed in.
//
// Promise:   a session is 256 bits, of which only the hash is kept, in the store: signing in at one collector counts at
//            all of them. It ends after kIdle_s without a request, after kLasts_s in any case (NIST SP
//            800-63B-4, 2.2.3, for AAL2; OWASP ASVS 5, 7.3), with signing out, and with each change of the account that
//            ends sessions (accounts.h). What a person may is looked up at each request.
// Errors:    refused: none (any more), whichever reason it has. Those of the store.
// Ownership: keeps references to store and clock, which outlive it.
// Threads:   any.
// Units:     times in seconds since 1970.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "people/account.h"
#include "people/person.h"
#include "store/store.h"

namespace perspective::people {

constexpr std::int64_t kIdle_s = 15 * 60;
constexpr std::int64_t kLasts_s = 12 * 3600;
constexpr std::int64_t kNoted_s = 60;  // so long a request may be unnoted: each note is a commit

class Sessions {
 public:
  Sessions(store::Store& store, const Clock& clock) : store_(store), clock_(clock) {}

  Result<std::string> begin(const Account& account, const store::NextEntry& entry = {});  // its secret
  // is_activity: somebody does something, so that it goes on. Else it is only looked at.
  Result<Person> person(std::string_view secret, bool is_activity = true);
  Result<void> end(std::string_view secret, const store::NextEntry& entry = {});  // none: ok

 private:
  store::Store& store_;
  const Clock& clock_;
};

}  // namespace perspective::people

// Name, password, and a code where one is asked for: who is it?
//
// Promise:   the same answer, and the same work, whether the name, the password or the code was wrong, or nobody has
// that
//            name. Failures are counted before the next is looked at, on all collectors of one store together
//            (lock_out.h). Of unknown names only one of 4 096 counts each is kept, so that they fill no disk. A code,
//            and a recovery code, counts once. A password whose hash is of another cost than ours is hashed anew.
// Errors:    conflict: the account was changed in the same moment; try again. Those of store and OpenSSL.
// Ownership: as Accounts.
// Threads:   any; each attempt takes 128 MiB and about half a second, so whoever calls it says who is next. look()
// costs
//            nothing: what it says of a wait is an answer, and of a known device whose turn it is.
#pragma once

#include <string>
#include <variant>

#include "people/accounts.h"
#include "people/devices.h"
#include "people/lock_out.h"

namespace perspective::people {

struct Attempt {
  std::string name;
  SecretBytes password;
  std::string code = {};  // of the authenticator, or a recovery code
  std::string address = {};
  std::string device = {};  // the secret that an earlier SignedIn gave; empty: none
};

struct SignedIn {
  Account account;
  std::string device;  // to be kept by the browser; the next time it is known
};

struct Refused {
  std::int64_t wait_s = 0;  // above 0: it was not looked at
  std::string name = {};    // of the account; empty: nobody has that name
  int failures = 0;         // in a row, of this name, this one too
  int of_address = 0;       // within a day
};

using Outcome = std::variant<SignedIn, Refused>;

// What can be said before the password is looked at.
struct Look {
  std::int64_t wait_s = 0;  // above 0: it will not be
  bool is_known = false;    // they come from where they signed in before
};

class SignIn {
 public:
  SignIn(store::Store& store, const Clock& clock, const Keys& keys, Cost cost = {});
  Result<Look> look(const Attempt& attempt) const;
  Result<Outcome> attempt(const Attempt& attempt);  // looks as well: others may have come meanwhile

 private:
  struct Counted;
  struct Seen;
  Result<Seen> see(const Attempt& attempt) const;
  Result<Counted> counted(const std::string& key) const;
  Result<int> count(const std::string& key);
  Result<std::string> key_of_name(const std::string& name, bool is_known) const;
  Result<bool> is_right(Account* account, const Attempt& attempt) const;
  Result<std::int64_t> wait_of(const std::string& key, const Attempt& attempt) const;
  Result<Outcome> let_in(Account& account, Device* device, const Attempt& attempt, const std::string& key);
  Result<Outcome> count_refusal(Account* account, Device* device, const Attempt& attempt, const std::string& key);

  store::Store& store_;
  const Clock& clock_;
  const Keys& keys_;
  const Cost cost_;
};

}  // namespace perspective::people

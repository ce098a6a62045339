// API tokens: what a script shows in the place of a session.
//
// Promise:   256 bits behind "pct_", by which searches for secrets that were published know it; shown once, only the
// hash
//            is kept. A token has the rights that were chosen for it, of them only those that its owner has now, and
//            never own_account: a token makes no tokens and changes no password. It ends on its day, a year ahead at
//            most, with its revocation, is good for nothing while its owner is disabled,
//            and ends with their password: another one, or a reset.
// Errors:    refused: none (any more); invalid: a name, a right or a time that is none; conflict: the owner has one of
// that
//            name; not_found. Those of the store.
// Ownership: keeps references to store and clock, which outlive it.
// Threads:   any.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "people/account.h"
#include "people/person.h"
#include "store/store.h"

namespace perspective::people {

constexpr std::string_view kTokenPrefix = "pct_";
constexpr int kLongestTokenDays = 365;
constexpr int kUsualTokenDays = 90;

struct Token {
  std::string name;
  std::string owner;
  Rights rights = 0;  // as chosen
  std::int64_t ends_s = 0;
  std::int64_t epoch = 0;  // of its owner (account.h)
};

class Tokens {
 public:
  Tokens(store::Store& store, const Clock& clock) : store_(store), clock_(clock) {}

  Result<std::string> make(const std::string& owner, const std::string& name, const std::vector<Right>& rights,
                           int days, const store::NextEntry& entry = {});
  Result<std::vector<Token>> all() const;  // that have not ended, by owner and name
  Result<void> revoke(std::string_view owner, std::string_view name, const store::NextEntry& entry = {});
  Result<void> revoke_all(std::string_view owner);  // out of the store, whichever epoch they are of
  Result<Person> person(std::string_view secret) const;

 private:
  store::Store& store_;
  const Clock& clock_;
};

}  // namespace perspective::people

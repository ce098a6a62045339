// All of this room in one object: accounts, signing in, sessions, tokens.
//
// Ownership: owns the keys; keeps references to store and clock, which outlive it.
// Threads:   any.
#pragma once

#include <utility>

#include "people/accounts.h"
#include "people/sessions.h"
#include "people/sign_in.h"
#include "people/tokens.h"

namespace perspective::people {

class People {
 public:
  // keys: Keys::of a key that all collectors of the store have.
  People(store::Store& store, const Clock& clock, Keys keys, Cost cost = {})
      : keys_(std::move(keys)),
        accounts(store, clock, keys_, cost),
        sign_in(store, clock, keys_, cost),
        sessions(store, clock),
        tokens(store, clock) {}
  People(const People&) = delete;
  People& operator=(const People&) = delete;

 private:
  const Keys keys_;  // first: the others refer to it

 public:
  Accounts accounts;
  SignIn sign_in;
  Sessions sessions;
  Tokens tokens;
};

}  // namespace perspective::people

// Who asks, and what they may: by a session or by a token.
//
// Threads:   plain values.
#pragma once

#include <string>

#include "people/rights.h"

namespace perspective::people {

struct Person {
  std::string name;   // to sign in with
  std::string shown;  // "Ada Lovelace"
  std::string token;  // by which they come; empty: they signed in
  Rights rights = 0;  // of now, not of when they signed in
};

}  // namespace perspective::people

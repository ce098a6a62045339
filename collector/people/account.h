// Someone who works with the collector, as the store keeps them.
//
// Promise:   no password, link, code or device's secret is in it, only their hashes; an authenticator's secret is
// sealed
//            (secrets.h).
// Errors:    corrupt: a record that is none of ours.
// Threads:   plain values.
// Units:     times in seconds since 1970.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "people/rights.h"
#include "store/store.h"

namespace perspective::people {

constexpr std::string_view kAccountKind = "account";

// A browser or program that signed in before. Whoever tries passwords elsewhere does not shut it out (lock_out.h).
struct Device {
  std::string hash;
  std::int64_t ends_s = 0;
  int failures = 0;
  bool operator==(const Device&) const = default;
};

struct Account {
  std::string name;   // to sign in with, and in the audit; never given to another
  std::string shown;  // "Ada Lovelace"
  std::vector<Role> roles;
  std::string password;            // empty: has not joined yet, or was reset
  std::string authenticator;       // empty: none
  std::string next_authenticator;  // until its first code has come
  std::int64_t last_step = 0;      // of the codes taken
  std::vector<std::string> recovery_codes;
  std::string link;  // the one that lets join; empty: none
  std::int64_t link_ends_s = 0;
  std::int64_t epoch = 0;        // sessions of an earlier one are over
  std::int64_t token_epoch = 0;  // and API tokens of an earlier one of these
  std::vector<Device> devices;
  bool is_disabled = false;
  std::int64_t version = 0;  // of its record
  bool has_joined() const { return !password.empty(); }
  bool has_authenticator() const { return !authenticator.empty(); }
};

// "ada.lovelace": 2 to 32 of a-z, 0-9, ".", "-", "_", the first a letter or figure.
bool is_sign_in_name(std::string_view name);

store::Record record_of(const Account& account);
Result<Account> account_of(const store::Record& record);

}  // namespace perspective::people

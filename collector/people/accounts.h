// Those who work with the collector: invited by a link, joined with a password, changed, disabled.
//
// Promise:   a link is 256 bits, works once and for 24 hours, and only its hash is kept; a new one takes its place.
// What
//            ends the sessions of an account: another password, other roles, disabling, a reset. Another password and a
//            reset end its API tokens as well. An authenticator is asked for from its first right code on. Nobody is
//            removed: a name in the audit stays one person's. A call with an entry writes it with its change (store.h).
// Errors:    not_found; conflict: there is one of that name, or it was changed meanwhile; invalid: a name or a role
// that
//            is none, a password that may not be chosen (password_rule.h); refused: a link that does not let in (used,
//            too old, another's: the same sentence), a code or a present password that is not right.
// Ownership: keeps references to store, clock and keys, which outlive it.
// Threads:   any. A password takes as long as its cost: not on a thread that others wait for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/secret.h"
#include "people/account.h"
#include "people/secrets.h"
#include "store/store.h"

namespace perspective::people {

constexpr std::int64_t kLinkLasts_s = 24 * 3600;

struct NewAccount {
  std::string name;
  std::string shown;  // empty: as `name`
  std::vector<Role> roles;
};

class Accounts {
 public:
  Accounts(store::Store& store, const Clock& clock, const Keys& keys, Cost cost = {});

  Result<std::vector<Account>> all() const;  // by name
  Result<Account> find(std::string_view name) const;

  // The link's secret.
  Result<std::string> invite(const NewAccount& wanted, const store::NextEntry& entry = {});
  // The same for somebody who is there: their password, authenticator and devices are gone.
  Result<std::string> reset(std::string_view name, const store::NextEntry& entry = {});
  // Would this link let in? Costs nothing; join() looks again.
  Result<void> check_link(std::string_view name, std::string_view secret) const;
  // The secret of the browser that joins: it is known from then on (devices.h).
  Result<std::string> join(std::string_view name, std::string_view secret, ByteView password,
                           const store::NextEntry& entry = {});
  // All that lets anybody in is gone from every account: each needs a new link (reset). For a store from a backup,
  // which knows nothing of what has ended since. As they are then, by name.
  Result<std::vector<Account>> end_all_access();

  Result<void> set_roles(std::string_view name, const std::vector<Role>& roles, const store::NextEntry& entry = {});
  Result<void> disable(std::string_view name, const store::NextEntry& entry = {});
  // Also who was shut out after too many failures.
  Result<void> enable(std::string_view name, const store::NextEntry& entry = {});

  // By the person. `present`: the password of now. What gives an account gives it as it was written: a session that
  // is begun with it ends with whatever came after.
  Result<Account> change_password(std::string_view name, ByteView present, ByteView next,
                                  const store::NextEntry& entry = {});
  // Is it them? Where there is an authenticator, its code is taken, and counts no more.
  Result<void> expect_them(std::string_view name, ByteView present, std::string_view code);
  // Its secret, to be shown once. conflict: there is one already, to be removed first.
  Result<SecretBytes> begin_authenticator(std::string_view name, ByteView present);
  // From now on; the recovery codes, to be shown once. refused: not its code, or none was begun with this password.
  Result<std::vector<std::string>> confirm_authenticator(std::string_view name, std::string_view code,
                                                         const store::NextEntry& entry = {});
  Result<Account> remove_authenticator(std::string_view name, ByteView present, const store::NextEntry& entry = {});

 private:
  Result<void> put(Account& account, const store::NextEntry& entry) const;
  Result<Account> account_of_link(std::string_view name, std::string_view secret) const;
  Result<void> set_password(Account& account, ByteView typed) const;
  Result<SecretBytes> expect_password(const Account& account, ByteView typed) const;
  std::string new_link(Account& account) const;
  Result<void> forget_failures(std::string_view name) const;

  store::Store& store_;
  const Clock& clock_;
  const Keys& keys_;
  const Cost cost_;
};

}  // namespace perspective::people

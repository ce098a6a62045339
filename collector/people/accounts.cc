#include "people/accounts.h"

#include <algorithm>
#include <utility>

#include "base/random.h"
#include "people/codes.h"
#include "people/devices.h"
#include "people/lock_out.h"
#include "people/password_rule.h"
#include "people/totp.h"

namespace perspective::people {
namespace {

constexpr std::size_t kLongestShown = 80;
constexpr std::string_view kService = "perspective";

std::unexpected<Error> no_such(std::string_view name) {
  return fail(ErrorCode::not_found, "nobody has the sign-in name '" + std::string(name) + "'");
}

Result<void> check_roles(const std::vector<Role>& roles) {
  if (roles.empty()) return fail(ErrorCode::invalid, "a person has a role, or several");
  return {};
}

Result<void> check_shown(std::string_view shown) {
  const bool has_control = std::ranges::any_of(shown, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (shown.size() <= kLongestShown && !has_control) return {};
  return fail(ErrorCode::invalid, "a name as it is shown has at most 80 bytes, on one line");
}

std::vector<std::string> words_of(const Account& account) {
  std::vector<std::string> words{std::string(kService), account.name};
  std::string word;
  for (const char c : account.shown + " ") {
    if (c != ' ') {
      word += c;
    } else {
      words.push_back(std::exchange(word, {}));
    }
  }
  return words;
}

void end_sessions(Account& account) { ++account.epoch; }

// Nobody gets in any more, with whatever they know or have.
void end_access(Account& account) {
  account.password.clear();
  account.authenticator.clear();
  account.next_authenticator.clear();
  account.recovery_codes.clear();
  account.devices.clear();
  account.link.clear();
  account.link_ends_s = 0;
  end_sessions(account);
  ++account.token_epoch;
}

}  // namespace

Accounts::Accounts(store::Store& store, const Clock& clock, const Keys& keys, Cost cost)
    : store_(store), clock_(clock), keys_(keys), cost_(cost) {}

Result<std::vector<Account>> Accounts::all() const {
  const auto records = store_.records(kAccountKind);
  if (!records) return std::unexpected(records.error());
  std::vector<Account> accounts;
  for (const auto& record : *records) {
    auto account = account_of(record);
    if (!account) return std::unexpected(account.error());
    accounts.push_back(*std::move(account));
  }
  return accounts;
}

Result<Account> Accounts::find(std::string_view name) const {
  const auto record = store_.record(kAccountKind, name);
  if (!record && record.error().code == ErrorCode::not_found) return no_such(name);
  if (!record) return std::unexpected(record.error());
  return account_of(*record);
}

Result<void> Accounts::put(Account& account, const store::NextEntry& entry) const {
  if (auto kept = store_.put_record(record_of(account), entry); !kept) return kept;
  ++account.version;
  return {};
}

std::string Accounts::new_link(Account& account) const {
  std::string secret = drawn();
  account.link = hashed(secret);
  account.link_ends_s = clock_.now_s() + kLinkLasts_s;
  return secret;
}

Result<std::string> Accounts::invite(const NewAccount& wanted, const store::NextEntry& entry) {
  if (!is_sign_in_name(wanted.name) || wanted.name == "me" || wanted.name == "tokens") {
    return fail(
        ErrorCode::invalid,
        "a sign-in name has 2 to 32 small letters, figures, \".\", \"-\" or \"_\", and is neither me nor tokens");
  }
  if (auto checked = check_roles(wanted.roles); !checked) return std::unexpected(checked.error());
  if (auto checked = check_shown(wanted.shown); !checked) return std::unexpected(checked.error());
  if (find(wanted.name)) {
    return fail(ErrorCode::conflict, "there is '" + wanted.name +
                                         "' already. Choose another name, or `people reset` for a new link: a name "
                                         "stays one person's");
  }
  Account account;
  account.name = wanted.name;
  account.shown = wanted.shown.empty() ? wanted.name : wanted.shown;
  account.roles = wanted.roles;
  auto secret = new_link(account);
  if (auto kept = put(account, entry); !kept) return std::unexpected(kept.error());
  return secret;
}

Result<std::string> Accounts::reset(std::string_view name, const store::NextEntry& entry) {
  auto account = find(name);
  if (!account) return std::unexpected(account.error());
  end_access(*account);
  auto secret = new_link(*account);
  if (auto kept = put(*account, entry); !kept) return std::unexpected(kept.error());
  if (auto forgotten = forget_failures(name); !forgotten) return std::unexpected(forgotten.error());
  return secret;
}

Result<void> Accounts::forget_failures(std::string_view name) const {
  return store_.remove_record(kFailuresKind, failures_of_name(name));
}

Result<Account> Accounts::account_of_link(std::string_view name, std::string_view secret) const {
  auto account = find(name);
  if (!account && account.error().code != ErrorCode::not_found) return std::unexpected(account.error());
  const bool is_good = account && !account->link.empty() && account->link_ends_s > clock_.now_s() &&
                       !account->is_disabled && is_same(hashed(secret), account->link);
  if (is_good) return account;
  return fail(ErrorCode::refused, "this link does not let anybody in (any more); ask an administrator for a new one");
}

Result<void> Accounts::check_link(std::string_view name, std::string_view secret) const {
  if (const auto account = account_of_link(name, secret); !account) return std::unexpected(account.error());
  return {};
}

Result<std::string> Accounts::join(std::string_view name, std::string_view secret, ByteView password,
                                   const store::NextEntry& entry) {
  auto account = account_of_link(name, secret);
  if (!account) return std::unexpected(account.error());
  if (auto set = set_password(*account, password); !set) return std::unexpected(set.error());
  account->link.clear();
  account->link_ends_s = 0;
  auto device = remember_device(*account, clock_.now_s());
  if (auto kept = put(*account, entry); !kept) return std::unexpected(kept.error());
  return device;
}

Result<std::vector<Account>> Accounts::end_all_access() {
  auto accounts = all();
  if (!accounts) return accounts;
  for (auto& account : *accounts) {
    end_access(account);
    if (auto kept = put(account, {}); !kept) return std::unexpected(kept.error());
  }
  return accounts;
}

// Whoever was signed in with the one before is not any more; nor is what they left behind.
Result<void> Accounts::set_password(Account& account, ByteView typed) const {
  const auto password = typed_password(typed);
  if (!password) return std::unexpected(password.error());
  if (auto fit = check_password(password->view(), words_of(account), account.has_authenticator()); !fit) return fit;
  auto hash = hash_password(keys_, password->view(), cost_);
  if (!hash) return std::unexpected(hash.error());
  account.password = *std::move(hash);
  account.next_authenticator.clear();
  end_sessions(account);
  ++account.token_epoch;
  return {};
}

Result<SecretBytes> Accounts::expect_password(const Account& account, ByteView typed) const {
  auto password = typed_password(typed);
  if (!password) return password;
  if (account.has_joined()) {
    const auto is_it = is_password(keys_, password->view(), account.password);
    if (!is_it) return std::unexpected(is_it.error());
    if (*is_it) return password;
  }
  return fail(ErrorCode::refused, "that is not your present password; nothing was changed");
}

Result<void> Accounts::set_roles(std::string_view name, const std::vector<Role>& roles, const store::NextEntry& entry) {
  if (auto checked = check_roles(roles); !checked) return checked;
  auto account = find(name);
  if (!account) return std::unexpected(account.error());
  account->roles = roles;
  end_sessions(*account);
  return put(*account, entry);
}

Result<void> Accounts::disable(std::string_view name, const store::NextEntry& entry) {
  auto account = find(name);
  if (!account) return std::unexpected(account.error());
  account->is_disabled = true;
  account->link.clear();
  end_sessions(*account);
  return put(*account, entry);
}

Result<void> Accounts::enable(std::string_view name, const store::NextEntry& entry) {
  auto account = find(name);
  if (!account) return std::unexpected(account.error());
  account->is_disabled = false;
  if (auto kept = put(*account, entry); !kept) return kept;
  return forget_failures(name);
}

Result<Account> Accounts::change_password(std::string_view name, ByteView present, ByteView next,
                                          const store::NextEntry& entry) {
  auto account = find(name);
  if (!account) return account;
  if (const auto known = expect_password(*account, present); !known) return std::unexpected(known.error());
  if (auto set = set_password(*account, next); !set) return std::unexpected(set.error());
  if (auto kept = put(*account, entry); !kept) return std::unexpected(kept.error());
  return account;
}

Result<void> Accounts::expect_them(std::string_view name, ByteView present, std::string_view code) {
  auto account = find(name);
  if (!account) return std::unexpected(account.error());
  if (const auto known = expect_password(*account, present); !known) return std::unexpected(known.error());
  if (!account->has_authenticator()) return {};
  const auto is_taken = takes_code(*account, code, keys_, clock_.now_s());
  if (!is_taken) return std::unexpected(is_taken.error());
  if (!*is_taken) {
    return fail(ErrorCode::refused, "that is no code of your authenticator that counts now; nothing was changed");
  }
  return put(*account, {});
}

// Asked for the password: what an open session alone could set up would outlive it, and lock its person out.
Result<SecretBytes> Accounts::begin_authenticator(std::string_view name, ByteView present) {
  auto account = find(name);
  if (!account) return std::unexpected(account.error());
  if (const auto known = expect_password(*account, present); !known) return std::unexpected(known.error());
  if (account->has_authenticator()) {
    return fail(ErrorCode::conflict, "you have an authenticator; remove it first, with your password");
  }
  auto drawn_bytes = random_bytes(kTotpSecretBytes);
  SecretBytes secret(drawn_bytes);
  wipe(drawn_bytes.data(), drawn_bytes.size());
  auto box = sealed(keys_, secret.view(), account->name);
  if (!box) return std::unexpected(box.error());
  account->next_authenticator = *std::move(box);
  if (auto kept = put(*account, {}); !kept) return std::unexpected(kept.error());
  return secret;
}

Result<std::vector<std::string>> Accounts::confirm_authenticator(std::string_view name, std::string_view code,
                                                                 const store::NextEntry& entry) {
  auto account = find(name);
  if (!account) return std::unexpected(account.error());
  if (account->next_authenticator.empty()) {
    return fail(ErrorCode::refused, "no authenticator is waiting for its first code");
  }
  const auto secret = opened(keys_, account->next_authenticator, account->name);
  if (!secret) return std::unexpected(secret.error());
  const auto step = accepted_step(secret->view(), code, clock_.now_s(), 0);
  if (!step) return std::unexpected(step.error());
  if (!*step) return fail(ErrorCode::refused, "that is not the authenticator's code of now; look at its clock");
  account->authenticator = std::exchange(account->next_authenticator, {});
  account->last_step = **step;
  auto codes = drawn_recovery_codes();
  account->recovery_codes.clear();
  for (const auto& one : codes) account->recovery_codes.push_back(hashed(recovery_code_in_one_form(one)));
  if (auto kept = put(*account, entry); !kept) return std::unexpected(kept.error());
  return codes;
}

Result<Account> Accounts::remove_authenticator(std::string_view name, ByteView present, const store::NextEntry& entry) {
  auto account = find(name);
  if (!account) return account;
  const auto password = expect_password(*account, present);
  if (!password) return std::unexpected(password.error());
  if (auto fit = check_password(password->view(), words_of(*account), false); !fit) {
    return in_context("without an authenticator your password would be too short. Change it first", fit.error());
  }
  account->authenticator.clear();
  account->recovery_codes.clear();
  end_sessions(*account);
  if (auto kept = put(*account, entry); !kept) return std::unexpected(kept.error());
  return account;
}

}  // namespace perspective::people

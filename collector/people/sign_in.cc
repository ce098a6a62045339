#include "people/sign_in.h"

#include <algorithm>
#include <boost/json.hpp>
#include <optional>

#include "people/codes.h"
#include "people/password_rule.h"

namespace perspective::people {

namespace json = boost::json;

namespace {

constexpr std::int64_t kKept_s = 30LL * 24 * 3600;
constexpr int kAttempts = 16;  // to count beside others who count

Failures failures_of(const store::Record& record) {
  boost::system::error_code error;
  const auto body = json::parse(record.body, error);
  if (error || !body.is_object()) return {.count = kMost};  // what cannot be read lets nobody try
  const auto* const count = body.get_object().if_contains("count");
  const auto* const last_s = body.get_object().if_contains("last_s");
  if (count == nullptr || !count->is_int64() || last_s == nullptr || !last_s->is_int64()) return {.count = kMost};
  return {.count = static_cast<int>(count->get_int64()), .last_s = last_s->get_int64()};
}

// Where nobody has the name, this is tried, of the same cost.
std::string hash_of_nobody(const Cost& cost) {
  return "scrypt:" + std::to_string(cost.log2_n) + ":" + std::to_string(cost.r) + ":" + std::to_string(cost.p) + ":" +
         std::string(32, '0') + ":" + std::string(64, '0');
}

}  // namespace

struct SignIn::Counted {
  store::Record record;
  Failures failures;
};

SignIn::SignIn(store::Store& store, const Clock& clock, const Keys& keys, Cost cost)
    : store_(store), clock_(clock), keys_(keys), cost_(cost) {}

Result<SignIn::Counted> SignIn::counted(const std::string& key) const {
  Counted none{.record = {.kind = std::string(kFailuresKind), .id = key}, .failures = {}};
  auto record = store_.record(kFailuresKind, key);
  if (!record && record.error().code == ErrorCode::not_found) return none;
  if (!record) return std::unexpected(record.error());
  auto failures = failures_of(*record);
  none.record.version = record->version;
  if (record->ends_s <= clock_.now_s()) return none;
  return Counted{*std::move(record), failures};
}

Result<int> SignIn::count(const std::string& key) {
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    auto now = counted(key);
    if (!now) return std::unexpected(now.error());
    const int count = now->failures.count + 1;
    const auto now_s = clock_.now_s();
    now->record.ends_s = now_s + (key.starts_with("address:") ? kForgetAddress_s : kKept_s);
    now->record.body = json::serialize(json::object{{"count", count}, {"last_s", now_s}});
    const auto put = store_.put_record(now->record);
    if (put) return count;
    if (put.error().code != ErrorCode::conflict) return std::unexpected(put.error());
  }
  return fail(ErrorCode::io, "a failure to sign in could not be counted", true);
}

Result<std::string> SignIn::key_of_name(const std::string& name, bool is_known) const {
  if (is_known) return failures_of_name(name);
  const auto salt = store_.salt();
  if (!salt) return std::unexpected(salt.error());
  return "unknown:" + hashed(to_hex(*salt) + name).substr(0, 3);
}

Result<bool> SignIn::is_right(Account* account, const Attempt& attempt) const {
  const bool may_be = account != nullptr && account->has_joined() && !account->is_disabled;
  const auto password = typed_password(attempt.password.view());
  const auto typed = password ? password->view() : ByteView();
  const auto is_it = is_password(keys_, typed, may_be ? account->password : hash_of_nobody(cost_));
  if (!is_it) return std::unexpected(is_it.error());
  if (!may_be || !*is_it || !password) return false;
  if (account->has_authenticator()) return takes_code(*account, attempt.code, keys_, clock_.now_s());
  return true;
}

Result<Outcome> SignIn::let_in(Account& account, Device* device, const Attempt& attempt, const std::string& key) {
  const auto now_s = clock_.now_s();
  SignedIn in;
  if (device != nullptr) {
    device->failures = 0;
    device->ends_s = now_s + kDeviceLasts_s;
    in.device = attempt.device;
  } else {
    in.device = remember_device(account, now_s);
  }
  if (!is_of_cost(account.password, cost_)) {
    const auto password = typed_password(attempt.password.view());
    if (!password) return std::unexpected(password.error());
    auto hash = hash_password(keys_, password->view(), cost_);
    if (!hash) return std::unexpected(hash.error());
    account.password = *std::move(hash);
  }
  // Of two who come with one code, the store lets one write.
  if (auto put = store_.put_record(record_of(account)); !put) return std::unexpected(put.error());
  ++account.version;
  if (auto forgotten = store_.remove_record(kFailuresKind, key); !forgotten) return std::unexpected(forgotten.error());
  in.account = account;
  return in;
}

Result<Outcome> SignIn::count_refusal(Account* account, Device* device, const Attempt& attempt,
                                      const std::string& key) {
  Refused refused;
  if (account != nullptr) refused.name = account->name;
  if (device != nullptr) {
    refused.failures = ++device->failures;
    if (auto put = store_.put_record(record_of(*account)); !put) return std::unexpected(put.error());
    return refused;
  }
  const auto of_name = count(key);
  if (!of_name) return std::unexpected(of_name.error());
  const auto of_address = count("address:" + attempt.address);
  if (!of_address) return std::unexpected(of_address.error());
  refused.failures = *of_name;
  refused.of_address = *of_address;
  return refused;
}

struct SignIn::Seen {
  std::optional<Account> account;
  std::string key;  // of its failures
  Look look;
};

Result<std::int64_t> SignIn::wait_of(const std::string& key, const Attempt& attempt) const {
  const auto of_name = counted(key);
  if (!of_name) return std::unexpected(of_name.error());
  const auto of_address = counted("address:" + attempt.address);
  if (!of_address) return std::unexpected(of_address.error());
  if (is_shut(of_name->failures)) return kLongestWait_s;
  const auto now_s = clock_.now_s();
  return std::max(wait_s(of_name->failures, kFree, now_s), wait_s(of_address->failures, kFreeOfAddress, now_s));
}

Result<SignIn::Seen> SignIn::see(const Attempt& attempt) const {
  Seen seen;
  if (is_sign_in_name(attempt.name)) {
    auto found = Accounts(store_, clock_, keys_, cost_).find(attempt.name);
    if (!found && found.error().code != ErrorCode::not_found) return std::unexpected(found.error());
    if (found) seen.account = *std::move(found);
  }
  auto key = key_of_name(attempt.name, seen.account.has_value());
  if (!key) return std::unexpected(key.error());
  seen.key = *std::move(key);
  seen.look.is_known = seen.account && known_device(*seen.account, attempt.device, clock_.now_s()) != nullptr;
  if (seen.look.is_known) return seen;
  const auto wait = wait_of(seen.key, attempt);
  if (!wait) return std::unexpected(wait.error());
  seen.look.wait_s = *wait;
  return seen;
}

Result<Look> SignIn::look(const Attempt& attempt) const {
  const auto seen = see(attempt);
  if (!seen) return std::unexpected(seen.error());
  return seen->look;
}

Result<Outcome> SignIn::attempt(const Attempt& attempt) {
  auto seen = see(attempt);
  if (!seen) return std::unexpected(seen.error());
  if (seen->look.wait_s > 0) return Refused{.wait_s = seen->look.wait_s};
  Account* const who = seen->account ? &*seen->account : nullptr;
  const auto is_ok = is_right(who, attempt);
  if (!is_ok) return std::unexpected(is_ok.error());
  Device* const device = who != nullptr ? known_device(*who, attempt.device, clock_.now_s()) : nullptr;
  if (*is_ok) return let_in(*who, device, attempt, seen->key);
  return count_refusal(who, device, attempt, seen->key);
}

}  // namespace perspective::people

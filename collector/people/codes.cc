#include "people/codes.h"

#include <algorithm>

#include "people/totp.h"

namespace perspective::people {

Result<bool> takes_code(Account& account, std::string_view code, const Keys& keys, std::int64_t now_s) {
  const auto secret = opened(keys, account.authenticator, account.name);
  if (!secret) return std::unexpected(secret.error());
  const auto step = accepted_step(secret->view(), code, now_s, account.last_step);
  if (!step) return std::unexpected(step.error());
  if (*step) {
    account.last_step = **step;
    return true;
  }
  const auto recovery = std::ranges::find(account.recovery_codes, hashed(recovery_code_in_one_form(code)));
  if (recovery == account.recovery_codes.end()) return false;
  account.recovery_codes.erase(recovery);
  return true;
}

}  // namespace perspective::people

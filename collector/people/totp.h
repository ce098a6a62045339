// Codes of an authenticator app: TOTP (RFC 6238) as those apps expect it: HMAC-SHA-1, 30 s, six figures.
//
// Promise:   a code counts in its own step, the one before and the one after (RFC 6238, 5.2), and once: accepted_step()
//            takes none of a step that is not newer than the last that was taken.
// Threads:   pure.
// Units:     times in seconds since 1970; a step is 30 s.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"

namespace perspective::people {

constexpr std::int64_t kStep_s = 30;
constexpr std::size_t kTotpSecretBytes = 20;  // RFC 4226, 4: 160 bits

Result<std::string> code_at(ByteView secret, std::int64_t step, int figures = 6);
// Which step this code is of; nothing: of none that counts.
Result<std::optional<std::int64_t>> accepted_step(ByteView secret, std::string_view code, std::int64_t now_s,
                                                  std::int64_t last_step);
std::string base32(ByteView bytes);  // RFC 4648, without padding
// What an authenticator app reads from a picture or a link: otpauth://totp/...
std::string otpauth_uri(ByteView secret, std::string_view service, std::string_view name);

// For the day on which the telephone is gone: each counts once in the place of a code. "k3f9-tq2m-x7wn-8hcd"
constexpr int kRecoveryCodes = 10;
std::vector<std::string> drawn_recovery_codes();
std::string recovery_code_in_one_form(std::string_view typed);  // without spaces, hyphens, capitals

}  // namespace perspective::people

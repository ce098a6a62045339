#include "people/totp.h"

#include <array>

#include "base/random.h"
#include "people/secrets.h"

namespace perspective::people {
namespace {

constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
// Without those that look alike.
constexpr std::string_view kRecoveryLetters = "abcdefghjkmnpqrstuvwxyz23456789";
constexpr int kRecoveryCharacters = 16;  // 79 bits: so that SHA-256 alone keeps it

std::string escaped(std::string_view text) {
  std::string uri;
  for (const char c : text) {
    const bool is_plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    if (is_plain) {
      uri += c;
    } else {
      const auto byte = static_cast<std::uint8_t>(c);
      uri += "%" + to_hex(ByteView(&byte, 1));
    }
  }
  return uri;
}

}  // namespace

Result<std::string> code_at(ByteView secret, std::int64_t step, int figures) {
  std::array<std::uint8_t, 8> counter{};
  for (std::size_t i = 0; i < counter.size(); ++i) {
    counter.at(counter.size() - 1 - i) = static_cast<std::uint8_t>(static_cast<std::uint64_t>(step) >> (8 * i));
  }
  const auto mac = hmac_sha1(secret, counter);
  if (!mac) return std::unexpected(mac.error());
  const std::size_t at = mac->back() & 15U;  // RFC 4226, 5.3
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8 | mac->at(at + i);
  number &= 0x7FFFFFFFU;
  std::string code;
  for (int i = 0; i < figures; ++i, number /= 10) code.insert(code.begin(), static_cast<char>('0' + number % 10));
  return code;
}

Result<std::optional<std::int64_t>> accepted_step(ByteView secret, std::string_view code, std::int64_t now_s,
                                                  std::int64_t last_step) {
  std::optional<std::int64_t> found;
  for (const std::int64_t skew : {-1, 0, 1}) {
    const std::int64_t step = now_s / kStep_s + skew;
    const auto right = code_at(secret, step);
    if (!right) return std::unexpected(right.error());
    if (is_same(*right, code) && step > last_step) found = step;
  }
  return found;
}

std::string base32(ByteView bytes) {
  std::string text;
  std::uint32_t held = 0;
  int bits = 0;
  for (const std::uint8_t byte : bytes) {
    held = (held << 8 | byte) & 0xFFFFU;
    for (bits += 8; bits >= 5; bits -= 5) text += kBase32[held >> (bits - 5) & 31U];
  }
  if (bits > 0) text += kBase32[held << (5 - bits) & 31U];
  return text;
}

std::string otpauth_uri(ByteView secret, std::string_view service, std::string_view name) {
  return "otpauth://totp/" + escaped(service) + ":" + escaped(name) + "?secret=" + base32(secret) +
         "&issuer=" + escaped(service) + "&algorithm=SHA1&digits=6&period=30";
}

std::vector<std::string> drawn_recovery_codes() {
  std::vector<std::string> codes;
  for (int i = 0; i < kRecoveryCodes; ++i) {
    std::string code;
    for (int place = 0; place < kRecoveryCharacters; ++place) {
      if (place > 0 && place % 4 == 0) code += '-';
      code += kRecoveryLetters[random_below(kRecoveryLetters.size())];
    }
    codes.push_back(code);
  }
  return codes;
}

std::string recovery_code_in_one_form(std::string_view typed) {
  std::string code;
  for (const char c : typed) {
    if (c == '-' || c == ' ') continue;
    code += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return code;
}

}  // namespace perspective::people

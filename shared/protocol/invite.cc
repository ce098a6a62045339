#include <algorithm>
#include <cctype>
#include <charconv>

#include "base/random.h"
#include "protocol/enrolment.h"
#include "token/token.h"

namespace perspective::protocol {
namespace {

constexpr std::string_view kScheme = "perspective://";
constexpr std::string_view kPath = "/enrol?";
constexpr std::size_t kSecretCharacters = 16;

std::unexpected<Error> not_an_invite(const std::string& what) { return fail(ErrorCode::invalid, "invite: " + what); }

// What people type or a scanner reads for what is on the paper.
Result<std::string> read_secret(std::string_view text) {
  std::string secret;
  for (const char given : text) {
    if (given == ' ' || given == '-') continue;
    const auto symbol = token::symbol_of(given);
    if (!symbol) {
      return not_an_invite("character " + std::to_string(secret.size() + 1) +
                           " of the secret is none of the digits and letters that secrets have");
    }
    secret += *symbol;
  }
  if (secret.size() != kSecretCharacters) {
    return not_an_invite("the secret has " + std::to_string(secret.size()) + " characters, not 16");
  }
  return secret;
}

Result<std::string> read_authority(std::string_view text) {
  std::string authority;
  for (const char c : text) authority += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  const auto bytes = from_hex(authority);
  if (!bytes || bytes->size() != 32) return not_an_invite("the authority is not 64 hexadecimal digits");
  return authority;
}

Result<void> read_address(std::string_view text, Invite& invite) {
  const auto colon = text.rfind(':');
  const bool is_bracketed = text.starts_with('[');
  const auto bracket = text.find(']');
  if (colon == std::string_view::npos || (is_bracketed && (bracket == std::string_view::npos || bracket > colon))) {
    return not_an_invite("the address has no port");
  }
  std::string_view host = text.substr(0, colon);
  if (is_bracketed) host = host.substr(1, bracket - 1);
  constexpr std::string_view kOther = ".-_:";
  const auto is_fit = [&](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           (kOther.find(c) != std::string_view::npos && (c != ':' || is_bracketed));
  };
  if (host.empty() || !std::ranges::all_of(host, is_fit)) return not_an_invite("the address has no host name");
  const std::string_view port = text.substr(colon + 1);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), invite.port);
  if (error != std::errc() || end != port.data() + port.size() || invite.port == 0) {
    return not_an_invite("the port is no number from 1 to 65535");
  }
  invite.host = host;
  return {};
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const auto begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

}  // namespace

std::string to_text(const Invite& invite) {
  const bool is_ip6 = invite.host.find(':') != std::string::npos;
  return std::string(kScheme) + (is_ip6 ? "[" + invite.host + "]" : invite.host) + ":" + std::to_string(invite.port) +
         std::string(kPath) + "authority=" + invite.authority_sha256 + "&secret=" + invite.secret;
}

Result<Invite> parse_invite(std::string_view text) {
  text = trimmed(text);
  if (!text.starts_with(kScheme)) return not_an_invite("it does not begin with " + std::string(kScheme));
  text.remove_prefix(kScheme.size());
  const auto path = text.find(kPath);
  if (path == std::string_view::npos) return not_an_invite("no " + std::string(kPath) + " after the address");
  Invite invite;
  if (const auto address = read_address(text.substr(0, path), invite); !address) {
    return std::unexpected(address.error());
  }
  std::string_view query = text.substr(path + kPath.size());
  constexpr std::string_view kAuthority = "authority=";
  constexpr std::string_view kSecret = "&secret=";
  const auto secret_at = query.find(kSecret);
  if (!query.starts_with(kAuthority) || secret_at == std::string_view::npos) {
    return not_an_invite("it must end in authority=...&secret=...; was the line cut?");
  }
  auto authority = read_authority(query.substr(kAuthority.size(), secret_at - kAuthority.size()));
  if (!authority) return std::unexpected(authority.error());
  auto secret = read_secret(query.substr(secret_at + kSecret.size()));
  if (!secret) return std::unexpected(secret.error());
  invite.authority_sha256 = std::move(*authority);
  invite.secret = std::move(*secret);
  return invite;
}

std::string draw_invite_secret() {
  std::string secret;
  for (std::size_t i = 0; i < kSecretCharacters; ++i) secret += token::kSymbols[random_below(token::kSymbols.size())];
  return secret;
}

}  // namespace perspective::protocol

// How a kiosk gets its identity: invite, certificate request, certificate. PROTOCOL.md, "Enrolment".
//
// Promise:   an invite is one line of text: perspective://HOST:PORT/enrol?authority=<SHA-256 of the authority's DER, 64
//            hex digits>&secret=<16 characters of Crockford base-32, 80 bits>. One use, kInviteDays days. Keys are
//            P-256. A kiosk certificate has extended key usage clientAuth and the kiosk's id as common name.
// Errors:    invalid for text that is no invite (saying which part), refused for a certificate that does not chain.
// Threads:   plain values.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace perspective::protocol {

struct Invite {
  std::string host;
  std::uint16_t port = 0;
  std::string authority_sha256;  // hexadecimal
  std::string secret;
};
std::string to_text(const Invite& invite);
Result<Invite> parse_invite(
    std::string_view text);  // O, I, L read as 0, 1, 1; spaces and hyphens in the secret ignored
std::string draw_invite_secret();
// What the collector knows it by before it hashes it: 8 bytes of HMAC-SHA-256 under the key of its authority, which is
// in no store. It costs next to nothing, so whoever guesses costs the collector next to nothing.
Result<Bytes> mark_of_invite_secret(std::string_view secret, std::string_view authority_key_pem);
// What the collector keeps of it beside that: scrypt (N = 2^14, r = 8, p = 1), 32 bytes. salt: 16 bytes or more.
Result<Bytes> hash_invite_secret(std::string_view secret, ByteView salt);

struct KeyAndRequest {
  std::string key_pem;      // PKCS#8; the caller keeps it private
  std::string request_pem;  // PKCS#10
};
Result<KeyAndRequest> make_device_key();
Result<std::string> request_for_key(std::string_view key_pem);  // for one that was made before

struct KeyAndCertificate {
  std::string key_pem;
  std::string certificate_pem;
};
// The collector's own authority and what hangs from it. Days count from now_s less one hour (a slow kiosk clock).
Result<KeyAndCertificate> make_authority(std::string_view name, std::int64_t now_s, int days);
// SHA-256 of the public key (DER of its SubjectPublicKeyInfo) that a request is for and signed by. Invalid, refused.
Result<std::array<std::uint8_t, 32>> key_digest_of(std::string_view request_pem);
enum class Use { server, package_signing };
Result<KeyAndCertificate> issue(const KeyAndCertificate& authority, Use use, const std::vector<std::string>& hosts,
                                std::int64_t now_s, int days);  // hosts: DNS names or IP addresses, for the server
Result<std::string> issue_kiosk(const KeyAndCertificate& authority, std::string_view request_pem,
                                std::string_view kiosk_id, std::int64_t now_s, int days);

// Another one for the same key and the same kiosk. certificate_pem: this authority's, whoever asks has proved its key.
Result<std::string> renew_kiosk(const KeyAndCertificate& authority, std::string_view certificate_pem,
                                std::int64_t now_s, int days);

// For the kiosk, before it keeps what it was given: for its own key, for clients, from the authority of the invite.
Result<void> check_kiosk_certificate(std::string_view certificate_pem, std::string_view key_pem,
                                     std::string_view authority_pem);

struct Validity {  // seconds since 1970, UTC
  std::int64_t not_before_s = 0;
  std::int64_t not_after_s = 0;
};
Result<Validity> validity_of(std::string_view certificate_pem);
std::int64_t renewal_due_s(const Validity& validity);  // when two thirds of its life are over

Result<std::string> sha256_of_certificate(std::string_view pem);  // of its DER, hexadecimal
Result<std::string> common_name_of(std::string_view certificate_pem);
Result<std::string> serial_of(std::string_view certificate_pem);  // hexadecimal

}  // namespace perspective::protocol

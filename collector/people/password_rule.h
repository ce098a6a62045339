// Which passwords may be chosen.
//
// Promise:   15 characters where the password is all there is, 8 where a code of an authenticator is asked for as well
//            (NIST SP 800-63B-4, 3.1.1.2); 128 at most. No rule about figures or signs, no date on which it must be
//            changed. Refused: what many choose (common_passwords.h), also with figures or signs around it; one thing
//            over and over; rows of the keyboard, of figures or of the alphabet; the person's names and the service's.
//            What is typed is put into one form first; more bytes than any password could have are not even looked at.
// Errors:    invalid, saying why and never the password.
// Threads:   pure.
// Units:     characters: code points in normal form (text/normal_form.h).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"

namespace perspective::people {

constexpr std::size_t kShortestAlone = 15;
constexpr std::size_t kShortestWithCode = 8;
constexpr std::size_t kLongest = 128;
constexpr std::size_t kMostTypedBytes = 1024;

Result<SecretBytes> typed_password(ByteView typed);  // in normal form

// password: in normal form. names: of the person and the service; of those with fewer than four letters nothing.
Result<void> check_password(ByteView password, const std::vector<std::string>& names, bool has_code);

}  // namespace perspective::people

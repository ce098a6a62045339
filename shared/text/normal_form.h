// One form of a text that was typed at different keyboards: "ŵ" may be one character or two.
//
// Promise:   NFKC (Unicode UAX 15), as a password is compared (RFC 8265, 4.2.2; NIST SP 800-63B-4, 3.1.1.2). What is in
//            between is wiped.
// Errors:    invalid: not UTF-8.
// Threads:   pure.
#pragma once

#include "base/result.h"
#include "base/secret.h"

namespace perspective::text {

Result<SecretBytes> in_normal_form(ByteView text);
Result<std::size_t> characters_in(ByteView text);  // code points

}  // namespace perspective::text

// SHA-256, for what is compared and shown.
//
// Errors:    none: OpenSSL's own memory apart, nothing can fail.
// Threads:   plain functions.
#pragma once

#include <string>

#include "base/bytes.h"

namespace perspective::envelope {

std::string sha256_hex(ByteView content);  // 64 small hexadecimal digits

}  // namespace perspective::envelope

// What kind of failure a connection died of, read from what libcurl and OpenSSL leave behind.
//
// Promise:   stranger: somebody answered who is not the collector, or a clock is wrong. not_accepted: the collector
//            itself, known by its certificate, refused ours in the handshake: it has run out, or is none of its own.
//            away: everything else, as when nobody answers or the line breaks.
// Threads:   plain values.
#pragma once

#include <string_view>

namespace perspective::upload {

enum class TlsFailure { away, stranger, not_accepted };

// code: a CURLcode that is not CURLE_OK; text: of CURLOPT_ERRORBUFFER.
TlsFailure tls_failure_of(int code, std::string_view text);

}  // namespace perspective::upload

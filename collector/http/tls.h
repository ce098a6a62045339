// Inside collector/http: what OpenSSL needs for the kiosks' door.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>

#include "base/result.h"
#include "http/message.h"
#include "http/server.h"

namespace perspective::http {

Result<std::unique_ptr<boost::asio::ssl::context>> tls_context(const TlsListener& listener);

// Whom the handshake proved the other side to be: nobody, or the holder of a certificate of the authority.
Peer peer_of(ssl_st* connection);

}  // namespace perspective::http

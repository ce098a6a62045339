// A bundle from a stick, into the same intake as what comes by network. PROTOCOL.md, "Courier".
//
// Promise:   looked at whole before anything is stored: who signed it, whether that kiosk may deliver, the size of each
//            envelope. Then as batches, shuffled over the whole bundle, by the same repeat table; then its tokens and
//            its ledger, as if reported by network. Broken off, or answered with "later", it can be imported again.
// Threads:   the handler runs on the pool.
#pragma once

#include "http/message.h"
#include "resources/services.h"

namespace perspective::resources {

http::Handler bundle_importer(const Services& services);

}  // namespace perspective::resources

// What a kiosk may ask, over TLS: PROTOCOL.md names each address.
//
// Promise:   but for the authority's certificate and an enrolment, only a kiosk that is enrolled and not revoked is
//            answered, and only about inspections that it serves.
#pragma once

#include "http/router.h"
#include "resources/services.h"

namespace perspective::resources {

http::Router kiosk_routes(Services& services);

}  // namespace perspective::resources

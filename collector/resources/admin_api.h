// What inspectors and their scripts may ask, over the Unix socket: the socket lets in only the service's own user.
#pragma once

#include "http/router.h"
#include "resources/services.h"

namespace perspective::resources {

http::Router admin_routes(Services& services);

// The body of POST /v1/inspections. A definition or catalogue may be a JSON value, or text that is JSON: text reaches
// the package byte for byte. Errors: invalid, naming the field.
Result<inspection::NewInspection> read_new_inspection(ByteView body);

}  // namespace perspective::resources

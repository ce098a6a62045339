// GET /v1/inspections/{inspection}/reconciliation, as text or JSON.
//
// Errors:  as inspection/inspections.h.
// Threads: any, from the pool.
#pragma once

#include "base/result.h"
#include "http/message.h"
#include "resources/services.h"

namespace perspective::resources {

Result<http::Response> reconciliation(const Services& services, const http::Request& request);

}  // namespace perspective::resources

// The audit, as routes write it and as inspectors ask for it; a part of the admin API.
//
// Errors:  as inspection/audit.h.
// Threads: any, from the pool.
#pragma once

#include <map>
#include <string>

#include "http/router.h"
#include "inspection/audit_chain.h"
#include "resources/services.h"

namespace perspective::resources {

void add_audit_routes(http::Router& router, Services& services);  // services outlives the router

// Whoever asks, over the Unix socket or signed in ("ada", "ada with token nightly"), and what is done.
inspection::AuditEvent event_of(const http::Request& request, std::string what, std::string inspection = {},
                                std::map<std::string, std::string> about = {});

// Written before the response goes out, which then names the head; where it cannot be written there is no response.
Result<http::Response> audited(const Services& services, const inspection::AuditEvent& event, http::Response response);

}  // namespace perspective::resources

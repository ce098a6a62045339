// Comments, and what is done with them; concerns; alarms. A part of the admin API.
//
// Errors:  as inspection/inspections.h.
// Threads: any, from the pool.
#pragma once

#include <string>

#include "http/router.h"
#include "resources/services.h"

namespace perspective::resources {

void add_comment_routes(http::Router& router, Services& services);  // services outlives the router

// After an unlocking and each reading: where nothing is left unread that is noted, and the alarm falls silent. Should
// it fail it goes to the log: the alarm then stays.
void note_if_all_is_read(const Services& services, const http::Request& request, const std::string& inspection);

}  // namespace perspective::resources

// Paper forms, as inspectors print and key them; a part of the admin API.
//
// Errors:  as inspection/inspections.h.
// Threads: any, from the pool.
#pragma once

#include "http/router.h"
#include "resources/services.h"

namespace perspective::resources {

void add_paper_routes(http::Router& router, Services& services);  // services outlives the router

}  // namespace perspective::resources

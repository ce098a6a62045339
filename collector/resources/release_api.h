// The routes of releases: looked at, stated more in, frozen, read.
#pragma once

#include "http/router.h"
#include "resources/services.h"

namespace perspective::resources {

void add_release_routes(http::Router& router, Services& services);  // services outlives the router

}  // namespace perspective::resources

// What inspectors ask of the life of an inspection: make, list, show, set, and each step; a part of the admin API.
#pragma once

#include "http/router.h"
#include "resources/services.h"

namespace perspective::resources {

void add_life_routes(http::Router& router, Services& services);  // services outlives the router

}  // namespace perspective::resources

// The routes of programmes: made, joined, printed once, read; scores typed.
#pragma once

#include "http/router.h"
#include "resources/services.h"

namespace perspective::resources {

void add_programme_routes(http::Router& router, Services& services);  // services outlives the router

}  // namespace perspective::resources

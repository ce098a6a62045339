// What inspectors ask and wish of the kiosks; a part of the admin API.
//
// Promise:   of what a kiosk sent nothing is told here but that something waits or not.
#pragma once

#include "http/router.h"
#include "resources/services.h"

namespace perspective::resources {

void add_fleet_routes(http::Router& router, Services& services);  // services outlives the router

}  // namespace perspective::resources

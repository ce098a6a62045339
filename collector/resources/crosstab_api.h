// The route of cross-tabs: two items against each other, for inspectors; never for release.
#pragma once

#include "http/router.h"
#include "resources/services.h"

namespace perspective::resources {

void add_crosstab_routes(http::Router& router, Services& services);  // services outlives the router

}  // namespace perspective::resources

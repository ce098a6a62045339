// The routes of rows, for the statistics programs of inspectors.
#pragma once

#include "resources/services.h"

namespace perspective::resources {

void add_row_routes(http::Router& router, Services& services);  // services outlives the router

}  // namespace perspective::resources

// The routes of sections that are more than plain text: the release section, and both as documents with cells.
#pragma once

#include "http/router.h"
#include "resources/services.h"

namespace perspective::resources {

void add_section_routes(http::Router& router, Services& services);  // services outlives the router

}  // namespace perspective::resources

// The routes of sections that inspectors edited: beside what is generated, and kept.
#pragma once

#include "http/router.h"
#include "resources/services.h"

namespace perspective::resources {

void add_section_text_routes(http::Router& router, Services& services);  // services outlives the router

}  // namespace perspective::resources

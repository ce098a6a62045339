// What inspectors ask of the life of an inspection: make, list, show, set, and each step; a part of the admin API.
#pragma once

#include <string>

#include "base/result.h"
#include "http/router.h"
#include "resources/services.h"

namespace perspective::resources {

// What GET /v1/inspections answers.
Result<std::string> inspections_json(const Services& services);

void add_life_routes(http::Router& router, Services& services);  // services outlives the router

}  // namespace perspective::resources

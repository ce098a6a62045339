// What inspectors ask of the life of an inspection: make, list, show, set, and each step; a part of the admin API.
#pragma once

#include <map>
#include <string>

#include "base/result.h"
#include "http/router.h"
#include "resources/services.h"

namespace perspective::resources {

// Of each by its id: its JSON, as GET /v1/inspections has it.
Result<std::map<std::string, std::string>> inspection_texts(const Services& services);

void add_life_routes(http::Router& router, Services& services);  // services outlives the router

}  // namespace perspective::resources

// Questionnaires that lie beside the collector, in its assets' folder `questionnaires`: who sets an inspection up at a
// page, where no folder can be sent from, chooses one of these. A part of the admin API.
//
// Promise:   an id is looked up among the folders that are there; it never becomes a path.
// Errors:    not_found: none is called so; invalid: it is there, and `questionnaire check` would refuse it; io.
// Threads:   any, from the pool.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "http/router.h"
#include "inspection/inspections.h"
#include "resources/services.h"

namespace perspective::resources {

void add_questionnaire_routes(http::Router& router, Services& services);  // services outlives the router

// In these languages, as an inspection is made of it. assets: the folder above `questionnaires`.
Result<inspection::NewQuestionnaire> installed_questionnaire(const std::filesystem::path& assets, std::string_view id,
                                                             const std::vector<std::string>& languages);

}  // namespace perspective::resources

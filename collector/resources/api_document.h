// What a door can be asked, as an OpenAPI 3.1 document: made of the door's own router and of assets/api.
//
// Promise:   addresses, methods, path parameters, rights, sizes and what answers without a certificate are the
//            router's; so are the problems that any route of that kind may give. Words, queries and the schemas of
//            bodies come from the folder: one file a subject, whose form is in resources/API.md. Nothing is described
//            twice, and nothing that the router has not.
// Errors:    describe: not_found without the folder; invalid, naming file and member, where one cannot be read.
//            What is missing or left over is no error: the document has what both have, and `faults` names the rest,
//            so that a test may refuse it.
// Threads:   pure but for reading the folder.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "http/router.h"

namespace perspective::resources {

struct ApiDocument {
  std::string json;
  std::vector<std::string> faults;
};
// folder: assets/api/people or assets/api/kiosks; what both share lies above it.
Result<ApiDocument> describe(const http::Router& router, const std::filesystem::path& folder);

// GET /v1/openapi.json, which describes itself with the rest. To be added last. For anyone who reaches the door: what
// it says is the same at every collector of this version, and is in the source.
Result<void> add_api_document(http::Router& router, const std::filesystem::path& folder);

}  // namespace perspective::resources

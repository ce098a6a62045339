// Results as files of word processors and spreadsheet programs.
//
// Errors:  those of inspection/files.h and of the results themselves; what a template lacks is in the header
//          Template-Remarks, separated by ";".
// Threads: any, from the pool.
#pragma once

#include "http/router.h"
#include "inspection/files.h"
#include "resources/services.h"

namespace perspective::resources {

// Of GET /release/section, /section and /tally, where a format of theirs is asked for.
Result<http::Response> release_section_file(const Services& services, const http::Request& request);
Result<http::Response> section_file(const Services& services, const http::Request& request);
Result<http::Response> tally_file(const Services& services, const http::Request& request);

// To be downloaded under its name; with what a template lacks.
http::Response response_of(inspection::File file);

// POST /section and /release/section, which bring a template, and GET /release/tables.
void add_file_routes(http::Router& router, Services& services);

}  // namespace perspective::resources

// What becomes of an inspection's private keys: the list of copies, rehearsal, shares, destruction; a part of the admin
// API.
//
// Promise:   a share leaves in one answer, to whoever asked for it, and stands nowhere else.
#pragma once

#include "http/router.h"
#include "resources/services.h"

namespace perspective::resources {

void add_key_routes(http::Router& router, Services& services);  // services outlives the router

}  // namespace perspective::resources

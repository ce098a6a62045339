// Why somebody reads numbers of an inspection whose fieldwork is open.
//
// Errors:  refused where no reason is given and fieldwork is open; invalid where it is too long.
// Threads: any, from the pool.
#pragma once

#include <map>
#include <string>

#include "http/message.h"
#include "resources/services.h"

namespace perspective::resources {

// The query's "reason", to be kept in the audit; empty once fieldwork has ended and none was given.
Result<std::map<std::string, std::string>> reason_for_reading(const Services& services, const http::Request& request);

}  // namespace perspective::resources

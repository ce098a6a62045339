// Inside collector/resources: how many there are of something that comments have, or that is not among them.
//
// Promise:   in fives while fieldwork is open.
// Errors:    those of the inspections: refused while it is locked.
// Threads:   any.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "resources/services.h"

namespace perspective::resources {

// What a count may be told as.
using AsTold = std::function<std::int64_t(std::int64_t)>;
Result<AsTold> as_told(const Services& services, const std::string& inspection);

// {"codes":[{"code","count"}],"uncoded"}
boost::json::object counts_of_codes(const std::vector<inspection::Comment>& comments, const AsTold& told);

// "set_aside", "forms": where comments may be that nobody can read here, though somebody may be in danger: in responses
// that do not open, and on forms that are keyed and not counted.
Result<void> add_unreadable(const Services& services, const std::string& inspection, const AsTold& told,
                            boost::json::object& counts);

}  // namespace perspective::resources

// How many people can have been led to a routed item, by what is printed of the item that leads there: rule D's M.
//
// Promise:   exact (search.h), from the statements on that one item. 0 where the search comes to no end: then nothing
// is
//            said, which is the safe side.
// Threads:   any.
// Units:     people.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "release/judging.h"
#include "release/routing.h"

namespace perspective::release {

// A finding on one item that hangs on no other item, and what is printed of it.
struct OnItem {
  std::string finding;
  std::set<std::string> options;  // whom it counts: of a nested one, those that its parents count too
  Judged judged;
};

// `n` people were asked `item`.
std::int64_t most_asked(const survey::Item& item, const Routing& routing, std::int64_t n,
                        const std::vector<OnItem>& printed);

}  // namespace perspective::release

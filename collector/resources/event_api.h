// What changes, told to pages that wait for it: GET /v1/events, server-sent events (WHATWG HTML, 9.2). A part of the
// admin API.
//
// Promise:   every inspection, as GET /v1/inspections answers them: all at once, and within kLookEvery_ms after one of
// them
//            changed that one again, whichever collector of the database took what came. Whoever waits is let go within
//            kLookEvery_ms after they may see it no more; waiting keeps no session alive. All who wait together ask the
//            store once a second at most. A sign of life every kBeat_ms, so that a line that is dead is noticed.
// Errors:    503 with Retry-After where kMostWaiting wait already, or one person kMostOfOne times.
// Threads:   any, from the pool.
// Units:     times in milliseconds.
#pragma once

#include <cstddef>

#include "http/router.h"
#include "resources/services.h"

namespace perspective::resources {

constexpr int kLookEvery_ms = 2'000;
constexpr int kBeat_ms = 15'000;
constexpr std::size_t kMostWaiting = 64;
constexpr std::size_t kMostOfOne = 12;  // tabs, and those that were left a moment ago

void add_event_routes(http::Router& router, Services& services);  // services outlives the router

}  // namespace perspective::resources

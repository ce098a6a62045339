// What changes, told to pages that wait for it: GET /v1/events, server-sent events (WHATWG HTML, 9.2). A part of the
// admin API.
//
// Promise:   the first event comes at once and says that from now on nothing is missed; then each inspection that
//            changed, as GET /v1/inspections answers it, within kLookEvery_ms, whichever collector of the database
//            took what came. Whoever names the last event that they have (`since`, or Last-Event-ID) gets what changed
//            after it; where that was another run of the collector, every inspection. Whoever waits is let go within
//            kLookEvery_ms after they may see it no more; waiting keeps no session alive. All who wait together ask the
//            store once a second at most. A sign of life every kBeat_ms, so that a line that is dead is noticed.
// Errors:    503 with Retry-After where kMostWaiting wait already (but see watch_places.h), or one person kMostOfOne
//            times.
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

// What every store on a disk that loses its power must show in its sweep (power_cut_sweep.h), and what a sweep must
// show of a disk that lies about what it has synced.
//
// Threads: one.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <initializer_list>
#include <string>
#include <vector>

#include "power_cut_sweep.h"

namespace perspective::testing {

struct Lie {
  std::string name;
  std::vector<Synced> about;
  std::vector<Loss> shown_by;  // the losses under which promises must be seen to break
};

template <typename Room>
void expect_kept_wherever_the_power_goes(const PowerCutSweep<Room>& sweep, Loss loss, int more_cuts_than) {
  for (const auto seed : seeds(loss)) {
    const auto found = sweep.cut(loss, seed, {});
    EXPECT_EQ(found.broken, 0) << found.first;
    EXPECT_GT(found.cuts, more_cuts_than) << "a sweep over nothing proves nothing";
  }
}

template <typename Room>
void expect_kept_when_it_goes_again_while_reopening(const PowerCutSweep<Room>& sweep, Loss loss) {
  const auto found = sweep.cut_twice(loss, first_seed(), sweeps_are_long() ? 5 : 160);
  EXPECT_EQ(found.broken, 0) << found.first;
  EXPECT_GT(found.cuts, 100);
}

template <typename Room>
void expect_noticed(const PowerCutSweep<Room>& sweep, const Lie& lie) {
  const auto lies = [&](std::int64_t, Synced what) { return std::ranges::count(lie.about, what) > 0; };
  for (const auto loss : kLosses) {
    const auto found = sweep.cut(loss, first_seed(), {.stride = sweeps_are_long() ? 1 : 7}, lies);
    const bool is_shown = std::ranges::count(lie.shown_by, loss) > 0;
    EXPECT_EQ(found.broken > 0, is_shown) << name_of(loss) << " " << found.first;
  }
}

// Each of these kinds, one sync in `stride` left out alone.
template <typename Room>
void expect_some_noticed_alone(const PowerCutSweep<Room>& sweep, std::initializer_list<Synced> kinds,
                               std::size_t stride) {
  auto seen = sweep.notice_each_lie(first_seed(), sweeps_are_long() ? 1 : stride);
  for (const auto what : kinds) {
    std::printf("%s: %d of %d noticed\n", name_of(what).c_str(), seen[what].noticed, seen[what].lies);
    EXPECT_GT(seen[what].noticed, 0) << name_of(what);
  }
}

}  // namespace perspective::testing

// Cuts the power at each step of some work and looks at what is found again.
//
// Promise:   what is found is what the work had been told is done, or that and the one thing that was under way: never
//            less, never anything between. Found out from one run without a cut, so nobody has to say what is right.
// Units:     steps: changes of the disk.
//
// A Room has: `bool open()`, `std::vector<std::function<bool()>> work()`, `void close()`, `std::string contents()` (all
// that the interface tells), `std::string left_behind(PowerCutDisk&)` (what should not be on the disk; or "").
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "power_cut_disk.h"

namespace perspective::testing {

// PERSPECTIVE_SWEEP=long: every second cut, and many ways to lose some. PERSPECTIVE_SEED: of the first of these.
inline bool sweeps_are_long() {
  const char* sweep = std::getenv("PERSPECTIVE_SWEEP");
  return sweep != nullptr && std::string(sweep) == "long";
}
inline std::uint64_t first_seed() {
  const char* seed = std::getenv("PERSPECTIVE_SEED");
  if (seed != nullptr) return std::strtoull(seed, nullptr, 10);
  return sweeps_are_long() ? std::random_device()() : 1;
}

// Loss::some is another one for each seed.
inline std::vector<std::uint64_t> seeds(Loss loss) {
  std::vector<std::uint64_t> all{first_seed()};
  while (loss == Loss::some && sweeps_are_long() && all.size() < 20) all.push_back(all.back() + 1'000'003);
  return all;
}

struct Found {
  std::int64_t cuts = 0;
  std::int64_t broken = 0;
  std::string first;  // broken promise: where, and what was found

  void note(const std::string& where, const std::string& fault) {
    if (fault.empty()) return;
    broken += 1;
    if (first.empty()) first = where + ": " + fault;
  }
};

template <typename Room>
class PowerCutSweep {
  static constexpr std::int64_t kMostSteps = 5000;
  static constexpr std::int64_t kSoon = 24;

 public:
  PowerCutSweep() {
    PowerCutDisk disk;
    Room room;
    contents_.push_back(room.open() ? room.contents() : "it does not open");
    for (auto& one : room.work()) contents_.push_back(one() ? room.contents() : "it does not work");
    room.close();
    steps_ = disk.steps();
    syncs_ = disk.syncs();
  }

  const std::vector<std::string>& contents() const { return contents_; }  // after opening, and after each work
  const std::vector<SyncedAt>& syncs() const { return syncs_; }
  std::int64_t steps() const { return steps_; }

  struct Steps {
    std::int64_t first = 0;
    std::int64_t end = kMostSteps;
    std::int64_t stride = 1;
  };
  // `lies` as PowerCutDisk::lie.
  Found cut(Loss loss, std::uint64_t seed, const Steps& steps, const PowerCutDisk::Lies& lies = {}) const {
    Found found;
    for (std::int64_t step = steps.first; step < steps.end; step += steps.stride) {
      PowerCutDisk disk;
      disk.lie(lies);
      Room room;
      const auto done = work_until(disk, room, step);
      const bool was_cut = disk.steps() > step;
      disk.survive(loss, seed + static_cast<std::uint64_t>(step));
      disk.lie({});
      found.note(place(loss, seed, step), fault(disk, room, done));
      found.cuts += was_cut ? 1 : 0;
      if (!was_cut) break;
    }
    return found;
  }

  // For each `stride`th sync: lie about it alone, and cut soon after it. How many of each kind were noticed, of how
  // many.
  struct Noticed {
    int lies = 0;
    int noticed = 0;
  };
  std::map<Synced, Noticed> notice_each_lie(std::uint64_t seed, std::size_t stride) const {
    std::map<Synced, Noticed> all;
    for (std::size_t number = 0; number < syncs_.size(); number += stride) {
      const auto [what, step] = syncs_[number];
      const auto lies = [number](std::int64_t one, Synced) { return one == static_cast<std::int64_t>(number); };
      std::int64_t broken = 0;
      for (const auto loss : {Loss::everything_unsynced, Loss::some}) {
        if (broken == 0) broken += cut(loss, seed, {.first = step, .end = step + kSoon}, lies).broken;
      }
      all[what].lies += 1;
      all[what].noticed += broken > 0 ? 1 : 0;
    }
    return all;
  }

  // At every `stride`th step, and again at every step of the reopening.
  Found cut_twice(Loss loss, std::uint64_t seed, std::int64_t stride) const {
    Found found;
    for (std::int64_t step = static_cast<std::int64_t>(seed) % stride; step < steps_; step += stride) {
      for (std::int64_t second = 0; second < kMostSteps; ++second) {
        PowerCutDisk disk;
        Room room;
        const auto done = work_until(disk, room, step);
        disk.survive(loss, seed + static_cast<std::uint64_t>(step));
        disk.cut_at(second);
        room.open();
        room.close();
        const bool was_cut = disk.steps() > second;
        disk.survive(loss, seed + static_cast<std::uint64_t>(second));
        found.note(place(loss, seed, step) + " and " + std::to_string(second), fault(disk, room, done));
        found.cuts += was_cut ? 1 : 0;
        if (!was_cut) break;
      }
    }
    return found;
  }

 private:
  static std::string place(Loss loss, std::uint64_t seed, std::int64_t step) {
    return "lost " + name_of(loss) + ", seed " + std::to_string(seed) + ", cut at step " + std::to_string(step);
  }

  // How many of contents_ were acknowledged; 0: not even the opening.
  static std::size_t work_until(PowerCutDisk& disk, Room& room, std::int64_t step) {
    disk.cut_at(step);
    std::size_t done = room.open() ? 1 : 0;
    if (done == 1) {
      for (auto& one : room.work()) {
        if (!one()) break;
        ++done;
      }
    }
    room.close();
    return done;
  }

  std::string fault(PowerCutDisk& disk, Room& room, std::size_t done) const {
    const bool is_open = room.open();
    const std::string found = is_open ? room.contents() : "it does not open";
    const std::string behind = is_open ? room.left_behind(disk) : "";
    room.close();
    if (!behind.empty()) return behind;
    const auto& before = contents_[done == 0 ? 0 : done - 1];
    const auto& under_way = contents_[std::min(done, contents_.size() - 1)];
    if (found == before || found == under_way) return "";
    return "found\n" + found + "\nand not\n" + before + "\nor\n" + under_way;
  }

  std::vector<std::string> contents_;
  std::vector<SyncedAt> syncs_;
  std::int64_t steps_ = 0;
};

}  // namespace perspective::testing

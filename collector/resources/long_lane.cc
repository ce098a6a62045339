#include "resources/long_lane.h"

#include <utility>

namespace perspective::resources {

bool LongLane::offer(const std::string& person, Pool::Work work) {
  const std::lock_guard lock(mutex_);
  auto& line = lines_[person];
  const bool is_too_much = waiting_ >= max_waiting_ || line.waiting.size() >= kMostWaitingOfOne;
  const bool has_places = line.places == kMostAtOnce;
  const bool is_taken = !is_too_much && (has_places || take_place(person));
  if (is_taken) {
    line.waiting.push_back(std::move(work));
    ++waiting_;
    line.places += has_places ? 0 : 1;
  }
  if (line.places == 0) lines_.erase(person);
  return is_taken;
}

bool LongLane::take_place(const std::string& person) {
  return pool_.offer([this, person] { use_place(person); });
}

// One work, then behind what others have in the pool by then. Where the pool takes nothing more, here and now.
void LongLane::use_place(const std::string& person) {
  do {
    Pool::Work work = next_of(person);
    if (!work) return;
    work();
  } while (!take_place(person));
}

// None: nothing waits, and the place is given up.
Pool::Work LongLane::next_of(const std::string& person) {
  const std::lock_guard lock(mutex_);
  auto& line = lines_[person];
  if (line.waiting.empty()) {
    if (--line.places == 0) lines_.erase(person);
    return nullptr;
  }
  auto work = std::move(line.waiting.front());
  line.waiting.pop_front();
  --waiting_;
  return work;
}

}  // namespace perspective::resources

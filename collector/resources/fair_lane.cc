#include "resources/fair_lane.h"

#include <utility>

namespace perspective::resources {

bool FairLane::offer(const std::string& who, Pool::Work work) {
  const std::lock_guard lock(mutex_);
  auto& line = lines_[who];
  const bool is_too_much =
      (waiting_ >= max_waiting_ && line.waiting.size() >= kAlwaysRoomFor) || line.waiting.size() >= kMostWaitingOfOne;
  const bool has_places = line.places == kMostAtOnce;
  const bool is_taken = !is_too_much && (has_places || take_place(who));
  if (is_taken) {
    line.waiting.push_back(std::move(work));
    ++waiting_;
    line.places += has_places ? 0 : 1;
  }
  if (line.places == 0) lines_.erase(who);
  return is_taken;
}

bool FairLane::take_place(const std::string& who) {
  return pool_.offer([this, who] { use_place(who); });
}

// One work, then behind what others have in the pool by then. Where the pool takes nothing more, here and now.
void FairLane::use_place(const std::string& who) {
  do {
    Pool::Work work = next_of(who);
    if (!work) return;
    Pool::run_here(work);
    work = nullptr;  // what it holds ends now, not with the next
  } while (!take_place(who));
}

// None: nothing waits, and the place is given up.
Pool::Work FairLane::next_of(const std::string& who) {
  const std::lock_guard lock(mutex_);
  auto& line = lines_[who];
  if (line.waiting.empty()) {
    if (--line.places == 0) lines_.erase(who);
    return nullptr;
  }
  auto work = std::move(line.waiting.front());
  line.waiting.pop_front();
  --waiting_;
  return work;
}

}  // namespace perspective::resources

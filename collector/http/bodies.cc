#include "http/bodies.h"

namespace perspective::http {

std::shared_ptr<void> Bodies::room_for(const std::string& who, std::size_t bytes) {
  if (who.empty() || bytes <= kSmall) return {this, [](void*) {}};
  const std::lock_guard lock(mutex_);
  auto& of_one = under_way_[who];
  if ((of_one > 0 && of_one + bytes > kMostOfOne) || all_ + bytes > kMostOfAll) {
    if (of_one == 0) under_way_.erase(who);
    return nullptr;
  }
  of_one += bytes;
  all_ += bytes;
  return {this, [this, who, bytes](void*) { leave(who, bytes); }};
}

void Bodies::leave(const std::string& who, std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  all_ -= bytes;
  if ((under_way_[who] -= bytes) == 0) under_way_.erase(who);
}

}  // namespace perspective::http

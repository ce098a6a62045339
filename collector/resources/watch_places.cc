#include "resources/watch_places.h"

#include <algorithm>

namespace perspective::resources {

std::shared_ptr<const WatchPlaces::Place> WatchPlaces::take(const std::string& who) {
  const auto place = taken_->enter(who);
  if (!place) return nullptr;
  return {place.get(), [taken = taken_, who, place](const Place*) { taken->leave(who, place); }};
}

std::shared_ptr<WatchPlaces::Place> WatchPlaces::Taken::enter(const std::string& who) {
  const std::lock_guard hold(mutex_);
  const auto own = of_.contains(who) ? of_.at(who).size() : 0;
  if (own >= most_of_one_ || (!has_room() && !makes_room_for(own))) return nullptr;
  return of_[who].emplace_back(std::make_shared<Place>());
}

// One that has made room is here no more.
void WatchPlaces::Taken::leave(const std::string& who, const std::shared_ptr<Place>& place) {
  const std::lock_guard hold(mutex_);
  const auto one = of_.find(who);
  if (one == of_.end()) return;
  std::erase(one->second, place);
  if (one->second.empty()) of_.erase(one);
}

bool WatchPlaces::Taken::has_room() const {
  std::size_t all = 0;
  for (const auto& [who, places] : of_) all += places.size();
  return all < most_;
}

bool WatchPlaces::Taken::makes_room_for(std::size_t own) {
  const auto size = [](const auto& one) { return one.second.size(); };
  const auto most = std::ranges::max_element(of_, {}, size);
  if (most == of_.end() || size(*most) < own + 2) return false;
  most->second.front()->has_made_room = true;
  most->second.pop_front();
  return true;
}

}  // namespace perspective::resources

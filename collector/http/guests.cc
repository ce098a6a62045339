#include "http/guests.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace perspective::http {
namespace {

constexpr std::size_t kMostRemembered = 4096;
constexpr std::size_t kShares = 16;

}  // namespace

std::size_t Guests::enter(std::size_t max_guests, std::string address, Calls calls) {
  const std::lock_guard lock(mutex_);
  if (is_stopping_) return 0;
  // Those who were shown the door and are not out yet take memory, too.
  if (guests_.size() >= 2 * max_guests) return 0;
  if (staying_ >= max_guests && !displace_one(std::max<std::size_t>(1, max_guests / kShares))) return 0;
  guests_.emplace(++last_, Guest{.who = std::move(address), .calls = std::move(calls)});
  ++staying_;
  return last_;
}

bool Guests::displace_one(std::size_t fair_share) {
  std::map<std::string, std::size_t> counts;
  for (const auto& [number, guest] : guests_) {
    if (!guest.is_leaving) ++counts[guest.who];
  }
  std::size_t most = 0;
  for (const auto& [who, count] : counts) most = std::max(most, count);
  const auto oldest_of = [&](const auto& is_meant) {
    return std::ranges::find_if(guests_, [&](const auto& entry) {
      const Guest& guest = entry.second;
      return !guest.is_leaving && guest.calls.on_displaced && is_meant(guest);
    });
  };
  const auto has_most = [&](const Guest& guest) { return most > 1 && counts[guest.who] == most; };
  const auto is_stranger = [](const Guest& guest) { return !guest.is_known; };
  auto oldest = most > fair_share ? oldest_of(has_most) : oldest_of(is_stranger);
  if (oldest == guests_.end()) oldest = oldest_of(has_most);
  if (oldest == guests_.end()) return false;
  oldest->second.is_leaving = true;
  --staying_;
  oldest->second.calls.on_displaced();
  return true;
}

void Guests::know(std::size_t guest, std::string who) {
  const std::lock_guard lock(mutex_);
  const auto found = guests_.find(guest);
  if (found == guests_.end()) return;
  found->second.who = std::move(who);
  found->second.is_known = true;
}

void Guests::leave(std::size_t guest) {
  const std::lock_guard lock(mutex_);
  const auto found = guests_.find(guest);
  if (found == guests_.end()) return;
  if (!found->second.is_leaving) --staying_;
  guests_.erase(found);
  if (guests_.empty()) is_gone_.notify_all();
}

void Guests::ask_to_leave() {
  is_stopping_ = true;
  const std::lock_guard lock(mutex_);
  for (const auto& [number, guest] : guests_) guest.calls.on_stopping();
}

void Guests::wait_until_gone(int patience_ms) {
  std::unique_lock lock(mutex_);
  is_gone_.wait_for(lock, std::chrono::milliseconds(patience_ms), [this] { return guests_.empty(); });
}

int Rates::seconds_until_allowed(const std::string& who, const Rate& rate, std::int64_t now_ms) {
  if (rate.per_s <= 0) return 0;
  const std::lock_guard lock(mutex_);
  const double burst = std::max(rate.burst, 1);
  const auto in_it_now = [&](const Bucket& bucket) {
    return std::min(burst, bucket.left + static_cast<double>(now_ms - bucket.filled_ms) / 1000 * rate.per_s);
  };
  if (buckets_.size() >= kMostRemembered) {
    // A full one is as good as none. If all are in use, everyone begins anew: no memory is worth more than the service.
    std::erase_if(buckets_, [&](const auto& entry) { return in_it_now(entry.second) >= burst; });
    if (buckets_.size() >= kMostRemembered) buckets_.clear();
  }
  Bucket& bucket = buckets_.try_emplace(who, Bucket{burst, now_ms}).first->second;
  bucket = {in_it_now(bucket), now_ms};
  if (bucket.left >= 1) {
    bucket.left -= 1;
    return 0;
  }
  return std::max(1, static_cast<int>(std::ceil((1 - bucket.left) / rate.per_s)));
}

}  // namespace perspective::http

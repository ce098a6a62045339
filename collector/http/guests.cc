#include "http/guests.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace perspective::http {
namespace {

constexpr std::size_t kMostRemembered = 4096;
constexpr std::size_t kShares = 16;

}  // namespace

std::size_t Guests::enter(std::size_t max_guests, std::string address, std::int64_t now_ms, Calls calls) {
  const std::lock_guard lock(mutex_);
  if (is_stopping_) return 0;
  Comings::Origin origin = comings_.came(address, now_ms);
  // Those who were shown the door and are not out yet take memory, too.
  if (guests_.size() >= 2 * max_guests) return 0;
  if (staying_ >= max_guests && !displace_one(std::max<std::size_t>(1, max_guests / kShares))) return 0;
  ++shares_[address];
  guests_.emplace(++last_, Guest{.who = std::move(address), .calls = std::move(calls), .origin = std::move(origin)});
  ++staying_;
  return last_;
}

Guests::Place Guests::oldest_of(const std::function<bool(const Guest&)>& is_meant) {
  return std::ranges::find_if(guests_, [&](const auto& entry) {
    const Guest& guest = entry.second;
    return !guest.is_leaving && guest.calls.on_displaced && is_meant(guest);
  });
}

// The oldest of them where several came as often, and so of those who all came seldom.
Guests::Place Guests::most_frequent_stranger() {
  Place found = guests_.end();
  double most = -1;
  for (Place place = guests_.begin(); place != guests_.end(); ++place) {
    const Guest& guest = place->second;
    if (guest.is_known || guest.is_leaving || !guest.calls.on_displaced) continue;
    const double excess = comings_.excess(guest.origin);
    if (excess <= most) continue;
    most = excess;
    found = place;
  }
  return found;
}

Guests::Place Guests::one_to_displace(std::size_t fair_share) {
  std::size_t most = 0;
  for (const auto& [who, share] : shares_) most = std::max(most, share);
  const auto has_most = [&](const Guest& guest) { return most > 1 && shares_[guest.who] == most; };
  const Place found = most > fair_share ? oldest_of(has_most) : most_frequent_stranger();
  return found != guests_.end() ? found : oldest_of(has_most);
}

bool Guests::displace_one(std::size_t fair_share) {
  const Place found = one_to_displace(fair_share);
  if (found == guests_.end()) return false;
  // Only among those of one: else a crowd whose requests take long would push out whoever has just come.
  const Guest& one = found->second;
  const Place waiting = oldest_of(
      [&](const Guest& guest) { return !guest.is_at_work && guest.who == one.who && guest.is_known == one.is_known; });
  Guest& leaving = waiting != guests_.end() ? waiting->second : found->second;
  leaving.is_leaving = true;
  give_up_share(leaving.who);
  leaving.calls.on_displaced();
  return true;
}

void Guests::give_up_share(const std::string& who) {
  --staying_;
  const auto found = shares_.find(who);
  if (--found->second == 0) shares_.erase(found);
}

void Guests::know(std::size_t guest, std::string who) {
  const std::lock_guard lock(mutex_);
  const auto found = guests_.find(guest);
  if (found == guests_.end()) return;
  // However often whoever is known comes, it says nothing of the strangers behind the same address.
  if (!found->second.is_known) comings_.forgive(found->second.origin);
  Guest& known = found->second;
  if (!known.is_leaving) {
    give_up_share(known.who);
    ++shares_[who];
    ++staying_;
  }
  known.who = std::move(who);
  known.is_known = true;
}

void Guests::set_at_work(std::size_t guest, bool is_at_work) {
  const std::lock_guard lock(mutex_);
  const auto found = guests_.find(guest);
  if (found != guests_.end()) found->second.is_at_work = is_at_work;
}

void Guests::leave(std::size_t guest) {
  const std::lock_guard lock(mutex_);
  const auto found = guests_.find(guest);
  if (found == guests_.end()) return;
  if (!found->second.is_leaving) give_up_share(found->second.who);
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

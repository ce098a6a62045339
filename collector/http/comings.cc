#include "http/comings.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace perspective::http {
namespace {

constexpr double kHalfLifeMs = 60'000;
constexpr double kHeaviest = 1e9;  // then counts are written anew: far from where a double loses a one
constexpr double kSeldom = 6;      // as often as a browser that shows one page
constexpr double kWider = 8;       // a network may do so many times what one within it may

// The address and the networks around it, each under a name of its own.
std::vector<std::string> networks_of(const std::string& address) {
  std::vector<std::string> networks{"=" + address};
  std::array<char, sizeof(in6_addr)> bytes{};
  const auto add = [&](char family, std::span<const char> prefix) {
    networks.push_back(family + std::string(prefix.begin(), prefix.end()));
  };
  constexpr std::string_view kMapped = "::ffff:";
  const std::string plain = address.starts_with(kMapped) ? address.substr(kMapped.size()) : address;
  if (::inet_pton(AF_INET, plain.c_str(), bytes.data()) == 1) {
    for (const std::size_t length : {3UZ, 2UZ}) add('4', std::span(bytes).first(length));
  } else if (::inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1) {
    for (const std::size_t length : {6UZ, 4UZ}) add('6', std::span(bytes).first(length));
  }
  return networks;
}

}  // namespace

Comings::Origin Comings::came(const std::string& address, std::int64_t now_ms) {
  if (counts_.size() >= room_) forget_some();
  if (counts_.empty()) since_ms_ = now_ms;
  weight_ = weight_at(now_ms);
  if (weight_ > kHeaviest) grow_lighter(now_ms);
  Origin origin{.counts = {}, .came_ms = now_ms};
  for (const std::string& network : networks_of(address)) {
    auto& count = counts_[network];
    if (!count) count = std::make_shared<double>(0);
    *count += weight_;
    origin.counts.push_back(count);
  }
  return origin;
}

void Comings::forgive(const Origin& origin) {
  for (const auto& count : origin.counts) *count = std::max(0.0, *count - weight_at(origin.came_ms));
}

// Whoever comes seldom is as good as any: among them it is no matter who came last. Each level adds to the others, so
// that a crowd that shares a network with somebody who comes seldom has always more than they.
double Comings::excess(const Origin& origin) const {
  double all = 0;
  double share = weight_;
  for (const auto& count : origin.counts) {
    all += std::max(0.0, *count / share - kSeldom);
    share *= kWider;
  }
  return all;
}

double Comings::weight_at(std::int64_t time_ms) const {
  return std::exp2(static_cast<double>(time_ms - since_ms_) / kHalfLifeMs);
}

void Comings::grow_lighter(std::int64_t now_ms) {
  for (const auto& [network, count] : counts_) *count /= weight_;
  since_ms_ = now_ms;
  weight_ = 1;
}

// The half that came least. Those from where somebody is in stay: their counts are in use.
void Comings::forget_some() {
  std::vector<double> all;
  for (const auto& [network, count] : counts_)
    if (count.use_count() == 1) all.push_back(*count);
  if (!all.empty()) {
    const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
    std::ranges::nth_element(all, middle);
    std::erase_if(counts_,
                  [&](const auto& entry) { return entry.second.use_count() == 1 && *entry.second <= *middle; });
  }
  room_ = std::max(room_, 2 * counts_.size());
}

}  // namespace perspective::http

#include "people/devices.h"

#include <algorithm>

#include "people/lock_out.h"
#include "people/secrets.h"

namespace perspective::people {

Device* known_device(Account& account, std::string_view secret, std::int64_t now_s) {
  if (secret.empty()) return nullptr;
  const std::string hash = hashed(secret);
  const auto found = std::ranges::find_if(account.devices, [&](const Device& device) {
    return device.ends_s > now_s && device.failures < kMostOfDevice && is_same(device.hash, hash);
  });
  return found == account.devices.end() ? nullptr : &*found;
}

std::string remember_device(Account& account, std::int64_t now_s) {
  std::erase_if(account.devices,
                [&](const Device& old) { return old.ends_s <= now_s || old.failures >= kMostOfDevice; });
  if (account.devices.size() >= kMostDevices) {
    account.devices.erase(std::ranges::min_element(account.devices, {}, &Device::ends_s));
  }
  std::string secret = drawn();
  account.devices.push_back({.hash = hashed(secret), .ends_s = now_s + kDeviceLasts_s});
  return secret;
}

}  // namespace perspective::people

// What collectors of one database tell each other: that there is something to look at, never what.
#pragma once

#include <functional>
#include <string>

namespace perspective::postgres {

struct Notice {
  std::string inspection;      // empty: of any, as after a time without connection
  bool is_withdrawal = false;  // something was taken back; else new envelopes are stored
  auto operator<=>(const Notice&) const = default;
};
using OnNotice = std::function<void(const Notice&)>;

}  // namespace perspective::postgres

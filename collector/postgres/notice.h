// What collectors of one database tell each other: that there is something to look at. Of what was taken back also the
// ids, which nobody needs to look for then; they stand among the tombstones anyway.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "store/store.h"

namespace perspective::postgres {

struct Notice {
  std::string inspection;           // empty: of any, as after a time without connection
  bool is_withdrawal = false;       // something was taken back; else new envelopes are stored
  std::vector<store::Id> ids = {};  // of what was taken back; none: whatever there is
  auto operator<=>(const Notice&) const = default;
};
using OnNotice = std::function<void(const Notice&)>;

}  // namespace perspective::postgres

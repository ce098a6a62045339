// Dates and terms of inspections for who asks of many: an inspection is read again only once it was written anew.
//
// Promise:   as they stand in the store when `head` was read there, or since.
// Errors:    the store's; corrupt.
// Threads:   any.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "base/result.h"
#include "inspection/record.h"
#include "store/store.h"

namespace perspective::inspection {

class Plans {
 public:
  Result<Plan> of(store::Store& store, const store::InspectionHead& head);  // without its release

 private:
  struct Known {
    std::int64_t written = 0;
    Plan plan;
  };
  std::mutex mutex_;
  std::map<std::string, Known, std::less<>> known_;
};

}  // namespace perspective::inspection

// How much one who asks may leave with us that stays: else one of many fills a disk that all need.
//
// Promise:   each has `most`, and `more_a_day` again for each day that goes by; of what one asks for at once all or
//            none is granted. Counted in this process alone: no kiosk starts a collector anew.
// Threads:   any.
// Units:     seconds since 1970.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <mutex>
#include <string>

namespace perspective {

struct RationBounds {
  std::int64_t most = std::numeric_limits<std::int64_t>::max() / 2;  // no bound
  std::int64_t more_a_day = 0;
};

class Ration {
 public:
  using Bounds = RationBounds;
  enum class Granted {
    yes,
    no,
    no_for_the_first_time,  // of this one since it was last given more: somebody is to be told
  };

  explicit Ration(Bounds bounds) : bounds_(bounds) {}

  Granted take(const std::string& who, std::int64_t count, std::int64_t now_s);
  void give_back(const std::string& who, std::int64_t count);  // what was granted came to nothing

 private:
  struct Used {
    std::int64_t count = 0;
    std::int64_t since_s = 0;  // until then it has grown
    bool is_told = false;
  };
  const Bounds bounds_;
  std::mutex mutex_;
  std::map<std::string, Used, std::less<>> used_;  // by who: as many as are known here
};

}  // namespace perspective

// How often one kiosk may ask to take an answer back. Such a wish leaves a line in the file `withdrawn`, which is kept
// for ever and in memory, and a tombstone, also where nobody has that answer.
//
// Promise:   a kiosk has kMost wishes, and kMoreADay again for each day that goes by; of what it asks for at once all
// or
//            none is granted. Those for answers that are here count as the others do: else a kiosk that has used up
//            what it has could try by its refusals which answers came. Counted in this process alone: a collector is
//            not started anew by any kiosk. People at one kiosk take some answers back in a day.
// Threads:   any.
// Units:     seconds since 1970.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>

namespace perspective::inspection {

class WishAllowance {
 public:
  static constexpr std::int64_t kMost = 10'000;
  static constexpr std::int64_t kMoreADay = 100;

  enum class Granted {
    yes,
    no,
    no_for_the_first_time,  // of this kiosk: somebody is to be told
  };
  Granted take(const std::string& kiosk, std::int64_t wishes, std::int64_t now_s);
  void give_back(const std::string& kiosk, std::int64_t wishes);  // what was granted came to nothing

 private:
  struct Used {
    std::int64_t wishes = 0;
    std::int64_t since_s = 0;  // until then it has grown
    bool is_told = false;
  };
  std::mutex mutex_;
  std::map<std::string, Used, std::less<>> used_;  // by kiosk: as many as are enrolled
};

}  // namespace perspective::inspection

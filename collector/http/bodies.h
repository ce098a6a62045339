// Inside collector/http: how many bytes of bodies are under way, one way, so that nobody fills the memory with what
// never ends.
//
// Promise:   one who sends, or reads, has room for kMostOfOne bytes at once, on however many connections, or for one
//            body that is larger; all together for kMostOfAll, which takes sixteen who mean harm. A request's body from
//            before its first byte until the request is answered; an answer's until it has gone. What says that it is
//            no larger than kSmall always has room: there is no more of that than connections. Whoever finds none keeps
//            what they have and comes again: 503.
// Threads:   any. Units: bytes.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace perspective::http {

class Bodies {
 public:
  static constexpr std::size_t kSmall = 64 * 1024;
  static constexpr std::size_t kMostOfOne =
      64 * 1024 * 1024;  // the largest body that any address takes; an answer may be larger
  static constexpr std::size_t kMostOfAll = 16 * kMostOfOne;

  // For as long as what is given back lives, which this outlives; nothing: there is no room now. who: empty for whoever
  // runs the service.
  std::shared_ptr<void> room_for(const std::string& who, std::size_t bytes);

 private:
  void leave(const std::string& who, std::size_t bytes);

  std::mutex mutex_;
  std::map<std::string, std::size_t> under_way_;  // of each who has any
  std::size_t all_ = 0;
};

}  // namespace perspective::http

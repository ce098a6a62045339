// Inside collector/http: how often somebody came of late from an address, and from the networks around it.
//
// Promise:   one that came is counted for its address and for two networks around it (IPv4: /24 and /16; IPv6, where an
//            address stands for its /64: /48 and /32); each count halves within a minute. What is forgiven was never
//            counted. The memory for it is bounded, whoever comes: what came least is forgotten first, and whoever is
//            forgotten begins anew.
// Threads:   one at a time.
// Units:     times in milliseconds of a clock that never goes back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace perspective::http {

class Comings {
 public:
  // From one address; holds what is counted for it while somebody from there is in.
  struct Origin {
    std::vector<std::shared_ptr<double>> counts;  // the address first, then wider and wider
    std::int64_t came_ms = 0;
  };
  // An address that is none of IP is one without a network.
  Origin came(const std::string& address, std::int64_t now_ms);
  // Once at most for each that came.
  void forgive(const Origin& origin);
  // By how much more often they came from there than people and kiosks do; 0: no more often. As of the last that came.
  double excess(const Origin& origin) const;
  std::size_t size() const { return counts_.size(); }

 private:
  double weight_at(std::int64_t time_ms) const;
  void grow_lighter(std::int64_t now_ms);
  void forget_some();

  // A coming counts the more the later it is, which is as if what came before it were halved again and again.
  std::map<std::string, std::shared_ptr<double>> counts_;  // a tree: nobody can choose addresses that make it slow
  std::int64_t since_ms_ = 0;                              // when a coming counted one
  double weight_ = 1;                                      // of one that comes now
  std::size_t room_ = 16'384;
};

}  // namespace perspective::http

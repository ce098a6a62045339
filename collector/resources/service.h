// The whole collector while it serves: store, keys, services, pool, both doors.
//
// Promise:   stop() answers what is under way and commits what was taken before it returns.
// Errors:    open: those of the folder, the keys, the store and the listeners; refused where another user could read
//            the keys; conflict when a collector already serves this folder.
// Ownership: owns all of it.
// Threads:   open, start and stop from one thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "inspection/inspections.h"
#include "keys/cost.h"

namespace perspective::resources {

class Service {
 public:
  struct Setting {
    std::filesystem::path data;
    std::filesystem::path assets;
    std::optional<std::string> listen;  // IP address; else loopback where every host is, else all IPv4 addresses
    std::optional<std::uint16_t> port;  // else the configured one; 0: any free one
    bool is_swap_allowed = false;
    int requests_per_s = 20;                // of one kiosk, over time; 0: as often, and as much, as it likes
    std::optional<std::string> store = {};  // postgresql://...; else the configured one
    std::int64_t idle_lock_s = inspection::kIdleLock_s;  // an unlocked inspection that nobody reads
    int watch_ms = 10'000;                               // how often that is looked at
    std::filesystem::path credentials = {};              // of systemd: passphrases to unlock with (unattended.h)
    std::optional<std::uint16_t> people_port = {};       // else the configured one, else closed; 0: any free one
    std::optional<std::string> people_listen = {};       // IP address; else the configured one, else loopback
    std::filesystem::path console = {};                  // the pages' folder; empty: the people's port has none
    keys::Cost passphrase_cost = {};                     // of inspections that are created here; less: in tests
  };
  static Result<std::unique_ptr<Service>> open(const Setting& setting);
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;
  ~Service();

  const std::string& address() const;           // "0.0.0.0 port 8443"
  const std::string& people_address() const;    // "127.0.0.1 port 8444"; empty: closed
  const std::string& authority_sha256() const;  // what kiosks are told to trust
  void start();
  void stop();

 private:
  struct Parts;
  explicit Service(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace perspective::resources

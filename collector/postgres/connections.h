// Connections to one database: one for each who asks at a time, kept for the next.
//
// Promise:   a connection that was lost is never given out again; the next that is asked for is a new one. Nothing is
//            asked twice: whoever was under way learns that it may not have happened.
// Errors:    as connection.h; corrupt when the schema no longer serves this version (schema.h).
// Threads:   any.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/result.h"
#include "postgres/connection.h"

namespace perspective::postgres {

class Connections {
 public:
  explicit Connections(Address address, std::chrono::milliseconds patience = kPatience)
      : address_(std::move(address)), patience_(patience) {}

  template <typename Ask>
  std::invoke_result_t<Ask, Connection&> use(Ask ask) {
    auto connection = take();
    if (!connection) return std::unexpected(connection.error());
    auto outcome = ask(**connection);
    give_back(std::move(*connection));
    return outcome;
  }

  // As Connection::transact().
  template <typename Change>
  Result<void> transact(Change change) {
    return use([&](Connection& connection) { return connection.transact(change); });
  }

 private:
  Result<std::unique_ptr<Connection>> take();
  void give_back(std::unique_ptr<Connection> connection);

  const Address address_;
  const std::chrono::milliseconds patience_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace perspective::postgres

#include "postgres/connections.h"

#include "postgres/schema.h"

namespace perspective::postgres {
namespace {

constexpr std::size_t kMostIdle = 8;

}  // namespace

Result<std::unique_ptr<Connection>> Connections::take() {
  {
    const std::lock_guard lock(mutex_);
    while (!idle_.empty()) {
      auto connection = std::move(idle_.back());
      idle_.pop_back();
      if (connection->is_alive()) return connection;
    }
  }
  auto opened = Connection::open(address_, patience_);
  if (!opened) return opened;
  if (auto checked = check_schema(**opened); !checked) return std::unexpected(checked.error());
  return opened;
}

void Connections::give_back(std::unique_ptr<Connection> connection) {
  if (!connection->is_alive()) return;
  const std::lock_guard lock(mutex_);
  if (idle_.size() < kMostIdle) idle_.push_back(std::move(connection));
}

}  // namespace perspective::postgres

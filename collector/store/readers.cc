#include "store/readers.h"

namespace perspective::store {

Result<std::unique_ptr<sqlite::Database>> Readers::take() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto connection = std::move(idle_.back());
      idle_.pop_back();
      return connection;
    }
  }
  auto opened = sqlite::Database::open(path_, vfs_);
  if (!opened) return std::unexpected(opened.error());
  if (auto set = opened->execute("PRAGMA query_only = ON; PRAGMA temp_store = MEMORY"); !set) {
    return std::unexpected(set.error());
  }
  return std::make_unique<sqlite::Database>(std::move(*opened));
}

void Readers::give_back(std::unique_ptr<sqlite::Database> connection) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(connection));
}

}  // namespace perspective::store

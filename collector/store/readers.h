// Connections that only read: one for each reader at a time, kept for the next.
//
// Threads: read() from any.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/sqlite.h"

namespace perspective::store {

class Readers {
 public:
  Readers(std::filesystem::path path, std::string vfs) : path_(std::move(path)), vfs_(std::move(vfs)) {}

  // Gives what `ask` gives; its statements must not outlive the call.
  template <typename Read>
  std::invoke_result_t<Read, sqlite::Database&> read(Read ask) {
    auto connection = take();
    if (!connection) return std::unexpected(connection.error());
    auto outcome = ask(**connection);
    give_back(std::move(*connection));
    return outcome;
  }

 private:
  Result<std::unique_ptr<sqlite::Database>> take();
  void give_back(std::unique_ptr<sqlite::Database> connection);

  std::filesystem::path path_;
  std::string vfs_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<sqlite::Database>> idle_;
};

}  // namespace perspective::store

// The collector's table of envelopes in a SQLite file of its own, with the collector's settings, written to without
// anything round it: what acknowledged posts are measured against.
//
// Errors:    throws std::runtime_error.
// Threads:   one.
// Units:     seconds.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/sqlite.h"

namespace perspective::bench {

struct RawOutcome {
  std::size_t rows = 0;
  double seconds = 0;
  std::vector<double> commit_us;
};

class RawStore {
 public:
  explicit RawStore(const std::filesystem::path& path);
  // Rows with ids of their own and these bodies in turn; ends at most_rows or after longest_s.
  RawOutcome insert(const std::vector<Bytes>& bodies, std::size_t rows_a_commit, std::size_t most_rows,
                    double longest_s);

 private:
  sqlite::Database database_;
  std::optional<sqlite::Statement> insert_;  // goes before its database
};

}  // namespace perspective::bench

// What people took back, in a text file that is no part of the database nor of its backups: a database that is put back
// from a backup holds again what was withdrawn since, until this file is applied to it.
//
// Promise: once add() gave ok a power cut loses nothing of it. One line each, "INSPECTION ID" or "INSPECTION ID came":
//          no time. "came": it was stored here, so that a database from a backup that never saw it come is not thought
//          to have lost it. Two such files put together are one (sort -u): nothing is ever taken out. A wish costs what
//          it adds, however many there were: its lines go to the end, and all are put into the order of the ids at each
//          start and once more than kMostAtTheEnd, and a quarter of all, stand at the end: of older ones no order is
//          told, and however many there are, a wish writes few of them again. A last line that a power cut tore is
//          none: nobody was told that it was kept.
// Errors:    io; corrupt, naming the line, from open(): what cannot be read could bring back what somebody took away.
// Threads:   any.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "base/result.h"
#include "store/store.h"
#include "store/withdrawn_lines.h"

namespace perspective::store {

class WithdrawnFile {
 public:
  static Result<std::unique_ptr<WithdrawnFile>> open(const std::filesystem::path& path);  // not there: an empty one
  using Came = store::Came;
  static constexpr std::size_t kMostAtTheEnd = 200;
  std::size_t count();
  // All or none, in one writing whichever of them had come: how long it takes tells nothing. `had_come`: of these.
  Result<void> add(const std::vector<Withdrawn>& withdrawn, const std::vector<Withdrawn>& had_come = {});
  Result<void> add(WithdrawnFile& other);  // all that stands there, as it stands there

  // To the store what it lacks, and to the file what it lacks; an empty file where there is none.
  Result<void> apply_to(Store& store);
  // To one that was made of a backup just now, which has the counts of what was taken back before it and no tombstone:
  // so many of those that had come and are not there are counted already.
  Result<void> apply_to_restored(Store& store);

 private:
  explicit WithdrawnFile(std::filesystem::path path) : path_(std::move(path)) {}

  using Lines = WithdrawnLines::News;
  Result<void> apply_lines(Store& store, const WithdrawnLines::Visit& apply);
  // With mutex_ held.
  Result<void> add_lines(const Lines& news);
  Result<void> write(const Lines& news);  // all of them, in order

  const std::filesystem::path path_;
  std::mutex mutex_;
  WithdrawnLines lines_;
  std::size_t at_the_end_ = 0;  // lines behind those that are in order
  bool is_whole_ = false;       // the file is there, and ends with a line
};

}  // namespace perspective::store

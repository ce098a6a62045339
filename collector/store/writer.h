// The one thread that changes the database: what has queued up is committed as one transaction (group commit).
//
// Promise:   `done` is called after the commit, once for each change, in the order in which they were handed over. A
//            change that fails is undone by itself; its neighbours stand.
// Errors:    those of the change; or those of the commit, for every change in it. After a failed commit that was more
//            than "busy" all later changes fail with io: the disk can no longer be believed.
// Ownership: owns the connection and the thread; the destructor finishes the queue.
// Threads:   submit() and run() from any but the writer's own; `done` runs on the writer's.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"
#include "base/sqlite.h"

namespace perspective::store {

class Writer {
 public:
  using Change = std::function<Result<void>(sqlite::Database&)>;
  using Done = std::function<void(Result<void>)>;

  explicit Writer(sqlite::Database database);
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer();

  void submit(Change change, Done done);
  Result<void> run(Change change);  // waits for the commit

 private:
  struct Job {
    Change change;
    Done done;
  };
  void work();
  std::vector<Job> take();  // waits; empty: time to stop
  std::vector<Result<void>> commit(const std::vector<Job>& jobs);

  sqlite::Database database_;
  std::optional<Error> broken_;  // the writer's thread only
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> queue_;
  bool is_stopping_ = false;
  std::thread thread_;  // last: starts when all else is there
};

}  // namespace perspective::store

// The one thread of a collector that stores envelopes: what has queued up is committed as one transaction.
//
// Promise:   `done` is called after the commit, once for each batch, in the order in which they were handed over. A
//            commit whose answer was lost counts as failed: asked again, what did happen is a repeat.
// Errors:    those of the transaction, for every batch in it. Afterwards all may be well again: the database says
//            itself when its disk can not be believed (it stops, and recovers from its log).
// Ownership: the destructor finishes the queue.
// Threads:   submit() from any but the writer's own; `done` runs on the writer's.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "postgres/connections.h"
#include "store/store.h"

namespace perspective::postgres {

class GroupWriter {
 public:
  explicit GroupWriter(Connections& connections);
  GroupWriter(const GroupWriter&) = delete;
  GroupWriter& operator=(const GroupWriter&) = delete;
  ~GroupWriter();

  void submit(store::Batch batch, store::PutDone done);

 private:
  struct Job {
    store::Batch batch;
    store::PutDone done;
  };
  void work();
  std::vector<Job> take();  // waits; empty: time to stop
  void commit(const std::vector<Job>& jobs);

  Connections& connections_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> queue_;
  bool is_stopping_ = false;
  std::thread thread_;  // last: starts when all else is there
};

}  // namespace perspective::postgres

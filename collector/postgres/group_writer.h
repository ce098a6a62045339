// The threads of a collector that store envelopes: what has queued up is committed as one transaction, and what has to
// wait for somebody keeps nothing of other inspections waiting.
//
// Promise:   `done` is called after the commit, once for each batch; in no order. A commit whose answer was lost counts
//            as failed: asked again, what did happen is a repeat.
//            The writer waits for no inspection's lock, and no longer than kMomentInTheWay for a row that another
//            collector has under way. What it would have to wait for it puts aside, by inspection, and so what comes
//            for that inspection until all of it is stored. kWaiters threads wait, for one inspection each, in the
//            order in which these were put aside; each wait has its bounds (connection.h), and who has waited in vain
//            is told to come again.
// Errors:    those of the transaction, for every batch in it. Afterwards all may be well again: the database says
//            itself when its disk can not be believed (it stops, and recovers from its log).
// Ownership: the destructor finishes the queue and what was put aside. What waits is what callers have handed over and
//            not heard of: no more than the door lets in (http/bodies.h).
// Threads:   submit() from any but its own; `done` runs on its own, several at a time.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "postgres/connections.h"
#include "store/store.h"

namespace perspective::postgres {

class GroupWriter {
 public:
  static constexpr int kWaiters = 4;

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
  using Jobs = std::vector<Job>;
  using Outcomes = std::vector<std::vector<store::PutOutcome>>;
  void write();
  Jobs take();  // waits; empty: time to stop
  Jobs commit_what_is_free(Jobs jobs);
  void put_aside(Jobs jobs);
  void put_one_aside(Job job);
  void write_aside();
  Jobs take_aside();  // of one inspection; waits; empty: time to stop
  void commit_waiting(const Jobs& jobs);
  void let_go(const std::string& inspection);
  static void answer(const Jobs& jobs, const Result<void>& committed, Outcomes& outcomes);

  Connections& connections_;
  std::mutex mutex_;
  std::condition_variable has_work_, has_turn_;
  std::deque<Job> queue_;
  // By inspection, while any of it is aside, at work too; `turns_`: those that nobody works at.
  std::map<std::string, std::deque<Job>, std::less<>> aside_;
  std::deque<std::string> turns_;
  bool is_stopping_ = false;
  bool has_written_ = false;  // the writer, the last of its queue
  std::vector<std::thread> waiters_;
  std::thread writer_;  // last: starts when all else is there
};

}  // namespace perspective::postgres

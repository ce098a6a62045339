// The few threads on which everything runs that may take a while: opening, tallies, reports, reading the store.
//
// Promise:   what was taken is run, in the order of arrival; close() returns when the last of it has ended. What throws
//            (memory was short) is dropped with what it holds, which answers whoever waits for it, and said in the log:
//            the others go on.
// Threads:   any may call offer() and run(); close() from none of the pool's own.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace perspective::resources {

class Pool {
 public:
  using Work = std::function<void()>;

  Pool(int threads, std::size_t max_waiting);
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;
  ~Pool() { close(); }

  bool offer(Work work);  // false: too much is waiting already, or closed; the work is dropped
  void run(Work work);    // always taken; when closed it is run here and now, by the caller
  void close();

  // For who runs it elsewhere: as above.
  static void run_here(const Work& work);

 private:
  bool take(Work& work);
  void serve();

  std::mutex mutex_;
  std::condition_variable has_work_;
  std::deque<Work> waiting_;
  std::size_t max_waiting_;
  bool is_closed_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace perspective::resources

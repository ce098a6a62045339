#include "resources/pool.h"

#include <exception>
#include <utility>

#include "base/log.h"

namespace perspective::resources {

Pool::Pool(int threads, std::size_t max_waiting) : max_waiting_(max_waiting) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { serve(); });
}

bool Pool::offer(Work work) {
  {
    const std::lock_guard lock(mutex_);
    if (is_closed_ || waiting_.size() >= max_waiting_) return false;
    waiting_.push_back(std::move(work));
  }
  has_work_.notify_one();
  return true;
}

void Pool::run(Work work) {
  {
    const std::lock_guard lock(mutex_);
    if (!is_closed_) {
      waiting_.push_back(std::move(work));
      has_work_.notify_one();
      return;
    }
  }
  run_here(work);
}

void Pool::run_here(const Work& work) {
  try {
    work();
  } catch (const std::exception&) {
    // Without what(): it may name what was being read.
    log::error("something that was under way failed: out of memory or a broken promise");
  }
}

void Pool::close() {
  {
    const std::lock_guard lock(mutex_);
    is_closed_ = true;
  }
  has_work_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

bool Pool::take(Work& work) {
  std::unique_lock lock(mutex_);
  has_work_.wait(lock, [this] { return is_closed_ || !waiting_.empty(); });
  if (waiting_.empty()) return false;
  work = std::move(waiting_.front());
  waiting_.pop_front();
  return true;
}

void Pool::serve() {
  Work work;
  while (take(work)) {
    run_here(work);
    work = nullptr;  // what it holds ends now, not with the next
  }
}

}  // namespace perspective::resources

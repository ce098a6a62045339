#include "inspection/together.h"

#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>

namespace perspective::inspection {
namespace {

// Outlives the call: a hand may come after it.
class Table {
 public:
  explicit Table(const std::function<void()>& work) : work_(&work) {}

  void help() {
    {
      const std::lock_guard lock(mutex_);
      if (work_ == nullptr) return;
      ++at_it_;
    }
    run(*work_);
    const std::lock_guard lock(mutex_);
    if (--at_it_ == 0) all_gone_.notify_all();
  }
  void finish() {
    run(*work_);
    std::unique_lock lock(mutex_);
    all_gone_.wait(lock, [this] { return at_it_ == 0; });
    work_ = nullptr;
    if (thrown_) std::rethrow_exception(thrown_);
  }

 private:
  void run(const std::function<void()>& work) {
    try {
      work();
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!thrown_) thrown_ = std::current_exception();
    }
  }

  std::mutex mutex_;
  std::condition_variable all_gone_;
  const std::function<void()>* work_;  // null: it is done
  int at_it_ = 0;                      // beside the caller
  std::exception_ptr thrown_;
};

}  // namespace

void together(const Hands& hands, const std::function<void()>& work) {
  const auto table = std::make_shared<Table>(work);
  for (int i = 0; i < hands.most && hands.offer; ++i) {
    if (!hands.offer([table] { table->help(); })) break;
  }
  table->finish();
}

}  // namespace perspective::inspection

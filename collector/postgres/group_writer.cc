#include "postgres/group_writer.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "postgres/changes.h"

namespace perspective::postgres {
namespace {

// More than this in one transaction gains nothing and makes the first wait for the last.
constexpr std::size_t kMaxJobs = 256;
constexpr std::size_t kMaxBytes = 8 * 1024 * 1024;

// What another transaction holds that is in no trouble it gives back within this.
constexpr std::chrono::milliseconds kMomentInTheWay{250};

std::size_t bytes_of(const store::Batch& batch) {
  std::size_t bytes = 0;
  for (const auto& envelope : batch.envelopes) bytes += envelope.body.size();
  return bytes;
}

// As many from the front as fit in a transaction. `take`: whether it is one of them; else it has been moved elsewhere.
template <typename Job, typename Take>
std::vector<Job> taken_from(std::deque<Job>& queue, Take take) {
  std::vector<Job> jobs;
  for (std::size_t bytes = 0; !queue.empty() && jobs.size() < kMaxJobs && bytes < kMaxBytes;) {
    Job job = std::move(queue.front());
    queue.pop_front();
    bytes += bytes_of(job.batch);
    if (take(job)) jobs.push_back(std::move(job));
  }
  return jobs;
}

// A lock did not come, or two waited for each other: nothing was done, and whoever waits may succeed.
bool is_in_the_way(const Error& error) { return error.code == ErrorCode::io && error.retry; }

}  // namespace

GroupWriter::GroupWriter(Connections& connections) : connections_(connections), writer_([this] { write(); }) {
  for (int i = 0; i < kWaiters; ++i) waiters_.emplace_back([this] { write_aside(); });
}

GroupWriter::~GroupWriter() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  has_work_.notify_one();
  writer_.join();
  for (auto& waiter : waiters_) waiter.join();
}

void GroupWriter::submit(store::Batch batch, store::PutDone done) {
  {
    const std::lock_guard lock(mutex_);
    queue_.push_back({std::move(batch), std::move(done)});
  }
  has_work_.notify_one();
}

GroupWriter::Jobs GroupWriter::take() {
  std::unique_lock lock(mutex_);
  for (;;) {
    has_work_.wait(lock, [this] { return is_stopping_ || !queue_.empty(); });
    auto jobs = taken_from(queue_, [this](Job& job) {
      if (!aside_.contains(job.batch.inspection)) return true;
      put_one_aside(std::move(job));
      return false;
    });
    if (!jobs.empty() || (is_stopping_ && queue_.empty())) return jobs;
  }
}

void GroupWriter::write() {
  for (auto jobs = take(); !jobs.empty(); jobs = take()) {
    if (auto held = commit_what_is_free(std::move(jobs)); !held.empty()) put_aside(std::move(held));
  }
  {
    const std::lock_guard lock(mutex_);
    has_written_ = true;
  }
  has_turn_.notify_all();
}

// The others are given back: somebody holds what they need. Once only: whoever waits tries again.
GroupWriter::Jobs GroupWriter::commit_what_is_free(Jobs jobs) {
  auto held = jobs.end();
  Outcomes outcomes;
  const auto change = [&](Connection& connection) -> Result<void> {
    std::vector<std::string_view> inspections;
    for (const auto& job : jobs) inspections.push_back(job.batch.inspection);
    const auto free = changes::share_those_free(connection, inspections, kMomentInTheWay);
    if (!free) return std::unexpected(free.error());
    held = std::stable_partition(jobs.begin(), jobs.end(),
                                 [&](const Job& job) { return free->contains(job.batch.inspection); });
    if (held == jobs.begin()) return fail(ErrorCode::io, "somebody holds all of these inspections", true);
    std::vector<const store::Batch*> batches;
    std::for_each(jobs.begin(), held, [&](const Job& job) { batches.push_back(&job.batch); });
    auto put = changes::put(connection, batches);
    if (!put) return std::unexpected(put.error());
    outcomes = std::move(*put);
    return {};
  };
  const auto committed = connections_.use([&](Connection& connection) { return connection.transact(change, 1); });
  if (!committed && is_in_the_way(committed.error())) return jobs;
  Jobs aside(std::make_move_iterator(held), std::make_move_iterator(jobs.end()));
  jobs.erase(held, jobs.end());
  answer(jobs, committed, outcomes);
  return aside;
}

void GroupWriter::put_aside(Jobs jobs) {
  const std::lock_guard lock(mutex_);
  for (auto& job : jobs) put_one_aside(std::move(job));
}

// Under the lock.
void GroupWriter::put_one_aside(Job job) {
  const auto [aside, is_new] = aside_.try_emplace(job.batch.inspection);
  if (is_new) {
    turns_.push_back(aside->first);
    has_turn_.notify_one();
  }
  aside->second.push_back(std::move(job));
}

GroupWriter::Jobs GroupWriter::take_aside() {
  std::unique_lock lock(mutex_);
  has_turn_.wait(lock, [this] { return has_written_ || !turns_.empty(); });
  if (turns_.empty()) return {};
  const auto inspection = std::move(turns_.front());
  turns_.pop_front();
  return taken_from(aside_.find(inspection)->second, [](const Job&) { return true; });
}

void GroupWriter::write_aside() {
  for (auto jobs = take_aside(); !jobs.empty(); jobs = take_aside()) {
    const auto inspection = jobs.front().batch.inspection;
    commit_waiting(jobs);
    let_go(inspection);
  }
}

void GroupWriter::commit_waiting(const Jobs& jobs) {
  std::vector<const store::Batch*> batches;
  for (const auto& job : jobs) batches.push_back(&job.batch);
  Outcomes outcomes;
  const auto committed = connections_.transact([&](Connection& connection) -> Result<void> {
    if (auto shared = changes::share(connection, jobs.front().batch.inspection); !shared) return shared;
    auto put = changes::put(connection, batches);
    if (!put) return std::unexpected(put.error());
    outcomes = std::move(*put);
    return {};
  });
  answer(jobs, committed, outcomes);
}

// Where more of it came meanwhile, it has another turn, behind the others.
void GroupWriter::let_go(const std::string& inspection) {
  const std::lock_guard lock(mutex_);
  const auto aside = aside_.find(inspection);
  if (aside->second.empty()) {
    aside_.erase(aside);
    return;
  }
  turns_.push_back(inspection);
  has_turn_.notify_one();
}

void GroupWriter::answer(const Jobs& jobs, const Result<void>& committed, Outcomes& outcomes) {
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    if (committed) jobs[i].done(std::move(outcomes[i]));
    if (!committed) jobs[i].done(std::unexpected(committed.error()));
  }
}

}  // namespace perspective::postgres

#include "store/writer.h"

#include <future>
#include <utility>

namespace perspective::store {
namespace {

// More than this in one transaction gains nothing and makes the first wait for the last.
constexpr std::size_t kMaxJobs = 256;

// A savepoint, so that one change can fail alone.
Result<void> run_alone(sqlite::Database& database, const Writer::Change& change) {
  if (auto begun = database.run("SAVEPOINT change"); !begun) return begun;
  auto outcome = change(database);
  if (!outcome) {
    if (auto undone = database.run("ROLLBACK TO change"); !undone) return undone;
  }
  if (auto released = database.run("RELEASE change"); !released) return released;
  return outcome;
}

}  // namespace

Writer::Writer(sqlite::Database database) : database_(std::move(database)), thread_([this] { work(); }) {}

Writer::~Writer() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Writer::submit(Change change, Done done) {
  {
    const std::lock_guard lock(mutex_);
    queue_.push_back({std::move(change), std::move(done)});
  }
  changed_.notify_one();
}

Result<void> Writer::run(Change change) {
  std::promise<Result<void>> promise;
  auto committed = promise.get_future();
  submit(std::move(change), [&promise](Result<void> outcome) { promise.set_value(std::move(outcome)); });
  return committed.get();
}

std::vector<Writer::Job> Writer::take() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return is_stopping_ || !queue_.empty(); });
  std::vector<Job> jobs;
  while (!queue_.empty() && jobs.size() < kMaxJobs) {
    jobs.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return jobs;
}

void Writer::work() {
  for (auto jobs = take(); !jobs.empty(); jobs = take()) {
    auto outcomes = commit(jobs);
    for (std::size_t i = 0; i < jobs.size(); ++i) jobs[i].done(std::move(outcomes[i]));
  }
}

std::vector<Result<void>> Writer::commit(const std::vector<Job>& jobs) {
  const auto all_fail = [&jobs](const Error& error) {
    return std::vector<Result<void>>(jobs.size(), std::unexpected(error));
  };
  if (broken_) return all_fail(*broken_);
  auto transaction = sqlite::Transaction::begin(database_);
  if (!transaction) return all_fail(transaction.error());
  std::vector<Result<void>> outcomes;
  outcomes.reserve(jobs.size());
  for (const auto& job : jobs) outcomes.push_back(run_alone(database_, job.change));
  const auto committed = transaction->commit();
  if (committed) return outcomes;
  if (!committed.error().retry) {
    broken_ = Error{ErrorCode::io,
                    committed.error().what +
                        "; nothing more is stored until the disk is looked at and the collector is "
                        "started again",
                    false};
  }
  return all_fail(committed.error());
}

}  // namespace perspective::store

#include "postgres/group_writer.h"

#include <utility>

#include "postgres/changes.h"

namespace perspective::postgres {
namespace {

// More than this in one transaction gains nothing and makes the first wait for the last.
constexpr std::size_t kMaxJobs = 256;
constexpr std::size_t kMaxBytes = 8 * 1024 * 1024;

std::size_t bytes_of(const store::Batch& batch) {
  std::size_t bytes = 0;
  for (const auto& envelope : batch.envelopes) bytes += envelope.body.size();
  return bytes;
}

}  // namespace

GroupWriter::GroupWriter(Connections& connections) : connections_(connections), thread_([this] { work(); }) {}

GroupWriter::~GroupWriter() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void GroupWriter::submit(store::Batch batch, store::PutDone done) {
  {
    const std::lock_guard lock(mutex_);
    queue_.push_back({std::move(batch), std::move(done)});
  }
  changed_.notify_one();
}

std::vector<GroupWriter::Job> GroupWriter::take() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return is_stopping_ || !queue_.empty(); });
  std::vector<Job> jobs;
  for (std::size_t bytes = 0; !queue_.empty() && jobs.size() < kMaxJobs && bytes < kMaxBytes;) {
    bytes += bytes_of(queue_.front().batch);
    jobs.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return jobs;
}

void GroupWriter::work() {
  for (auto jobs = take(); !jobs.empty(); jobs = take()) commit(jobs);
}

void GroupWriter::commit(const std::vector<Job>& jobs) {
  std::vector<const store::Batch*> batches;
  for (const auto& job : jobs) batches.push_back(&job.batch);
  std::vector<std::vector<store::PutOutcome>> outcomes;
  const auto committed = connections_.transact([&](Connection& connection) -> Result<void> {
    auto put = changes::put(connection, batches);
    if (!put) return std::unexpected(put.error());
    outcomes = std::move(*put);
    return {};
  });
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    if (committed) jobs[i].done(std::move(outcomes[i]));
    if (!committed) jobs[i].done(std::unexpected(committed.error()));
  }
}

}  // namespace perspective::postgres

#include "upload/uploader.h"

#include <algorithm>
#include <utility>

#include "base/log.h"

namespace perspective::upload {
namespace {

using std::chrono::steady_clock;
constexpr std::chrono::hours kBetweenFetches{6};
constexpr std::chrono::minutes kAfterFailedFetch{15};

using readiness::Reason;

// The same that a batch would have met.
Notice why_not_reached(const Error& error) {
  if (error.code == ErrorCode::unreachable) return Reason::collector_unreachable;
  if (error.code != ErrorCode::refused) return Reason::collector_not_understood;
  return error.retry ? Reason::kiosk_not_accepted : Reason::collector_unproven;
}

}  // namespace

Uploader::Uploader(outbox::Outbox& outbox, std::unique_ptr<Transport> transport, PackageShelf shelf, About about,
                   Told told)
    : outbox_(outbox),
      transport_(std::move(transport)),
      shelf_(std::move(shelf)),
      about_(std::move(about)),
      told_(std::move(told)),
      sender_(outbox, *transport_, [this](const std::string& inspection) { return terms_of(inspection); }),
      ledger_(outbox, *transport_),
      tokens_(outbox, *transport_, [this](const std::string& inspection) { return terms_of(inspection); }),
      thread_([this] { run(); }) {}

Uploader::~Uploader() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  transport_->interrupt();
  wakes_.notify_all();
  thread_.join();
}

void Uploader::envelope_waits() {
  {
    const std::lock_guard lock(mutex_);
    has_envelope_ = true;
  }
  wakes_.notify_all();
}

void Uploader::token_spent() {
  {
    const std::lock_guard lock(mutex_);
    has_token_ = true;
  }
  wakes_.notify_all();
}

void Uploader::send_now() {
  {
    const std::lock_guard lock(mutex_);
    is_to_send_now_ = true;
  }
  wakes_.notify_all();
}

void Uploader::soon(Task task) {
  {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
  }
  wakes_.notify_all();
}

void Uploader::do_tasks() {
  std::vector<Task> tasks;
  {
    const std::lock_guard lock(mutex_);
    tasks.swap(tasks_);
  }
  if (tasks.empty()) return;
  for (const auto& task : tasks) task();
  const auto are_open = [](const auto& packages) {
    return std::ranges::count_if(packages, &protocol::Package::is_fieldwork_open);
  };
  if (are_open(shelf_.load().packages) != are_open(packages_)) take_over_packages();  // a stick told of the end
  if (told_.outbox_changed) told_.outbox_changed();
}

void Uploader::run() {
  load_packages();
  while (!is_stopping()) {
    do_tasks();
    const bool is_asked = is_asked_to_send();
    Notice why_not;
    if (is_asked || steady_clock::now() >= fetch_at_) why_not = fetch_packages();
    const Notice notice = send_what_waits(is_asked);
    if (is_asked && !is_stopping() && told_.sent_now) told_.sent_now(notice ? notice : why_not);
    if (!retry_at_ && !is_stopping()) report_when_ended();
    report_tokens();
    sleep();
  }
}

void Uploader::load_packages() {
  auto loaded = shelf_.load();
  for (const auto& problem : loaded.problems) log::error(problem.what);
  packages_ = std::move(loaded.packages);
  withheld_ = std::move(loaded.withheld);
}

Notice Uploader::fetch_packages() {
  const auto fetched = shelf_.fetch(*transport_, protocol::headers_of(report()));
  if (is_stopping()) return {};
  fetch_at_ = steady_clock::now() + (fetched ? std::chrono::minutes(kBetweenFetches) : kAfterFailedFetch);
  const auto problem = fetched ? std::string() : fetched.error().what;
  // Once, not every quarter of an hour.
  if (!problem.empty() && last_fetch_problem_ != problem) log::warning("packages: " + problem);
  last_fetch_problem_ = problem;
  if (!fetched) return why_not_reached(fetched.error());
  list_tag_ = fetched->tag;
  for (const auto& refused : fetched->problems) log::error(refused);
  if (told_.is_connected) told_.is_connected(*transport_);
  if (fetched->is_changed) take_over_packages();
  return {};
}

void Uploader::take_over_packages() {
  load_packages();
  retry_at_.reset();  // the end of fieldwork lets all go
  ledger_at_ = {};
  tokens_at_.reset();
  if (told_.packages_changed) told_.packages_changed(packages_);
}

bool Uploader::is_asked_to_send() {
  const std::lock_guard lock(mutex_);
  return std::exchange(is_to_send_now_, false);
}

Notice Uploader::send_what_waits(bool is_asked) {
  if (is_asked) {
    sender_.let_all_go();
    tokens_.let_all_go();
    retry_at_.reset();
    tokens_at_.reset();
  }
  {
    const std::lock_guard lock(mutex_);
    if (retry_at_ && steady_clock::now() < *retry_at_) return {};
    has_envelope_ = false;
  }
  const auto step = send_all_that_may();
  retry_at_ = step.next == Step::Next::later ? std::optional(steady_clock::now() + std::chrono::seconds(step.wait_s))
                                             : std::nullopt;
  return step.notice;
}

void Uploader::report_when_ended() {
  if (steady_clock::now() < ledger_at_) return;
  std::vector<std::string> ended;
  for (const auto& package : packages_) {
    // Where fieldwork goes on elsewhere the collector takes no counts yet.
    const bool is_withheld = std::ranges::find(withheld_, package.inspection) != withheld_.end();
    if (!package.is_fieldwork_open && !is_withheld) ended.push_back(package.inspection);
  }
  const Step step = ledger_.step(ended);
  if (is_stopping()) return;
  if (step.notice) notice(step.notice);
  if (step.next == Step::Next::later) ledger_at_ = steady_clock::now() + std::chrono::seconds(step.wait_s);
}

Step Uploader::send_all_that_may() {
  Step step;
  bool is_changed = false;
  bool has_sent = false;
  do {
    step = sender_.step();
    if (is_stopping()) return step;
    notice(step.notice);
    has_sent |= step.next == Step::Next::again;
    is_changed = !step.packages_tag.empty() && step.packages_tag != list_tag_ && step.packages_tag != heard_tag_;
    if (!is_changed) continue;
    heard_tag_ = step.packages_tag;  // once, whatever comes of it
    fetch_packages();
  } while ((step.next == Step::Next::again || is_changed) && !is_stopping());
  if (has_sent && step.next == Step::Next::idle && is_fieldwork_over()) fetch_packages();
  return step;
}

// As the start screen has it: set aside is waiting too, for a person, and so is a visit, whatever became of it.
protocol::SelfReport Uploader::report() const {
  const auto waiting = outbox_.waiting();
  const auto set_aside = outbox_.quarantined();
  const auto visited = outbox_.visited();
  protocol::SelfReport report{.program = about_.program, .clock_s = about_.clock.now_s(), .is_waiting = {}};
  if (waiting && set_aside && visited) {
    report.is_waiting = !waiting->empty() || !set_aside->empty() || !visited->empty();
  }
  return report;
}

bool Uploader::is_fieldwork_over() const {
  return std::ranges::none_of(packages_, &protocol::Package::is_fieldwork_open);
}

// A failure here is told as such: none of these requests goes before several visits have spent theirs, then after a
// pause of chance, so that it says nothing of the last one.
void Uploader::report_tokens() {
  if (is_stopping()) return;
  {
    const std::lock_guard lock(mutex_);
    if (tokens_at_ && steady_clock::now() < *tokens_at_) return;
    has_token_ = false;
  }
  Step step;
  do {
    step = tokens_.step();
    if (is_stopping()) return;
  } while (step.next == Step::Next::again);
  tokens_at_ = step.next == Step::Next::later ? std::optional(steady_clock::now() + std::chrono::seconds(step.wait_s))
                                              : std::nullopt;
  const bool are_late = step.notice.has_value();
  if (std::exchange(are_tokens_late_, are_late) != are_late) tell_notice();
}

void Uploader::notice(const Notice& notice) {
  notice_ = notice;
  tell_notice();
}

// What stops answers explains what stops tokens; where none waits it would not be shown.
void Uploader::tell_notice() {
  const auto state = outbox_.state();
  const bool is_explained = notice_ && (!state || *state != outbox::State::empty);
  const Notice told = are_tokens_late_ && !is_explained ? Notice(Reason::tokens_not_reported) : notice_;
  const auto code = told ? readiness::code_of(*told) : std::string_view();
  if (auto set = outbox_.set_notice(code); !set) log::error(set.error().what);
  if (told_.outbox_changed) told_.outbox_changed();
}

void Uploader::sleep() {
  std::unique_lock lock(mutex_);
  // While a retry is due later, a new envelope waits with the others.
  const auto is_woken = [this] {
    return is_stopping_ || is_to_send_now_ || !tasks_.empty() || (has_envelope_ && !retry_at_) ||
           (has_token_ && !tokens_at_);
  };
  auto until = fetch_at_;
  if (retry_at_) until = std::min(until, *retry_at_);
  if (tokens_at_) until = std::min(until, *tokens_at_);
  if (ledger_at_ > steady_clock::now()) until = std::min(until, ledger_at_);
  wakes_.wait_until(lock, until, is_woken);
}

bool Uploader::is_stopping() {
  const std::lock_guard lock(mutex_);
  return is_stopping_;
}

Sender::Terms Uploader::terms_of(const std::string& inspection) const {
  const auto found = std::ranges::find(packages_, inspection, &protocol::Package::inspection);
  if (found == packages_.end()) return {};
  return {.receipt_key = found->receipt_key,
          .envelope_bytes = found->envelope_bytes,
          .at_least = found->is_fieldwork_open ? found->smallest_batch : 1,
          .has_fieldwork_ended = !found->is_fieldwork_open};
}

}  // namespace perspective::upload

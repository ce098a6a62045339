#include "keeper/keeper.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

#include "base/log.h"
#include "keeper/isolation.h"
#include "keeper/package_memory.h"

namespace perspective::keeper {
namespace {

using std::chrono::milliseconds;
constexpr int kForever = -1;

sigset_t our_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGCHLD);
  return set;
}

std::unexpected<Error> system_error() {
  return fail(ErrorCode::io, "keeper: " + std::generic_category().message(errno));
}

}  // namespace

void block_signals() {
  const auto set = our_signals();
  ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

Result<std::unique_ptr<Keeper>> Keeper::create(Parts parts) {
  auto draft = DraftMemory::create();
  if (!draft) return std::unexpected(draft.error());
  if (!draft->is_locked() && swap_is_on()) {
    return fail(
        ErrorCode::refused,
        "the draft of a visit could be written to the swap space: turn swap off (swapoff -a) or raise the limit "
        "on locked memory (ulimit -l)");
  }
  // Once, here: a line of each child would tell of each visit.
  if (!lock_memory() && swap_is_on()) {
    log::warning(
        "answers on the screen could be written to the swap space: turn swap off (swapoff -a) or raise the limit on "
        "locked memory (ulimit -l unlimited)");
  }
  std::unique_ptr<Keeper> keeper(new Keeper(std::move(parts), std::move(*draft)));
  if (auto prepared = keeper->prepare(); !prepared) return std::unexpected(prepared.error());
  return keeper;
}

Result<void> Keeper::prepare() {
  const auto set = our_signals();
  signals_ = ::signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
  wakes_ = ::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (signals_ < 0 || wakes_ < 0) return system_error();
  write_off_visits();
  tell_state();
  return replace_package_memory(std::exchange(parts_.packages, {}));
}

Keeper::~Keeper() {
  draft_.wipe();
  for (const int descriptor : {packages_, signals_, wakes_}) {
    if (descriptor >= 0) ::close(descriptor);
  }
}

Result<void> Keeper::replace_package_memory(const std::vector<std::string>& packages) {
  const auto sealed = seal_packages(packages);
  if (!sealed) return std::unexpected(sealed.error());
  if (packages_ >= 0) ::close(packages_);
  packages_ = *sealed;
  return {};
}

Result<void> Keeper::run() {
  Result<bool> goes_on = true;
  while (goes_on && *goes_on) goes_on = turn();
  for (auto* child : {&shown_, &ahead_}) {
    if (*child) (*child)->end();
    child->reset();
  }
  leaving_.clear();
  draft_.wipe();
  write_off_visits();
  if (!goes_on) return std::unexpected(goes_on.error());
  return {};
}

// Where the disk has no room for it, the next visit that begins makes up for it.
void Keeper::write_off_visits() {
  if (auto done = parts_.outbox->write_off_visits(); !done && !done.error().retry) log::error(done.error().what);
}

Result<bool> Keeper::turn() {
  if (auto kept = keep_children(); !kept) return std::unexpected(kept.error());
  std::array<pollfd, 4> sources{{{signals_, POLLIN, 0},
                                 {wakes_, POLLIN, 0},
                                 {shown_ ? shown_->channel().descriptor() : -1, POLLIN, 0},
                                 {ahead_ ? ahead_->channel().descriptor() : -1, POLLIN, 0}}};
  if (::poll(sources.data(), sources.size(), wait_ms()) < 0 && errno != EINTR) return system_error();
  // Messages before exits: a child's last word counts.
  if (sources[2].revents != 0) take_messages(shown_);
  if (sources[3].revents != 0) take_messages(ahead_);
  const bool is_told_to_end = take_signals();
  take_wakes();
  if (may_heal() && std::chrono::steady_clock::now() >= look_again_at_) tell_state();
  take_exits();
  const std::lock_guard lock(mutex_);
  return !is_told_to_end && !is_stopping_;
}

int Keeper::wait_ms() const {
  std::optional<Time> next;
  const auto consider = [&next](Time time) { next = next ? std::min(*next, time) : time; };
  for (const auto& [child, time] : leaving_) consider(time);
  if (!ahead_ && failed_starts_ > 0) consider(start_not_before_);
  if (may_heal()) consider(look_again_at_);
  if (!next) return kForever;
  const auto left = std::chrono::ceil<milliseconds>(*next - std::chrono::steady_clock::now());
  return static_cast<int>(std::max(left, milliseconds{0}).count());
}

bool Keeper::take_signals() {
  bool is_told_to_end = false;
  signalfd_siginfo signal{};
  while (::read(signals_, &signal, sizeof signal) == sizeof signal) is_told_to_end |= signal.ssi_signo != SIGCHLD;
  return is_told_to_end;
}

void Keeper::take_wakes() {
  eventfd_t count = 0;
  if (::eventfd_read(wakes_, &count) != 0) return;
  std::optional<std::vector<std::string>> packages;
  std::optional<NowSent> sent;
  std::optional<StickUsed> stick;
  {
    const std::lock_guard lock(mutex_);
    packages = std::exchange(next_packages_, std::nullopt);
    sent = std::exchange(sent_, std::nullopt);
    stick = std::exchange(stick_, std::nullopt);
  }
  tell_state();
  if (sent && shown_ && !shown_->channel().send(*sent))
    log::warning("the window's process went away while all was sent");
  if (stick && shown_ && !shown_->channel().send(*stick))
    log::warning("the window's process went away while a stick was written");
  if (!packages) return;
  if (auto replaced = replace_package_memory(*packages); !replaced) {
    log::error(replaced.error().what);
    return;
  }
  ahead_.reset();  // it has the old ones
  wants_fresh_child_ = true;
}

void Keeper::announce() { ::eventfd_write(wakes_, 1); }

void Keeper::use_packages(std::vector<std::string> packages) {
  {
    const std::lock_guard lock(mutex_);
    next_packages_ = std::move(packages);
  }
  ::eventfd_write(wakes_, 1);
}

void Keeper::tell_sent(std::optional<readiness::Reason> why_not) {
  {
    const std::lock_guard lock(mutex_);
    sent_ = NowSent{why_not};
  }
  ::eventfd_write(wakes_, 1);
}

void Keeper::tell_stick(const readiness::StickNews& news) {
  {
    const std::lock_guard lock(mutex_);
    stick_ = StickUsed{news};
  }
  ::eventfd_write(wakes_, 1);
}

void Keeper::stop() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  ::eventfd_write(wakes_, 1);
}

}  // namespace perspective::keeper

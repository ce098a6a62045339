// The parent of the window: it holds the outbox and the draft, and always has a child to show.
//
// Promise:   one visit a child. The next child is started ahead, hidden, and shown when the visit ends; the ended one
//            exits, and with it the memory that held answers. A child that ends in any other way was a crash: the next
//            one is shown with its draft; after two crashes in one visit the draft is dropped, as it may be the cause.
//            Only of children that had it: one that dies before it has looked at the draft (as when the display takes
//            both children with it) costs nobody an answer.
//            A visit that ends as it should, and the end of the keeper, wipe the draft.
//            Each visit is counted as it begins and as it ends, however it ends; one that a power cut ended, when the
//            keeper is made again.
//            An envelope is put durably before the child hears put_ok; once in a visit, however many children of it
//            ask: the first may have been sent on, and removed, by then. Idle costs no wake-up while all is well; while
//            something is wrong that may end by itself (a full disk, a wrong clock) it looks again now and then.
//            A token is spent durably before the child hears so, and one a visit: asked again in the same visit, by a
//            child after a crash, that one is its still, whichever slip was typed the second time.
//            A PIN is judged here, not in the child: whoever ends the child ends no lock.
//            No answer reaches the keeper but sealed, or as bytes that it never reads (draft_memory.h).
// Errors:    run(): io when children keep ending before their window opens; what to do stands in the log above it.
// Ownership: refers to the outbox; owns children, channels and the draft's memory.
// Threads:   run() on one, the one that blocks SIGTERM, SIGINT and SIGCHLD (as every other thread must). announce(),
//            use_packages(), tell_sent(), tell_stick() and stop() from any.
#pragma once

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "keeper/channel.h"
#include "keeper/child_process.h"
#include "keeper/draft_memory.h"
#include "keeper/pin_lock.h"
#include "outbox/outbox.h"
#include "readiness/reason.h"

namespace perspective::keeper {

// How it is with the outbox, and with all else that others know of.
State state_of(outbox::Outbox& outbox, readiness::Reasons others);

// Call in main before any thread is started: run() receives these signals itself.
void block_signals();

class Keeper {
 public:
  static constexpr int kCrashesOfOneDraft = 2;
  static constexpr int kFailedStarts = 6;  // in a row: give up

  struct Parts {
    outbox::Outbox* outbox = nullptr;
    std::function<void()> envelope_waits;    // or a visit ended: tell the uploader; called on run()'s thread
    std::function<void()> token_spent;       // the same of tokens
    std::function<bool()> send_now;          // likewise: a supervisor asked for it; false: nobody can send
    std::function<bool()> use_stick;         // likewise: what waits goes to a stick; false: nobody can
    std::function<std::string()> look_over;  // likewise: the facts of a readiness report
    Program child;
    std::vector<std::string> packages;             // JSON of those that were verified
    std::function<readiness::Reasons()> others;    // what else the supervisor must know; called on run()'s thread
    std::optional<PinLock> pin;                    // nothing: none is set
    std::chrono::milliseconds look_again{10'000};  // while there is a reason that may go by itself
  };
  static Result<std::unique_ptr<Keeper>> create(Parts parts);
  ~Keeper();
  Keeper(const Keeper&) = delete;
  Keeper& operator=(const Keeper&) = delete;

  Result<void> run();  // until SIGTERM, SIGINT or stop()

  void announce();                                           // the outbox changed: tell the child
  void use_packages(std::vector<std::string> packages);      // from the next child on; an idle one makes room for it
  void tell_sent(std::optional<readiness::Reason> why_not);  // how it went that was asked for by send_now
  void tell_stick(const readiness::StickNews& news);         // the same of use_stick
  void stop();

 private:
  using Time = std::chrono::steady_clock::time_point;

  Keeper(Parts parts, DraftMemory draft) : parts_(std::move(parts)), draft_(std::move(draft)) {}
  Result<void> prepare();
  Result<void> replace_package_memory(const std::vector<std::string>& packages);

  // The loop.
  Result<bool> turn();  // false: the end
  int wait_ms() const;
  bool take_signals();
  void take_wakes();
  void take_messages(std::optional<ChildProcess>& child);
  void take_message(ChildProcess& child, const Message& message);
  void take_exits();

  // Children.
  Result<void> keep_children();
  Result<void> start_ahead();
  void promote();
  void judge_end_of_shown();
  void begin_visit(const std::string& inspection);
  void forget_visit();
  void count_end(outbox::Ending ending);
  void write_off_visits();
  void count_failed_start();
  void retire_shown();
  void try_pin(const ChildProcess& child, const SecretBytes& pin);
  void withdraw(const ChildProcess& child, const Withdraw& wanted);
  void send_now();
  void use_stick();
  void look_over(const ChildProcess& child);
  void put(const ChildProcess& child, const outbox::Envelope& envelope);
  void count_deleted(const ChildProcess& child);
  void spend(const ChildProcess& child, const outbox::Token& token);
  void tell_state();
  bool may_heal() const;

  Parts parts_;
  DraftMemory draft_;
  int packages_ = -1;
  int signals_ = -1;
  int wakes_ = -1;
  State told_;
  std::optional<ChildProcess> shown_;
  std::optional<ChildProcess> ahead_;
  std::vector<std::pair<ChildProcess, Time>> leaving_;  // and when patience ends
  std::optional<std::string> visit_of_;                 // the inspection of the visit in progress
  int crashes_ = 0;
  std::optional<outbox::Id> stored_;         // the envelope of this visit
  std::optional<outbox::TokenProof> spent_;  // its token
  int failed_starts_ = 0;
  Time start_not_before_{};
  Time look_again_at_{};
  bool wants_fresh_child_ = false;

  std::mutex mutex_;  // of what other threads hand over
  bool is_stopping_ = false;
  std::optional<std::vector<std::string>> next_packages_;
  std::optional<NowSent> sent_;
  std::optional<StickUsed> stick_;
};

}  // namespace perspective::keeper

// The half of the keeper that deals with its children; keeper.cc has the loop.
#include <algorithm>
#include <tuple>
#include <utility>

#include "base/log.h"
#include "keeper/keeper.h"

namespace perspective::keeper {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
constexpr milliseconds kPatience{5000};   // for a child to exit after its visit
constexpr milliseconds kFirstDelay{100};  // before a start that follows a failed one; doubled each time

}  // namespace

// One child on the screen, one behind it: the second is started only once the first has its window, so that they do
// not slow each other down.
Result<void> Keeper::keep_children() {
  if (failed_starts_ >= kFailedStarts) {
    return fail(ErrorCode::io, "the window could not be opened " + std::to_string(kFailedStarts) +
                                   " times in a row. Is there a display (DISPLAY), and are the assets where they "
                                   "should be? The lines above say more");
  }
  if (!shown_ && ahead_) promote();
  if (ahead_ || (shown_ && !shown_->is_ready)) return {};
  if (failed_starts_ > 0 && steady_clock::now() < start_not_before_) return {};
  if (auto started = start_ahead(); !started) return started;
  if (!shown_) promote();
  return {};
}

Result<void> Keeper::start_ahead() {
  auto child = ChildProcess::start(parts_.child, packages_, draft_.descriptor());
  if (!child) return std::unexpected(child.error());
  // A child that is gone already is found by its exit.
  const bool is_there = child->channel().send(told_) && (!parts_.pin || child->channel().send(HasPin{}));
  if (is_there) ahead_ = std::move(*child);
  if (!ahead_) count_failed_start();
  return {};
}

void Keeper::promote() {
  shown_ = std::exchange(ahead_, std::nullopt);
  if (!shown_->channel().send(Show{})) log::warning("the window's process went away before it was shown");
}

void Keeper::take_messages(std::optional<ChildProcess>& child) {
  // take_message() may move the child on: ask again each time.
  while (child) {
    const pid_t id = child->id();
    auto message = child->channel().receive();
    if (!message) {
      child->end();
      return;
    }
    if (!*message) return;
    take_message(*child, **message);
    if (!child || child->id() != id) return;
  }
}

void Keeper::take_message(ChildProcess& child, const Message& message) {
  const bool is_shown = shown_ && shown_->id() == child.id();
  if (std::holds_alternative<Ready>(message)) {
    child.is_ready = true;
    failed_starts_ = 0;
    if (!is_shown && wants_fresh_child_) retire_shown();
  } else if (!is_shown) {
    child.end();  // nobody sees it: it has nothing to say
  } else if (const auto* started = std::get_if<VisitStarted>(&message)) {
    child.has_visit = true;
    begin_visit(started->inspection);
  } else if (std::holds_alternative<DraftTaken>(message)) {
    child.has_visit = true;
  } else if (std::holds_alternative<Deleted>(message)) {
    count_deleted(child);
  } else if (const auto* put_request = std::get_if<Put>(&message)) {
    put(child, put_request->envelope);
  } else if (const auto* spend_request = std::get_if<Spend>(&message)) {
    spend(child, spend_request->token);
  } else if (const auto* typed = std::get_if<TryPin>(&message)) {
    try_pin(child, typed->pin);
  } else if (const auto* wanted = std::get_if<Withdraw>(&message)) {
    withdraw(child, *wanted);
  } else if (std::holds_alternative<SendNow>(message)) {
    send_now();
  } else if (std::holds_alternative<UseStick>(message)) {
    use_stick();
  } else if (std::holds_alternative<LookOver>(message)) {
    look_over(child);
  } else if (const auto* ended = std::get_if<VisitEnded>(&message)) {
    const auto ending = ended->ending;
    child.has_ended = true;
    forget_visit();
    leaving_.emplace_back(std::move(*std::exchange(shown_, std::nullopt)), steady_clock::now() + kPatience);
    if (ahead_) promote();  // first: the disk may be slow
    count_end(ending);
  } else {
    child.end();  // a message of ours, sent back
  }
}

void Keeper::take_exits() {
  const auto now = steady_clock::now();
  std::erase_if(leaving_, [now](auto& entry) { return entry.first.has_exited() || entry.second <= now; });
  if (ahead_ && ahead_->has_exited()) {
    if (!ahead_->is_ready) count_failed_start();
    ahead_.reset();
  }
  if (!shown_ || !shown_->has_exited()) return;
  // What it said before it went; if that was the end of its visit, the next one is shown by now.
  const pid_t id = shown_->id();
  take_messages(shown_);
  if (shown_ && shown_->id() == id) judge_end_of_shown();
}

void Keeper::judge_end_of_shown() {
  if (!shown_->is_ready) count_failed_start();
  const bool had_draft = shown_->has_visit;
  shown_.reset();
  // The same words whether or not there was a visit: the log tells nothing of visits.
  log::error("the window's process ended by itself; the next one takes its place");
  if (had_draft) ++crashes_;
  if (!draft_.is_empty() && crashes_ < kCrashesOfOneDraft) return;
  forget_visit();
  count_end(outbox::Ending::lost);
}

// Where that cannot be written no visit can be kept, and the state says why. So it does when something else has filled
// the disk since: now, not when all is answered.
void Keeper::begin_visit(const std::string& inspection) {
  visit_of_ = inspection;
  std::ignore = parts_.outbox->begin_visit(inspection);
  tell_state();
}

// After the draft is forgotten. Where it cannot be written, the visit is written off when the next one begins.
void Keeper::count_end(outbox::Ending ending) {
  const auto inspection = std::exchange(visit_of_, std::nullopt);
  if (!inspection) return;
  if (!parts_.outbox->end_visit(*inspection, ending)) tell_state();
  if (parts_.envelope_waits) parts_.envelope_waits();
}

void Keeper::forget_visit() {
  draft_.wipe();
  crashes_ = 0;
  stored_.reset();
  spent_.reset();
}

void Keeper::count_failed_start() {
  const auto delay = kFirstDelay * (1 << std::min(failed_starts_, 6));
  ++failed_starts_;
  start_not_before_ = steady_clock::now() + delay;
}

// A child between visits makes room for one with newer packages.
void Keeper::retire_shown() {
  wants_fresh_child_ = false;
  if (!shown_ || shown_->has_visit || !draft_.is_empty()) return;
  shown_->ask_to_end();
  leaving_.emplace_back(std::move(*std::exchange(shown_, std::nullopt)), steady_clock::now() + kPatience);
  promote();
}

void Keeper::try_pin(const ChildProcess& child, const SecretBytes& pin) {
  if (!parts_.pin) return;
  const auto verdict = parts_.pin->judge(pin.view(), steady_clock::now());
  const PinTried tried{.is_right = verdict.is_right, .locked_s = static_cast<std::uint32_t>(verdict.locked.count())};
  if (!child.channel().send(tried)) log::warning("the window's process went away while a PIN was looked at");
}

void Keeper::send_now() {
  if (!parts_.send_now || !parts_.send_now()) tell_sent(readiness::Reason::enrolment_damaged);
}

void Keeper::use_stick() {
  if (!parts_.use_stick || !parts_.use_stick()) tell_stick({.fate = readiness::StickFate::not_enrolled});
}

void Keeper::look_over(const ChildProcess& child) {
  if (!parts_.look_over) return;
  if (!child.channel().send(LookedOver{parts_.look_over()})) log::warning("the window's process went away");
}

void Keeper::put(const ChildProcess& child, const outbox::Envelope& envelope) {
  const auto stored = stored_ == envelope.id ? Result<void>() : parts_.outbox->put(envelope);
  if (stored) stored_ = envelope.id;
  const Message answer = stored ? Message(PutOk{}) : Message(PutFailed{stored.error().code, stored.error().what});
  if (!child.channel().send(answer)) log::warning("the window's process went away while its envelope was stored");
  if (stored && parts_.envelope_waits) parts_.envelope_waits();
  if (!stored && stored.error().code != ErrorCode::conflict) log::error(stored.error().what);
  tell_state();
}

// What was deleted is counted here and now, by the same writing that a put does, and the window waits for both. The
// visit goes on to its last screen.
void Keeper::count_deleted(const ChildProcess& child) {
  if (visit_of_) std::ignore = parts_.outbox->count_stopped(*visit_of_);
  if (!child.channel().send(PutOk{})) log::warning("the window's process went away while its envelope was stored");
  if (parts_.envelope_waits) parts_.envelope_waits();
  tell_state();
}

void Keeper::spend(const ChildProcess& child, const outbox::Token& token) {
  TokenAnswer answer{TokenFate::spent};
  if (!spent_) {
    const auto spending = parts_.outbox->spend(token);
    if (!spending) {
      log::error(spending.error().what);
      answer.fate = TokenFate::not_kept;
    } else if (*spending == outbox::Spending::spent_before) {
      answer.fate = TokenFate::spent_before;
    } else {
      spent_ = token.proof;
    }
  }
  if (!child.channel().send(answer)) log::warning("the window's process went away while its token was spent");
  if (answer.fate == TokenFate::spent && parts_.token_spent) parts_.token_spent();
  tell_state();
}

void Keeper::withdraw(const ChildProcess& child, const Withdraw& wanted) {
  Result<void> done;
  for (const auto& [id, inspection] : wanted.wishes) {
    if (done) done = parts_.outbox->withdraw(inspection, id);
  }
  const Message answer = done ? Message(PutOk{}) : Message(PutFailed{done.error().code, done.error().what});
  if (!child.channel().send(answer)) log::warning("the window's process went away while answers were taken back");
  if (parts_.envelope_waits) parts_.envelope_waits();
  if (!done) log::error(done.error().what);
  tell_state();
}

State state_of(outbox::Outbox& outbox, readiness::Reasons others) {
  using readiness::Reason;
  const auto state = outbox.state();
  if (!state || *state == outbox::State::full) {
    others.insert(state && outbox.is_sound() ? Reason::disk_full : Reason::disk_broken);
  }
  const auto notice = readiness::reason_of(outbox.notice().value_or(""));
  if (notice) others.insert(*notice);
  return {state.value_or(outbox::State::full), readiness::without_echoes(std::move(others))};
}

bool Keeper::may_heal() const {
  return std::ranges::any_of(told_.reasons, [](auto reason) {
    if (reason == readiness::Reason::pin_missing) return false;  // one is set while no kiosk runs
    const auto weight = readiness::weight_of(reason);
    return weight == readiness::Weight::stops_visits || weight == readiness::Weight::warning;
  });
}

void Keeper::tell_state() {
  auto now = state_of(*parts_.outbox, parts_.others ? parts_.others() : readiness::Reasons());
  look_again_at_ = steady_clock::now() + parts_.look_again;
  if (now == told_) return;
  told_ = std::move(now);
  for (const auto* child : {&shown_, &ahead_}) {
    // One that is gone is found by its exit.
    if (*child && !(*child)->channel().send(told_)) continue;
  }
}

}  // namespace perspective::keeper

// Everything of the kiosk's child but its window: visit, focus, what would be said, sealing.
//
// Promise:   nothing leaves it but drafts (for the keeper's locked memory), and envelopes that are sealed. Thanks are
//            shown only after put_finished(ok); when it fails the answers stay and the screen says to ask for help.
//            Trying again puts the same bytes again. After the end no answer is kept.
//            Whoever deletes sees the same outward screens as whoever sends, for the same time.
//            Whoever takes answers back sees the same screens whatever there was.
//            No visit starts that could not be sealed or kept, as far as that can be known then.
//            A PIN is typed into locked memory, handed over once, and said or shown nowhere.
// Errors:    none hold an answer.
// Ownership: owns copies of all that it is given.
// Threads:   one; the host's functions are called on it, from within handle(), press(), write().
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/focus.h"
#include "access/input_map.h"
#include "access/listening.h"
#include "access/speaker.h"
#include "access/verb.h"
#include "app/assets.h"
#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "envelope/identity.h"
#include "protocol/package.h"
#include "readiness/report.h"
#include "readiness/stick.h"
#include "screen/screen.h"
#include "staff/staff.h"
#include "visit/visit.h"

namespace perspective::app {

// That nothing with this id be kept, here or at the collector.
struct Withdrawal {
  std::string inspection;
  envelope::EnvelopeId id{};
};

struct Host {
  // The draft after each change; empty: forget it.
  std::function<void(std::string json)> save_draft;
  // Durably, please; the answer comes back through put_finished(). Asked again by the child after a crash, for the same
  // id: that one is there, if it is.
  std::function<void(const std::string& inspection, const envelope::EnvelopeId& id, Bytes envelope)> put;
  // All was deleted: that is written down as an envelope would be, and the answer comes back through put_finished()
  // too. A disk may be slow, and whoever watches the clock is not to see which of the two it was.
  std::function<void()> count_deleted = {};
  // Durably, please, before the first question; the answer comes back through token_answered(). Asked again after a
  // crash: it is this visit's still.
  std::function<void(const std::string& inspection, const protocol::TokenProof& proof)> spend_token = {};
  // Durably too, all of them; the answer comes back in the same way.
  std::function<void(const std::vector<Withdrawal>& withdrawals)> withdraw = {};
  // Call waited() after so long, with the screen drawn.
  std::function<void(std::chrono::milliseconds)> wait;
  // Call idled() after so long, in place of the last such wish; zero: never mind.
  std::function<void(std::chrono::milliseconds)> wait_for_input;
  // Call scan_on() after so long, in place of the last such wish; zero: never mind.
  std::function<void(std::chrono::milliseconds)> wait_to_scan;
  // Says what changed, where the person has chosen so; null: nobody does. Outlives the app.
  access::Speaker* speaker = nullptr;
  // Where it comes out, until set_outlet() knows better.
  access::Outlet outlet = access::Outlet::loudspeaker;
  // Whether that is the supervisor's PIN; the answer comes back through pin_tried().
  std::function<void(SecretBytes pin)> try_pin = {};
  // All that waits, however few; how it went comes back through now_sent().
  std::function<void()> send_now = {};
  // What waits goes to a USB stick; how it went comes back through stick_used().
  std::function<void()> use_stick = {};
  // What the readiness report tells; it comes back through looked_over().
  std::function<void()> look_over = {};
  // A visit of this inspection began (the supervisor pressed "start"). Not where somebody takes answers back: that is
  // none.
  std::function<void(const std::string& inspection)> visit_started;
  // It is over and the draft is forgotten: this process may end now, the next child has been started ahead.
  std::function<void(visit::Ending)> visit_ended;
};

// What became of a PIN. locked: none is looked at before so many seconds have passed.
struct PinAnswer {
  bool is_right = false;
  int locked_s = 0;
};

class App {
 public:
  static App create(Assets assets, const std::vector<protocol::Package>& packages, Host host);
  App(App&&) noexcept;
  App& operator=(App&&) noexcept;
  ~App();

  // Brings a visit back after a crash: the same screen, answers and settings; one that was being sent, or deleted, goes
  // on by itself. Errors: as Visit::from_draft, not_found where the draft's questionnaire is not among the packages.
  Result<void> restore(std::string_view draft);
  void set_status(staff::Status status);     // of the start screen; ends a visit that has only begun and cannot be kept
  void looked_over(readiness::Facts facts);  // all but where sound comes out
  // Headphones went in: whoever put them in is read to. They went out: silence, and the screen says so.
  void set_outlet(access::Outlet outlet);
  // A screen reader of the person's own came, or went. While it is there our voice does not begin by itself, and stops
  // when it comes; whoever switches the sound on wants both.
  void set_screen_reader(bool is_there);
  void sound_changed();  // the speaker is heard, or is not heard any more
  void put_finished(Result<void> outcome);
  enum class TokenFate { spent, spent_before, not_kept };
  void token_answered(TokenFate fate);
  // There is a PIN, from now on: asked for before all else, after each visit, and after nobody was there for a while.
  void lock();
  void pin_tried(PinAnswer answer);
  void now_sent(std::optional<readiness::Reason> why_not);  // nothing: all that waited was
  void stick_used(readiness::StickNews news);
  void waited();   // what the host was asked to wait for is over
  void idled();    // nobody did anything for as long as the host was asked to wait
  void scan_on();  // the highlight has stayed for as long as the host was asked to wait
  // Somebody touched or pressed anything at all, with a meaning or without. True: that was needed to bring back what
  // was there before the screen was hidden or the warning came, and does nothing else.
  bool notice_input();
  // The same for a finger or a mouse. Where the picture is off, the first touch says how to get it back, the second
  // does.
  bool notice_touch();
  // The touch fell beside everything: perhaps larger targets would help.
  void notice_miss();
  // What is to be drawn in place of screen(), which is what is said and done; nothing: the screen itself.
  std::optional<screen::Screen> cover() const;
  // Said by the window, which alone knows; holds until the next screen. Pressing "more" is the window's to do.
  void set_more(screen::More more);

  // What is there now. The serial grows with every change of screen or focus.
  const screen::Screen& screen() const;
  const std::vector<std::string>& lit() const;  // what a scan is on: one item, which has the focus, or a group
  const std::optional<std::string>& focused() const;
  std::uint64_t serial() const;
  const visit::Settings& settings() const;                    // of the visit; on the start screen the default
  std::optional<access::SpokenWord> word_now() const;         // that is heard now
  const std::string* picture(const std::string& name) const;  // SVG, of the visit's questionnaire; null: none
  const std::vector<access::Said>& to_say() const;            // what the narrator has for the last change, in order

  // What people do. An id that is not there, or disabled, does nothing.
  void press(std::string_view id);                    // touch and mouse: focus goes there too
  void focus(std::string_view id);                    // without doing anything
  access::Taken control(const access::Press& press);  // first of all: it may be a switch
  void handle(const access::Verb& verb);              // scrolling is the window's
  void write(std::string_view id, std::string text);  // an entry's whole new text
  // At the entry's caret: visit::Insert, Erase, MoveCaret or PlaceCaret. The focus goes there.
  void edit(std::string_view id, const visit::Action& action);

 private:
  access::Taken pick();
  struct State;
  explicit App(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace perspective::app

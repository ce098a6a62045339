// What the app remembers, and how it changes: the inside of App. app.h has the promises.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "access/narrator.h"
#include "access/scanner.h"
#include "app/app.h"
#include "app/offer.h"
#include "app/seal.h"
#include "base/secret.h"
#include "staff/desk.h"

namespace perspective::app {

struct App::State {
  Assets assets;
  Offer offer;
  std::optional<Questions> withdrawal;  // what somebody is asked who takes answers back
  Host host;
  staff::Status status;
  staff::Desk desk;                        // between visits
  SecretBytes pin{staff::kMostPinDigits};  // the first desk.typed of it
  visit::Settings resting;                 // of the start screen
  std::optional<visit::Visit> visit;
  bool is_work_due = false;      // of sending or deleting, once the screen says so
  bool is_resting = false;       // and the screen is to stay for a while yet
  std::optional<bool> is_done;   // what became of the work; nothing: not known yet
  std::optional<Sealed> sealed;  // this visit's envelope, until it is put
  screen::Screen screen;
  std::optional<std::string> focused;
  std::vector<access::Said> to_say;
  bool is_paused = false;  // the speech
  bool has_screen_reader = false;
  bool is_cover_touched = false;  // once, since a key was used
  std::uint64_t serial = 1;
  screen::More more = screen::More::none;
  access::Scanner scanner;
  SecretBytes undone;      // the draft, before what a switch pressed last; empty: nothing to undo
  bool has_moved = false;  // the focus, by a key, in this visit

  const Inspection& inspection() const { return offer.at(visit->setting().inspection); }
  bool is_rehearsal() const { return visit && visit->setting().is_rehearsal; }
  bool is_withdrawal() const { return visit && visit->setting().is_withdrawal(); }
  const Questions& questions() const {
    return is_withdrawal() ? *withdrawal : inspection().questionnaires.at(visit->questionnaire().id);
  }
  const text::Catalogue& words() const {
    return visit ? questions().words.at(visit->settings().language) : assets.words.at(resting.language);
  }

  screen::Screen bare() const {
    if (!visit) return desk_screen();
    screen::Screen made = screen_of(*visit, texts_of(questions(), visit->settings().language));
    return is_rehearsal() ? with_practice(std::move(made), words()) : made;
  }

  screen::Screen now() {
    screen::Screen made = bare();
    if (made.id != screen.id) more = screen::More::none;
    made = with_more(with_speech(std::move(made), speech(), words()), more, words());
    return can_undo() ? with_undo(std::move(made), words()) : made;
  }

  bool has_sound() const {
    return host.outlet != access::Outlet::none && (host.speaker == nullptr || host.speaker->is_heard());
  }
  // The supervisor's screen is never spoken: headphones may still be on a respondent's head.
  screen::Speech speech() const {
    if (!visit || !visit->settings().sound.is_on) return screen::Speech::off;
    if (!has_sound()) return screen::Speech::no_sound;
    if (!access::may_speak(host.outlet, visit->settings().sound)) return screen::Speech::no_headphones;
    return is_paused ? screen::Speech::paused : screen::Speech::on;
  }
  void speak() {
    if (host.speaker == nullptr) return;
    const bool is_unseen = visit && visit->is_hidden() && visit->seconds_left() == 0;
    // Not heard: the speaker looks again, a device may have come.
    if (speech() != screen::Speech::off && !is_unseen && access::may_speak(host.outlet, visit->settings().sound)) {
      host.speaker->set_sound(visit->settings().sound);
      host.speaker->say(to_say);
    } else {
      host.speaker->stop();
    }
  }
  bool is_spoken() const { return speech() == screen::Speech::on || speech() == screen::Speech::paused; }

  // `wanted` may be `focused` itself: it is read before that changes.
  void refresh(const std::optional<std::string>& wanted, const std::string& echo = {}) {
    is_paused = false;
    change_screen(wanted, echo);
    speak();
    arm();
  }
  // `echo`: what is said of what was written, instead of the focus.
  void change_screen(const std::optional<std::string>& wanted, const std::string& echo = {}) {
    screen::Screen made = now();
    screen::Screen before = std::exchange(screen, std::move(made));
    const auto old_focus = std::exchange(focused, lit_on(screen, access::kept(before, screen, wanted)));
    const std::optional<std::string> nowhere;
    to_say = access::said_between({before, old_focus}, {screen, echo.empty() ? focused : nowhere}, words());
    if (!echo.empty()) to_say.insert(to_say.begin(), {.text = echo, .language = screen.language});
    say_group();
    hush_desk();
    ++serial;
  }
  void move_focus(std::optional<std::string> wanted) {
    const auto old_focus = std::exchange(focused, std::move(wanted));
    to_say = access::said_between({screen, old_focus}, {screen, focused}, words());
    hush_desk();
    ++serial;
    end_pause();
    speak();
  }
  void end_pause() {
    if (std::exchange(is_paused, false)) screen = now();
  }
  void say_again() {
    if (!is_spoken()) return;
    end_pause();
    to_say = access::said_again({screen, focused}, words());
    ++serial;
    speak();
    arm();
  }
  // Nobody who needs to be read to has to find where it is switched on.
  void read_to_me() {
    if (visit && !visit->settings().sound.is_on) act(visit::SwitchSound{});
    say_again();
  }
  void pause() {
    if (!is_spoken() || host.speaker == nullptr) return;
    is_paused = !is_paused;
    screen = now();
    ++serial;
    host.speaker->pause(is_paused);
    arm();
  }
  void say_written();
  void show_more() {
    screen = now();
    focused = lit_on(screen, focused);
    ++serial;
    if (scans()) arm();
  }
  const visit::Settings& settings() const { return visit ? visit->settings() : resting; }

  // switches.cc
  bool scans() const;
  bool is_offering() const;
  bool can_undo() const;
  std::optional<std::string> lit_on(const screen::Screen& now, std::optional<std::string> kept);
  void show_lit();
  void say_group();
  void arm() const;
  void scan_on();
  void remember();
  void undo();
  access::Taken advance();

  // desk.cc
  screen::Screen desk_screen() const;
  void hush_desk();
  void act_at_desk(const screen::StaffAction& action);
  void type_pin(int digit);
  void try_pin();
  void send_now();
  void use_stick();
  void forget_pin();
  void lock();
  void test_sound();

  void hear_from(access::Outlet outlet);
  void make_way(bool is_there);
  void expect_input() const;
  bool notice_input();
  bool is_covered() const {
    return visit && visit->settings().is_speech_only && !visit->is_hidden() && visit->seconds_left() == 0;
  }
  void notice_key();
  bool notice_touch();
  void show_picture();
  void tell(const std::string& key);
  void idled();
  void save() const { host.save_draft(visit->to_draft()); }

  void start(const screen::StartVisit& chosen);
  void start_withdrawal();
  void start_rehearsal(visit::Setting setting);
  void begin(const visit::Setting& setting);
  void act(const visit::Action& action);
  bool step(int by);  // of what has the focus; false: it sets nothing
  std::string echo_of(const visit::Action& action, const visit::Writing& before) const;
  std::string told_of_token(std::string_view inserted) const;
  void give_token();
  void end_token(visit::TokenState why);
  void take_token();
  void draw_words();
  void begin_sending();
  void work();
  void seal_and_put();
  void take_back();
  void finish_sending();
  void end();
};

}  // namespace perspective::app

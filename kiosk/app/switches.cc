// One switch or two: what is lit, when it moves on, and what a press of it does.
#include <algorithm>

#include "app/state.h"

namespace perspective::app {

using access::Meaning;
using access::Taken;
using visit::Over;
using visit::Step;

// While a word is being said the highlight stays; then it looks again.
constexpr std::chrono::milliseconds kWord{250};

bool App::State::scans() const {
  return visit && visit->settings().input.has_switch() && !visit->is_listening() && !visit->is_hidden() &&
         visit->seconds_left() == 0;
}

bool App::State::is_offering() const {
  return visit && visit->over() == Over::find_switch && visit->finding() == visit::Finding::offered;
}

// Where the focus belongs on the screen that is there now.
std::optional<std::string> App::State::lit_on(const screen::Screen& now, std::optional<std::string> kept) {
  if (!scans()) {
    scanner.stop();
    return kept;
  }
  scanner.look(now);
  if (scanner.lit().size() == 1) return scanner.lit().front();
  return std::nullopt;
}

void App::State::show_lit() {
  const auto& lit = scanner.lit();
  const auto old_focus = std::exchange(focused, lit.size() == 1 ? std::optional(lit.front()) : std::nullopt);
  to_say = access::said_between({screen, old_focus}, {screen, focused}, words());
  say_group();
  ++serial;
  end_pause();
  if (!to_say.empty()) speak();
  arm();
}

void App::State::say_group() {
  if (scans() && scanner.lit().size() > 1) to_say.push_back(access::said_of_group(screen, scanner.lit(), words()));
}

// Nobody is hurried: what is being said is said to its end, and half a stop follows in which to press.
void App::State::arm() const {
  const visit::Input& input = settings().input;
  std::chrono::milliseconds stay{0};
  if (scans() && input.scans_by_itself() && !scanner.lit().empty() && !is_paused) {
    const std::chrono::milliseconds pace{visit::kPaces_ms[static_cast<std::size_t>(input.pace)]};
    stay = scanner.stay(pace);
    if (is_spoken()) stay = std::max(stay, access::duration_of(to_say, settings().sound) + pace / 2);
  }
  host.wait_to_scan(stay);
}

void App::State::scan_on() {
  if (!scans() || is_paused) return;
  if (is_spoken() && host.speaker != nullptr && host.speaker->word_now()) return host.wait_to_scan(kWord);
  scanner.advance();
  // Pressed by accident, and nobody says yes: as if nothing had been.
  if (scanner.is_resting() && is_offering()) return act(visit::DropSwitches{});
  show_lit();
}

// The visit as it is, before a switch does something to it.
void App::State::remember() {
  std::string draft = visit->to_draft();
  undone = SecretBytes(as_bytes(draft));
  wipe(draft.data(), draft.size());
}

void App::State::undo() {
  if (!visit || undone.empty()) return;
  auto back = visit::Visit::from_draft(undone.text(), visit->setting());
  undone = {};
  if (!back) return;
  visit = std::move(*back);
  sealed.reset();
  save();
  refresh(std::nullopt);
}

// Not of what is sent or deleted, nor of how one found one's switch; a keyboard has a key that erases.
bool App::State::can_undo() const {
  if (!scans() || undone.empty() || visit->over() == Over::find_switch || visit->over() == Over::keyboard) return false;
  return visit->step() != Step::sending && visit->step() != Step::thanks;
}

Taken App::State::advance() {
  if (scanner.is_resting()) {
    scanner.select();  // wakes it, and presses nothing
  } else {
    scanner.advance();
  }
  show_lit();
  return Taken::yes;
}

Taken App::control(const access::Press& press) {
  State& state = *state_;
  if (!state.visit || state.visit->step() == Step::ended) return Taken::no;
  access::Press heard = press;
  // Enter or a space that would press nothing, by somebody who never moved the focus: that may be a switch.
  if (press.is_select && !state.focused && !state.has_moved) heard.has_meaning = false;
  const Meaning meaning = access::meaning_of(heard, state.settings().input, state.visit->is_listening());
  const bool is_another = state.is_offering() && meaning == Meaning::usual && !press.is_never_a_switch;
  if (meaning == Meaning::usual && !is_another) return Taken::no;
  if (press.is_repeat) return Taken::yes;
  if (is_another) {
    state.act(visit::DropSwitches{});
    return Taken::yes;
  }
  switch (meaning) {
    case Meaning::learn:
      state.act(visit::PressSwitch{press.control});
      return Taken::yes;
    case Meaning::offer:
      if (state.visit->step() != Step::sending) state.act(visit::OfferSwitch{press.control});
      return Taken::yes;
    case Meaning::move:
      return state.scans() ? state.advance() : Taken::yes;
    default:
      return state.scans() ? pick() : Taken::yes;
  }
}

Taken App::pick() {
  State& state = *state_;
  const auto id = state.scanner.select();
  if (!id) {
    state.show_lit();
    return Taken::yes;
  }
  if (*id == "more") {
    state.arm();
    return Taken::scrolls;
  }
  const screen::Item* item = state.screen.item(*id);
  if (item != nullptr && std::holds_alternative<visit::Action>(item->action)) state.remember();
  press(*id);
  state.arm();
  return Taken::yes;
}

void App::scan_on() { state_->scan_on(); }

}  // namespace perspective::app

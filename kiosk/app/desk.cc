// Between two visits: what the supervisor does.
#include <algorithm>
#include <variant>

#include "app/state.h"

namespace perspective::app {

using staff::Page;
using staff::PinNews;

constexpr int kMinute_s = 60;

screen::Screen App::State::desk_screen() const {
  staff::Facts facts{.offered = offered(offer, resting.language), .status = status, .sound = staff::Sound::none};
  facts.status.can_withdraw = withdrawal.has_value();
  if (!has_sound()) {
    facts.status.reasons.insert(readiness::Reason::sound_missing);
  } else {
    facts.sound = host.outlet == access::Outlet::headphones ? staff::Sound::headphones : staff::Sound::loudspeaker;
  }
  return staff::screen_of(desk, facts, assets.words.at(resting.language));
}

// Nobody is read to here; and what the narrator would say of the pad of numbers is the PIN.
void App::State::hush_desk() {
  if (!visit && desk.is_locked()) to_say.clear();
}

void App::State::act_at_desk(const screen::StaffAction& action) {
  if (visit) return;
  if (const auto* typed = std::get_if<screen::TypeDigit>(&action)) return type_pin(typed->digit);
  if (std::holds_alternative<screen::TryPin>(action)) return try_pin();
  if (std::holds_alternative<screen::TestSound>(action)) return test_sound();
  if (std::holds_alternative<screen::EraseDigit>(action) && desk.typed > 0) {
    pin.span()[--desk.typed] = 0;
  } else if (const auto* wanted = std::get_if<screen::PrepareVisit>(&action)) {
    desk.page = Page::before;
    desk.chosen = {wanted->inspection, wanted->questionnaire};
    desk.volume = visit::kUsualVolume;
  } else if (std::holds_alternative<screen::ShowStart>(action)) {
    desk.page = Page::start;
  } else if (std::holds_alternative<screen::AskToSend>(action)) {
    desk.page = Page::send;
  } else if (std::holds_alternative<screen::AskForStick>(action)) {
    desk.page = Page::stick;
  } else if (std::holds_alternative<screen::UseStick>(action)) {
    return use_stick();
  } else if (std::holds_alternative<screen::SendNow>(action)) {
    return send_now();
  } else if (std::holds_alternative<screen::LookOver>(action)) {
    return host.look_over();  // it comes at once
  } else if (const auto* louder = std::get_if<screen::ChangeLoudness>(&action)) {
    desk.volume = std::clamp(desk.volume + louder->by, 0, visit::kVolumes - 1);
  }
  refresh(focused);
}

void App::State::type_pin(int digit) {
  if (desk.news == PinNews::being_tried || desk.typed == pin.size()) return;
  pin.span()[desk.typed++] = static_cast<std::uint8_t>('0' + digit);
  desk.news = PinNews::none;
  refresh(focused);
}

void App::State::try_pin() {
  SecretBytes typed(pin.view().first(desk.typed));
  forget_pin();
  desk.news = PinNews::being_tried;
  refresh(std::nullopt);
  host.try_pin(std::move(typed));
}

void App::State::send_now() {
  desk.page = Page::sending;
  refresh(std::nullopt);
  host.send_now();
}

void App::now_sent(std::optional<readiness::Reason> why_not) {
  if (state_->desk.page != Page::sending) return;  // they did not wait for it
  state_->desk.page = Page::sent;
  state_->desk.why_not_sent = why_not;
  state_->refresh(std::nullopt);
}

void App::State::use_stick() {
  desk.page = Page::copying;
  refresh(std::nullopt);
  host.use_stick();
}

void App::stick_used(readiness::StickNews news) {
  if (state_->desk.page != Page::copying) return;  // they did not wait for it
  state_->desk.page = Page::copied;
  state_->desk.stick = news;
  state_->refresh(std::nullopt);
}

void App::looked_over(readiness::Facts facts) {
  State& state = *state_;
  if (state.visit || state.desk.page != Page::start) return;
  facts.sound = !state.has_sound()                                ? readiness::Outlet::none
                : state.host.outlet == access::Outlet::headphones ? readiness::Outlet::headphones
                                                                  : readiness::Outlet::loudspeaker;
  state.desk.page = Page::ready;
  state.desk.facts = std::move(facts);
  state.refresh(std::nullopt);
}

void App::State::forget_pin() {
  wipe(pin.span().data(), pin.size());
  desk.typed = 0;
}

void App::State::lock() {
  forget_pin();
  desk.page = Page::pin;
  desk.news = PinNews::none;
  if (visit) return;  // it comes first, and the PIN after it
  refresh(std::nullopt);
  expect_input();
}

void App::pin_tried(PinAnswer answer) {
  State& state = *state_;
  if (!state.desk.is_locked()) return;
  state.desk.news = answer.is_right ? PinNews::none : answer.locked_s == 0 ? PinNews::wrong : PinNews::locked;
  state.desk.locked_min = (answer.locked_s + kMinute_s - 1) / kMinute_s;
  if (answer.is_right) state.desk.page = Page::start;
  state.refresh(std::nullopt);
  state.expect_input();
}

// Only when it is pressed: the headphones may be on a head. After the screen is drawn anew, which is silent.
void App::State::test_sound() {
  refresh(focused);
  if (host.speaker == nullptr || !has_sound()) return;
  host.speaker->set_sound({.is_on = true, .is_aloud = true, .volume = desk.volume});
  host.speaker->say({{.text = words().say("kiosk.before.sound.test.said"), .language = words().language()}});
}

}  // namespace perspective::app

#include "app/app.h"

#include <utility>

#include "app/state.h"

namespace perspective::app {

using access::VerbKind;
using visit::Step;
using visit::Visit;

App::App(std::unique_ptr<State> state) : state_(std::move(state)) {}
App::App(App&&) noexcept = default;
App& App::operator=(App&&) noexcept = default;
App::~App() = default;

App App::create(Assets assets, const std::vector<protocol::Package>& packages, Host host) {
  auto state = std::make_unique<State>();
  state->offer = read_offer(packages, assets);
  state->withdrawal = read_withdrawal(state->offer, assets);
  state->assets = std::move(assets);
  state->status.reasons = reasons_of(state->offer);
  state->host = std::move(host);
  state->resting.language = "en";
  for (const protocol::Package& package : packages) {
    if (package.languages.empty() || !state->assets.words.contains(package.languages.front())) continue;
    state->resting.language = package.languages.front();
    break;
  }
  state->refresh(std::nullopt);
  return App(std::move(state));
}

Result<void> App::restore(std::string_view draft) {
  const auto of = Visit::draft_of(draft);
  if (!of) return std::unexpected(of.error());
  const auto inspection = state_->offer.find(of->inspection);
  if (inspection == state_->offer.end()) return fail(ErrorCode::not_found, "draft: its inspection is not here");
  const auto questions = inspection->second.questionnaires.find(of->questionnaire);
  const bool is_here = questions != inspection->second.questionnaires.end() && !questions->second.fault &&
                       questions->second.setting.questionnaire->version == of->version;
  if (!is_here) return fail(ErrorCode::not_found, "draft: its questionnaire is not here in that version");
  auto visit = Visit::from_draft(draft, questions->second.setting);
  if (!visit) return std::unexpected(visit.error());
  state_->visit = std::move(*visit);
  state_->expect_input();
  // Once Send was pressed nothing changes any more, and whoever watches does not see who sends and who deletes.
  if (state_->visit->step() == Step::sending) {
    state_->begin_sending();
  } else {
    state_->refresh(std::nullopt);
  }
  return {};
}

void App::set_status(staff::Status status) {
  state_->status = std::move(status);
  state_->status.reasons.merge(reasons_of(state_->offer));
  state_->status.reasons = readiness::without_echoes(std::move(state_->status.reasons));
  if (!state_->visit) return state_->refresh(state_->focused);
  // Told as the visit began: better no visit than answers that cannot be kept.
  const bool has_only_begun = state_->visit->reached().empty() && !state_->is_withdrawal() && !state_->is_rehearsal();
  if (!state_->status.is_taking_visits() && has_only_begun) state_->end();
}

void App::set_outlet(access::Outlet outlet) { state_->hear_from(outlet); }

void App::set_screen_reader(bool is_there) { state_->make_way(is_there); }

void App::sound_changed() {
  state_->screen = state_->now();
  ++state_->serial;
}

void App::put_finished(Result<void> outcome) {
  State& state = *state_;
  if (!state.visit || state.visit->step() != Step::sending) return;
  // To delete needs no disk: where it could not be counted now, it is when the visit ends.
  state.is_done = outcome.has_value() || state.visit->ending() == visit::Ending::deleted;
  state.finish_sending();
}

void App::token_answered(TokenFate fate) {
  State& state = *state_;
  if (!state.visit || state.visit->step() != Step::token || state.visit->token_state() != visit::TokenState::checking) {
    return;
  }
  if (fate == TokenFate::spent) return state.take_token();
  state.end_token(fate == TokenFate::spent_before ? visit::TokenState::spent_before : visit::TokenState::not_kept);
}

void App::lock() {
  state_->desk.has_pin = true;
  state_->lock();
}

void App::waited() {
  State& state = *state_;
  if (!state.visit || state.visit->step() != Step::sending) return;
  if (state.is_work_due) return state.work();
  state.is_resting = false;
  state.finish_sending();
}

void App::idled() { state_->idled(); }
bool App::notice_input() {
  state_->is_cover_touched = false;
  return state_->notice_input();
}
bool App::notice_touch() { return state_->notice_touch(); }
void App::notice_miss() {
  if (state_->visit && state_->visit->step() == Step::practice) state_->act(visit::Miss{});
}
std::optional<screen::Screen> App::cover() const {
  if (!state_->is_covered()) return std::nullopt;
  screen::Screen cover = screen::cover_of(state_->speech(), state_->words());
  return state_->is_rehearsal() ? with_practice(std::move(cover), state_->words()) : cover;
}

void App::set_more(screen::More more) {
  if (state_->more == more) return;
  state_->more = more;
  state_->show_more();
}

const screen::Screen& App::screen() const { return state_->screen; }
const std::vector<std::string>& App::lit() const { return state_->scanner.lit(); }
const std::optional<std::string>& App::focused() const { return state_->focused; }
std::uint64_t App::serial() const { return state_->serial; }
const visit::Settings& App::settings() const { return state_->visit ? state_->visit->settings() : state_->resting; }
std::optional<access::SpokenWord> App::word_now() const {
  return state_->host.speaker == nullptr ? std::nullopt : state_->host.speaker->word_now();
}
const std::string* App::picture(const std::string& name) const {
  if (!state_->visit) return nullptr;
  const auto& pictures = state_->questions().pictures;
  const auto found = pictures.find(name);
  return found == pictures.end() ? nullptr : &found->second;
}
const std::vector<access::Said>& App::to_say() const { return state_->to_say; }

void App::press(std::string_view id) {
  if (notice_input()) return;
  const screen::Item* item = state_->screen.item(id);
  if (item == nullptr || !is_focusable(*item)) return;
  const screen::Action action = item->action;  // the item goes with its screen
  // Before the focus comes here and is announced: that would cut what is to be paused.
  if (std::holds_alternative<screen::PauseSpeech>(action)) return state_->pause();
  if (std::holds_alternative<screen::SayAgain>(action)) return state_->read_to_me();
  if (std::holds_alternative<screen::SayWritten>(action)) return state_->say_written();
  if (std::holds_alternative<screen::Undo>(action)) return state_->undo();
  // Not on a pad of numbers: Enter would type the last digit once more.
  if (!access::has_number_pad(state_->screen)) focus(id);
  if (const auto* chosen = std::get_if<screen::StartVisit>(&action)) return state_->start(*chosen);
  if (const auto* done = std::get_if<screen::StaffAction>(&action)) return state_->act_at_desk(*done);
  if (std::holds_alternative<screen::StartWithdrawal>(action)) return state_->start_withdrawal();
  if (const auto* done = std::get_if<visit::Action>(&action); done != nullptr && state_->visit) state_->act(*done);
}

void App::focus(std::string_view id) {
  const screen::Item* item = state_->screen.item(id);
  if (item != nullptr && is_focusable(*item) && state_->focused != id) state_->move_focus(std::string(id));
}

void App::handle(const access::Verb& verb) {
  if (notice_input()) return;
  state_->has_moved = state_->has_moved || verb.kind != VerbKind::select;
  state_->notice_key();
  const bool is_less = verb.kind == VerbKind::less;
  if ((is_less || verb.kind == VerbKind::more) && state_->step(is_less ? -1 : 1)) return;
  const screen::Screen& screen = state_->screen;
  std::optional<std::string> id;
  switch (verb.kind) {
    case VerbKind::next:
    case VerbKind::more:
    case VerbKind::previous:
    case VerbKind::less:
      id = access::moved(screen, state_->focused, verb.kind == VerbKind::next || verb.kind == VerbKind::more ? 1 : -1);
      if (id) focus(*id);
      return;
    case VerbKind::select:
    case VerbKind::option:
      id = access::pressed_by(screen, state_->focused, verb.number);
      // Whoever typed the digits by keys ends with Enter, wherever they began.
      if (!id && access::has_number_pad(screen)) id = access::primary_button(screen);
      break;
    case VerbKind::page_next:
      id = access::primary_button(screen);
      break;
    case VerbKind::page_back:
      id = access::back_button(screen);
      break;
    case VerbKind::say_again:
      return state_->read_to_me();
    case VerbKind::pause:
      return state_->pause();
    case VerbKind::hide:
      if (state_->is_covered()) return state_->show_picture();
      if (state_->visit) state_->act(visit::HideScreen{});
      return;
    case VerbKind::scroll_on:
    case VerbKind::scroll_back:
      return;
  }
  if (id) press(std::string(*id));
}

void App::write(std::string_view id, std::string text) {
  if (notice_input()) return;
  const screen::Item* item = state_->screen.item(id);
  if (item == nullptr || item->role != screen::Role::entry || !item->enabled || !state_->visit) return;
  state_->act(visit::Write{std::move(text)});
}

void App::edit(std::string_view id, const visit::Action& action) {
  const screen::Item* item = state_->screen.item(id);
  if (item == nullptr || item->role != screen::Role::entry || !item->enabled || !state_->visit) return;
  if (state_->focused != id) state_->focused = std::string(id);
  state_->act(action);
}

}  // namespace perspective::app

#include "app/app.h"

#include <utility>

#include "access/narrator.h"
#include "app/offer.h"
#include "app/seal.h"
#include "base/log.h"

namespace perspective::app {

using access::VerbKind;
using visit::Step;
using visit::Visit;

// "One moment" has to be seen before the work that holds the window up, and long enough to be read, whether anything
// was put or not: nobody who watches learns which.
constexpr std::chrono::milliseconds kUntilShown{100};
constexpr std::chrono::milliseconds kRest{1000};

struct App::State {
  Assets assets;
  Offer offer;
  Host host;
  staff::Status status;
  visit::Settings resting;  // of the start screen
  std::optional<Visit> visit;
  bool is_work_due = false;      // of sending or deleting, once the screen says so
  bool is_resting = false;       // and the screen is to stay for a while yet
  std::optional<bool> is_done;   // what became of the work; nothing: not known yet
  std::optional<Sealed> sealed;  // this visit's envelope, until it is put
  screen::Screen screen;
  std::optional<std::string> focused;
  std::vector<access::Said> to_say;
  bool is_paused = false;  // the speech
  std::uint64_t serial = 1;
  screen::More more = screen::More::none;

  const Inspection& inspection() const { return offer.at(visit->setting().inspection); }
  const Questions& questions() const { return inspection().questionnaires.at(visit->questionnaire().id); }
  const text::Catalogue& words() const {
    return visit ? questions().words.at(visit->settings().language) : assets.words.at(resting.language);
  }

  screen::Screen bare() const {
    if (visit) return screen_of(*visit, texts_of(questions(), visit->settings().language));
    staff::Status told = status;
    if (!has_sound()) told.reasons.insert(readiness::Reason::sound_missing);
    return staff::start_screen(offered(offer, resting.language), told, assets.words.at(resting.language));
  }

  screen::Screen now() {
    screen::Screen made = bare();
    if (made.id != screen.id) more = screen::More::none;
    return with_more(with_speech(std::move(made), speech(), words()), more, words());
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
    // Not heard: the speaker looks again, a device may have come.
    if (speech() != screen::Speech::off && access::may_speak(host.outlet, visit->settings().sound)) {
      host.speaker->set_sound(visit->settings().sound);
      host.speaker->say(to_say);
    } else {
      host.speaker->stop();
    }
  }
  bool is_spoken() const { return speech() == screen::Speech::on || speech() == screen::Speech::paused; }

  void refresh(std::optional<std::string> wanted) {
    is_paused = false;
    screen::Screen made = now();
    screen::Screen before = std::exchange(screen, std::move(made));
    const auto old_focus = std::exchange(focused, access::kept(before, screen, wanted));
    to_say = access::said_between({before, old_focus}, {screen, focused}, words());
    ++serial;
    speak();
  }
  void move_focus(std::optional<std::string> wanted) {
    const auto old_focus = std::exchange(focused, std::move(wanted));
    to_say = access::said_between({screen, old_focus}, {screen, focused}, words());
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
  }
  void pause() {
    if (!is_spoken() || host.speaker == nullptr) return;
    is_paused = !is_paused;
    screen = now();
    ++serial;
    host.speaker->pause(is_paused);
  }
  void hear_from(access::Outlet outlet);
  void save() const { host.save_draft(visit->to_draft()); }

  void start(const screen::StartVisit& chosen);
  void act(const visit::Action& action);
  void draw_words();
  void begin_sending();
  void work();
  void seal_and_put();
  void finish_sending();
  void end();
};

void App::State::start(const screen::StartVisit& chosen) {
  const Questions& questions = offer.at(chosen.inspection).questionnaires.at(chosen.questionnaire);
  if (!status.is_taking_visits() || questions.fault) return;
  visit.emplace(questions.setting);
  sealed.reset();
  host.visit_started();
  save();
  refresh(std::nullopt);
}

void App::State::hear_from(access::Outlet outlet) {
  const auto before = std::exchange(host.outlet, outlet);
  if (before == outlet) return;
  if (visit && outlet == access::Outlet::headphones) visit->apply(visit::HeadphonesIn{});
  if (visit && before == access::Outlet::headphones) visit->apply(visit::HeadphonesOut{});
  if (visit) save();
  refresh(focused);
  say_again();
}

void App::State::act(const visit::Action& action) {
  const bool was_sending = visit->step() == Step::sending;
  visit->apply(action);
  const Step step = visit->step();
  if (step == Step::ended) return end();
  if (step == Step::sending && !was_sending) return begin_sending();
  if (step != Step::problem && step != Step::sending) sealed.reset();  // answers may change from here
  save();
  refresh(focused);
}

void App::State::draw_words() {
  if (!visit->words().empty()) return;
  const auto list = assets.word_lists.find(visit->settings().language);
  visit->keep_words((list == assets.word_lists.end() ? assets.word_lists.at("en") : list->second).draw_four());
}

// The same for those who send and those who delete.
void App::State::begin_sending() {
  draw_words();
  // Before the put: after a crash the same words give the same id, and the keeper puts no id of a visit twice.
  save();
  is_work_due = true;
  is_resting = true;
  is_done.reset();
  refresh(std::nullopt);
  host.wait(kUntilShown);
}

void App::State::work() {
  is_work_due = false;
  host.wait(kRest);
  if (visit->ending() != visit::Ending::deleted) return seal_and_put();
  // The slow part of sealing, for nothing but its duration.
  if (const auto id = envelope::derive_id(visit->words(), inspection().salt); !id) log::warning(id.error().what);
  is_done = true;
}

void App::State::seal_and_put() {
  if (!sealed) {
    auto made = seal_visit(*visit, inspection());
    if (!made) {
      log::error("a visit could not be sealed: " + made.error().what);
      is_done = false;
      return;
    }
    sealed = std::move(*made);
  }
  const Sealed out = *sealed;  // the answer may come, and forget it, before put returns
  host.put(out.inspection, out.id, out.envelope);
}

void App::State::finish_sending() {
  if (is_resting || !is_done) return;
  if (*is_done) {
    sealed.reset();
    visit->finish_sending();
  } else {
    visit->fail_sending();
  }
  save();
  refresh(std::nullopt);
}

void App::State::end() {
  const auto ending = visit->ending().value_or(visit::Ending::deleted);
  visit.reset();
  host.save_draft({});
  refresh(std::nullopt);
  host.visit_ended(ending);
}

App::App(std::unique_ptr<State> state) : state_(std::move(state)) {}
App::App(App&&) noexcept = default;
App& App::operator=(App&&) noexcept = default;
App::~App() = default;

App App::create(Assets assets, std::vector<protocol::Package> packages, Host host) {
  auto state = std::make_unique<State>();
  state->offer = read_offer(packages, assets);
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
  if (!state_->status.is_taking_visits() && state_->visit->reached().empty()) state_->end();
}

void App::set_outlet(access::Outlet outlet) { state_->hear_from(outlet); }

void App::sound_changed() {
  state_->screen = state_->now();
  ++state_->serial;
}

void App::put_finished(Result<void> outcome) {
  State& state = *state_;
  if (!state.visit || state.visit->step() != Step::sending) return;
  state.is_done = outcome.has_value();
  state.finish_sending();
}

void App::waited() {
  State& state = *state_;
  if (!state.visit || state.visit->step() != Step::sending) return;
  if (state.is_work_due) return state.work();
  state.is_resting = false;
  state.finish_sending();
}

void App::set_more(screen::More more) {
  if (state_->more == more) return;
  state_->more = more;
  state_->screen = state_->now();
  ++state_->serial;
}

const screen::Screen& App::screen() const { return state_->screen; }
const std::optional<std::string>& App::focused() const { return state_->focused; }
std::uint64_t App::serial() const { return state_->serial; }
const visit::Settings& App::settings() const { return state_->visit ? state_->visit->settings() : state_->resting; }
std::optional<access::SpokenWord> App::word_now() const {
  return state_->host.speaker == nullptr ? std::nullopt : state_->host.speaker->word_now();
}
const std::vector<access::Said>& App::to_say() const { return state_->to_say; }

void App::press(std::string_view id) {
  const screen::Item* item = state_->screen.item(id);
  if (item == nullptr || !is_focusable(*item)) return;
  const screen::Action action = item->action;  // the item goes with its screen
  // Before the focus comes here and is announced: that would cut what is to be paused.
  if (std::holds_alternative<screen::PauseSpeech>(action)) return state_->pause();
  if (std::holds_alternative<screen::SayAgain>(action)) return state_->say_again();
  const bool is_entry = item->role == screen::Role::entry;
  focus(id);
  if (is_entry) return;
  if (const auto* chosen = std::get_if<screen::StartVisit>(&action)) return state_->start(*chosen);
  if (const auto* done = std::get_if<visit::Action>(&action); done != nullptr && state_->visit) state_->act(*done);
}

void App::focus(std::string_view id) {
  const screen::Item* item = state_->screen.item(id);
  if (item != nullptr && is_focusable(*item) && state_->focused != id) state_->move_focus(std::string(id));
}

void App::handle(const access::Verb& verb) {
  const screen::Screen& screen = state_->screen;
  std::optional<std::string> id;
  switch (verb.kind) {
    case VerbKind::next:
    case VerbKind::previous:
      id = access::moved(screen, state_->focused, verb.kind == VerbKind::next ? 1 : -1);
      if (id) focus(*id);
      return;
    case VerbKind::select:
    case VerbKind::option:
      id = access::pressed_by(screen, state_->focused, verb.number);
      break;
    case VerbKind::page_next:
      id = access::primary_button(screen);
      break;
    case VerbKind::page_back:
      id = access::back_button(screen);
      break;
    case VerbKind::say_again:
      // Nobody who needs to be read to has to find the button first.
      if (state_->visit && !state_->visit->settings().sound.is_on) state_->act(visit::SwitchSound{});
      return state_->say_again();
    case VerbKind::pause:
      return state_->pause();
    case VerbKind::scroll_on:
    case VerbKind::scroll_back:
      return;
  }
  if (id) press(std::string(*id));
}

void App::write(std::string_view id, std::string text) {
  const screen::Item* item = state_->screen.item(id);
  if (item == nullptr || item->role != screen::Role::entry || !item->enabled || !state_->visit) return;
  state_->act(visit::Write{std::move(text)});
}

}  // namespace perspective::app

#include "app/state.h"

#include <cctype>
#include <utility>

#include "access/echo.h"
#include "base/log.h"
#include "token/token.h"

namespace perspective::app {

using visit::Step;
using visit::Visit;

// "One moment" has to be seen before the work that holds the window up, and long enough to be read, whether anything
// was put or not: nobody who watches learns which.
constexpr std::chrono::milliseconds kUntilShown{100};
constexpr std::chrono::milliseconds kRest{1000};

// VVSG 2.0 and WCAG 2.2, 2.2.1: no limit on a question; a warning that any input puts off, as often as one likes.
constexpr std::chrono::minutes kPatience{5};
constexpr int kWarning_s = 45;

namespace {

// Slips have large letters only; not one is said to be a capital.
visit::Writing in_small(visit::Writing writing) {
  for (char& c : writing.text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return writing;
}

}  // namespace

void App::State::expect_input() const {
  const bool may_end = visit || (desk.has_pin && !desk.is_locked());
  host.wait_for_input(may_end ? kPatience : std::chrono::minutes{0});
}

void App::State::start(const screen::StartVisit& chosen) {
  const Questions& questions = offer.at(chosen.inspection).questionnaires.at(chosen.questionnaire);
  if (!status.is_taking_visits() || questions.fault) return;
  if (chosen.is_rehearsal) return start_rehearsal(questions.setting);
  host.visit_started(chosen.inspection);
  begin(questions.setting);
}

// No visit that anybody counts, and no token for it.
void App::State::start_rehearsal(visit::Setting setting) {
  setting.is_rehearsal = true;
  setting.asks_for_token = false;
  begin(setting);
}

// No visit that anybody counts. It is saved all the same, so that nobody takes this process for one between visits.
void App::State::start_withdrawal() {
  if (withdrawal && !visit) begin(withdrawal->setting);
}

void App::State::begin(const visit::Setting& setting) {
  visit.emplace(setting);
  visit->apply(visit::ChangeVolume{desk.volume - visit::kUsualVolume});
  sealed.reset();
  undone = {};
  has_moved = false;
  save();
  expect_input();
  refresh(std::nullopt);
}

void App::State::hear_from(access::Outlet outlet) {
  const auto before = std::exchange(host.outlet, outlet);
  if (before == outlet) return;
  if (visit && outlet == access::Outlet::headphones && !has_screen_reader) visit->apply(visit::HeadphonesIn{});
  if (visit && before == access::Outlet::headphones) visit->apply(visit::HeadphonesOut{});
  if (visit) save();
  refresh(focused);
  say_again();
}

// Two voices at once are none. A client that listens may be no screen reader: on purpose, both may speak.
void App::State::make_way(bool is_there) {
  has_screen_reader = is_there;
  if (!is_there || !visit || !visit->settings().sound.is_on) return;
  visit->apply(visit::SwitchSound{});
  save();
  refresh(focused);
}

void App::State::act(const visit::Action& action) {
  const bool was_sending = visit->step() == Step::sending;
  const bool was_checking = visit->token_state() == visit::TokenState::checking;
  const visit::Writing before = visit->writing();
  visit->apply(action);
  const Step step = visit->step();
  if (step == Step::ended) return end();
  if (step == Step::sending && !was_sending) return begin_sending();
  if (step != Step::problem && step != Step::sending) sealed.reset();  // answers may change from here
  if (step == Step::token) undone = {};  // there is a key that erases, no draft has what was typed, and spent is spent
  save();
  refresh(focused, echo_of(action, before));
  if (visit->token_state() == visit::TokenState::checking && !was_checking) give_token();
}

// Of what changed nothing. Spaces and hyphens are how people write a token; Enter goes on.
std::string App::State::told_of_token(std::string_view inserted) const {
  if (inserted == " " || inserted == "-" || inserted == "\n") return {};
  const bool is_full = visit->typed_token().size() == token::kLength;
  return words().say(is_full ? "kiosk.token.full" : "kiosk.token.no_symbol");
}

// The focus stays, so that the same two keys go on.
bool App::State::step(int by) {
  const screen::Item* button = visit ? access::stepped(screen, focused, by) : nullptr;
  const auto* action = button == nullptr ? nullptr : std::get_if<visit::Action>(&button->action);
  if (action == nullptr) return false;
  if (button->enabled) {
    act(visit::Action(*action));
    return true;
  }
  // At its end, and who does not see it hears so: what it is, which has not changed.
  while (button->role == screen::Role::button && button != screen.items.data()) --button;
  to_say = {{.text = button->spoken, .language = screen.language, .item = button->id}};
  ++serial;
  end_pause();
  speak();
  return true;
}

// Only of what was written letter by letter.
std::string App::State::echo_of(const visit::Action& action, const visit::Writing& before) const {
  const bool is_insertion = std::holds_alternative<visit::Insert>(action);
  const bool is_edit = is_insertion || std::holds_alternative<visit::Erase>(action) ||
                       std::holds_alternative<visit::MoveCaret>(action) ||
                       std::holds_alternative<visit::PlaceCaret>(action);
  if (!is_edit) return {};
  const visit::Writing now = visit->writing();
  if (is_insertion && now == before) {
    return visit->step() == Step::token ? told_of_token(std::get<visit::Insert>(action).text)
                                        : words().say("kiosk.entry.full");
  }
  const bool is_token = visit->step() == Step::token;
  return access::echo_of(is_token ? in_small(before) : before, is_token ? in_small(now) : now, words());
}

void App::State::say_written() {
  const screen::Item* entry = screen.item("words");
  if (entry == nullptr || !is_spoken()) return;
  const std::string text = entry->value.empty() ? words().say("kiosk.say.empty") : entry->value;
  to_say = {{.text = text, .language = screen.language}};
  ++serial;
  speak();
}

bool App::State::notice_input() {
  expect_input();
  if (!visit || (visit->seconds_left() == 0 && !visit->is_hidden())) return false;
  if (visit->seconds_left() > 0) {
    visit->stay();
  } else {
    visit->apply(visit::ShowScreen{});
  }
  save();
  refresh(std::nullopt);
  return true;
}

// What it did is said; that there are words about keys now can wait for "again".
void App::State::notice_key() {
  if (!visit || visit->uses_keys()) return;
  visit->apply(visit::UseKeys{});
  screen = now();
  ++serial;
}

bool App::State::notice_touch() {
  const bool was_touched = std::exchange(is_cover_touched, false);
  if (notice_input()) return true;
  if (!is_covered()) return false;
  if (was_touched) {
    show_picture();
  } else {
    is_cover_touched = true;
    tell("kiosk.picture.cover.touched");
  }
  return true;
}

void App::State::show_picture() {
  act(visit::SwitchPicture{});
  tell("kiosk.picture.cover.shown");
}

// What stands nowhere on the screen.
void App::State::tell(const std::string& key) {
  to_say = {{.text = words().say(key), .language = screen.language}};
  ++serial;
  speak();
}

void App::State::idled() {
  if (!visit && desk.has_pin) lock();
  if (!visit) return;
  const bool is_being_spoken_to = host.speaker != nullptr && host.speaker->word_now().has_value();
  const int left = visit->seconds_left();
  if (visit->step() == Step::sending || (left == 0 && is_being_spoken_to)) return expect_input();
  if (left == 1) {
    visit->time_out();
    return end();
  }
  visit->warn(left == 0 ? kWarning_s : left - 1);
  change_screen(std::nullopt);
  arm();
  if (!to_say.empty()) speak();  // else what is being said goes on
  host.wait_for_input(std::chrono::seconds{1});
}

// Whole, its check is right: whether an inspector had it, the package tells. That takes a moment, as sealing does.
void App::State::give_token() {
  const auto& terms = inspection().tokens;
  const auto proof = terms ? protocol::prove(visit->typed_token(), *terms)
                           : Result<protocol::TokenProof>(fail(ErrorCode::invalid, "this inspection has no tokens"));
  if (!proof) {
    log::error(proof.error().what);
    return end_token(visit::TokenState::not_kept);
  }
  if (!protocol::is_issued(protocol::mark_of(*proof), *terms)) return end_token(visit::TokenState::foreign);
  host.spend_token(visit->setting().inspection, *proof);
}

void App::State::end_token(visit::TokenState why) {
  visit->refuse_token(why);
  refresh(focused);
}

void App::State::take_token() {
  visit->accept_token();
  save();
  refresh(std::nullopt);
}

void App::State::draw_words() {
  if (!visit->words().empty() || is_withdrawal() || is_rehearsal()) return;
  const auto list = assets.word_lists.find(visit->settings().language);
  visit->keep_words((list == assets.word_lists.end() ? assets.word_lists.at("en") : list->second).draw_four());
}

// The same for those who send and those who delete.
void App::State::begin_sending() {
  undone = {};
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
  if (is_withdrawal()) return take_back();
  if (is_rehearsal()) {
    is_done = true;  // nothing was sealed, and there is nowhere for it to go
    return;
  }
  if (visit->ending() != visit::Ending::deleted) return seal_and_put();
  // The slow part of sealing, for nothing but its duration.
  if (const auto id = envelope::derive_id(visit->words(), inspection().salt); !id) log::warning(id.error().what);
  host.count_deleted();
}

// Of every inspection here: whose words they are nobody knows.
void App::State::take_back() {
  is_done = visit->ending() == visit::Ending::deleted;
  if (*is_done) return;
  std::vector<Withdrawal> withdrawals;
  for (const auto& [name, inspection] : offer) {
    if (!inspection.is_open || !inspection.takes_withdrawals) continue;
    const auto id = envelope::derive_id(visit->words_given(), inspection.salt);
    if (!id) return log::error(id.error().what);
    withdrawals.push_back({name, *id});
  }
  is_done.reset();
  host.withdraw(withdrawals);
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
  const auto ending = visit->ending().value_or(visit::Ending::turned_away);
  visit.reset();
  desk.page = desk.has_pin ? staff::Page::pin : staff::Page::start;
  undone = {};
  expect_input();
  host.save_draft({});
  refresh(std::nullopt);
  host.visit_ended(ending);
}

}  // namespace perspective::app

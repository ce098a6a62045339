#include "walk.h"

#include "staff/desk.h"

namespace perspective::sweep {
namespace {

using screen::Item;
using screen::Place;
using screen::Role;

constexpr int kMostScreens = 200;
// The widest letters, with their checks.
constexpr const char* kToken = "WWWWWWWWWW0Q";
constexpr const char* kForeignToken = "WWWWWWWWWW1R";
// Long enough for several lines in the largest letters, in the letters of both languages.
constexpr const char* kWords = "They listened to me, and I could say what I wanted: g\u0175yl, \u0177d, p\u00ea\u0142.";

template <typename Wanted>
bool does(const Item& item) {
  const auto* action = std::get_if<visit::Action>(&item.action);
  return action != nullptr && std::holds_alternative<Wanted>(*action);
}

std::string looks_of(const screen::Screen& screen) {
  std::string all = screen.id + "\n" + screen.language;
  for (const Item& item : screen.items) {
    all +=
        "\n" + item.id + "\t" + item.label + "\t" + item.value + (item.selected ? "*" : "") + (item.enabled ? "" : "-");
  }
  return all;
}

}  // namespace

void Walk::SetUp() {
  // Letters that join, from right to left, and letters that hang from their line.
  packages_.push_back(kiosk_package::package(keys_, {fixtures() / "town-park"}, "park-2026"));
  packages_.back().languages = {"en", "ur", "bn"};
  protocol::TokenTerms terms{.salt = Bytes(16, 3), .log2_n = protocol::kLeastTokenLog2N, .marks = {}};
  terms.marks = {protocol::mark_of(trial::unwrapped(protocol::prove(kToken, terms)))};
  packages_.front().tokens = terms;
  TrialApp::SetUp();
  show_the_supervisor();
  show_the_supervisor_in_welsh();
  std::vector<std::string> questionnaires;
  for (const Item& item : app_->screen().items) {
    if (item.id.starts_with("questionnaire.")) questionnaires.push_back(item.id);
  }
  ASSERT_FALSE(questionnaires.empty());
  for (const std::string& button : questionnaires) {
    app_->press(button);
    keep_what_comes_before();
    app_->press("start");
    keep();
    std::vector<std::string> languages;
    for (const Item& item : app_->screen().items) {
      if (item.id.starts_with("language.")) languages.push_back(item.id);
    }
    if (languages.empty()) languages.emplace_back();
    for (const std::string& language : languages) {
      app_.emplace(fresh());
      visit(button, language);
    }
    app_.emplace(fresh());
  }
}

void Walk::keep() {
  if (const auto cover = app_->cover()) keep(*cover);
  keep(app_->screen());
}

void Walk::keep(const screen::Screen& screen) {
  if (!kept_.insert(questionnaire_ + looks_of(screen)).second) return;
  shown_.push_back({screen, questionnaire_});
  for (const Item& item : screen.items) {
    const std::string* svg = item.picture.empty() ? nullptr : app_->picture(item.picture);
    if (svg != nullptr) pictures_[questionnaire_ + "/" + item.picture] = *svg;
  }
}

void Walk::show_the_supervisor() {
  questionnaire_.clear();
  keep();
  for (const readiness::Reason reason : readiness::all_reasons()) {
    app_->set_status({.sending = staff::Sending::some_waiting, .reasons = {reason}});
    keep();
  }
  app_->set_status({.sending = staff::Sending::full, .reasons = readiness::all_reasons()});
  keep();
  app_->set_status({.sending = staff::Sending::some_waiting, .reasons = {}});
  keep();
  app_->press("send_now");
  keep();
  app_->press("send");
  keep();
  app_->now_sent({});
  keep();
  app_->press("close");
  keep_the_stick();
  readiness::Facts facts;  // what is not known stays so: most of it asks for attention
  facts.version = "0.1.0";
  facts.packages = {{"trial-2026", 12}};
  facts.disk_free_mb = 12'345;
  facts.settings_sha256 = std::string(64, 'f');
  facts.changed_settings = "/etc/systemd/system/perspective-kiosk-lockdown.service.d/override.conf";
  app_->looked_over(facts);
  keep();
  app_->set_status({});
  app_.emplace(fresh());
  keep_the_pin();
}

// Theirs is the language that an inspection names first.
void Walk::show_the_supervisor_in_welsh() {
  auto& languages = packages_.front().languages;
  const auto before = languages;
  languages = {"cy", "en"};
  app_.emplace(fresh());
  ASSERT_EQ(app_->screen().language, "cy");
  show_the_supervisor();
  languages = before;
  app_.emplace(fresh());
}

void Walk::keep_the_stick() {
  app_->press("use_stick");
  keep();
  using readiness::StickFate;
  for (const readiness::StickNews& news :
       {readiness::StickNews{.has_copy = true, .do_few_wait = true, .does_more_wait = true, .has_brought_back = true},
        readiness::StickNews{}, readiness::StickNews{.fate = StickFate::not_there},
        readiness::StickNews{.fate = StickFate::not_working}, readiness::StickNews{.fate = StickFate::not_enrolled}}) {
    app_->press("use_stick");
    app_->press("use");
    keep();
    app_->stick_used(news);
    keep();
    app_->press("close");
    app_->press("back");
  }
}

// With sound in headphones, in the room, and with none.
void Walk::keep_what_comes_before() {
  for (const auto outlet : {access::Outlet::none, access::Outlet::loudspeaker, access::Outlet::headphones}) {
    app_->set_outlet(outlet);
    keep();
  }
}

// Nothing typed, all that can be; then each that may become of it.
void Walk::keep_the_pin() {
  app_->lock();
  keep();
  for (std::size_t i = 0; i < staff::kMostPinDigits; ++i) app_->press("key.5");
  keep();
  app_->press("key.enter");
  keep();
  for (const int locked_s : {0, 60, 60 * 60}) {
    app_->pin_tried({.is_right = false, .locked_s = locked_s});
    keep();
  }
  app_.emplace(fresh());
}

void Walk::visit(const std::string& button, const std::string& language) {
  questionnaire_ = button.substr(button.find('.') + 1);
  begin(button);
  if (!language.empty()) app_->press(language);
  keep();
  opened_from_.clear();
  for (int i = 0; i < kMostScreens && app_->screen().id != "check"; ++i) {
    open_all_of_the_bar_once();
    if (app_->screen().id == "token") {
      give_token();
      continue;
    }
    answer_and_keep();
    const std::string before = app_->screen().id;
    app_->press("next");
    ASSERT_NE(app_->screen().id, before) << "nothing leads on";
    keep();
  }
  ASSERT_EQ(app_->screen().id, "check");
  open_all_of_the_bar_once();
  end_in_every_way();
}

// With all that is said of one, at last of one that is good.
void Walk::give_token() {
  using Fate = app::App::TokenFate;
  for (const char* typed : {"7K3Q", kForeignToken, kToken}) {
    app_->write("words", "");
    app_->write("words", typed);
    keep();
    if (typed == std::string(kToken)) break;
    app_->press("next");
    keep();
  }
  for (const Fate fate : {Fate::spent_before, Fate::not_kept, Fate::spent}) {
    app_->press("next");
    keep();
    app_->token_answered(fate);
    keep();
  }
}

void Walk::answer_and_keep() {
  keep();
  for (const Item& item : std::vector(app_->screen().items)) {
    if (does<visit::Explain>(item)) app_->press(item.id);
  }
  keep();
  if (const std::string option = first(Role::radio); !option.empty()) app_->press(option);
  if (const std::string option = first(Role::checkbox); !option.empty()) app_->press(option);
  if (const std::string entry = first(Role::entry); !entry.empty()) {
    app_->write(entry, kWords);
    keep();
    app_->write(entry, std::string(app_->screen().item(entry)->max_bytes, 'm'));
    keep();
    std::string all;
    while (all.size() + 40 < app_->screen().item(entry)->max_bytes) all += std::string(kWords).substr(0, 31);
    app_->write(entry, all);
    keep_the_keyboard(entry);
  }
  keep();
}

// Each page of it, with words that are nearly too many; then with its letters in the other order.
void Walk::keep_the_keyboard(const std::string& entry) {
  const std::string question = app_->screen().id;
  app_->press(entry);
  ASSERT_EQ(app_->screen().id, "keyboard");
  for (const char* page : {"key.accents", "key.signs", "key.edit", "key.order", "key.edit", "key.done"}) {
    keep();
    app_->press(page);
  }
  ASSERT_EQ(app_->screen().id, question);
}

std::vector<std::string> Walk::pressable(Place place) const {
  std::vector<std::string> ids;
  for (const Item& item : app_->screen().items) {
    if (item.place == place && is_focusable(item)) ids.push_back(item.id);
  }
  return ids;
}

// From each kind of screen: what lies over it may depend on it.
void Walk::open_all_of_the_bar_once() {
  const std::string& id = app_->screen().id;
  std::string kind = id.substr(0, id.find('.'));
  for (const Role role : {Role::radio, Role::checkbox, Role::entry}) kind += first(role).empty() ? "" : "+";
  if (!opened_from_.insert(kind).second) return;
  open_all_of_the_bar();
  app_->idled();
  keep();
  app_->notice_input();
  if (kind == "question+") look_for_switches();
}

void Walk::open_all_of_the_bar() {
  const std::string base = app_->screen().id;
  const std::string language = app_->screen().language;
  for (const std::string& id : pressable(Place::bar)) {
    if (!has(id)) continue;
    app_->press(id);
    keep();
    // Of two languages it is the other one: back to the first.
    if (app_->screen().language != language) app_->press(id);
    if (app_->screen().id == base) continue;
    try_all_in(base);
    go_back_to(base);
    ASSERT_EQ(app_->screen().id, base) << "no way back from what " << id << " opens";
    ASSERT_EQ(app_->screen().language, language) << id;
  }
}

// One that is offered, one that is looked for, and two.
void Walk::look_for_switches() {
  const std::string base = app_->screen().id;
  const auto pressed = [this](int number) {
    app_->control({.control = {visit::Control::Kind::button, number}});
    keep();
  };
  const auto pressed_item = [this](const std::string& id) {
    ASSERT_TRUE(has(id)) << id << " is not on " << app_->screen().id;
    app_->press(id);
    keep();
  };
  pressed(8);
  pressed_item("switch.drop");
  pressed_item("bar.yours");
  pressed_item("yours.pressing.next");
  for (const bool has_two : {false, true}) {
    pressed_item("switches.find");
    pressed(8);
    pressed(8);
    if (has_two) {
      pressed(9);
      pressed(9);
    } else {
      pressed_item("switch.only_one");
    }
    pressed_item("close");
    if (app_->screen().id == base) {
      pressed_item("bar.yours");
      pressed_item("yours.pressing.next");
    }
    pressed_item("switches.drop");
  }
  go_back_to(base);
  ASSERT_EQ(app_->screen().id, base);
}

// What stands in an overlay may change it: more sound, another speed. Not what leaves it.
void Walk::try_all_in(const std::string& base) {
  const std::string over = app_->screen().id;
  std::set<std::string> tried;
  for (int i = 0; i < 40; ++i) {
    std::string next;
    for (const Item& item : app_->screen().items) {
      const bool leaves = does<visit::Close>(item) || does<visit::Send>(item) || does<visit::Delete>(item) ||
                          does<visit::ChooseLanguage>(item) || does<visit::ShowScreen>(item);
      if (item.place == Place::content && is_focusable(item) && !leaves && !tried.contains(item.id)) next = item.id;
    }
    if (next.empty()) return;
    tried.insert(next);
    app_->press(next);
    keep();
    if (has("worker.ask")) app_->press("worker.ask");
    keep();
    if (app_->screen().id == base) return;
    if (app_->screen().id != over) go_back_to(over);
    if (app_->screen().id != over) return;
  }
}

void Walk::go_back_to(const std::string& base) {
  for (int i = 0; i < 10 && app_->screen().id != base; ++i) {
    app_->notice_input();
    std::string way;
    for (const Item& item : app_->screen().items) {
      const bool is_back = does<visit::Close>(item) || does<visit::ShowScreen>(item);
      if (is_back && is_focusable(item)) way = item.id;
    }
    if (way.empty()) return;
    app_->press(way);
  }
}

void Walk::end_in_every_way() {
  app_->press("bar.stop");
  keep();
  go_back_to("check");
  app_->press("send");
  keep();
  pass_time();
  app_->put_finished(fail(ErrorCode::io, "disk"));
  keep();
  ASSERT_EQ(app_->screen().id, "problem");
  send();
  app_->put_finished({});
  keep();
  ASSERT_EQ(app_->screen().id, "thanks");
}

}  // namespace perspective::sweep

#include "screen/screen.h"

#include <algorithm>
#include <array>
#include <utility>

#include "screen/pages.h"

namespace perspective::screen {
namespace {

using visit::Over;
using visit::Step;
using visit::Visit;

// Each step is a screen of its own: it is read out, and a scan starts anew.
std::string id_of(visit::Finding finding) {
  constexpr std::array<const char*, 6> kNames = {"offered", "first", "first_again", "second", "second_again", "ready"};
  return std::string("find_switch.") + kNames[static_cast<std::size_t>(finding)];
}

std::string id_of(const Visit& visit) {
  if (visit.seconds_left() > 0) return "still_there";
  if (visit.is_hidden()) return "hidden";
  if (visit.over() == Over::talk) return "talk";
  if (visit.over() == Over::worker) return "worker";
  if (visit.over() == Over::worker_asked) return "worker_asked";
  if (visit.over() == Over::stop) return "stop";
  if (visit.over() == Over::languages) return "language";
  if (visit.over() == Over::yours) return "yours";
  if (visit.over() == Over::switches) return "switches";
  if (visit.over() == Over::find_switch) return id_of(visit.finding());
  if (visit.over() == Over::keyboard) return "keyboard";
  switch (visit.step()) {
    case Step::language:
      return "language";
    case Step::yours:
      return "yours";
    case Step::token:
      return "token";
    case Step::welcome:
      return "welcome." + std::to_string(visit.page() + 1);
    case Step::practice:
      return "practice";
    case Step::question:
      return "question." + visit.item()->variable;
    case Step::check:
      return "check";
    case Step::sending:
      return "sending";
    case Step::problem:
      return "problem";
    case Step::thanks:
    case Step::ended:
      return "thanks";
  }
  return {};
}

// One other language: its name, in itself, and one press changes over. More: a list.
void write_language_button(Writer& writer, const Visit& visit, const Texts& texts) {
  const auto& languages = texts.languages;
  const auto is_other = [&](const LanguageName& each) { return each.language != visit.settings().language; };
  const auto other = std::ranges::find_if(languages, is_other);
  Item& item = writer.button("bar.language", "kiosk.bar.language", Place::bar, Look::quiet, visit::ShowLanguages{});
  item.enabled = other != languages.end();
  if (languages.size() != 2) return;
  item.label = other->name;
  item.spoken = other->name;
  item.language = other->language;
  item.action = visit::ChooseLanguage{other->language};
}

void write_bar(Writer& writer, const Visit& visit, const Texts& texts) {
  write_language_button(writer, visit, texts);
  const visit::Settings& settings = visit.settings();
  const std::int64_t size = static_cast<int>(settings.size) + 1;
  Item& sizes = writer.button("bar.size", "kiosk.bar.size", Place::bar, Look::quiet, visit::NextSize{});
  sizes.value = writer.say("kiosk.bar.size.state", {{"size", size}, {"sizes", std::int64_t{visit::kTextSizes}}});
  const std::string name = "kiosk.bar.colours." + std::to_string(static_cast<int>(settings.colours) + 1);
  Item& colours = writer.button("bar.colours", "kiosk.bar.colours", Place::bar, Look::quiet, visit::NextColours{});
  colours.value = writer.say(name);
  const bool is_there = visit.over() == Over::yours || (!visit.over() && visit.step() == Step::yours);
  writer.button("bar.yours", "kiosk.bar.yours", Place::bar, Look::quiet, visit::ShowYours{}).enabled = !is_there;
  // Both are there without speech too: the first begins it, and nothing moves when it has begun.
  writer.button("bar.again", "kiosk.bar.again", Place::bar, Look::quiet, SayAgain{});
  writer.button("bar.pause", "kiosk.bar.pause", Place::bar, Look::quiet, PauseSpeech{}).enabled = false;
  writer.button("bar.hide", "kiosk.bar.hide", Place::bar, Look::quiet, visit::HideScreen{});
  writer.button("bar.talk", "kiosk.bar.talk", Place::bar, Look::quiet, visit::ShowTalk{}).enabled =
      visit.over() != Over::talk;
  writer.button("bar.stop", "kiosk.bar.stop", Place::bar, Look::quiet, visit::ShowStop{}).enabled =
      visit.can_stop() && visit.over() != Over::stop;
}

void write_over(Writer& writer, const Visit& visit, const Texts& texts) {
  if (visit.over() == Over::talk) return write_talk(writer, visit);
  if (visit.over() == Over::worker) return write_worker(writer);
  if (visit.over() == Over::worker_asked) return write_worker_asked(writer);
  if (visit.over() == Over::stop) return write_stop(writer, visit);
  if (visit.over() == Over::yours) return write_yours(writer, visit);
  if (visit.over() == Over::switches) return write_switches(writer, visit);
  if (visit.over() == Over::find_switch) return write_find_switch(writer, visit);
  if (visit.over() == Over::keyboard) return write_keyboard(writer, visit);
  write_languages(writer, visit, texts);
}

void write_step(Writer& writer, const Visit& visit, const Texts& texts) {
  switch (visit.step()) {
    case Step::language:
      return write_languages(writer, visit, texts);
    case Step::yours:
      return write_yours(writer, visit);
    case Step::token:
      return write_token(writer, visit);
    case Step::welcome:
      return write_welcome(writer, visit);
    case Step::practice:
    case Step::question:
      return write_item(writer, visit);
    case Step::check:
      return write_check(writer, visit);
    case Step::sending:
      return write_sending(writer);
    case Step::problem:
      return write_problem(writer);
    case Step::thanks:
    case Step::ended:
      return write_thanks(writer, visit);
  }
}

// {helpline}: the first number, which the questionnaire's words name where someone may be in danger.
text::Arguments helpline_of(const Visit& visit, const Texts& texts, std::string (*written)(std::string_view)) {
  const auto& helplines = visit.questionnaire().helplines;
  if (helplines.empty()) return {};
  const text::Arguments name_and_number = {{"name", texts.words.say(helplines.front().text)},
                                           {"number", written(helplines.front().number)}};
  return {{"helpline", texts.words.say("kiosk.helpline", name_and_number)}};
}

}  // namespace

bool is_choice(const Item& item) { return item.role == Role::radio || item.role == Role::checkbox; }

bool is_focusable(const Item& item) {
  const bool can_act =
      item.role == Role::radio || item.role == Role::checkbox || item.role == Role::entry || item.role == Role::button;
  return can_act && item.enabled;
}

const Item* Screen::item(std::string_view wanted) const {
  const auto found = std::ranges::find(items, wanted, &Item::id);
  return found == items.end() ? nullptr : &*found;
}

Screen screen_of(const Visit& visit, const Texts& texts) {
  Writer writer(id_of(visit), texts.words, helpline_of(visit, texts, unbroken),
                helpline_of(visit, texts, digit_by_digit));
  // Without the bar: the next press, whatever it is, only brings back what was there.
  if (visit.seconds_left() > 0) {
    write_warning(writer, visit);
    return writer.take();
  }
  if (visit.is_hidden()) {
    write_hidden(writer);
    return writer.take();
  }
  write_bar(writer, visit, texts);
  if (visit.over()) {
    write_over(writer, visit, texts);
  } else {
    write_step(writer, visit, texts);
  }
  return writer.take();
}

namespace {

bool has_keys(const Screen& screen) {
  return std::ranges::find(screen.items, Place::keys, &Item::place) != screen.items.end();
}

// Above all that the screen is about, a paragraph for each line. The bar may have no room for words, so what the notice
// says to press stands below it.
Screen with_notice(Screen screen, const std::string& key, bool names_settings, const text::Catalogue& words) {
  Writer writer(screen.id, words);
  writer.paragraphs("notice.sound", Role::note, key);
  if (names_settings) {
    writer.button("notice.settings", "kiosk.bar.yours", Place::content, Look::plain, visit::ShowYours{});
  }
  const Screen notice = writer.take();
  const auto content = std::ranges::find(screen.items, Place::content, &Item::place);
  screen.items.insert(content, notice.items.begin(), notice.items.end());
  return screen;
}

}  // namespace

Screen with_speech(Screen screen, Speech speech, const text::Catalogue& words) {
  const auto pause = std::ranges::find(screen.items, "bar.pause", &Item::id);
  const auto again = std::ranges::find(screen.items, "bar.again", &Item::id);
  if (speech == Speech::off || pause == screen.items.end() || again == screen.items.end()) return screen;
  again->spoken = words.say("kiosk.bar.again.on.spoken");
  if (speech == Speech::no_sound) return with_notice(std::move(screen), "kiosk.sound.none", false, words);
  if (speech == Speech::no_headphones) {
    // Among keys each line that is written counts: there is no button to name.
    if (has_keys(screen)) return with_notice(std::move(screen), "kiosk.picture.no_headphones", false, words);
    const std::string key = "kiosk.sound.no_headphones";
    const bool is_here = screen.id == "yours";
    return with_notice(std::move(screen), is_here ? key + ".here" : key, !is_here, words);
  }
  pause->enabled = true;
  if (speech == Speech::paused) {
    pause->label = words.say("kiosk.bar.go_on");
    pause->spoken = pause->label;
  }
  return screen;
}

Screen with_undo(Screen screen, const text::Catalogue& words) {
  Item button = {.id = "undo", .role = Role::button, .place = Place::foot, .label = words.say("kiosk.scan.undo")};
  button.spoken = words.say("kiosk.scan.undo.spoken");
  button.look = Look::quiet;
  button.action = Undo{};
  const auto foot = std::ranges::find(screen.items, Place::foot, &Item::place);
  const bool has_back = foot != screen.items.end() && foot->look == Look::quiet;
  screen.items.insert(has_back ? foot + 1 : foot, std::move(button));
  return screen;
}

Screen with_practice(Screen screen, const text::Catalogue& words) {
  Writer writer(screen.id, words);
  writer.text("practice", Role::note, "kiosk.rehearsal");
  const Screen note = writer.take();
  const auto content = std::ranges::find(screen.items, Place::content, &Item::place);
  screen.items.insert(content, note.items.begin(), note.items.end());
  return screen;
}

Screen cover_of(Speech speech, const text::Catalogue& words) {
  Writer writer("cover", words);
  if (speech == Speech::no_sound) writer.paragraphs("notice.sound", Role::note, "kiosk.sound.none");
  if (speech == Speech::no_headphones) writer.paragraphs("notice.sound", Role::note, "kiosk.picture.no_headphones");
  writer.paragraphs("text", Role::paragraph, "kiosk.picture.cover");
  return writer.take();
}

Screen with_more(Screen screen, More more, const text::Catalogue& words) {
  if (more == More::none) return screen;
  const std::string key = more == More::on ? "kiosk.button.more" : "kiosk.button.top";
  Item button = {.id = "more", .role = Role::button, .place = Place::foot, .label = words.say(key)};
  button.spoken = words.say(key + ".spoken");
  if (more == More::on) button.look = Look::guide;
  const auto foot = std::ranges::find(screen.items, Place::foot, &Item::place);
  const bool has_back = foot != screen.items.end() && foot->look == Look::quiet;
  screen.items.insert(has_back ? foot + 1 : foot, std::move(button));
  return screen;
}

}  // namespace perspective::screen

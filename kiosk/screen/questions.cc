// One question a screen.
#include <algorithm>

#include "screen/pages.h"
#include "survey/routing.h"

namespace perspective::screen {
namespace {

using visit::Visit;

// Said when fewer bytes than this are left: most letters take one. Down to so few, in tens: not with every letter.
constexpr std::size_t kNearBytes = 100;
constexpr std::size_t kFewBytes = 10;

void write_progress(Writer& writer, const Visit& visit) {
  if (visit.step() == visit::Step::practice) {
    writer.text("progress", Role::progress, "kiosk.practice.progress");
    return;
  }
  const auto route = survey::route(visit.questionnaire(), visit.answers());
  const auto place = std::ranges::find(route, visit.position()) - route.begin();
  const text::Arguments arguments = {{"number", std::int64_t{place + 1}},
                                     {"total", static_cast<std::int64_t>(route.size())}};
  writer.add({.id = "progress", .role = Role::progress, .label = writer.say("kiosk.question.progress", arguments)});
}

void write_words(Writer& writer, const Visit& visit) {
  for (const std::string& word : visit.item()->words) {
    Item& ask = writer.button("meaning." + word, "kiosk.word.ask", Place::content, Look::quiet, visit::Explain{word});
    ask.label = writer.say("kiosk.word.ask", {{"word", writer.say("word." + word)}});
    ask.spoken = writer.spoken("kiosk.word.ask", {{"word", writer.spoken("word." + word)}});
    ask.selected = visit.explained() == word;
    if (ask.selected) writer.paragraphs("meaning." + word + ".text", Role::note, "word." + word + ".meaning");
  }
}

bool is_chosen(const survey::Answer* answer, const std::string& option) {
  if (answer == nullptr) return false;
  if (const auto* choice = std::get_if<survey::Choice>(answer)) return choice->option == option;
  const auto* choices = std::get_if<survey::Choices>(answer);
  return choices != nullptr && std::ranges::find(choices->options, option) != choices->options.end();
}

// A picture of an option says again what its words say, so the words are its spoken alternative (EN 301 549 5.1.3.6):
// who listens hears "Sometimes", not "Sometimes, a calendar", on every option of thirty questions. What is drawn stands
// in the record, and an attribute on the accessibility bus tells it to whoever asks. Where a picture does add something
// its author writes the twin `picture.<name>.spoken`, and that is said after the words.
void write_picture(const Writer& writer, const std::string& picture, Item& shown) {
  if (picture.empty()) return;
  const std::string key = "picture." + picture;
  shown.picture = picture;
  shown.picture_alt = writer.say(key);
  if (writer.has(key + ".spoken")) shown.spoken += ". " + writer.spoken(key);
}

void write_options(Writer& writer, const Visit& visit, const survey::Item& item) {
  const bool is_multiple = std::holds_alternative<survey::MultipleChoice>(item.kind);
  writer.text("how", Role::hint, is_multiple ? "kiosk.question.choose_any" : "kiosk.question.choose_one");
  for (const survey::Option& option : survey::options_of(item)) {
    Item& shown = writer.text("option." + option.id, is_multiple ? Role::checkbox : Role::radio,
                              "item." + item.variable + "." + option.id);
    write_picture(writer, option.picture, shown);
    shown.selected = is_chosen(visit.answer_to(item.variable), option.id);
    shown.action = visit::Choose{option.id};
  }
}

void write_entry(Writer& writer, const Visit& visit, const survey::Item& item, const survey::FreeText& kind) {
  Item& entry = writer.text("words", Role::entry, "kiosk.entry.label");
  entry.spoken = writer.spoken("item." + item.variable) + " " + entry.label;
  visit::Writing writing = visit.writing();
  entry.caret = writing.caret;
  entry.value = std::move(writing.text);
  entry.max_bytes = kind.max_bytes;
  entry.action = visit::ShowKeyboard{};
  write_bytes_left(writer, entry.value.size(), kind.max_bytes, "kiosk.entry.left");
  writer.button("keyboard", "kiosk.entry.keyboard", Place::content, Look::quiet, visit::ShowKeyboard{});
  const bool is_strange = visit.setting().is_withdrawal() && visit.answer_to(item.variable) && !visit.is_answered();
  if (is_strange) writer.paragraphs("strange", Role::hint, "kiosk.withdrawal.strange");
}

void write_foot(Writer& writer, const Visit& visit) {
  writer.button("back", "kiosk.button.back", Place::foot, Look::quiet, visit::Back{});
  if (!visit.setting().is_withdrawal()) {
    writer.button("skip", "kiosk.button.skip", Place::foot, Look::plain, visit::Skip{});
  }
  writer.button("next", "kiosk.button.next", Place::foot, Look::primary, visit::Next{}).enabled = visit.is_answered();
}

// So many touches beside everything, and larger targets may help.
constexpr int kManyMisses = 3;

// By the means that the person has used so far.
void write_way(Writer& writer, const Visit& visit) {
  const visit::Input& input = visit.settings().input;
  if (input.move) {
    writer.paragraphs("way", Role::paragraph, "kiosk.practice.two_switches");
  } else if (input.has_switch()) {
    writer.paragraphs("way", Role::paragraph, "kiosk.practice.one_switch");
  } else if (visit.uses_keys()) {
    writer.paragraphs("way", Role::paragraph, "kiosk.practice.keys");
  }
}

// Below the answers, so that nothing moves under the finger.
void write_offers(Writer& writer, const Visit& visit) {
  const visit::Settings& settings = visit.settings();
  if (visit.misses() >= kManyMisses && static_cast<int>(settings.size) + 1 < visit::kTextSizes) {
    writer.paragraphs("offer.larger", Role::note, "kiosk.practice.larger");
    writer.button("larger", "kiosk.yours.size.more", Place::content, Look::plain, visit::ChangeSize{1});
  }
  if (settings.sound.is_on) return;
  writer.paragraphs("offer.sound", Role::note, "kiosk.practice.sound");
  writer.button("read", "kiosk.sound.switch_on", Place::content, Look::plain, SayAgain{});
}

}  // namespace

// A caution that always stands there comes before what is to be done; one that an answer brings comes after, so that
// nothing moves under the finger.
void write_notes(Writer& writer, const Visit& visit, bool always) {
  int number = 0;
  for (const survey::Note* note : survey::notes_to_show(visit.questionnaire(), *visit.item(), visit.answers())) {
    ++number;
    if (note->when.is_always() == always) {
      writer.paragraphs("note." + std::to_string(number), Role::note, note->text);
    }
  }
}

void write_bytes_left(Writer& writer, std::size_t used, std::size_t most, std::string_view key) {
  const std::size_t left = most > used ? most - used : 0;
  if (left > kNearBytes) return;
  if (left == 0) {
    writer.text("left", Role::hint, "kiosk.entry.full");
    return;
  }
  const auto count = [](std::size_t bytes) { return text::Arguments{{"count", static_cast<std::int64_t>(bytes)}}; };
  writer.add({.id = "left",
              .role = Role::hint,
              .label = writer.say(key, count(left)),
              .spoken = writer.say("kiosk.entry.left", count(left > kFewBytes ? left / 10 * 10 : left))});
}

void write_item(Writer& writer, const Visit& visit) {
  const survey::Item& item = *visit.item();
  const std::string key = "item." + item.variable;
  write_progress(writer, visit);
  writer.heading(key);
  if (writer.has(key + ".help")) writer.paragraphs("help", Role::paragraph, key + ".help");
  const bool is_practice = visit.step() == visit::Step::practice;
  if (is_practice) write_way(writer, visit);
  write_words(writer, visit);
  write_notes(writer, visit, true);
  if (const auto* kind = std::get_if<survey::FreeText>(&item.kind)) {
    write_entry(writer, visit, item, *kind);
  } else {
    write_options(writer, visit, item);
  }
  write_notes(writer, visit, false);
  if (is_practice) write_offers(writer, visit);
  write_foot(writer, visit);
}

}  // namespace perspective::screen

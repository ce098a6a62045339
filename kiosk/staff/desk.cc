#include "staff/desk.h"

#include <algorithm>

#include "screen/writer.h"
#include "staff/report.h"
#include "staff/stick.h"

namespace perspective::staff {
namespace {

using screen::Item;
using screen::Look;
using screen::Place;
using screen::Role;
using screen::Screen;
using screen::StaffAction;
using screen::Writer;

// ---- the PIN ----------------------------------------------------------------------------------------------------

constexpr int kKeyColumns = 3;  // of the ten of a keyboard

Item& key(Writer& writer, const std::string& id, std::string_view words, int row, StaffAction action) {
  Item& made = writer.button("key." + id, words, Place::keys, Look::plain, std::move(action));
  made.columns = kKeyColumns;
  made.group = "keys." + std::to_string(row);
  return made;
}

void digit(Writer& writer, int digit, int row) {
  const std::string name = std::to_string(digit);
  writer.add({.id = "key." + name,
              .role = Role::button,
              .place = Place::keys,
              .label = name,
              .columns = kKeyColumns,
              .group = "keys." + std::to_string(row),
              .action = StaffAction(screen::TypeDigit{digit})});
}

void write_news(Writer& writer, const Desk& desk) {
  switch (desk.news) {
    case PinNews::none:
      return;
    case PinNews::being_tried:
      writer.text("news", Role::paragraph, "kiosk.pin.tried");
      return;
    case PinNews::wrong:
      writer.text("news", Role::note, "kiosk.pin.wrong");
      return;
    case PinNews::locked:
      writer.add({.id = "news",
                  .role = Role::note,
                  .label = writer.say("kiosk.pin.locked", {{"minutes", std::int64_t{desk.locked_min}}})});
      return;
  }
}

Screen pin_screen(const Desk& desk, const text::Catalogue& words) {
  Writer writer("pin", words);
  writer.heading("kiosk.pin.heading");
  write_news(writer, desk);
  std::string dots;
  for (std::size_t i = 0; i < desk.typed; ++i) dots += dots.empty() ? "●" : " ●";
  const std::string count = writer.say("kiosk.pin.typed", {{"count", static_cast<std::int64_t>(desk.typed)}});
  writer.add({.id = "typed", .role = Role::status, .label = dots.empty() ? count : dots, .spoken = count});
  for (int number = 1; number <= 9; ++number) digit(writer, number, (number + 2) / 3);
  key(writer, "erase", "kiosk.keys.erase", 4, screen::EraseDigit{}).enabled = desk.typed > 0;
  digit(writer, 0, 4);
  Item& enter = key(writer, "enter", "kiosk.pin.enter", 4, screen::TryPin{});
  enter.look = Look::primary;
  enter.enabled = desk.typed >= kLeastPinDigits && desk.news != PinNews::being_tried;
  return writer.take();
}

// ---- before a visit ---------------------------------------------------------------------------------------------

std::string_view name_of(Sound sound) {
  switch (sound) {
    case Sound::none:
      return "kiosk.before.sound.none";
    case Sound::loudspeaker:
      return "kiosk.before.sound.loudspeaker";
    case Sound::headphones:
      return "kiosk.before.sound.headphones";
  }
  return {};
}

// Empty: nothing is asked of them.
std::string_view name_of(Guardian guardian) {
  switch (guardian) {
    case Guardian::local:
      return "kiosk.before.guardian.local";
    case Guardian::informed:
      return "kiosk.before.guardian.informed";
    case Guardian::consent:
      return "kiosk.before.guardian.consent";
    case Guardian::not_needed:
      break;
  }
  return {};
}

void row(Writer& writer, const std::string& id, std::string_view key, const std::string& value) {
  const std::string label = writer.say(key);
  writer.add({.id = id, .role = Role::summary, .label = label, .spoken = label + ": " + value, .value = value});
}

Item& row_button(Writer& writer, const std::string& id, std::string_view key, const std::string& of,
                 StaffAction action) {
  Item& made = writer.button(id, key, Place::content, Look::plain, std::move(action));
  made.group = of;
  return made;
}

void write_sound(Writer& writer, const Desk& desk, Sound sound) {
  row(writer, "sound", "kiosk.before.sound", writer.say(name_of(sound)));
  row_button(writer, "sound.test", "kiosk.before.sound.test", "sound", screen::TestSound{}).enabled =
      sound != Sound::none;
  if (sound == Sound::none) return;
  row(writer, "volume", "kiosk.sound.volume",
      writer.say("kiosk.say.place",
                 {{"number", std::int64_t{desk.volume} + 1}, {"total", std::int64_t{visit::kVolumes}}}));
  row_button(writer, "volume.less", "kiosk.sound.volume.less", "volume", screen::ChangeLoudness{-1}).enabled =
      desk.volume > 0;
  row_button(writer, "volume.more", "kiosk.sound.volume.more", "volume", screen::ChangeLoudness{1}).enabled =
      desk.volume + 1 < visit::kVolumes;
}

const Offered* chosen_of(const Desk& desk, const Facts& facts) {
  const auto is_it = [&](const Offered& each) {
    return each.inspection == desk.chosen.inspection && each.questionnaire == desk.chosen.questionnaire;
  };
  const auto found = std::ranges::find_if(facts.offered, is_it);
  return found == facts.offered.end() ? nullptr : &*found;
}

Screen before_screen(const Desk& desk, const Facts& facts, const Offered& chosen, const text::Catalogue& words) {
  Writer writer("before", words);
  writer.add({.id = "heading", .role = Role::heading, .label = chosen.title});
  const auto guardian = name_of(chosen.guardian);
  writer.add({.id = "text",
              .role = Role::paragraph,
              .label = writer.say("kiosk.before.text", {{"count", std::int64_t{guardian.empty() ? 1 : 2}}})});
  if (!guardian.empty()) writer.text("guardian", Role::note, guardian);
  writer.text("willing", Role::note, "kiosk.before.willing");
  write_sound(writer, desk, facts.sound);
  writer.text("hand_over", Role::hint, "kiosk.before.hand_over");
  writer.text("practise.text", Role::hint, "kiosk.before.practise.text");
  writer.button("back", "kiosk.button.back", Place::foot, Look::quiet, StaffAction(screen::ShowStart{}));
  const bool can_start = facts.status.is_taking_visits() && !chosen.why_not;
  screen::StartVisit rehearsal = desk.chosen;
  rehearsal.is_rehearsal = true;
  writer.button("practise", "kiosk.before.practise", Place::foot, Look::plain, rehearsal).enabled = can_start;
  writer.button("start", "kiosk.before.start", Place::foot, Look::primary, desk.chosen).enabled = can_start;
  return writer.take();
}

// ---- sending what waits -----------------------------------------------------------------------------------------

Screen send_screen(const text::Catalogue& words) {
  Writer writer("send", words);
  writer.heading("kiosk.send.heading");
  writer.paragraphs("text", Role::note, "kiosk.send.text");
  writer.button("back", "kiosk.button.back", Place::foot, Look::quiet, StaffAction(screen::ShowStart{}));
  writer.button("send", "kiosk.send.button", Place::foot, Look::primary, StaffAction(screen::SendNow{}));
  return writer.take();
}

Screen sending_screen(const text::Catalogue& words) {
  Writer writer("send.under_way", words);
  writer.heading("kiosk.send.under_way");
  writer.text("text", Role::paragraph, "kiosk.send.under_way.text");
  writer.button("back", "kiosk.button.back", Place::foot, Look::quiet, StaffAction(screen::ShowStart{}));
  return writer.take();
}

Screen sent_screen(const std::optional<readiness::Reason>& why_not, const text::Catalogue& words) {
  Writer writer("sent", words);
  writer.heading(why_not ? "kiosk.send.failed" : "kiosk.send.done");
  if (why_not) {
    const std::string code(readiness::code_of(*why_not));
    writer.paragraphs("failed." + code, Role::note, "kiosk.start.reason." + code);
  } else {
    writer.text("text", Role::paragraph, "kiosk.send.done.text");
  }
  writer.button("close", "kiosk.button.close", Place::foot, Look::primary, StaffAction(screen::ShowStart{}));
  return writer.take();
}

}  // namespace

Screen screen_of(const Desk& desk, const Facts& facts, const text::Catalogue& words) {
  switch (desk.page) {
    case Page::pin:
      return pin_screen(desk, words);
    case Page::before:
      if (const Offered* chosen = chosen_of(desk, facts)) return before_screen(desk, facts, *chosen, words);
      break;
    case Page::send:
      return send_screen(words);
    case Page::sending:
      return sending_screen(words);
    case Page::sent:
      return sent_screen(desk.why_not_sent, words);
    case Page::stick:
      return stick_screen(words);
    case Page::copying:
      return copying_screen(words);
    case Page::copied:
      return copied_screen(desk.stick, words);
    case Page::ready:
      return report_screen(desk.facts, words);
    case Page::start:
      break;
  }
  return start_screen(facts.offered, facts.status, words);
}

}  // namespace perspective::staff

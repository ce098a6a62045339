// How one presses: the panel for it, and the way to find one's switch.
#include <array>

#include "screen/pages.h"

namespace perspective::screen {
namespace {

using visit::Finding;
using visit::Input;
using visit::Visit;

// "0.5": in seconds, without zeros that say nothing.
std::string seconds_of(int milliseconds) {
  std::string text = std::to_string(milliseconds / 1000);
  const int tenths = milliseconds % 1000 / 100;
  if (tenths > 0) text += "." + std::to_string(tenths);
  return text;
}

// "Speed: 2 seconds", and a button either way.
template <std::size_t kCount>
void write_row(Writer& writer, const std::string& what, int index, const std::array<int, kCount>& values_ms,
               visit::Action less, visit::Action more) {
  const std::string key = "kiosk.switches." + what;
  const int value = values_ms[static_cast<std::size_t>(index)];
  const text::Arguments arguments = {{"seconds", seconds_of(value)}};
  const std::string said = value == 0      ? writer.say(key + ".off")
                           : value == 1000 ? writer.say(key + ".one")
                                           : writer.say(key, arguments);
  writer.add({.id = "switches." + what, .role = Role::paragraph, .label = said});
  const auto button = [&](const std::string& way, int step, visit::Action action, bool is_end) {
    Item& made = writer.button("switches." + what + way, key + way, Place::content, Look::plain, std::move(action));
    made.enabled = !is_end;
    made.step = step;
  };
  button(".less", -1, std::move(less), index == 0);
  button(".more", 1, std::move(more), index + 1 == static_cast<int>(kCount));
}

// Faster is less time at each stop; people say it the other way round.
void write_pace(Writer& writer, const Input& input) {
  write_row(writer, "pace", input.pace, visit::kPaces_ms, visit::ChangePace{-1}, visit::ChangePace{1});
}

std::string name_of(Finding finding, const Input& input) {
  switch (finding) {
    case Finding::offered:
      return "offered";
    case Finding::first:
      return "first";
    case Finding::first_again:
    case Finding::second_again:
      return "again";
    case Finding::second:
      return "second";
    case Finding::ready:
      return input.scans_by_itself() ? "ready" : "ready_with_two";
  }
  return {};
}

void write_choices(Writer& writer, Finding finding) {
  const auto button = [&](const std::string& what, Look look, visit::Action action) {
    writer.button("switch." + what, "kiosk.switch." + what, Place::content, look, std::move(action));
  };
  if (finding == Finding::offered) {
    button("keep", Look::primary, visit::KeepSwitch{});
    button("drop", Look::plain, visit::DropSwitches{});
  }
  if (finding == Finding::second || finding == Finding::second_again) {
    button("only_one", Look::plain, visit::OnlyOneSwitch{});
  }
}

}  // namespace

void write_switches(Writer& writer, const Visit& visit) {
  const Input& input = visit.settings().input;
  writer.heading("kiosk.switches.heading");
  writer.paragraphs("text", Role::paragraph, "kiosk.switches.text");
  writer.button("switches.find", "kiosk.switches.find", Place::content,
                input.has_switch() ? Look::plain : Look::primary, visit::FindSwitch{});
  if (input.has_switch()) {
    writer.button("switches.drop", "kiosk.switches.drop", Place::content, Look::plain, visit::DropSwitches{});
  }
  if (input.scans_by_itself()) write_pace(writer, input);
  write_row(writer, "ignored", input.ignored, visit::kIgnored_ms, visit::ChangeIgnored{-1}, visit::ChangeIgnored{1});
  write_row(writer, "held", input.held, visit::kHeld_ms, visit::ChangeHeld{-1}, visit::ChangeHeld{1});
  writer.button("close", "kiosk.button.close", Place::foot, Look::primary, visit::Close{});
}

void write_find_switch(Writer& writer, const Visit& visit) {
  const Input& input = visit.settings().input;
  const std::string key = "kiosk.switch." + name_of(visit.finding(), input);
  writer.heading(key + ".heading");
  writer.paragraphs("text", Role::paragraph, key + ".text");
  write_choices(writer, visit.finding());
  if (visit.finding() == Finding::offered) return;
  const bool is_ready = visit.finding() == Finding::ready;
  if (is_ready && input.scans_by_itself()) write_pace(writer, input);
  writer.button("close", is_ready ? "kiosk.switch.begin" : "kiosk.button.close", Place::foot,
                is_ready ? Look::primary : Look::quiet, visit::Close{});
}

}  // namespace perspective::screen

#include "access/narrator.h"

#include <algorithm>

namespace perspective::access {
namespace {

using screen::Item;
using screen::Role;
using screen::Screen;

bool is_choice(const Item& item) { return item.role == Role::radio || item.role == Role::checkbox; }

std::string place_of(const Screen& screen, const Item& item, const text::Catalogue& words) {
  std::int64_t number = 0;
  std::int64_t total = 0;
  for (const Item& each : screen.items) {
    if (!is_choice(each)) continue;
    ++total;
    if (each.id == item.id) number = total;
  }
  return words.say("kiosk.say.place", {{"number", number}, {"total", total}});
}

std::string state_of(const Screen& screen, const Item& item, const text::Catalogue& words) {
  if (is_choice(item)) {
    return words.say(item.selected ? "kiosk.say.selected" : "kiosk.say.not_selected") + ", " +
           place_of(screen, item, words);
  }
  if (item.role == Role::entry) {
    return words.say("kiosk.say.entry") + ", " + (item.value.empty() ? words.say("kiosk.say.empty") : item.value);
  }
  std::string state =
      item.value.empty() ? words.say("kiosk.say.button") : item.value + ", " + words.say("kiosk.say.button");
  if (!item.enabled) state += ". " + words.say("kiosk.say.off");
  return state;
}

bool is_control(const Item& item) { return is_choice(item) || item.role == Role::entry || item.role == Role::button; }

bool is_same(const Item& one, const Item& other) {
  return one.selected == other.selected && one.spoken == other.spoken && one.value == other.value;
}

}  // namespace

std::string said_of(const Screen& screen, const Item& item, const text::Catalogue& words) {
  return is_control(item) ? item.spoken + ", " + state_of(screen, item, words) : item.spoken;
}

std::vector<std::string> said_between(const Scene& before, const Scene& now, const text::Catalogue& words) {
  std::vector<std::string> said;
  const bool is_new = before.screen.id != now.screen.id || before.screen.language != now.screen.language;
  for (const Item& item : now.screen.items) {
    if (is_control(item)) continue;
    const Item* old = is_new ? nullptr : before.screen.item(item.id);
    if (old == nullptr || !is_same(*old, item)) said.push_back(said_of(now.screen, item, words));
  }
  if (!now.focused) return said;
  const Item* item = now.screen.item(*now.focused);
  if (item == nullptr) return said;
  const Item* old = is_new ? nullptr : before.screen.item(*now.focused);
  const bool moved = is_new || before.focused != now.focused;
  // Letters that are being typed are the entry's to echo, not to be read from the start each time.
  const bool is_typed = item->role == Role::entry && !moved;
  if (moved || (!is_typed && (old == nullptr || !is_same(*old, *item)))) {
    said.push_back(said_of(now.screen, *item, words));
  }
  return said;
}

}  // namespace perspective::access

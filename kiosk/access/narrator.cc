#include "access/narrator.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace perspective::access {
namespace {

using screen::is_choice;
using screen::Item;
using screen::Role;
using screen::Screen;

struct PlaceAmongOptions {
  std::int64_t number = 0;
  std::int64_t total = 0;
};
PlaceAmongOptions place_among(const Screen& screen, const Item& item) {
  PlaceAmongOptions place;
  for (const Item& each : screen.items) {
    if (!is_choice(each)) continue;
    ++place.total;
    if (each.id == item.id) place.number = place.total;
  }
  return place;
}

std::string place_of(const Screen& screen, const Item& item, const text::Catalogue& words) {
  const auto [number, total] = place_among(screen, item);
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
  // Of thirty keys not one is said to be a button.
  if (item.place == screen::Place::keys) {
    return item.enabled ? item.value : words.say("kiosk.say.off");
  }
  std::string state =
      item.value.empty() ? words.say("kiosk.say.button") : item.value + ", " + words.say("kiosk.say.button");
  if (!item.enabled) state += ". " + words.say("kiosk.say.off");
  return state;
}

// "1. Yes"; and that it is chosen, where it is.
std::string option_of(const Screen& screen, const Item& item, const text::Catalogue& words) {
  const std::string said =
      words.say("kiosk.say.option", {{"number", place_among(screen, item).number}, {"option", item.spoken}});
  return item.selected ? said + ", " + words.say("kiosk.say.selected") : said;
}

Said breath(const Screen& screen, const Item& item, std::string text) {
  const std::size_t at = item.label.empty() ? std::string::npos : text.find(item.label);
  const std::size_t own = text.find(item.spoken);
  return {.text = std::move(text),
          .language = item.language.empty() ? screen.language : item.language,
          .item = item.id,
          .shown_at = at == std::string::npos ? kNotShown : at,
          .shown_bytes = item.label.size(),
          .own_at = own == std::string::npos ? 0 : own,
          .own_bytes = own == std::string::npos ? 0 : item.spoken.size(),
          .is_slow = item.role == Role::word};
}

// A name in another language, by a voice of that language; what it is and does, by the screen's.
std::vector<Said> breaths(const Screen& screen, const Item& item, const text::Catalogue& words) {
  if (item.language.empty() || item.language == screen.language) {
    return {breath(screen, item, said_of(screen, item, words))};
  }
  return {breath(screen, item, item.spoken), {.text = state_of(screen, item, words), .language = screen.language}};
}

bool is_control(const Item& item) { return is_choice(item) || item.role == Role::entry || item.role == Role::button; }

bool is_same(const Item& one, const Item& other) {
  return one.selected == other.selected && one.spoken == other.spoken && one.value == other.value;
}

}  // namespace

std::string said_of(const Screen& screen, const Item& item, const text::Catalogue& words) {
  if (!is_control(item)) return item.spoken;
  const std::string state = state_of(screen, item, words);
  return state.empty() ? item.spoken : item.spoken + ", " + state;
}

std::vector<Said> said_between(const Scene& before, const Scene& now, const text::Catalogue& words) {
  std::vector<Said> said;
  const bool is_new = before.screen.id != now.screen.id || before.screen.language != now.screen.language;
  for (const Item& item : now.screen.items) {
    if (is_choice(item) && is_new) said.push_back(breath(now.screen, item, option_of(now.screen, item, words)));
    if (is_control(item)) continue;
    const Item* old = is_new ? nullptr : before.screen.item(item.id);
    if (old == nullptr || !is_same(*old, item)) said.push_back(breath(now.screen, item, item.spoken));
  }
  if (!now.focused) return said;
  const Item* item = now.screen.item(*now.focused);
  if (item == nullptr) return said;
  const Item* old = is_new ? nullptr : before.screen.item(*now.focused);
  const bool moved = is_new || before.focused != now.focused;
  // Letters that are being typed are the entry's to echo, not to be read from the start each time.
  const bool is_typed = item->role == Role::entry && !moved;
  if (moved || (!is_typed && (old == nullptr || !is_same(*old, *item)))) {
    std::ranges::move(breaths(now.screen, *item, words), std::back_inserter(said));
  }
  return said;
}

Said said_of_group(const Screen& screen, const std::vector<std::string>& items, const text::Catalogue& words) {
  const Item* first = items.empty() ? nullptr : screen.item(items.front());
  const Item* last = items.empty() ? nullptr : screen.item(items.back());
  if (first == nullptr || last == nullptr) return {};
  if (first->place == screen::Place::bar) return {.text = words.say("kiosk.scan.bar"), .language = screen.language};
  if (first->place == screen::Place::foot) return {.text = words.say("kiosk.scan.foot"), .language = screen.language};
  return {.text = words.say("kiosk.scan.group", {{"first", first->spoken}, {"last", last->spoken}}),
          .language = screen.language};
}

std::chrono::milliseconds duration_of(const std::vector<Said>& said, const visit::Sound& sound) {
  // 125 words a minute of about six bytes each, and a breath; what is slow takes twice as long.
  constexpr std::size_t kByte_ms = 80;
  constexpr std::size_t kBreath_ms = 250;
  std::size_t sum_ms = 0;
  for (const Said& each : said) sum_ms += (each.text.size() * kByte_ms + kBreath_ms) * (each.is_slow ? 2 : 1);
  const auto rate = static_cast<std::size_t>(visit::kRates_percent[static_cast<std::size_t>(sound.rate)]);
  return std::chrono::milliseconds(sum_ms * 100 / rate);
}

std::vector<Said> said_again(const Scene& now, const text::Catalogue& words) {
  const Screen nothing;
  const std::optional<std::string> nowhere;
  return said_between({nothing, nowhere}, now, words);
}

}  // namespace perspective::access

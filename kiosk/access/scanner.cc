#include "access/scanner.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace perspective::access {
namespace {

using screen::Item;
using screen::Look;
using screen::Place;
using screen::Role;
using screen::Screen;

bool is_guide(const Item& item) { return item.place == Place::foot && item.look == Look::guide; }
bool is_way_on(const Item& item) { return item.place == Place::foot && item.look == Look::primary; }
bool is_undo(const Item& item) { return item.id == kUndo; }
bool is_rest(const Item& item) {
  return item.place == Place::foot && !is_guide(item) && !is_way_on(item) && !is_undo(item);
}

template <typename Kind>
void add_each(std::vector<Stop>& stops, const Screen& screen, Kind is_wanted) {
  for (const Item& item : screen.items) {
    if (is_focusable(item) && is_wanted(item)) stops.push_back({{item.id}});
  }
}

template <typename Kind>
void add_group(std::vector<Stop>& stops, const Screen& screen, Kind is_wanted) {
  Stop group;
  for (const Item& item : screen.items) {
    if (is_focusable(item) && is_wanted(item)) group.items.push_back(item.id);
  }
  if (!group.items.empty()) stops.push_back(std::move(group));
}

// Rows as groups, all else by itself. Over a keyboard, what is written needs no press.
std::vector<Stop> content_of(const Screen& screen) {
  std::vector<Stop> stops;
  std::string row;
  const bool has_keys = std::ranges::any_of(screen.items, [](const Item& it) { return it.place == Place::keys; });
  for (const Item& item : screen.items) {
    if (item.place == Place::bar || item.place == Place::foot || !is_focusable(item)) continue;
    if (has_keys && item.role == Role::entry) continue;
    if (!item.group.empty() && item.group == row) {
      stops.back().items.push_back(item.id);
    } else {
      stops.push_back({{item.id}});
    }
    row = item.group;
  }
  return stops;
}

std::vector<Stop> in_groups(std::vector<Stop> stops) {
  const bool is_even = std::ranges::none_of(stops, &Stop::is_group);
  if (stops.size() <= kMostStops || !is_even) return stops;
  const auto size = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(stops.size()))));
  std::vector<Stop> groups;
  for (std::size_t i = 0; i < stops.size(); ++i) {
    if (i % size == 0) groups.emplace_back();
    groups.back().items.push_back(std::move(stops[i].items.front()));
  }
  return groups;
}

}  // namespace

std::vector<Stop> stops_of(const Screen& screen) {
  std::vector<Stop> stops = in_groups(content_of(screen));
  add_each(stops, screen, is_guide);
  add_each(stops, screen, is_way_on);
  add_each(stops, screen, is_undo);
  add_group(stops, screen, is_rest);
  add_group(stops, screen, [](const Item& item) { return item.place == Place::bar; });
  return stops;
}

void Scanner::look(const Screen& screen) {
  const bool is_same = screen_ == screen.id && !stops_.empty();
  const auto pressed = std::exchange(pressed_, std::nullopt);
  const auto was_lit = lit_;
  screen_ = screen.id;
  stops_ = stops_of(screen);
  if (!is_same) return begin(0);
  if (pressed) return begin_after(screen, *pressed);
  if (is_resting_) return;
  // Something else changed, not by the switch: on from where it was.
  const auto is_it = [&](const Stop& stop) { return stop.items == was_lit; };
  const auto found = std::ranges::find_if(stops_, is_it);
  if (found != stops_.end()) {
    at_ = static_cast<std::size_t>(found - stops_.begin());
    inside_.reset();
    return light();
  }
  if (was_lit.size() != 1 || !find(was_lit.front())) begin(0);
}

void Scanner::stop() {
  screen_.clear();
  stops_.clear();
  pressed_.reset();
  begin(0);
}

// Buttons of a longer row are keys of a keyboard: the next one is in any row.
constexpr std::size_t kLeastKeys = 4;

// After one answer was chosen, on to the next question; where many can be, to the one below; a button may be wanted
// again (louder, larger).
void Scanner::begin_after(const Screen& screen, const std::string& pressed) {
  begin(0);
  const Item* item = screen.item(pressed);
  if (item != nullptr && item->role == Role::radio) {
    const auto way_on = std::ranges::find_if(screen.items, [](const Item& it) { return is_way_on(it) && it.enabled; });
    if (way_on != screen.items.end()) find(way_on->id);
  } else if (find(pressed) && item != nullptr && item->role == Role::checkbox) {
    advance();
  } else if (item != nullptr && !item->group.empty() && stops_[at_].items.size() >= kLeastKeys) {
    begin(0);
  }
  is_first_ = true;
}

void Scanner::begin(std::size_t at) {
  at_ = at;
  inside_.reset();
  rounds_ = 0;
  is_first_ = true;
  is_resting_ = false;
  light();
}

// To that item, in its group if it has one.
bool Scanner::find(const std::string& id) {
  for (std::size_t i = 0; i < stops_.size(); ++i) {
    const auto& items = stops_[i].items;
    const auto found = std::ranges::find(items, id);
    if (found == items.end()) continue;
    at_ = i;
    inside_.reset();
    if (stops_[i].is_group()) inside_ = static_cast<std::size_t>(found - items.begin());
    light();
    return true;
  }
  return false;
}

void Scanner::light() {
  lit_.clear();
  if (stops_.empty() || is_resting_) return;
  const auto& items = stops_[at_].items;
  if (inside_) {
    lit_ = {items[*inside_]};
  } else {
    lit_ = items;
  }
}

void Scanner::advance() {
  if (stops_.empty() || is_resting_) return;
  is_first_ = false;
  if (inside_ && ++*inside_ < stops_[at_].items.size()) return light();
  inside_.reset();
  if (++at_ == stops_.size()) {
    at_ = 0;
    is_resting_ = ++rounds_ == kRounds;
  }
  light();
}

std::optional<std::string> Scanner::select() {
  if (stops_.empty()) return std::nullopt;
  if (is_resting_) {
    begin(0);
    return std::nullopt;
  }
  rounds_ = 0;
  is_first_ = true;
  if (!inside_ && stops_[at_].is_group()) {
    inside_ = 0;
    light();
    return std::nullopt;
  }
  pressed_ = lit_.front();
  return pressed_;
}

std::chrono::milliseconds Scanner::stay(std::chrono::milliseconds pace) const {
  return is_first_ ? pace * 3 / 2 : pace;
}

}  // namespace perspective::access

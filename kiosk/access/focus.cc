#include "access/focus.h"

#include <algorithm>

namespace perspective::access {
namespace {

using screen::is_choice;
using screen::Item;
using screen::Place;
using screen::Role;
using screen::Screen;

bool is_content_button(const Item& item) { return item.role == Role::button && item.place == Place::content; }

// On a pad of numbers, the digit's own key.
const Item* digit_of(const Screen& screen, int digit) {
  const auto is_it = [digit](const Item& item) {
    const auto* action = std::get_if<screen::StaffAction>(&item.action);
    return action != nullptr && *action == screen::StaffAction(screen::TypeDigit{digit});
  };
  const auto found = std::ranges::find_if(screen.items, is_it);
  return found == screen.items.end() ? nullptr : &*found;
}

// What the number keys press: options; where there are none, the buttons that stand in their place.
std::optional<std::string> numbered(const Screen& screen, int number) {
  if (const Item* key = digit_of(screen, number % 10)) return key->enabled ? std::optional(key->id) : std::nullopt;
  const bool has_choices = std::ranges::any_of(screen.items, is_choice);
  for (const Item& item : screen.items) {
    if (has_choices ? !is_choice(item) : !is_content_button(item)) continue;
    if (--number == 0) return item.enabled ? std::optional(item.id) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

bool has_number_pad(const Screen& screen) { return digit_of(screen, 0) != nullptr; }

std::vector<std::string> focus_order(const Screen& screen) {
  std::vector<std::string> order;
  for (const Item& item : screen.items) {
    if (is_focusable(item)) order.push_back(item.id);
  }
  return order;
}

std::optional<std::string> moved(const Screen& screen, const std::optional<std::string>& focused, int step) {
  const auto order = focus_order(screen);
  if (order.empty()) return std::nullopt;
  const auto count = static_cast<std::ptrdiff_t>(order.size());
  const auto found = focused ? std::ranges::find(order, *focused) : order.end();
  if (found != order.end()) {
    const auto at = found - order.begin();
    return order[static_cast<std::size_t>((at + step + count) % count)];
  }
  if (step < 0) return order.back();
  const auto at = [&](Place place) {
    return std::ranges::find_if(order, [&](const std::string& id) { return screen.item(id)->place == place; });
  };
  // Whoever opened the keyboard wants its keys.
  if (const auto first = at(Place::keys); first != order.end()) return *first;
  const auto in_bar = [&](const std::string& id) { return screen.item(id)->place == Place::bar; };
  const auto first = std::ranges::find_if_not(order, in_bar);
  return first == order.end() ? order.front() : *first;
}

// The two of a pair stand next to each other, less before more.
const Item* stepped(const Screen& screen, const std::optional<std::string>& focused, int step) {
  const Item* item = focused ? screen.item(*focused) : nullptr;
  if (item == nullptr || item->step == 0) return nullptr;
  return item->step == step ? item : item + step;
}

std::optional<std::string> kept(const Screen& before, const Screen& now, const std::optional<std::string>& focused) {
  const Item* item = focused ? now.item(*focused) : nullptr;
  if (item == nullptr) return std::nullopt;
  if (!is_focusable(*item)) {
    const Item* other = before.id == now.id ? stepped(now, focused, -item->step) : nullptr;
    return other != nullptr && is_focusable(*other) ? std::optional(other->id) : std::nullopt;
  }
  // The bar is the same on every screen; a "next" button of another screen is another button.
  const bool is_same = before.id == now.id || item->place == Place::bar;
  return is_same ? focused : std::nullopt;
}

std::optional<std::string> pressed_by(const Screen& screen, const std::optional<std::string>& focused,
                                      int option_number) {
  return option_number > 0 ? numbered(screen, option_number) : focused;
}

std::optional<std::string> primary_button(const Screen& screen) {
  for (const Item& item : screen.items) {
    const bool is_foot = item.place == Place::foot || item.place == Place::keys;
    if (is_foot && item.look == screen::Look::primary && item.enabled) return item.id;
  }
  return std::nullopt;
}

std::optional<std::string> back_button(const Screen& screen) {
  for (const Item& item : screen.items) {
    if (!item.enabled) continue;
    const auto* action = std::get_if<visit::Action>(&item.action);
    const bool is_theirs = action != nullptr && (std::holds_alternative<visit::Back>(*action) ||
                                                 std::holds_alternative<visit::Close>(*action));
    const auto* staff = std::get_if<screen::StaffAction>(&item.action);
    const bool is_staffs = staff != nullptr && (std::holds_alternative<screen::ShowStart>(*staff) ||
                                                std::holds_alternative<screen::EraseDigit>(*staff));
    if (is_theirs || is_staffs) return item.id;
  }
  return std::nullopt;
}

}  // namespace perspective::access

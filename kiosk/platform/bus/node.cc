#include "platform/bus/node.h"

#include <glib.h>

#include <algorithm>

namespace perspective::platform::bus {
namespace {

using screen::is_choice;
using screen::Item;
using screen::Place;
using screen::Role;
using screen::Screen;

Kind kind_of(Role role) {
  switch (role) {
    case Role::radio:
    case Role::checkbox:
    case Role::button:
      return Kind::control;
    case Role::entry:
      return Kind::entry;
    case Role::heading:
    case Role::paragraph:
    case Role::progress:
    case Role::note:
    case Role::hint:
    case Role::summary:
    case Role::helpline:
    case Role::word:
    case Role::status:
    case Role::card:
      return Kind::text;
  }
  return Kind::text;
}

AtkRole role_of(Role role) {
  switch (role) {
    case Role::heading:
      return ATK_ROLE_HEADING;
    case Role::paragraph:
    case Role::note:
    case Role::summary:
    case Role::helpline:
      return ATK_ROLE_PARAGRAPH;
    case Role::progress:  // "Question 3 of about 25": the words say more than a percentage would
    case Role::hint:
    case Role::word:
      return ATK_ROLE_STATIC;
    case Role::radio:
      return ATK_ROLE_RADIO_BUTTON;
    case Role::checkbox:
      return ATK_ROLE_CHECK_BOX;
    case Role::entry:
      return ATK_ROLE_ENTRY;
    case Role::button:
      return ATK_ROLE_PUSH_BUTTON;
    case Role::status:
      return ATK_ROLE_STATUSBAR;
    case Role::card:
      return ATK_ROLE_IMAGE;
  }
  return ATK_ROLE_UNKNOWN;
}

// As it is said: "Change: How safe do you feel?", where many buttons show "Change" alone.
const std::string& name_of(const Item& item) { return item.spoken.empty() ? item.label : item.spoken; }

std::string text_of(const Item& item) {
  if (item.role == Role::entry) return item.value;
  return item.value.empty() ? item.label : item.label + " " + item.value;
}

// A key of the content ends with its screen: a heading that only changed its words would not be read out.
std::string key_of(const Screen& screen, const Item& item) {
  return item.place == Place::bar ? item.id : screen.id + "/" + item.id;
}

const Item* title_of(const Screen& screen) {
  const auto is_text = [](const Item& item) { return kind_of(item.role) == Kind::text; };
  auto found = std::ranges::find(screen.items, Role::heading, &Item::role);
  if (found == screen.items.end()) found = std::ranges::find_if(screen.items, is_text);
  return found == screen.items.end() ? nullptr : &*found;
}

void append(std::string& to, const std::string& sentence) {
  if (!to.empty()) to += ' ';
  to += sentence;
}

std::string text_around(const Screen& screen, const Item& title) {
  std::string around;
  for (const Item& item : screen.items) {
    if (kind_of(item.role) == Kind::text && &item != &title) append(around, name_of(item));
  }
  return around;
}

int characters(const std::string& text, std::size_t bytes) {
  return static_cast<int>(g_utf8_strlen(text.data(), static_cast<gssize>(std::min(bytes, text.size()))));
}

States states_of(const Item& item, bool is_focused, bool is_in_view) {
  States states = state(ATK_STATE_VISIBLE);
  if (is_in_view) states |= state(ATK_STATE_SHOWING);
  if (kind_of(item.role) == Kind::text || item.enabled) states |= state(ATK_STATE_ENABLED) | state(ATK_STATE_SENSITIVE);
  if (is_focusable(item)) states |= state(ATK_STATE_FOCUSABLE);
  if (is_focused) states |= state(ATK_STATE_FOCUSABLE) | state(ATK_STATE_FOCUSED);
  if (is_choice(item)) states |= state(ATK_STATE_CHECKABLE);
  if (is_choice(item) && item.selected) states |= state(ATK_STATE_CHECKED);
  if (item.role == Role::entry) states |= state(ATK_STATE_EDITABLE) | state(ATK_STATE_MULTI_LINE);
  return states;
}

// Where an option stands among those beside it.
void write_place(const Screen& screen, const Item& item, Node& node) {
  int total = 0;
  int place = 0;
  for (const Item& each : screen.items) {
    if (!is_choice(each)) continue;
    ++total;
    if (&each == &item) place = total;
  }
  node.attributes.emplace_back("posinset", std::to_string(place));
  node.attributes.emplace_back("setsize", std::to_string(total));
}

Node node_of(const Scene& scene, const Item& item, bool is_focused) {
  const auto drawn = std::ranges::find(scene.drawn, item.id, &Drawn::id);
  const bool is_drawn = drawn != scene.drawn.end();
  Node node = {.key = key_of(scene.screen, item),
               .parent = kFrame,
               .item = item.id,
               .kind = kind_of(item.role),
               .role = role_of(item.role),
               .name = name_of(item),
               .text = text_of(item),
               .language = item.language.empty() ? scene.screen.language : item.language,
               .states = states_of(item, is_focused, is_drawn && drawn->is_visible),
               .attributes = {{"id", item.id}},
               .rect = is_drawn ? drawn->rect : Rect{},
               .max_bytes = item.max_bytes};
  if (item.role == Role::button) node.description = item.value;
  // No description, which a screen reader says after the name each time; this it says when asked.
  if (!item.picture_alt.empty()) node.attributes.emplace_back("picture", item.picture_alt);
  if (item.role == Role::heading) node.attributes.emplace_back("level", std::to_string(item.level));
  if (is_choice(item)) write_place(scene.screen, item, node);
  if (item.role == Role::entry && is_focused) {
    node.caret = characters(item.value, scene.caret);
    for (const int start : scene.line_starts) {
      node.line_starts.push_back(characters(item.value, static_cast<std::size_t>(start)));
    }
  }
  return node;
}

Rect around(const Rect& one, const Rect& other) {
  if (one.width <= 0) return other;
  if (other.width <= 0) return one;
  const float x = std::min(one.x, other.x);
  const float y = std::min(one.y, other.y);
  return {x, y, std::max(one.right(), other.right()) - x, std::max(one.bottom(), other.bottom()) - y};
}

// A panel: Orca says the name of a panel that the focus enters, not that of a grouping.
Node group_of(const Screen& screen, int number, const Item* title) {
  return {.key = screen.id + "/group " + std::to_string(number),
          .parent = kFrame,
          .kind = Kind::group,
          .role = ATK_ROLE_PANEL,
          .name = title == nullptr ? std::string() : name_of(*title),
          .language = screen.language,
          .states = state(ATK_STATE_VISIBLE) | state(ATK_STATE_SHOWING) | state(ATK_STATE_ENABLED) |
                    state(ATK_STATE_SENSITIVE)};
}

Node frame_of(const Scene& scene) {
  Node frame = {.key = kFrame,
                .kind = Kind::frame,
                .role = ATK_ROLE_FRAME,
                .name = "Perspective",
                .language = scene.screen.language,
                .states = state(ATK_STATE_VISIBLE) | state(ATK_STATE_SHOWING) | state(ATK_STATE_ENABLED) |
                          state(ATK_STATE_SENSITIVE),
                .rect = {0, 0, scene.window.width, scene.window.height}};
  if (scene.is_active) frame.states |= state(ATK_STATE_ACTIVE);
  return frame;
}

}  // namespace

std::vector<Node> nodes_of(const Scene& scene, const std::string& message) {
  const Screen& screen = scene.screen;
  const Item* title = title_of(screen);
  std::vector<Node> nodes = {frame_of(scene)};
  std::size_t group = 0;  // where it stands; 0: none is open
  int groups = 0;
  for (const Item& item : screen.items) {
    const bool is_title = &item == title;
    const bool is_focused = scene.focused ? scene.focused == item.id : is_title;
    if (!is_choice(item)) group = 0;
    if (is_choice(item) && group == 0) {
      group = nodes.size();
      nodes.push_back(group_of(screen, ++groups, title));
    }
    Node node = node_of(scene, item, is_focused);
    if (is_title) node.description = text_around(screen, item);
    if (group != 0) {
      node.parent = nodes[group].key;
      nodes[group].rect = around(nodes[group].rect, node.rect);
    }
    nodes.push_back(std::move(node));
  }
  if (!message.empty()) {
    nodes.push_back({.key = kLive,
                     .parent = kFrame,
                     .kind = Kind::live,
                     .role = ATK_ROLE_NOTIFICATION,
                     .name = message,
                     .language = screen.language,
                     .states = state(ATK_STATE_VISIBLE) | state(ATK_STATE_SHOWING) | state(ATK_STATE_ENABLED) |
                               state(ATK_STATE_SENSITIVE)});
  }
  return nodes;
}

std::string message_between(const Screen& before, const Screen& now) {
  if (before.id != now.id || before.language != now.language) return {};
  std::string message;
  for (const Item& item : now.items) {
    // How many questions there are still may change with every answer: no news.
    if (kind_of(item.role) != Kind::text || item.role == Role::progress) continue;
    const Item* old = before.item(item.id);
    if (old == nullptr || old->spoken != item.spoken || old->value != item.value) append(message, name_of(item));
  }
  return message;
}

}  // namespace perspective::platform::bus

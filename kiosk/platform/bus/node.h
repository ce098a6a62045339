// What a screen reader is told of a Screen: every item as a node with the role, name and states of AT-SPI.
//
// Promise:   pure: it knows no bus. Reading order is that of the items. A node's key stays while its item's id stays;
//            bar apart, that is as long as its screen does. Options stand in a panel that bears the question's name.
//            Where nothing has the focus the screen's heading has it, and describes itself by the text that stands
//            around it: that is how a new screen is read out as a whole.
// Threads:   plain values.
// Units:     pixels of the window; offsets of text in characters (the bus counts Unicode code points).
#pragma once

#include <atk/atk.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "platform/geometry.h"
#include "platform/paint.h"
#include "screen/screen.h"

namespace perspective::platform::bus {

using States = std::uint64_t;  // a bit for each AtkStateType
constexpr States state(AtkStateType type) { return States{1} << static_cast<unsigned>(type); }

// Which interfaces the node's object has on the bus.
enum class Kind { frame, group, text, control, entry, live };

struct Node {
  std::string key = {};     // unique among the nodes, never empty
  std::string parent = {};  // key; empty: the application
  std::string item = {};    // id on the Screen; empty: none stands behind it
  Kind kind = Kind::text;
  AtkRole role = ATK_ROLE_UNKNOWN;
  std::string name = {};
  std::string description = {};
  std::string text = {};  // of text and entry
  std::string language = {};
  States states = 0;
  std::vector<std::pair<std::string, std::string>> attributes = {};
  Rect rect = {};
  int caret = 0;                      // entry
  std::vector<int> line_starts = {};  // entry: as it is wrapped on the screen; empty: not known
  std::size_t max_bytes = 0;          // entry
  bool has(AtkStateType type) const { return (states & state(type)) != 0; }
  bool operator==(const Node&) const = default;
};

// What the window shows at one moment.
struct Scene {
  screen::Screen screen = {};
  std::optional<std::string> focused = {};
  std::vector<Drawn> drawn = {};
  Rect window = {};                   // x and y on the display
  bool is_active = false;             // it gets the keys
  std::size_t caret = 0;              // of the focused entry, in bytes
  std::vector<int> line_starts = {};  // of the focused entry, in bytes
};

constexpr const char* kFrame = "frame";
constexpr const char* kLive = "live";

// Parents before their children. `message`: what is to be said besides; empty: nothing.
std::vector<Node> nodes_of(const Scene& scene, const std::string& message);

// What came or changed on a screen that stays, and has not the focus: a note after an answer, an error, how sending
// goes. Empty: nothing, or a new screen, which is read from its heading.
std::string message_between(const screen::Screen& before, const screen::Screen& now);

}  // namespace perspective::platform::bus

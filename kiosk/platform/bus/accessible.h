// ATK's objects: thin views of nodes. One GType for each Kind, because ATK's interfaces belong to types.
//
// Promise:   an object whose node is gone says so (DEFUNCT) and does nothing, however long a client keeps it.
// Ownership: a Peer owns a reference to its object; the object only refers to its Peer.
// Threads:   that of the window; ATK's own names of types are the process's.
#pragma once

#include <atk/atk.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "platform/bus/node.h"

namespace perspective::platform::bus {

// What a screen reader may do, as a person does it: ids of items.
struct Actions {
  std::function<void(std::string_view id)> press;
  std::function<void(std::string_view id)> focus;
  std::function<void(std::string_view id, std::string text)> write;         // whole new text, of any length
  std::function<void(std::string_view id, std::size_t index)> place_caret;  // bytes
};

struct Peer {
  Node node;
  Peer* parent = nullptr;  // null: the application
  std::vector<Peer*> children;
  AtkObject* object = nullptr;
  AtkObject* application = nullptr;
  const Rect* window = nullptr;  // on the display
  const Actions* actions = nullptr;

  Peer() = default;
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;
  ~Peer();
  void make_object();
  int index() const;  // in its parent
};

Peer* peer_of(gpointer object);  // null: gone

// The application's object, whose only child is the frame; it becomes the root of this process's ATK.
AtkObject* make_application(const std::string& name);
void set_frame(AtkObject* application, Peer* frame);  // null: none

// Of the entry and of plain text.
void fill_text_interface(AtkTextIface& interface);
void fill_editable_interface(AtkEditableTextIface& interface);

}  // namespace perspective::platform::bus

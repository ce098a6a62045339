// The screen for screen readers, over AT-SPI: what is drawn, as objects that can be read, focused, pressed and written.
//
// Promise:   silent until somebody on the session's bus wants accessibility, and without a bus for ever. Nothing that
//            becomes of the bus or of its clients ends the kiosk.
//            What it carries is what is on the screen, answers too: to programs of the same user on the same machine
//            and no further, as the display does. No file is made for it (see forgo_peer_socket).
// Ownership: the functions of Host must outlive it.
// Threads:   that of the window. One of each process: ATK has one root.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "platform/bus/accessible.h"
#include "platform/bus/node.h"

namespace perspective::platform::bus {

struct KeyEvent {
  bool is_press = false;
  unsigned modifiers = 0;  // X11's
  unsigned symbol = 0;     // X11's
  unsigned code = 0;       // X11's
  std::string text = {};   // the letter, or the symbol's name
};

struct Host {
  Actions actions;
  std::function<Scene()> scene;                   // what is on the screen now
  std::function<void(bool is_there)> has_reader;  // a client listens, or none does any more
};

// ATK's bridge would make a socket among the session's files, whose date tells when somebody sat here; it then takes
// the bus. Call it before there are other threads.
void forgo_peer_socket();

class Bus {
 public:
  explicit Bus(Host host);
  Bus(const Bus&) = delete;
  Bus& operator=(const Bus&) = delete;
  ~Bus();

  bool is_on() const;
  void show(const Scene& scene);    // while it is on
  bool key(const KeyEvent& event);  // true: a client took it, it is not the kiosk's any more

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace perspective::platform::bus

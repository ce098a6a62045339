// The X11 socket as a source of GLib's main context, so that the context is the one place that blocks; what X11 calls a
// key; and what its server remembers of keys.
#pragma once

#include <string>

typedef struct _GSource GSource;

namespace perspective::platform {

GSource* attach_x11();  // GLFW's connection, to the default context; the caller destroys and unrefs it

// The server keeps the last events of its devices: keys that were pressed one after the other spell words. Afterwards
// it has as many of a pointer that goes one pixel to and fro.
void displace_keys();

struct X11Key {
  unsigned symbol = 0;
  std::string text;  // the letter it writes, or the symbol's name
};
X11Key x11_key(int code, bool is_shifted);
unsigned x11_symbol(int code);  // as the keyboard is now: its layout, what is held with it

}  // namespace perspective::platform

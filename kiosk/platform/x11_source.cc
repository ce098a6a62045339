#include "platform/x11_source.h"

#include <GLFW/glfw3.h>
#include <X11/XKBlib.h>
#include <X11/Xlib.h>
#include <glib.h>

#include <array>

// As <GLFW/glfw3native.h> has it, which wants Xrandr's header for functions that are not used here.
extern "C" Display* glfwGetX11Display(void);

namespace perspective::platform {
namespace {

struct X11Source {
  GSource source;
  Display* display;
  GPollFD descriptor;
};

X11Source* of(GSource* source) { return reinterpret_cast<X11Source*>(source); }

gboolean prepare(GSource* source, int* timeout_ms) {
  *timeout_ms = -1;
  return XPending(of(source)->display) > 0 ? TRUE : FALSE;
}

gboolean check(GSource* source) {
  const bool has_come = (of(source)->descriptor.revents & (G_IO_IN | G_IO_HUP | G_IO_ERR)) != 0;
  return has_come && XPending(of(source)->display) > 0 ? TRUE : FALSE;
}

gboolean dispatch(GSource*, GSourceFunc, gpointer) {
  glfwPollEvents();
  return G_SOURCE_CONTINUE;
}

GSourceFuncs functions = {prepare, check, dispatch, nullptr, nullptr, nullptr};

// Xorg's queue holds 512; it has doubled itself where the server was once too busy to empty it. Even: the pointer ends
// where it was.
constexpr int kEvents = 1024;

}  // namespace

void displace_keys() {
  Display* display = glfwGetX11Display();
  for (int i = 0; i < kEvents; ++i) XWarpPointer(display, None, None, 0, 0, 0, 0, i % 2 == 0 ? 1 : -1, 0);
  XSync(display, False);
}

GSource* attach_x11() {
  Display* display = glfwGetX11Display();
  GSource* source = g_source_new(&functions, sizeof(X11Source));
  of(source)->display = display;
  of(source)->descriptor = {.fd = ConnectionNumber(display), .events = G_IO_IN, .revents = 0};
  g_source_add_poll(source, &of(source)->descriptor);
  g_source_set_can_recurse(source, TRUE);
  g_source_attach(source, nullptr);
  return source;
}

X11Key x11_key(int code, bool is_shifted) {
  const KeySym symbol = XkbKeycodeToKeysym(glfwGetX11Display(), static_cast<KeyCode>(code), 0, is_shifted ? 1 : 0);
  // Symbols of Latin 1 are its characters; those of Unicode stand behind a mark.
  const gunichar letter = static_cast<gunichar>(symbol >= 0x01000000 ? symbol - 0x01000000 : symbol);
  const bool is_letter = (symbol > ' ' && symbol < 0x100) || symbol >= 0x01000000;
  if (is_letter && g_unichar_isprint(letter) != FALSE) {
    std::array<char, 8> bytes{};
    const int count = g_unichar_to_utf8(letter, bytes.data());
    return {static_cast<unsigned>(symbol), std::string(bytes.data(), static_cast<std::size_t>(count))};
  }
  const char* name = XKeysymToString(symbol);
  return {static_cast<unsigned>(symbol), name == nullptr ? std::string() : name};
}

unsigned x11_symbol(int code) {
  Display* display = glfwGetX11Display();
  XkbStateRec state{};
  if (XkbGetState(display, XkbUseCoreKbd, &state) != Success) return 0;
  unsigned used = 0;
  KeySym symbol = NoSymbol;
  const auto held = static_cast<unsigned>(XkbBuildCoreState(state.mods, state.group));
  if (XkbLookupKeySym(display, static_cast<KeyCode>(code), held, &used, &symbol) == False) return 0;
  return static_cast<unsigned>(symbol);
}

}  // namespace perspective::platform

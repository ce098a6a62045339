#include "platform/x11_source.h"

#include <GLFW/glfw3.h>
#include <X11/Xlib.h>
#include <glib.h>

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

}  // namespace

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

}  // namespace perspective::platform

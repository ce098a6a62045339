#include "platform/x11_touch.h"

#include <GLFW/glfw3.h>
#include <X11/Xlib.h>
#include <X11/extensions/XInput2.h>
#include <glib-unix.h>

#include <array>
#include <optional>
#include <utility>

// As <GLFW/glfw3native.h> has it, which wants Xrandr's header for functions that are not used here.
extern "C" Display* glfwGetX11Display(void);
extern "C" Window glfwGetX11Window(GLFWwindow* window);

namespace perspective::platform {
namespace {

std::optional<Touch::Phase> phase_of(int kind) {
  switch (kind) {
    case XI_TouchBegin:
      return Touch::Phase::begin;
    case XI_TouchUpdate:
      return Touch::Phase::move;
    case XI_TouchEnd:
      return Touch::Phase::end;
    default:
      return std::nullopt;
  }
}

}  // namespace

// A connection of its own: GLFW takes every event that comes by its own, and drops those that it does not know.
struct X11Touch::State {
  std::function<void(const Touch&)> told;
  Display* display = nullptr;
  int extension = 0;
  guint watch = 0;

  bool begin(::Window window);
  void take_all();
  void take(const XIDeviceEvent& event) const;
};

bool X11Touch::State::begin(::Window window) {
  int event = 0;
  int error = 0;
  int major = 2;
  int minor = 2;
  if (XQueryExtension(display, "XInputExtension", &extension, &event, &error) == False) return false;
  if (XIQueryVersion(display, &major, &minor) != Success || major * 10 + minor < 22) return false;
  std::array<unsigned char, XIMaskLen(XI_LASTEVENT)> bits{};
  // As XISetMask does, which sanitizers' builds take for a loss of bits.
  for (const int kind : {XI_TouchBegin, XI_TouchUpdate, XI_TouchEnd}) {
    unsigned char& bit = bits.at(static_cast<std::size_t>(kind / 8));
    bit = static_cast<unsigned char>(bit | (1 << (kind % 8)));
  }
  XIEventMask mask{.deviceid = XIAllMasterDevices, .mask_len = static_cast<int>(bits.size()), .mask = bits.data()};
  if (XISelectEvents(display, window, &mask, 1) != Success) return false;
  XSync(display, False);
  const auto call = [](int, GIOCondition condition, gpointer self) -> gboolean {
    auto& state = *static_cast<State*>(self);
    if ((condition & (G_IO_HUP | G_IO_ERR)) != 0) {  // the server is gone; GLFW notices
      state.watch = 0;
      return G_SOURCE_REMOVE;
    }
    state.take_all();
    return G_SOURCE_CONTINUE;
  };
  const auto condition = static_cast<GIOCondition>(G_IO_IN | G_IO_HUP | G_IO_ERR);
  watch = g_unix_fd_add(ConnectionNumber(display), condition, call, this);
  return true;
}

void X11Touch::State::take_all() {
  while (XPending(display) > 0) {
    XEvent event;
    XNextEvent(display, &event);
    XGenericEventCookie& cookie = event.xcookie;
    if (cookie.type != GenericEvent || cookie.extension != extension) continue;
    if (XGetEventData(display, &cookie) == False) continue;
    take(*static_cast<const XIDeviceEvent*>(cookie.data));
    XFreeEventData(display, &cookie);
  }
}

void X11Touch::State::take(const XIDeviceEvent& event) const {
  const auto phase = phase_of(event.evtype);
  if (!phase) return;
  told({.phase = *phase,
        .finger = event.detail,
        .x = static_cast<float>(event.event_x),
        .y = static_cast<float>(event.event_y)});
}

std::unique_ptr<X11Touch> X11Touch::open(GLFWwindow* window, std::function<void(const Touch&)> told) {
  auto state = std::make_unique<State>();
  state->told = std::move(told);
  state->display = XOpenDisplay(DisplayString(glfwGetX11Display()));
  std::unique_ptr<X11Touch> touch(new X11Touch(std::move(state)));
  const bool is_there = touch->state_->display != nullptr && touch->state_->begin(glfwGetX11Window(window));
  return is_there ? std::move(touch) : nullptr;
}

X11Touch::X11Touch(std::unique_ptr<State> state) : state_(std::move(state)) {}

X11Touch::~X11Touch() {
  if (state_->watch != 0) g_source_remove(state_->watch);
  if (state_->display != nullptr) XCloseDisplay(state_->display);
}

}  // namespace perspective::platform

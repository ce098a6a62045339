#include "platform/main_loop.h"

#include <glib-unix.h>

#include <utility>

namespace perspective::platform {
namespace {

gboolean call_once(gpointer function) {
  (*static_cast<std::function<void()>*>(function))();
  return G_SOURCE_REMOVE;
}
void forget_call(gpointer function) { delete static_cast<std::function<void()>*>(function); }

}  // namespace

unsigned call_after(std::chrono::milliseconds duration, std::function<void()> then) {
  return g_timeout_add_full(G_PRIORITY_DEFAULT, static_cast<guint>(duration.count()), call_once,
                            new std::function<void()>(std::move(then)), forget_call);
}

void call_soon(std::function<void()> then) {
  g_idle_add_full(G_PRIORITY_DEFAULT, call_once, new std::function<void()>(std::move(then)), forget_call);
}

void watch_descriptor(int descriptor, std::function<bool()> ready) {
  const auto condition = static_cast<GIOCondition>(G_IO_IN | G_IO_HUP | G_IO_ERR);
  const auto call = [](int, GIOCondition, gpointer data) -> gboolean {
    return (*static_cast<std::function<bool()>*>(data))() ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
  };
  const auto forget = [](gpointer data) { delete static_cast<std::function<bool()>*>(data); };
  g_unix_fd_add_full(G_PRIORITY_DEFAULT, descriptor, condition, call, new std::function<bool()>(std::move(ready)),
                     forget);
}

}  // namespace perspective::platform

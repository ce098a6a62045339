// Whether headphones are plugged in, as PulseAudio or PipeWire tell: now, and whenever it changes.
//
// Promise:   no thread, no timer while the server is there; a server that went away is looked for for a minute.
//            Port of the default sink first, then what kind of machine it belongs to (a headset on USB has no ports).
// Threads:   that of GLib's default main context; `told` is called there.
#pragma once

#include <pulse/introspect.h>

#include <functional>
#include <memory>
#include <optional>

#include "access/listening.h"

namespace perspective::platform {

// Nothing: it does not say. A headphone port without a sense for its plug does not.
std::optional<access::Outlet> outlet_of(const pa_sink_info& sink);

class OutletWatch {
 public:
  // Nothing: there is no server, or it cannot tell.
  using Told = std::function<void(std::optional<access::Outlet>)>;
  explicit OutletWatch(Told told);
  OutletWatch(const OutletWatch&) = delete;
  OutletWatch& operator=(const OutletWatch&) = delete;
  ~OutletWatch();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// For a program without an event loop: within a second. Where neither server nor anything else can tell: `otherwise`.
access::Outlet outlet_now(access::Outlet otherwise);

}  // namespace perspective::platform

#include "platform/speech/outlet_watch.h"

#include <glib.h>
#include <pulse/context.h>
#include <pulse/glib-mainloop.h>
#include <pulse/proplist.h>
#include <pulse/subscribe.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "platform/speech/sound_device.h"

namespace perspective::platform {
namespace {

using access::Outlet;

constexpr guint kLookAgain_s = 2;
constexpr int kLooks = 30;
constexpr guint kLookNow_ms = 1000;

std::optional<Outlet> outlet_of_port(const pa_sink_port_info& port) {
  switch (port.type) {
    case PA_DEVICE_PORT_TYPE_HEADPHONES:
    case PA_DEVICE_PORT_TYPE_HEADSET:
    case PA_DEVICE_PORT_TYPE_HANDSET:
    case PA_DEVICE_PORT_TYPE_EARPIECE:
      if (port.available == PA_PORT_AVAILABLE_UNKNOWN) return std::nullopt;
      return port.available == PA_PORT_AVAILABLE_YES ? Outlet::headphones : Outlet::loudspeaker;
    case PA_DEVICE_PORT_TYPE_UNKNOWN:
    case PA_DEVICE_PORT_TYPE_ANALOG:
    case PA_DEVICE_PORT_TYPE_USB:
    case PA_DEVICE_PORT_TYPE_BLUETOOTH:
    case PA_DEVICE_PORT_TYPE_PORTABLE:
    case PA_DEVICE_PORT_TYPE_AUX:
      return std::nullopt;
    default:
      return Outlet::loudspeaker;
  }
}

constexpr auto kOnOneHead = std::to_array<std::string_view>({"headphone", "headset", "handset"});
constexpr auto kInARoom =
    std::to_array<std::string_view>({"speaker", "hands-free", "car", "hifi", "tv", "portable", "video"});

}  // namespace

std::optional<Outlet> outlet_of(const pa_sink_info& sink) {
  // What both servers call the sink that they make where there is no device.
  if (sink.name == nullptr || std::string_view(sink.name) == "auto_null") return Outlet::none;
  if (sink.active_port != nullptr) {
    if (const auto outlet = outlet_of_port(*sink.active_port)) return outlet;
  }
  const char* said = sink.proplist == nullptr ? nullptr : pa_proplist_gets(sink.proplist, PA_PROP_DEVICE_FORM_FACTOR);
  const std::string_view form = said == nullptr ? "" : said;
  if (std::ranges::find(kOnOneHead, form) != kOnOneHead.end()) return Outlet::headphones;
  if (std::ranges::find(kInARoom, form) != kInARoom.end()) return Outlet::loudspeaker;
  return std::nullopt;
}

struct OutletWatch::State {
  Told told;
  pa_glib_mainloop* loop = nullptr;
  pa_context* context = nullptr;
  guint timer = 0;
  int looks_left = 0;  // for a server that was there

  void connect();
  void disconnect();
  void changed();
  void ask();
  void lost();
};

void OutletWatch::State::connect() {
  context = pa_context_new(pa_glib_mainloop_get_api(loop), "Perspective");
  pa_context_set_state_callback(
      context, [](pa_context*, void* self) { static_cast<State*>(self)->changed(); }, this);
  pa_context_set_subscribe_callback(
      context,
      [](pa_context*, pa_subscription_event_type_t, uint32_t, void* self) { static_cast<State*>(self)->ask(); }, this);
  if (pa_context_connect(context, nullptr, PA_CONTEXT_NOAUTOSPAWN, nullptr) < 0) lost();
}

void OutletWatch::State::disconnect() {
  if (context == nullptr) return;
  pa_context_set_state_callback(context, nullptr, nullptr);
  pa_context_set_subscribe_callback(context, nullptr, nullptr);
  pa_context_disconnect(context);
  pa_context_unref(std::exchange(context, nullptr));
}

void OutletWatch::State::changed() {
  const auto now = pa_context_get_state(context);
  if (now == PA_CONTEXT_FAILED || now == PA_CONTEXT_TERMINATED) return lost();
  if (now != PA_CONTEXT_READY) return;
  looks_left = kLooks;
  const auto what = static_cast<pa_subscription_mask_t>(PA_SUBSCRIPTION_MASK_SINK | PA_SUBSCRIPTION_MASK_SERVER);
  if (auto* asked = pa_context_subscribe(context, what, nullptr, nullptr)) pa_operation_unref(asked);
  ask();
}

void OutletWatch::State::ask() {
  const auto take = [](pa_context*, const pa_sink_info* sink, int is_end, void* self) {
    // An answer comes as one sink, then the end; or as an error: there is none.
    if (is_end > 0) return;
    static_cast<State*>(self)->told(sink == nullptr ? Outlet::none : outlet_of(*sink));
  };
  auto* asked = pa_context_get_sink_info_by_name(context, "@DEFAULT_SINK@", take, this);
  if (asked != nullptr) pa_operation_unref(asked);
}

// Not from within the context's own call: it is given back there.
void OutletWatch::State::lost() {
  told(std::nullopt);
  if (looks_left == 0 || timer != 0) return;
  --looks_left;
  const auto look = [](gpointer self) -> gboolean {
    auto& state = *static_cast<State*>(self);
    state.timer = 0;
    state.disconnect();
    state.connect();
    return G_SOURCE_REMOVE;
  };
  timer = g_timeout_add_seconds(kLookAgain_s, look, this);
}

OutletWatch::OutletWatch(Told told) : state_(std::make_unique<State>()) {
  state_->told = std::move(told);
  state_->loop = pa_glib_mainloop_new(nullptr);
  state_->connect();
}

OutletWatch::~OutletWatch() {
  if (state_->timer != 0) g_source_remove(state_->timer);
  state_->disconnect();
  pa_glib_mainloop_free(state_->loop);
}

Outlet outlet_now(Outlet otherwise) {
  bool is_over = false;
  std::optional<Outlet> outlet;
  const OutletWatch watch([&](auto told) {
    outlet = told;
    is_over = true;
  });
  const guint timer = g_timeout_add(
      kLookNow_ms,
      [](gpointer over) -> gboolean {
        *static_cast<bool*>(over) = true;
        return G_SOURCE_CONTINUE;
      },
      &is_over);
  while (!is_over) g_main_context_iteration(nullptr, TRUE);
  g_source_remove(timer);
  if (outlet) return *outlet;
  return SoundDevice::is_there() ? otherwise : Outlet::none;
}

}  // namespace perspective::platform

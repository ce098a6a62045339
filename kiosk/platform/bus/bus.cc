#include "platform/bus/bus.h"

#include <atk-bridge.h>

#include <cstdlib>
#include <string>
#include <utility>

#include "platform/bus/status.h"
#include "platform/bus/tree.h"

namespace perspective::platform::bus {
namespace {

// A client that has come registers what it listens to piece by piece; what is told before is lost.
constexpr guint kUntilHeard_ms = 400;

constexpr const char* kListenerKey = "perspective-key-listener";

// The bridge listens to keys for as long as there is a client. ATK asks without saying of whom: it is the process's.
struct KeyListener {
  AtkKeySnoopFunc heard = nullptr;
  gpointer data = nullptr;
  std::function<void(bool)> changed;
};
KeyListener* listener() {
  return static_cast<KeyListener*>(g_type_get_qdata(ATK_TYPE_UTIL, g_quark_from_static_string(kListenerKey)));
}
guint add_listener(AtkKeySnoopFunc heard, gpointer data) {
  if (KeyListener* one = listener()) {
    one->heard = heard;
    one->data = data;
    one->changed(true);
  }
  return 1;
}
void remove_listener(guint) {
  if (KeyListener* one = listener()) {
    one->heard = nullptr;
    one->changed(false);
  }
}
void use_listener(KeyListener* one) {
  g_type_set_qdata(ATK_TYPE_UTIL, g_quark_from_static_string(kListenerKey), one);
  auto* util = static_cast<AtkUtilClass*>(g_type_class_ref(ATK_TYPE_UTIL));
  util->add_key_event_listener = add_listener;
  util->remove_key_event_listener = remove_listener;
}

}  // namespace

void forgo_peer_socket() {
  const char* runtime = std::getenv("XDG_RUNTIME_DIR");
  const std::string before = runtime == nullptr ? std::string() : runtime;
  ::setenv("XDG_RUNTIME_DIR", "/proc/no-sockets", 1);
  g_get_user_runtime_dir();  // GLib looks once
  if (runtime == nullptr) {
    ::unsetenv("XDG_RUNTIME_DIR");
  } else {
    ::setenv("XDG_RUNTIME_DIR", before.c_str(), 1);
  }
}

struct Bus::State {
  Host host;
  KeyListener keys;
  std::unique_ptr<Tree> tree;
  guint announcement = 0;
  std::unique_ptr<Status> status;

  ~State() {
    status.reset();
    if (announcement != 0) g_source_remove(announcement);
    if (tree == nullptr) return;
    use_listener(nullptr);
    tree.reset();  // its objects are known to the bridge
    atk_bridge_adaptor_cleanup();
  }

  void begin() {
    tree = std::make_unique<Tree>(host.actions);
    keys.changed = [this](bool is_there) { client(is_there); };
    use_listener(&keys);
    tree->show(host.scene());
    if (atk_bridge_adaptor_init(nullptr, nullptr) != 0) {
      use_listener(nullptr);
      tree.reset();
    }
  }

  void client(bool is_there) {
    host.has_reader(is_there);
    if (!is_there || announcement != 0) return;
    const auto announce = [](gpointer data) -> gboolean {
      auto* state = static_cast<State*>(data);
      state->announcement = 0;
      state->tree->announce();
      return G_SOURCE_REMOVE;
    };
    announcement = g_timeout_add(kUntilHeard_ms, announce, this);
  }
};

Bus::Bus(Host host) : state_(std::make_unique<State>()) {
  state_->host = std::move(host);
  state_->status = std::make_unique<Status>([state = state_.get()] { state->begin(); });
}

Bus::~Bus() = default;

bool Bus::is_on() const { return state_->tree != nullptr; }

void Bus::show(const Scene& scene) {
  if (is_on()) state_->tree->show(scene);
}

bool Bus::key(const KeyEvent& event) {
  if (state_->keys.heard == nullptr) return false;
  AtkKeyEventStruct told{};
  told.type = event.is_press ? ATK_KEY_EVENT_PRESS : ATK_KEY_EVENT_RELEASE;
  told.state = event.modifiers;
  told.keyval = event.symbol;
  told.keycode = static_cast<guint16>(event.code);
  std::string text = event.text;
  told.string = text.data();
  told.length = static_cast<gint>(text.size());
  told.timestamp = static_cast<guint32>(g_get_monotonic_time() / 1000);
  return state_->keys.heard(&told, state_->keys.data) != 0;
}

}  // namespace perspective::platform::bus

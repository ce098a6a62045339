#include "platform/bus/status.h"

#include <gio/gio.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

namespace perspective::platform::bus {
namespace {

constexpr const char* kName = "org.a11y.Bus";
constexpr const char* kPath = "/org/a11y/bus";
constexpr const char* kInterface = "org.a11y.Status";
constexpr const char* kProperties = "org.freedesktop.DBus.Properties";

// Looked up here, for GLib would start a bus where there is none.
std::optional<std::string> session_bus() {
  const char* given = std::getenv("DBUS_SESSION_BUS_ADDRESS");
  if (given != nullptr && *given != '\0') {
    const std::string address = given;
    return address.starts_with("unix:") ? std::optional(address) : std::nullopt;
  }
  const char* runtime = std::getenv("XDG_RUNTIME_DIR");
  if (runtime == nullptr || *runtime == '\0') return std::nullopt;
  const std::string path = std::string(runtime) + "/bus";
  std::error_code ignored;
  return std::filesystem::is_socket(path, ignored) ? std::optional("unix:path=" + path) : std::nullopt;
}

}  // namespace

struct Status::State {
  std::function<void()> wanted;
  GCancellable* cancellable = g_cancellable_new();
  GDBusConnection* connection = nullptr;
  guint changes = 0;
  guint owners = 0;

  ~State() {
    g_cancellable_cancel(cancellable);
    if (connection != nullptr) {
      unsubscribe();
      g_object_unref(connection);
    }
    g_object_unref(cancellable);
  }

  void unsubscribe() {
    for (guint* each : {&changes, &owners}) {
      if (*each != 0) g_dbus_connection_signal_unsubscribe(connection, *each);
      *each = 0;
    }
  }

  void connect(const std::string& address);
  void subscribe();
  void ask();
  void answer(GVariant* properties);
};

void Status::State::connect(const std::string& address) {
  const auto connected = [](GObject*, GAsyncResult* result, gpointer data) {
    GError* error = nullptr;
    GDBusConnection* made = g_dbus_connection_new_for_address_finish(result, &error);
    if (made == nullptr) {  // cancelled: the state is gone
      g_error_free(error);
      return;
    }
    auto* state = static_cast<State*>(data);
    state->connection = made;
    state->subscribe();
    state->ask();
  };
  const auto flags = static_cast<GDBusConnectionFlags>(G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                       G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION);
  g_dbus_connection_new_for_address(address.c_str(), flags, nullptr, cancellable, connected, this);
}

void Status::State::subscribe() {
  const auto heard = [](GDBusConnection*, const char*, const char*, const char*, const char*, GVariant*,
                        gpointer data) { static_cast<State*>(data)->ask(); };
  changes = g_dbus_connection_signal_subscribe(connection, kName, kProperties, "PropertiesChanged", kPath, kInterface,
                                               G_DBUS_SIGNAL_FLAGS_NONE, heard, this, nullptr);
  owners = g_dbus_connection_signal_subscribe(connection, "org.freedesktop.DBus", "org.freedesktop.DBus",
                                              "NameOwnerChanged", "/org/freedesktop/DBus", kName,
                                              G_DBUS_SIGNAL_FLAGS_NONE, heard, this, nullptr);
}

// Does not start it: whoever wants accessibility has.
void Status::State::ask() {
  const auto answered = [](GObject* of, GAsyncResult* result, gpointer data) {
    GError* error = nullptr;
    GVariant* reply = g_dbus_connection_call_finish(G_DBUS_CONNECTION(of), result, &error);
    if (reply == nullptr) {
      g_error_free(error);
      return;
    }
    GVariant* properties = g_variant_get_child_value(reply, 0);
    g_variant_unref(reply);
    static_cast<State*>(data)->answer(properties);
    g_variant_unref(properties);
  };
  g_dbus_connection_call(connection, kName, kPath, kProperties, "GetAll", g_variant_new("(s)", kInterface),
                         G_VARIANT_TYPE("(a{sv})"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, cancellable, answered, this);
}

void Status::State::answer(GVariant* properties) {
  gboolean is_enabled = FALSE;
  gboolean has_reader = FALSE;
  g_variant_lookup(properties, "IsEnabled", "b", &is_enabled);
  g_variant_lookup(properties, "ScreenReaderEnabled", "b", &has_reader);
  if ((is_enabled == FALSE && has_reader == FALSE) || !wanted) return;
  unsubscribe();
  const auto call = std::exchange(wanted, nullptr);
  call();
}

Status::Status(std::function<void()> wanted) : state_(std::make_unique<State>()) {
  state_->wanted = std::move(wanted);
  if (const auto address = session_bus()) state_->connect(*address);
}

Status::~Status() = default;

}  // namespace perspective::platform::bus

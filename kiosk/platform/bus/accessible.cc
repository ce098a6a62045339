#include "platform/bus/accessible.h"

#include <algorithm>
#include <cmath>

namespace perspective::platform::bus {
namespace {

struct Accessible {
  AtkObject base;
  Peer* peer;  // null: defunct
};
struct AccessibleClass {
  AtkObjectClass base;
};

const char* name(AtkObject* object) {
  const Peer* peer = peer_of(object);
  return peer == nullptr ? nullptr : peer->node.name.c_str();
}
const char* description(AtkObject* object) {
  const Peer* peer = peer_of(object);
  return peer == nullptr ? nullptr : peer->node.description.c_str();
}
AtkObject* parent(AtkObject* object) {
  const Peer* peer = peer_of(object);
  if (peer == nullptr) return nullptr;
  return peer->parent == nullptr ? peer->application : peer->parent->object;
}
int child_count(AtkObject* object) {
  const Peer* peer = peer_of(object);
  return peer == nullptr ? 0 : static_cast<int>(peer->children.size());
}
AtkObject* ref_child(AtkObject* object, int index) {
  const Peer* peer = peer_of(object);
  if (peer == nullptr || index < 0 || index >= child_count(object)) return nullptr;
  return ATK_OBJECT(g_object_ref(peer->children[static_cast<std::size_t>(index)]->object));
}
int index_in_parent(AtkObject* object) {
  const Peer* peer = peer_of(object);
  return peer == nullptr ? -1 : peer->index();
}
AtkRole role(AtkObject* object) {
  const Peer* peer = peer_of(object);
  return peer == nullptr ? ATK_ROLE_UNKNOWN : peer->node.role;
}
AtkStateSet* ref_states(AtkObject* object) {
  AtkStateSet* states = atk_state_set_new();
  const Peer* peer = peer_of(object);
  if (peer == nullptr) {
    atk_state_set_add_state(states, ATK_STATE_DEFUNCT);
    return states;
  }
  for (int type = 0; type < ATK_STATE_LAST_DEFINED; ++type) {
    if (peer->node.has(static_cast<AtkStateType>(type)))
      atk_state_set_add_state(states, static_cast<AtkStateType>(type));
  }
  return states;
}
AtkAttributeSet* attributes(AtkObject* object) {
  AtkAttributeSet* list = nullptr;
  const Peer* peer = peer_of(object);
  if (peer == nullptr) return list;
  for (const auto& [key, value] : peer->node.attributes) {
    auto* attribute = g_new(AtkAttribute, 1);
    *attribute = {.name = g_strdup(key.c_str()), .value = g_strdup(value.c_str())};
    list = g_slist_prepend(list, attribute);
  }
  return list;
}
const char* locale(AtkObject* object) {
  const Peer* peer = peer_of(object);
  return peer == nullptr ? nullptr : peer->node.language.c_str();
}

void fill_class(gpointer of, gpointer) {
  AtkObjectClass& object = *ATK_OBJECT_CLASS(of);
  object.get_name = name;
  object.get_description = description;
  object.get_parent = parent;
  object.get_n_children = child_count;
  object.ref_child = ref_child;
  object.get_index_in_parent = index_in_parent;
  object.get_role = role;
  object.ref_state_set = ref_states;
  object.get_attributes = attributes;
  object.get_object_locale = locale;
}

int rounded(float value) { return static_cast<int>(std::lround(value)); }

void extents(AtkComponent* component, int* x, int* y, int* width, int* height, AtkCoordType type) {
  const Peer* peer = peer_of(component);
  if (peer == nullptr) {
    *x = *y = *width = *height = -1;
    return;
  }
  const Rect& rect = peer->node.rect;
  Rect origin;
  if (type == ATK_XY_SCREEN) origin = *peer->window;
  if (type == ATK_XY_PARENT && peer->parent != nullptr) {
    origin = {-peer->parent->node.rect.x, -peer->parent->node.rect.y};
  }
  *x = rounded(rect.x + origin.x);
  *y = rounded(rect.y + origin.y);
  *width = rounded(rect.width);
  *height = rounded(rect.height);
}

gboolean grab_focus(AtkComponent* component) {
  const Peer* peer = peer_of(component);
  if (peer == nullptr || peer->node.item.empty() || !peer->node.has(ATK_STATE_FOCUSABLE)) return FALSE;
  peer->actions->focus(std::string(peer->node.item));
  return TRUE;
}

const Peer* deepest_at(const Peer& peer, float x, float y) {
  for (const Peer* child : peer.children) {
    if (const Peer* found = deepest_at(*child, x, y)) return found;
  }
  const Rect& rect = peer.node.rect;
  return x >= rect.x && x < rect.right() && y >= rect.y && y < rect.bottom() ? &peer : nullptr;
}

// ATK's own stops at the panel that holds the options.
AtkObject* ref_at_point(AtkComponent* component, int x, int y, AtkCoordType type) {
  const Peer* peer = peer_of(component);
  if (peer == nullptr) return nullptr;
  int left = 0;
  int top = 0;
  int ignored = 0;
  extents(component, &left, &top, &ignored, &ignored, type);
  const float in_window_x = static_cast<float>(x - left) + peer->node.rect.x;
  const float in_window_y = static_cast<float>(y - top) + peer->node.rect.y;
  const Peer* found = deepest_at(*peer, in_window_x, in_window_y);
  return found == nullptr ? nullptr : ATK_OBJECT(g_object_ref(found->object));
}

void fill_component(gpointer interface, gpointer) {
  auto& component = *static_cast<AtkComponentIface*>(interface);
  component.get_extents = extents;
  component.grab_focus = grab_focus;
  component.ref_accessible_at_point = ref_at_point;
}

gboolean do_action(AtkAction* action, int index) {
  const Peer* peer = peer_of(action);
  if (peer == nullptr || index != 0 || !peer->node.has(ATK_STATE_SENSITIVE)) return FALSE;
  peer->actions->press(std::string(peer->node.item));
  return TRUE;
}
int action_count(AtkAction*) { return 1; }
const char* action_name(AtkAction* action, int index) {
  const Peer* peer = peer_of(action);
  if (peer == nullptr || index != 0) return nullptr;
  return peer->node.role == ATK_ROLE_PUSH_BUTTON ? "press" : "click";
}
void fill_action(gpointer interface, gpointer) {
  auto& action = *static_cast<AtkActionIface*>(interface);
  action.do_action = do_action;
  action.get_n_actions = action_count;
  action.get_name = action_name;
}

void fill_window(gpointer, gpointer) {}
void fill_text(gpointer interface, gpointer) { fill_text_interface(*static_cast<AtkTextIface*>(interface)); }
void fill_editable(gpointer interface, gpointer) {
  fill_editable_interface(*static_cast<AtkEditableTextIface*>(interface));
}

struct Interface {
  GType type;
  GInterfaceInitFunc fill;
};

// GLib keeps the names of types: asked again it gives the one that is there.
GType type_of(const char* named, std::initializer_list<Interface> interfaces) {
  if (const GType known = g_type_from_name(named); known != 0) return known;
  GTypeInfo info{};
  info.class_size = sizeof(AccessibleClass);
  info.class_init = fill_class;
  info.instance_size = sizeof(Accessible);
  const GType type = g_type_register_static(ATK_TYPE_OBJECT, named, &info, GTypeFlags(0));
  for (const Interface& each : interfaces) {
    const GInterfaceInfo filled{each.fill, nullptr, nullptr};
    g_type_add_interface_static(type, each.type, &filled);
  }
  return type;
}

GType type_of(Kind kind) {
  const Interface component = {ATK_TYPE_COMPONENT, fill_component};
  const Interface text = {ATK_TYPE_TEXT, fill_text};
  switch (kind) {
    case Kind::frame:
      return type_of("PerspectiveFrame", {component, {ATK_TYPE_WINDOW, fill_window}});
    case Kind::group:
      return type_of("PerspectiveGroup", {component});
    case Kind::text:
      return type_of("PerspectiveText", {component, text});
    case Kind::control:
      return type_of("PerspectiveControl", {component, {ATK_TYPE_ACTION, fill_action}});
    case Kind::entry:
      return type_of("PerspectiveEntry", {component, text, {ATK_TYPE_EDITABLE_TEXT, fill_editable}});
    case Kind::live:
      return type_of("PerspectiveLive", {component});
  }
  return ATK_TYPE_OBJECT;
}

int frame_count(AtkObject* application) { return peer_of(application) == nullptr ? 0 : 1; }
AtkObject* ref_frame(AtkObject* application, int index) {
  Peer* frame = peer_of(application);
  return frame == nullptr || index != 0 ? nullptr : ATK_OBJECT(g_object_ref(frame->object));
}
AtkObject* no_parent(AtkObject*) { return nullptr; }
AtkRole application_role(AtkObject*) { return ATK_ROLE_APPLICATION; }
void fill_application(gpointer of, gpointer) {
  AtkObjectClass& object = *ATK_OBJECT_CLASS(of);
  object.get_n_children = frame_count;
  object.ref_child = ref_frame;
  object.get_parent = no_parent;
  object.get_role = application_role;
}

// ATK asks for these without saying of whom: they are the process's.
constexpr const char* kRootKey = "perspective-root";
AtkObject* root() {
  return static_cast<AtkObject*>(g_type_get_qdata(ATK_TYPE_UTIL, g_quark_from_static_string(kRootKey)));
}
const char* toolkit_name() { return "Perspective"; }
const char* toolkit_version() { return "1"; }

}  // namespace

Peer* peer_of(gpointer object) { return reinterpret_cast<Accessible*>(object)->peer; }

void Peer::make_object() {
  auto* accessible = static_cast<Accessible*>(g_object_new(type_of(node.kind), nullptr));
  accessible->peer = this;
  accessible->base.role = node.role;
  object = ATK_OBJECT(accessible);
}

Peer::~Peer() {
  if (object == nullptr) return;
  reinterpret_cast<Accessible*>(object)->peer = nullptr;
  g_object_unref(object);
}

int Peer::index() const {
  if (parent == nullptr) return 0;
  const auto found = std::ranges::find(parent->children, this);
  return found == parent->children.end() ? -1 : static_cast<int>(found - parent->children.begin());
}

AtkObject* make_application(const std::string& name_of_all) {
  constexpr const char* kType = "PerspectiveApplication";
  GType type = g_type_from_name(kType);
  if (type == 0) {
    GTypeInfo info{};
    info.class_size = sizeof(AccessibleClass);
    info.class_init = fill_application;
    info.instance_size = sizeof(Accessible);
    type = g_type_register_static(ATK_TYPE_OBJECT, kType, &info, GTypeFlags(0));
  }
  auto* application = ATK_OBJECT(g_object_new(type, nullptr));
  reinterpret_cast<Accessible*>(application)->peer = nullptr;
  atk_object_set_name(application, name_of_all.c_str());
  g_type_set_qdata(ATK_TYPE_UTIL, g_quark_from_static_string(kRootKey), application);
  auto* util = static_cast<AtkUtilClass*>(g_type_class_ref(ATK_TYPE_UTIL));
  util->get_root = root;
  util->get_toolkit_name = toolkit_name;
  util->get_toolkit_version = toolkit_version;
  return application;
}

void set_frame(AtkObject* application, Peer* frame) { reinterpret_cast<Accessible*>(application)->peer = frame; }

}  // namespace perspective::platform::bus

#include "platform/bus/tree.h"

#include <algorithm>
#include <set>
#include <utility>

#include "platform/bus/text_unit.h"

namespace perspective::platform::bus {
namespace {

void tell_state(const Peer& peer, AtkStateType type, bool is_so) {
  atk_object_notify_state_change(peer.object, type, is_so ? TRUE : FALSE);
}

void tell_child(const Peer& parent, const char* what, int index, AtkObject* child) {
  const std::string signal = std::string("children-changed::") + what;
  g_signal_emit_by_name(parent.object, signal.c_str(), index, child, nullptr);
}

void tell_text(const Peer& peer, const std::string& before) {
  const Edit edit = edit_between(before, peer.node.text);
  if (!edit.taken.empty()) {
    g_signal_emit_by_name(peer.object, "text-remove", edit.at, length_of(edit.taken), edit.taken.c_str());
  }
  if (!edit.put.empty()) {
    g_signal_emit_by_name(peer.object, "text-insert", edit.at, length_of(edit.put), edit.put.c_str());
  }
}

void tell_property(const Peer& peer, const char* property) { g_object_notify(G_OBJECT(peer.object), property); }

}  // namespace

Tree::Tree(Actions actions) : actions_(std::move(actions)), application_(make_application("Perspective")) {}

// The application's object stays: ATK asks for it until the process ends.
Tree::~Tree() { set_frame(application_, nullptr); }

void Tree::show(const Scene& scene) {
  const std::string message = peers_.empty() ? std::string() : message_between(shown_, scene.screen);
  const bool is_new = shown_.id != scene.screen.id || shown_.language != scene.screen.language;
  const bool is_said_anew = !message.empty();
  if (is_said_anew || is_new) message_ = message;
  window_ = scene.window;
  shown_ = scene.screen;
  std::vector<Node> nodes = nodes_of(scene, message_);
  if (nodes == nodes_ && !is_said_anew) return;
  // The same object again would be the same message: it goes and comes.
  if (is_said_anew) remove_gone(nodes_of(scene, {}));
  remove_gone(nodes);
  put(nodes);
  nodes_ = std::move(nodes);
  tell_focus();
}

void Tree::remove_gone(const std::vector<Node>& nodes) {
  std::set<std::string> kept;
  for (const Node& node : nodes) kept.insert(node.key);
  std::vector<Peer*> gone;
  for (const auto& [key, peer] : peers_) {
    if (!kept.contains(key)) gone.push_back(peer.get());
  }
  for (Peer* peer : gone) {
    for (Peer* child : peer->children) child->parent = nullptr;  // they go too
    if (peer->parent != nullptr) {
      const int index = peer->index();
      std::erase(peer->parent->children, peer);
      tell_child(*peer->parent, "remove", index, peer->object);
    }
  }
  for (Peer* peer : gone) {
    auto* object = ATK_OBJECT(g_object_ref(peer->object));
    if (focused_ == peer->node.key) focused_.clear();
    peers_.erase(std::string(peer->node.key));
    atk_object_notify_state_change(object, ATK_STATE_DEFUNCT, TRUE);
    g_object_unref(object);
  }
}

void Tree::put(const std::vector<Node>& nodes) {
  std::map<std::string, int> places;  // how many children a parent has so far
  std::vector<std::pair<Peer*, int>> added;
  for (const Node& node : nodes) {
    const int place = node.parent.empty() ? 0 : places[node.parent]++;
    const auto found = peers_.find(node.key);
    if (found != peers_.end()) {
      change(*found->second, node);
      continue;
    }
    Peer& peer = add(node);
    if (peer.parent == nullptr) continue;
    auto& children = peer.parent->children;
    children.insert(children.begin() + std::min<std::ptrdiff_t>(place, std::ssize(children)), &peer);
    added.emplace_back(&peer, place);
  }
  // Told once all are there: a listener asks for the whole of it.
  for (const auto& [peer, place] : added) tell_child(*peer->parent, "add", place, peer->object);
  for (const auto& [peer, place] : added) {
    if (peer->node.kind == Kind::live) tell_state(*peer, ATK_STATE_SHOWING, true);
  }
}

Peer& Tree::add(const Node& node) {
  auto made = std::make_unique<Peer>();
  Peer& peer = *made;
  peer.node = node;
  peer.application = application_;
  peer.window = &window_;
  peer.actions = &actions_;
  const auto parent = peers_.find(node.parent);
  if (parent != peers_.end()) peer.parent = parent->second.get();
  peer.make_object();
  peers_.emplace(node.key, std::move(made));
  if (node.kind == Kind::frame) set_frame(application_, &peer);
  return peer;
}

void Tree::change(Peer& peer, const Node& node) {
  if (peer.node == node) return;
  const Node before = std::exchange(peer.node, node);
  if (before.name != node.name) tell_property(peer, "accessible-name");
  if (before.description != node.description) tell_property(peer, "accessible-description");
  if (before.text != node.text) tell_text(peer, before.text);
  if (before.caret != node.caret) g_signal_emit_by_name(peer.object, "text-caret-moved", node.caret);
  for (int each = 0; each < ATK_STATE_LAST_DEFINED; ++each) {
    const auto type = static_cast<AtkStateType>(each);
    // The focus is told last, once all is in place.
    if (type != ATK_STATE_FOCUSED && before.has(type) != node.has(type)) tell_state(peer, type, node.has(type));
  }
  if (before.has(ATK_STATE_ACTIVE) != node.has(ATK_STATE_ACTIVE)) {
    g_signal_emit_by_name(peer.object, node.has(ATK_STATE_ACTIVE) ? "activate" : "deactivate");
  }
}

void Tree::tell_focus() {
  std::string now;
  for (const auto& [key, peer] : peers_) {
    if (peer->node.has(ATK_STATE_FOCUSED)) now = key;
  }
  if (now == focused_) return;
  const auto before = peers_.find(focused_);
  if (before != peers_.end()) tell_state(*before->second, ATK_STATE_FOCUSED, false);
  focused_ = now;
  const auto found = peers_.find(focused_);
  if (found != peers_.end()) tell_state(*found->second, ATK_STATE_FOCUSED, true);
}

void Tree::announce() {
  const auto frame = peers_.find(kFrame);
  if (frame == peers_.end() || !frame->second->node.has(ATK_STATE_ACTIVE)) return;
  g_signal_emit_by_name(frame->second->object, "activate");
  tell_state(*frame->second, ATK_STATE_ACTIVE, true);
  const auto focused = peers_.find(focused_);
  if (focused != peers_.end()) tell_state(*focused->second, ATK_STATE_FOCUSED, true);
}

}  // namespace perspective::platform::bus

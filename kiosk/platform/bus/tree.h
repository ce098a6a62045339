// Keeps ATK's objects like the nodes of what is on the screen, and tells listeners what became otherwise.
//
// Promise:   objects stay while their keys do. What is gone is announced, then defunct. Without listeners it costs
//            a comparison.
// Ownership: owns its objects; the actions are the caller's.
// Threads:   that of the window.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "platform/bus/accessible.h"

namespace perspective::platform::bus {

class Tree {
 public:
  explicit Tree(Actions actions);
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;
  ~Tree();

  void show(const Scene& scene);
  // Says again which window is active and what has the focus: a screen reader that has just come did not hear it.
  void announce();

 private:
  void remove_gone(const std::vector<Node>& nodes);
  void put(const std::vector<Node>& nodes);
  Peer& add(const Node& node);
  void change(Peer& peer, const Node& node);
  void tell_focus();

  Actions actions_;
  AtkObject* application_;
  Rect window_;
  screen::Screen shown_;
  std::vector<Node> nodes_;
  std::string message_;
  std::map<std::string, std::unique_ptr<Peer>> peers_;
  std::string focused_;  // key
};

}  // namespace perspective::platform::bus

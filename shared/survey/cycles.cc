#include "survey/cycles.h"

#include <algorithm>
#include <deque>

namespace perspective::survey {
namespace {

constexpr std::size_t kNobody = static_cast<std::size_t>(-1);

// Breadth first from `start`: of each node that is reached, the one from which it was (start itself: when reached
// again).
std::vector<std::size_t> reached_from(std::size_t start, const Edges& edges) {
  std::vector<std::size_t> before(edges.size(), kNobody);
  std::deque<std::size_t> waiting{start};
  while (!waiting.empty()) {
    const std::size_t node = waiting.front();
    waiting.pop_front();
    for (const std::size_t next : edges[node]) {
      if (before[next] != kNobody) continue;
      before[next] = node;
      if (next != start) waiting.push_back(next);
    }
  }
  return before;
}

std::vector<std::size_t> way_round(std::size_t start, const std::vector<std::size_t>& before) {
  std::vector<std::size_t> way;
  for (std::size_t node = before[start]; node != start; node = before[node]) way.push_back(node);
  way.push_back(start);
  std::ranges::reverse(way);
  return way;
}

}  // namespace

Knots knots_of(const Edges& edges) {
  Edges backwards(edges.size());
  for (std::size_t node = 0; node < edges.size(); ++node) {
    for (const std::size_t next : edges[node]) backwards[next].push_back(node);
  }
  Knots knots;
  knots.knot_of.resize(edges.size());
  for (std::size_t start = 0; start < edges.size(); ++start) {
    if (knots.knot_of[start] || edges[start].empty()) continue;
    const auto before = reached_from(start, edges);
    if (before[start] == kNobody) continue;
    const auto after = reached_from(start, backwards);
    for (std::size_t node = 0; node < edges.size(); ++node) {
      if (before[node] != kNobody && after[node] != kNobody) knots.knot_of[node] = knots.ways.size();
    }
    knots.ways.push_back(way_round(start, before));
  }
  return knots;
}

}  // namespace perspective::survey

// Things that wait for each other: the knots of a graph.
//
// Promise: pure. Each knot (a strongly connected part of two nodes or more, or a node with an edge to itself) is found
//          once, as a shortest way round from its smallest node.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace perspective::survey {

using Edges = std::vector<std::vector<std::size_t>>;  // edges[a]: the nodes that a waits for

struct Knots {
  std::vector<std::vector<std::size_t>> ways;       // a, b, c: a waits for b, b for c, c for a
  std::vector<std::optional<std::size_t>> knot_of;  // of each node: position in ways
};

Knots knots_of(const Edges& edges);

}  // namespace perspective::survey

#include "release/said.h"

#include <algorithm>

#include "release/rules.h"

namespace perspective::release {
namespace {

Bound c_is(std::int64_t low, std::int64_t high) { return {1, 0, low, high}; }
Bound b_is(std::int64_t low, std::int64_t high) { return {0, 1, low, high}; }
Bound r_is(std::int64_t low, std::int64_t high) { return {-1, 1, low, high}; }
Bound c_is_most() { return {2, -1, 1, kNoLimit}; }       // 2c > b
Bound c_is_not_most() { return {2, -1, -kNoLimit, 0}; }  // 2c <= b
Bound c_is_most_of(std::int64_t n) { return {2, 0, n + 1, kNoLimit}; }
Bound c_is_not_most_of(std::int64_t n) { return {2, 0, -kNoLimit, n}; }

std::vector<Alternative> said_of_all(const Judging& judging, const Statement& statement) {
  const auto n = judging.size;
  const Bound r_is_most{-2, 2, n + 1, kNoLimit};
  const Bound r_is_not_most{-2, 2, -kNoLimit, n};
  if (statement.says == Says::more_than_half) return {{c_is_most_of(n)}};
  if (statement.says == Says::more_than_half_did_not) return {{c_is_not_most_of(n), r_is_most}};
  if (judging.is_ordinary) return {{c_is_not_most_of(n), r_is_not_most}};
  return {{c_is_not_most_of(n)}};
}

std::vector<Alternative> said_of_nearly_everyone(std::int64_t n, const Statement& statement) {
  const auto from = n - kUnsureBase - kEdge;
  if (statement.says == Says::few_or_none) return {{c_is(0, kEdge)}};
  if (statement.says == Says::nearly_all) return {{c_is(std::max(from, kEdge + 1), kNoLimit)}};
  return {{c_is(*statement.count, *statement.count)}};
}

std::vector<Alternative> said_of_people(std::int64_t people, const Statement& statement) {
  switch (statement.says) {
    case Says::exactly:
      return {{c_is(*statement.count, *statement.count)}};
    case Says::few_or_none:
      return {{c_is(0, kEdge)}};
    case Says::nearly_all:
      return {{c_is(std::max(people - kEdge, kEdge + 1), kNoLimit)}};
    case Says::more_than_half:
      return {{c_is_most_of(people)}};
    case Says::half_or_fewer:
      return {{c_is_not_most_of(people)}};
    default:
      return {{}};
  }
}

std::vector<Alternative> said_of_base(const Judging& judging, const Statement& statement) {
  if (statement.says == Says::nothing) return {{b_is(0, kFewest - 1)}};
  if (statement.whom == Whom::nearly_everyone) {
    auto alternatives = said_of_nearly_everyone(judging.size, statement);
    alternatives.front().push_back(b_is(std::max(judging.size - kUnsureBase, kEnough), kNoLimit));
    return alternatives;
  }
  if (!statement.of) {
    const auto half = statement.says == Says::more_than_half ? c_is_most() : c_is_not_most();
    return {{b_is(kFewest, kEnough - 1), half}};
  }
  const auto b = *statement.of;
  if (statement.says == Says::exactly) return {{b_is(b, b), c_is(*statement.count, *statement.count)}};
  if (statement.says == Says::few_or_none) return {{b_is(b, b), c_is(0, kEdge)}};
  return {{b_is(b, b), c_is(kEdge + 1, kNoLimit), r_is(0, kEdge)}};
}

std::vector<Alternative> said_of_routed(std::int64_t most, const Statement& statement) {
  const bool has_bands = most >= kLargeRouted;
  const auto small = b_is(kFewest, has_bands ? kEnough - 1 : kNoLimit);
  const auto large = b_is(kEnough, kNoLimit);
  switch (statement.says) {
    case Says::nearly_all:
      return {{large, r_is(0, kEdge)}};
    case Says::few_or_none:
      return {{large, r_is(kEdge + 1, kNoLimit), c_is(0, kEdge)}};
    case Says::more_than_half:
      if (!has_bands) return {{small, c_is_most()}};
      return {{small, c_is_most()}, {large, c_is_most(), r_is(kEdge + 1, kNoLimit)}};
    case Says::half_or_fewer:
      if (!has_bands) return {{small, c_is_not_most()}};
      return {{small, c_is_not_most()}, {large, c_is_not_most(), c_is(kEdge + 1, kNoLimit), r_is(kEdge + 1, kNoLimit)}};
    default:
      return {{b_is(0, kFewest - 1)}};
  }
}

std::vector<Alternative> said_of_both(const Judging& judging, const Statement& statement) {
  const bool is_most = statement.says == Says::more_than_half;
  if (judging.size > 0) return {{is_most ? c_is_most_of(judging.size) : c_is_not_most_of(judging.size)}};
  return {{is_most ? c_is_most() : c_is_not_most()}};
}

}  // namespace

std::vector<Alternative> said_by(const Judging& judging, const Statement& statement, const Scheme& scheme) {
  switch (judging.rule) {
    case Rule::silent:
      return {{}};
    case Rule::all:
      return said_of_all(judging, statement);
    case Rule::base:
      if (!scheme.c) return {{b_is(*statement.of, *statement.of), c_is(*statement.count, *statement.count)}};
      return said_of_base(judging, statement);
    case Rule::routed:
      return said_of_routed(judging.size, statement);
    case Rule::printed:
      return said_of_people(judging.size, statement);
    case Rule::nearly_everyone:
      return said_of_nearly_everyone(judging.size, statement);
    case Rule::both:
      return said_of_both(judging, statement);
  }
  return {{}};
}

}  // namespace perspective::release

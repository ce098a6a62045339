#include "release/bounds.h"

#include <algorithm>

#include "release/rules.h"

namespace perspective::release {
namespace {

Most most_of_all(std::int64_t n, Says says) {
  const auto majority = n / 2 + 1;
  switch (says) {
    case Says::more_than_half:
      return {n, n - majority, n, n - majority};
    case Says::more_than_half_did_not:
      return {n - majority, n, n, n - majority};
    default:
      return {n / 2, n / 2, n, n};
  }
}

Most most_of_nearly_everyone(std::int64_t n, const Statement& statement) {
  if (statement.says == Says::few_or_none) return {kEdge, n, n, kUnsureBase};
  if (statement.says == Says::nearly_all) return {n, kUnsureBase + kEdge, n, kUnsureBase};
  return {*statement.count, n - *statement.count, n, kUnsureBase};
}

Most most_of_printed_base(std::int64_t n, const Statement& statement) {
  const auto b = *statement.of;
  if (statement.says == Says::few_or_none) return {kEdge, b, b, n - b};
  if (statement.says == Says::nearly_all) return {b, kEdge, b, n - b};
  return {*statement.count, b - *statement.count, b, n - b};
}

}  // namespace

Most most_by(const Judged& judged) {
  const auto n = judged.judging.size;
  const auto& statement = judged.statement;
  if (judged.judging.rule == Rule::all) return most_of_all(n, statement.says);
  if (statement.whom == Whom::nearly_everyone) return most_of_nearly_everyone(n, statement);
  if (statement.of) return most_of_printed_base(n, statement);
  constexpr auto kSmall = kEnough - 1;
  if (statement.says == Says::more_than_half) return {kSmall, kEdge, kSmall, n - kFewest};
  if (statement.says == Says::half_or_fewer) return {kEdge, kSmall, kSmall, n - kFewest};
  return {kEdge, kEdge, kEdge, n};
}

}  // namespace perspective::release

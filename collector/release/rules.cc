#include "release/rules.h"

namespace perspective::release {
namespace {

Statement saying(Says says, Whom whom) {
  Statement statement;
  statement.says = says;
  statement.whom = whom;
  return statement;
}

Statement saying(Says says, Whom whom, std::int64_t of) {
  auto statement = saying(says, whom);
  statement.of = of;
  return statement;
}

Statement counted(std::int64_t c, Whom whom) {
  auto statement = saying(Says::exactly, whom);
  statement.count = c;
  return statement;
}

Statement counted(std::int64_t c, Whom whom, std::int64_t of) {
  auto statement = counted(c, whom);
  statement.of = of;
  return statement;
}

// Exact where both sides have enough people, else the band of the smaller side.
Statement exact_or_band(std::int64_t people, std::int64_t c, Whom whom) {
  if (c <= kEdge) return saying(Says::few_or_none, whom, people);
  if (people - c <= kEdge) return saying(Says::nearly_all, whom, people);
  return counted(c, whom, people);
}

}  // namespace

bool is_set_against_all(std::int64_t n, bool has_outside) {
  if (n < kFewest) return false;
  return n < kEnough || (has_outside && n < kEnough + kUnsureBase);
}

Statement said_of_all(std::int64_t n, std::int64_t c, std::int64_t b, bool is_ordinary) {
  if (2 * c > n) return saying(Says::more_than_half, Whom::everyone, n);
  if (is_ordinary && 2 * (b - c) > n) return saying(Says::more_than_half_did_not, Whom::everyone, n);
  return {};
}

Statement said_of_base(std::int64_t n, std::int64_t c, std::int64_t b, bool has_outside) {
  if (b < kFewest) return {};
  if (b < kEnough) return saying(2 * c > b ? Says::more_than_half : Says::half_or_fewer, Whom::who_answered);
  if (!has_outside || b < n - kUnsureBase) return exact_or_band(b, c, Whom::who_answered);
  return said_of_nearly_everyone(n, c);
}

Statement said_of_routed(std::int64_t most, std::int64_t c, std::int64_t b) {
  if (most < kFewestRouted || b < kFewest) return {};
  if (most >= kLargeRouted && b >= kEnough) {
    if (b - c <= kEdge) return saying(Says::nearly_all, Whom::who_answered);
    if (c <= kEdge) return saying(Says::few_or_none, Whom::who_answered);
  }
  return saying(2 * c > b ? Says::more_than_half : Says::half_or_fewer, Whom::who_answered);
}

Statement said_of_printed(std::int64_t people, std::int64_t c, Whom whom) {
  if (people < kFewest) return {};
  if (people < kEnough) return saying(2 * c > people ? Says::more_than_half : Says::half_or_fewer, whom, people);
  return exact_or_band(people, c, whom);
}

Statement said_of_nearly_everyone(std::int64_t n, std::int64_t c) {
  if (c <= kEdge) return saying(Says::few_or_none, Whom::nearly_everyone);
  if (c >= n - kUnsureBase - kEdge) return saying(Says::nearly_all, Whom::nearly_everyone);
  return counted(c, Whom::nearly_everyone);
}

Statement said_of_both(std::int64_t parents_base, std::optional<std::int64_t> printed_base, std::int64_t c) {
  if (2 * c <= parents_base) return {};
  auto statement = saying(Says::more_than_half, Whom::parents_base);
  statement.of = printed_base;
  return statement;
}

bool may_release_again(std::int64_t changed_responses) { return changed_responses >= kChanged; }

std::optional<std::int64_t> programme_average(std::span<const Share> services) {
  if (services.size() < kServices) return std::nullopt;
  Share pooled;
  for (const auto& share : services) {
    pooled.count += share.count;
    pooled.base += share.base;
  }
  return percent_of(pooled, kAverageStep);
}

std::int64_t percent_of(const Share& pooled, std::int64_t step) {
  if (pooled.base == 0) return 0;
  // 100 c / b, in steps: floor(20 c / b + 1/2).
  const auto steps = 100 / step;
  return step * ((2 * steps * pooled.count + pooled.base) / (2 * pooled.base));
}

}  // namespace perspective::release

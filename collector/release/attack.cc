#include "release/attack.h"

#include <algorithm>
#include <cstdlib>
#include <set>

namespace perspective::release {
namespace {

Numbers sum_of(const Told& told, const Bound& bound, std::size_t variables) {
  Numbers times(variables, 0);
  for (std::size_t i = 0; i < told.counted.size(); ++i)
    times[i] = bound.c_times * told.counted[i] + bound.b_times * told.base[i];
  return times;
}

// Holds where the variable `way` is 1, and says nothing where it is 0: `slack` is more than the sum can be off.
void add_optional(const Numbers& times, const Bound& bound, std::size_t way, std::int64_t slack,
                  std::vector<Row>& rows) {
  if (bound.low != -kNoLimit) {
    rows.push_back({times, bound.low - slack, kNoLimit});
    rows.back().times[way] = -slack;
  }
  if (bound.high != kNoLimit) {
    rows.push_back({times, -kNoLimit, bound.high + slack});
    rows.back().times[way] = slack;
  }
}

std::int64_t size_of(std::int64_t limit) { return limit == kNoLimit || limit == -kNoLimit ? 0 : std::abs(limit); }

}  // namespace

void Attack::tell_sum(const Numbers& times, std::int64_t low, std::int64_t high) {
  tell({"", times, Numbers(times.size(), 0), {{{1, 0, low, high}}}});
}

void Attack::prepare() {
  if (search_) return;
  for (const auto& told : told_) ways_ += told.alternatives.size() > 1 ? told.alternatives.size() : 0;
  const auto variables = variables_ + ways_;
  std::vector<Row> rows;
  auto next = variables_;
  for (const auto& told : told_) {
    if (told.alternatives.size() == 1) {
      for (const auto& bound : told.alternatives.front())
        rows.push_back({sum_of(told, bound, variables), bound.low, bound.high});
      continue;
    }
    Row one_way{Numbers(variables, 0), 1, 1};
    for (const auto& alternative : told.alternatives) {
      one_way.times[next] = 1;
      for (const auto& bound : alternative) {
        const auto most = (std::abs(bound.c_times) + std::abs(bound.b_times)) * people_;
        const auto slack = most + std::max(size_of(bound.low), size_of(bound.high)) + 1;
        add_optional(sum_of(told, bound, variables), bound, next, slack, rows);
      }
      ++next;
    }
    rows.push_back(std::move(one_way));  // without a way it asks nothing to be 1: impossible, as it should be
  }
  search_.emplace(variables, std::move(rows), ways_);
}

Result<std::vector<Possible>> Attack::values(const Numbers& cell, std::size_t enough) {
  prepare();
  auto padded = cell;
  padded.resize(variables_ + ways_, 0);
  auto values = search_->values(padded, enough);
  if (!values) return values;
  for (auto& possible : *values) possible.witness.resize(variables_);
  return values;
}

Result<std::vector<std::string>> Attack::relation(const Numbers& cell, std::size_t enough) const {
  std::set<std::string> needed;
  for (const auto& told : told_)
    if (!told.source.empty()) needed.insert(told.source);
  for (const auto& source : std::set<std::string>(needed)) {
    Attack weaker(variables_, people_);
    for (const auto& told : told_)
      if (told.source.empty() || (told.source != source && needed.contains(told.source))) weaker.tell(told);
    const auto values = weaker.values(cell, enough);
    if (!values) return std::unexpected(values.error());
    if (values->size() < enough) needed.erase(source);
  }
  return std::vector<std::string>(needed.begin(), needed.end());
}

}  // namespace perspective::release

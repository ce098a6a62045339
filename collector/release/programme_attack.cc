#include "release/programme_attack.h"

#include <algorithm>
#include <numeric>

namespace perspective::release {
namespace {

std::int64_t sum_in(const Numbers& times, const Numbers& people) {
  return std::inner_product(times.begin(), times.end(), people.begin(), std::int64_t{0});
}

const FindingKinds& kinds_of(const Block& block, const Average& average) {
  return *std::ranges::find(block.findings, average.finding, &FindingKinds::id);
}

std::vector<std::size_t> first(std::size_t count) {
  std::vector<std::size_t> all(count);
  std::iota(all.begin(), all.end(), std::size_t{0});
  return all;
}

std::string name_of(std::size_t s) { return "service " + std::to_string(s + 1) + ": "; }

}  // namespace

ProgrammeAttack::Some ProgrammeAttack::with(std::vector<std::size_t> services) const {
  Some some{std::move(services), {}, 0};
  for (const auto s : some.services) {
    some.starts.push_back(some.variables);
    some.variables += known_[s].variables(*block_);
  }
  return some;
}

// `count` services from `s` on; all of them in their own order.
ProgrammeAttack::Some ProgrammeAttack::around(std::size_t s, std::size_t count) const {
  if (count >= known_.size()) return with(first(known_.size()));
  std::vector<std::size_t> services;
  for (std::size_t i = 0; i < count; ++i) services.push_back((s + i) % known_.size());
  return with(std::move(services));
}

// What the newest releases count of it, of all services but these, as the search begins.
Share ProgrammeAttack::pooled(const FindingKinds& finding, const std::vector<std::size_t>& but) const {
  Share pooled;
  for (std::size_t s = 0; s < people_.size(); ++s) {
    if (std::ranges::find(but, s) != but.end()) continue;
    const auto newest = known_[s].newest(*block_, 0, people_[s].size());
    pooled.count += sum_in(placed(finding.counted, newest), people_[s]);
    pooled.base += sum_in(placed(finding.base, newest), people_[s]);
  }
  return pooled;
}

// percent = step * floor((200 c / step + b) / 2 b), so with m steps: 2 m b <= (200 / step) c + b < 2 (m + 1) b; or 0 of
// nobody. What the services that stay as they are bring to both sums is taken off.
Told ProgrammeAttack::told_by(const Average& average, const Some& some) const {
  const auto& finding = kinds_of(*block_, average);
  const auto m = average.percent / average.step;
  const auto steps = 200 / average.step;
  const auto [count, base] = pooled(finding, some.services);
  const auto least = -(steps * count + (1 - 2 * m) * base);
  const auto most = -1 - (steps * count + (-1 - 2 * m) * base);
  std::vector<Alternative> ways{{{steps, 1 - 2 * m, least, kNoLimit}, {steps, -1 - 2 * m, -kNoLimit, most}}};
  if (m == 0 && base == 0) ways.push_back({{0, 1, 0, 0}});
  Places all{some.variables, {}};
  for (std::size_t i = 0; i < some.services.size(); ++i) {
    const auto newest = known_[some.services[i]].newest(*block_, some.starts[i], some.variables);
    all.starts.insert(all.starts.end(), newest.starts.begin(), newest.starts.end());
  }
  return {"average: " + average.finding, placed(finding.counted, all), placed(finding.base, all), std::move(ways)};
}

Attack ProgrammeAttack::on_some(const Some& some) const {
  std::int64_t people = 0;
  for (const auto s : some.services) people += known_[s].people();
  Attack attack(some.variables, people);
  for (std::size_t i = 0; i < some.services.size(); ++i) {
    const auto s = some.services[i];
    known_[s].tell_all(*block_, some.starts[i], name_of(s), attack, some.variables);
  }
  for (const auto& average : averages_) attack.tell(told_by(average, some));
  return attack;
}

Attack& ProgrammeAttack::on_one(std::size_t s) {
  if (!each_[s]) each_[s].emplace(on_some(with({s})));
  return *each_[s];
}

// Any that give its releases, and just these shares in the newest.
Result<Numbers> ProgrammeAttack::people_behind(std::size_t s, const Shares& shares) const {
  const auto variables = known_[s].variables(*block_);
  const auto newest = known_[s].newest(*block_, 0, variables);
  Attack exactly(variables, known_[s].people());
  known_[s].tell_all(*block_, 0, "", exactly, variables);
  for (const auto& finding : block_->findings) {
    const auto share = shares.find(finding.id);
    if (share == shares.end()) return fail(ErrorCode::invalid, "a service has no share of '" + finding.id + "'");
    exactly.tell_sum(placed(finding.counted, newest), share->second.count, share->second.count);
    exactly.tell_sum(placed(finding.base, newest), share->second.base, share->second.base);
  }
  auto found = exactly.values(placed(everyone_in(*block_), newest), 1);
  if (!found) return std::unexpected(found.error());
  const bool is_there = !found->empty() && known_[s].replays(*block_, 0, found->front().witness);
  if (!is_there) return fail(ErrorCode::invalid, "the shares of a service are not those of its releases");
  return std::move(found->front().witness);
}

Result<void> ProgrammeAttack::begin(std::span<const Shares> shares) {
  for (std::size_t s = 0; s < known_.size(); ++s) {
    const auto variables = known_[s].variables(*block_);
    alone_.emplace_back(std::in_place, variables, known_[s].people());
    known_[s].tell_all(*block_, 0, name_of(s), *alone_.back(), variables);
    auto people = people_behind(s, shares[s]);
    if (!people) return std::unexpected(people.error());
    people_.push_back(*std::move(people));
  }
  each_.resize(known_.size());
  seen_.resize(known_.size());
  for (std::size_t s = 0; s < known_.size(); ++s) seen_[s].add(people_[s]);
  for (const auto& average : averages_) {
    if (percent_of(pooled(kinds_of(*block_, average), {}), average.step) != average.percent)
      return fail(ErrorCode::invalid, "the average of '" + average.finding + "' is not of these services");
  }
  return {};
}

Result<ProgrammeAttack> ProgrammeAttack::on(const Block& block, std::span<const KnownHistory> known,
                                            std::span<const Shares> shares, std::vector<Average> averages) {
  ProgrammeAttack attack(block, known, std::move(averages));
  if (auto begun = attack.begin(shares); !begun) return std::unexpected(begun.error());
  return attack;
}

Result<std::vector<Exposure>> ProgrammeAttack::exposures(std::size_t s) {
  std::vector<Exposure> all;
  for (const auto& asked : known_[s].asked(*block_)) {
    if (seen_[s].show(asked.people_in_it, enough_of(asked.people))) continue;
    auto exposed = exposures(s, asked);
    if (!exposed) return exposed;
    all.insert(all.end(), exposed->begin(), exposed->end());
  }
  return all;
}

Result<std::vector<Exposure>> ProgrammeAttack::exposures(std::size_t s, const AskedOf& asked) {
  const auto own = alone_[s]->values(asked.people_in_it, enough_of(asked.people));
  if (!own) return std::unexpected(own.error());
  const auto enough = own->size();  // its own releases tell of the others: whoever froze them knew
  if (seen_[s].show(asked.people_in_it, enough)) return std::vector<Exposure>();
  for (std::size_t count = 1;; count = 2 * count + 1) {
    const auto some = around(s, count);
    const bool are_all = some.services.size() == known_.size();
    std::optional<Attack> larger;
    if (some.services.size() > 1) larger.emplace(on_some(some));
    auto& attack = larger ? *larger : on_one(s);
    const auto at = static_cast<std::size_t>(std::ranges::find(some.services, s) - some.services.begin());
    const auto start = static_cast<std::ptrdiff_t>(some.starts[at]);
    Numbers there(some.variables, 0);
    std::ranges::copy(asked.people_in_it, there.begin() + start);
    const auto values = attack.values(there, enough);
    if (!values) return std::unexpected(values.error());
    for (const auto& each : *values) {
      if (!known_[s].replays(*block_, some.starts[at], each.witness))
        return fail(ErrorCode::invalid, "a release is not one that the rules give");
      const auto own_people = each.witness.begin() + start;
      seen_[s].add({own_people, own_people + std::ssize(asked.people_in_it)});
    }
    if (values->size() >= enough) return std::vector<Exposure>();
    if (!are_all) continue;
    auto relation = attack.relation(there, enough);
    if (!relation) return std::unexpected(relation.error());
    Exposure exposure{name_of(s) + asked.cell, {}, std::move(*relation)};
    for (const auto& possible : *values) exposure.values.push_back(possible.value);
    return std::vector{std::move(exposure)};
  }
}

}  // namespace perspective::release

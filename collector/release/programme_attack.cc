#include "release/programme_attack.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace perspective::release {
namespace {

std::int64_t sum_in(const Mask& mask, const Numbers& people) {
  return std::inner_product(mask.begin(), mask.end(), people.begin(), std::int64_t{0});
}

const FindingKinds& kinds_of(const Block& block, const Average& average) {
  return *std::ranges::find(block.findings, average.finding, &FindingKinds::id);
}

std::vector<std::size_t> first(std::size_t count) {
  std::vector<std::size_t> all(count);
  std::iota(all.begin(), all.end(), std::size_t{0});
  return all;
}

}  // namespace

// percent = step * floor((200 c / step + b) / 2 b), so with m steps: 2 m b <= (200 / step) c + b < 2 (m + 1) b. What
// the services that stay as they are bring to both sums is taken off.
Told ProgrammeAttack::told_by(const Average& average, const std::vector<std::size_t>& services,
                              const Places& all) const {
  const auto& finding = kinds_of(*block_, average);
  const auto m = average.percent / average.step;
  const auto steps = 200 / average.step;
  std::int64_t count = 0;
  std::int64_t base = 0;
  for (std::size_t s = 0; s < people_.size(); ++s) {
    if (std::ranges::find(services, s) != services.end()) continue;
    count += sum_in(finding.counted, people_[s]);
    base += sum_in(finding.base, people_[s]);
  }
  const auto least = -(steps * count + (1 - 2 * m) * base);
  const auto most = -1 - (steps * count + (-1 - 2 * m) * base);
  return {"average: " + average.finding,
          placed(finding.counted, all),
          placed(finding.base, all),
          {{{steps, 1 - 2 * m, least, kNoLimit}, {steps, -1 - 2 * m, -kNoLimit, most}}}};
}

Attack ProgrammeAttack::on_some(const std::vector<std::size_t>& services) const {
  const auto variables = services.size() * block_->kinds;
  std::int64_t people = 0;
  for (const auto s : services) people += known_[s].part->respondents;
  Attack attack(variables, people);
  Places all{variables, {}};
  for (std::size_t i = 0; i < services.size(); ++i) {
    all.starts.push_back(i * block_->kinds);
    tell_part(*block_, known_[services[i]], {variables, {i * block_->kinds}},
              "service " + std::to_string(services[i] + 1) + ": ", attack);
  }
  for (const auto& average : averages_) attack.tell(told_by(average, services, all));
  return attack;
}

Attack& ProgrammeAttack::on_one(std::size_t s) {
  if (!each_[s]) each_[s].emplace(on_some({s}));
  return *each_[s];
}

Result<void> ProgrammeAttack::begin(std::span<const Shares> shares) {
  const Places one{block_->kinds, {0}};
  for (std::size_t s = 0; s < known_.size(); ++s) {
    alone_.emplace_back(std::in_place, block_->kinds, known_[s].part->respondents);
    tell_part(*block_, known_[s], one, "service " + std::to_string(s + 1) + ": ", *alone_.back());
    Attack exactly(block_->kinds, known_[s].part->respondents);
    tell_part(*block_, known_[s], one, "", exactly);
    for (const auto& finding : block_->findings) {
      const auto share = shares[s].find(finding.id);
      if (share == shares[s].end()) return fail(ErrorCode::invalid, "a service has no share of '" + finding.id + "'");
      exactly.tell_sum(placed(finding.counted, one), share->second.count, share->second.count);
      exactly.tell_sum(placed(finding.base, one), share->second.base, share->second.base);
    }
    auto found = exactly.values(placed(everyone_in(*block_), one), 1);
    if (!found) return std::unexpected(found.error());
    if (found->empty()) return fail(ErrorCode::invalid, "the shares of a service are not those of its release");
    people_.push_back(std::move(found->front().witness));
  }
  each_.resize(known_.size());
  for (const auto& average : averages_) {
    const auto& finding = kinds_of(*block_, average);
    Share pooled;
    for (const auto& people : people_) {
      pooled.count += sum_in(finding.counted, people);
      pooled.base += sum_in(finding.base, people);
    }
    if (percent_of(pooled, average.step) != average.percent)
      return fail(ErrorCode::invalid, "the average of '" + average.finding + "' is not of these services");
  }
  return {};
}

Result<ProgrammeAttack> ProgrammeAttack::on(const Block& block, std::span<const Known> known,
                                            std::span<const Shares> shares, std::vector<Average> averages) {
  ProgrammeAttack attack(block, known, std::move(averages));
  if (auto begun = attack.begin(shares); !begun) return std::unexpected(begun.error());
  return attack;
}

Result<std::vector<Exposure>> ProgrammeAttack::exposures(std::size_t s, const Cell& cell) {
  const auto most = std::min(kFewestValues, static_cast<std::size_t>(known_[s].part->respondents) + 1);
  const auto own = alone_[s]->values(placed(cell.people, {block_->kinds, {0}}), most);
  if (!own) return std::unexpected(own.error());
  const auto enough = std::min(most, own->size());  // its own release tells of the others: whoever froze it knew
  std::vector<std::size_t> some{s};
  for (std::size_t next = 1;; next = 2 * next + 1) {
    while (some.size() < std::min(next, known_.size())) some.push_back((some.back() + 1) % known_.size());
    const bool are_all = some.size() == known_.size();
    if (are_all) some = first(known_.size());
    std::optional<Attack> larger;
    if (some.size() > 1) larger.emplace(on_some(some));
    auto& attack = larger ? *larger : on_one(s);
    const auto at = static_cast<std::size_t>(std::ranges::find(some, s) - some.begin());
    const Places place{some.size() * block_->kinds, {at * block_->kinds}};
    const auto cell_there = placed(cell.people, place);
    const auto values = attack.values(cell_there, enough);
    if (!values) return std::unexpected(values.error());
    const bool are_by_the_rules = std::ranges::all_of(
        *values, [&](const auto& each) { return replays(*block_, known_[s], place, each.witness); });
    if (!are_by_the_rules) return fail(ErrorCode::invalid, "a release is not one that the rules give");
    if (values->size() >= enough) return std::vector<Exposure>();
    if (!are_all) continue;
    auto relation = attack.relation(cell_there, enough);
    if (!relation) return std::unexpected(relation.error());
    Exposure exposure{"service " + std::to_string(s + 1) + ": " + to_text(cell), {}, std::move(*relation)};
    for (const auto& possible : *values) exposure.values.push_back(possible.value);
    return std::vector{std::move(exposure)};
  }
}

}  // namespace perspective::release

#include "release/programme.h"

#include <algorithm>

namespace perspective::release {
namespace {

const Block* block_of(const Auditor& auditor, const std::string& finding) {
  const auto has_finding = [&](const Block& block) {
    return std::ranges::find(block.findings, finding, &FindingKinds::id) != block.findings.end();
  };
  const auto found = std::ranges::find_if(auditor.blocks(), has_finding);
  return found == auditor.blocks().end() ? nullptr : &*found;
}

// percent = step * floor((200 c / step + b) / 2 b), so with m steps: 2 m b <= (200 / step) c + b < 2 (m + 1) b.
Told told_by(const Average& average, const FindingKinds& finding, const Places& all) {
  const auto m = average.percent / average.step;
  const auto steps = 200 / average.step;
  return {"average: " + average.finding,
          placed(finding.counted, all),
          placed(finding.base, all),
          {{{steps, 1 - 2 * m, 0, kNoLimit}, {steps, -1 - 2 * m, -kNoLimit, -1}}}};
}

}  // namespace

std::optional<Extremes> extremes_of(std::span<const Part> releases, const std::string& finding) {
  std::vector<std::int64_t> percents;
  for (const auto& part : releases) {
    const auto* statement = part.statement(finding);
    if (statement != nullptr && statement->count && statement->of && statement->whom == Whom::who_answered)
      percents.push_back(tally::whole_percent(*statement->count, *statement->of));
  }
  if (percents.size() < 2) return std::nullopt;
  const auto [lowest, highest] = std::ranges::minmax(percents);
  return Extremes{lowest, highest};
}

Result<std::vector<Exposure>> exposures_by(const Auditor& auditor, std::span<const Part> services,
                                           const Average& average) {
  const auto* block = block_of(auditor, average.finding);
  if (block == nullptr) return fail(ErrorCode::invalid, "an average of '" + average.finding + "', which is no finding");
  const auto variables = services.size() * block->kinds;
  std::int64_t people = 0;
  for (const auto& service : services) people += service.respondents;
  Attack attack(variables, people);
  std::vector<Known> known;
  std::vector<Places> places;
  Places all{variables, {}};
  for (std::size_t s = 0; s < services.size(); ++s) {
    auto service = known_of(auditor.questionnaire(), services[s], auditor.scheme());
    if (!service) return std::unexpected(service.error());
    known.push_back(std::move(*service));
    places.push_back({variables, {s * block->kinds}});
    all.starts.push_back(s * block->kinds);
    tell_part(*block, known[s], places[s], "service " + std::to_string(s + 1) + ": ", attack);
  }
  attack.tell(told_by(average, *std::ranges::find(block->findings, average.finding, &FindingKinds::id), all));
  const auto anybody = attack.values(Numbers(variables, 1), 1);
  if (!anybody) return std::unexpected(anybody.error());
  if (anybody->empty())
    return fail(ErrorCode::invalid, "the average of '" + average.finding + "' is not of these services");
  std::vector<Exposure> exposures;
  for (std::size_t s = 0; s < services.size(); ++s) {
    for (const auto& cell : cells_of(*block, services[s])) {
      if (cell.is_printed) continue;
      const auto exposed =
          exposures_in(attack, "service " + std::to_string(s + 1) + ": " + to_text(cell),
                       placed(cell.people, places[s]), services[s].respondents,
                       [&](const Numbers& numbers) { return replays(*block, known[s], places[s], numbers); });
      if (!exposed) return exposed;
      exposures.insert(exposures.end(), exposed->begin(), exposed->end());
    }
  }
  return exposures;
}

}  // namespace perspective::release

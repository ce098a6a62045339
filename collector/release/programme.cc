#include "release/programme.h"

#include <algorithm>

#include "release/programme_attack.h"

namespace perspective::release {

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
                                           std::span<const Shares> shares, std::span<const Average> averages) {
  if (services.size() != shares.size()) return fail(ErrorCode::invalid, "each service needs its shares");
  std::vector<Known> known;
  for (const auto& service : services) {
    auto each = known_of(auditor.questionnaire(), service, auditor.scheme());
    if (!each) return std::unexpected(each.error());
    known.push_back(std::move(*each));
  }
  std::size_t of_blocks = 0;
  std::vector<Exposure> all;
  for (const auto& block : auditor.blocks()) {
    std::vector<Average> of_block;
    for (const auto& finding : block.findings)
      for (const auto& average : averages)
        if (average.finding == finding.id) of_block.push_back(average);
    if (of_block.empty()) continue;
    of_blocks += of_block.size();
    auto attack = ProgrammeAttack::on(block, known, shares, of_block);
    if (!attack) return std::unexpected(attack.error());
    for (std::size_t s = 0; s < services.size(); ++s) {
      for (const auto& cell : cells_of(block, services[s])) {
        if (cell.is_printed) continue;
        auto exposed = attack->exposures(s, cell);
        if (!exposed) return exposed;
        all.insert(all.end(), exposed->begin(), exposed->end());
      }
    }
  }
  if (of_blocks != averages.size()) return fail(ErrorCode::invalid, "an average is of no finding, or there twice");
  return all;
}

}  // namespace perspective::release

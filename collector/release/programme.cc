#include "release/programme.h"

#include <algorithm>

#include "release/programme_attack.h"

namespace perspective::release {

// A nested finding's own base is whom its parent counts ("of these"); a joint one's is who answered both.
std::optional<std::int64_t> percent_printed(const Part& part, const survey::Finding& finding) {
  const auto stated = std::ranges::find(part.stated_more, finding.id, &StatedMore::finding);
  if (stated != part.stated_more.end()) return tally::whole_percent(stated->count, stated->base);
  const auto* said = part.statement(finding.id);
  if (said == nullptr || !said->count || !said->of) return std::nullopt;
  const bool is_of_its_own = said->whom == Whom::who_answered || (said->whom == Whom::these && finding.within);
  return is_of_its_own ? std::optional(tally::whole_percent(*said->count, *said->of)) : std::nullopt;
}

std::optional<Extremes> extremes_of(std::span<const Part> releases, const survey::Finding& finding) {
  std::vector<std::int64_t> percents;
  for (const auto& part : releases)
    if (const auto percent = percent_printed(part, finding)) percents.push_back(*percent);
  if (percents.size() < 2) return std::nullopt;
  const auto [lowest, highest] = std::ranges::minmax(percents);
  return Extremes{lowest, highest};
}

Result<std::vector<Exposure>> exposures_by(const Auditor& auditor, std::span<const History> services,
                                           std::span<const Shares> shares, std::span<const Average> averages) {
  if (services.size() != shares.size()) return fail(ErrorCode::invalid, "each service needs its shares");
  std::vector<KnownHistory> known;
  for (const auto& service : services) {
    auto each = KnownHistory::of(auditor, service);
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
      auto exposed = attack->exposures(s);
      if (!exposed) return exposed;
      all.insert(all.end(), exposed->begin(), exposed->end());
    }
  }
  if (of_blocks != averages.size()) return fail(ErrorCode::invalid, "an average is of no finding, or there twice");
  return all;
}

}  // namespace perspective::release

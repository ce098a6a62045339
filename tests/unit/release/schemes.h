// What other ways of protecting small numbers would do with the same services: only to be held against the group rule.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "release/auditor.h"
#include "service.h"

namespace perspective::release {

// One row of the table: findings by the size of their base, those that say something, and what is exposed.
struct Row5 {
  std::string name;
  std::int64_t findings[3] = {0, 0, 0};  // base ten at least, five to nine, under five
  std::int64_t say[3] = {0, 0, 0};
  std::int64_t exposed = 0;  // cells with fewer than three values
  std::int64_t counts_and_bases = 0;
  std::int64_t services_exposed = 0;

  void add(const tally::FindingCount& finding, bool says) {
    const auto column = finding.base >= 10 ? 0 : finding.base >= 5 ? 1 : 2;
    ++findings[column];
    say[column] += says ? 1 : 0;
  }
  void add(const std::vector<Exposure>& exposures) {
    exposed += std::ssize(exposures);
    counts_and_bases += std::ranges::count_if(exposures, [](const auto& exposure) {
      return exposure.cell.starts_with("count of ") || exposure.cell.starts_with("base of ");
    });
  }
  std::int64_t all() const { return findings[0] + findings[1] + findings[2]; }
  std::int64_t all_say() const { return say[0] + say[1] + say[2]; }
};

// Suppression: count and base where both sides have five people, else nothing. (Secondary suppression says less still.)
inline bool suppression_says(const tally::FindingCount& finding) {
  return finding.count >= 5 && finding.base - finding.count >= 5;
}

inline bool rounding_says(const tally::FindingCount& finding) { return finding.base >= 10; }

// Count and base to the nearest five where the base is ten at least; else nothing, which tells that it is less.
inline std::vector<Exposure> exposed_by_rounding(const Auditor& auditor, const tally::Tally& tally) {
  Part silent{tally.questionnaire, tally.version, tally.respondents, {}, {}};
  for (const auto& finding : tally.findings) silent.statements.push_back({finding.id, {}, {}, {}, {}});
  const auto nearest = [](std::int64_t number) { return (number + 2) / 5 * 5; };
  std::vector<Exposure> all;
  for (const auto& block : auditor.blocks()) {
    const Places places{block.kinds, {0}};
    Attack attack(block.kinds, tally.respondents);
    attack.tell_sum(placed(everyone_in(block), places), tally.respondents, tally.respondents);
    for (const auto& finding : block.findings) {
      const auto& counted = *tally.finding(finding.id);
      Alternative told{{0, 1, 0, 9}};
      const auto c = nearest(counted.count);
      const auto b = nearest(counted.base);
      if (rounding_says(counted)) told = {{1, 0, c - 2, c + 2}, {0, 1, std::max<std::int64_t>(b - 2, 10), b + 2}};
      attack.tell({finding.id, placed(finding.counted, places), placed(finding.base, places), {told}});
    }
    for (const auto& cell : cells_of(block, silent)) {
      const auto exposed = reference_case::unwrapped(exposures_in(
          attack, to_text(cell), placed(cell.people, places), tally.respondents, [](const Numbers&) { return true; }));
      all.insert(all.end(), exposed.begin(), exposed.end());
    }
  }
  return all;
}

}  // namespace perspective::release

#include "release/history.h"

namespace perspective::release {
namespace {

// Variables: those who stayed, those who left, those who came.
struct Times {
  Places stayed_and_left;
  Places stayed_and_came;
  Places left;
  Places came;
  explicit Times(std::size_t kinds)
      : stayed_and_left{3 * kinds, {0, kinds}},
        stayed_and_came{3 * kinds, {0, 2 * kinds}},
        left{3 * kinds, {kinds}},
        came{3 * kinds, {2 * kinds}} {}
};

struct Asked {
  std::string name;
  Numbers numbers;
  std::int64_t people = 0;
};

std::vector<Asked> cells_between(const Block& block, const Known& earlier, const Known& later, const Changes& changes,
                                 const Times& times) {
  std::vector<Asked> all;
  for (const auto& cell : cells_of(block, *later.part)) {
    if (changes.came > 0) all.push_back({to_text(cell) + ", who came", placed(cell.people, times.came), changes.came});
    if (changes.left > 0) all.push_back({to_text(cell) + ", who left", placed(cell.people, times.left), changes.left});
    if (!cell.is_printed)
      all.push_back({to_text(cell), placed(cell.people, times.stayed_and_came), later.part->respondents});
  }
  for (const auto& cell : cells_of(block, *earlier.part))
    if (!cell.is_printed)
      all.push_back(
          {to_text(cell) + ", earlier", placed(cell.people, times.stayed_and_left), earlier.part->respondents});
  return all;
}

Result<void> add_exposures(const Block& block, const Known& earlier, const Known& later, const Changes& changes,
                           std::vector<Exposure>& all) {
  const Times times(block.kinds);
  Attack attack(3 * block.kinds, later.part->respondents + changes.left);
  tell_part(block, earlier, times.stayed_and_left, "earlier: ", attack);
  tell_part(block, later, times.stayed_and_came, "later: ", attack);
  attack.tell_sum(placed(everyone_in(block), times.left), changes.left, changes.left);
  attack.tell_sum(placed(everyone_in(block), times.came), changes.came, changes.came);
  for (const auto& cell : cells_between(block, earlier, later, changes, times)) {
    const auto exposed = exposures_in(attack, cell.name, cell.numbers, cell.people, [&](const Numbers& people) {
      return replays(block, earlier, times.stayed_and_left, people) &&
             replays(block, later, times.stayed_and_came, people);
    });
    if (!exposed) return std::unexpected(exposed.error());
    all.insert(all.end(), exposed->begin(), exposed->end());
  }
  return {};
}

}  // namespace

Result<std::vector<Exposure>> exposures_between(const Auditor& auditor, const Part& earlier, const Part& later,
                                                const Changes& changes) {
  if (earlier.respondents - changes.left + changes.came != later.respondents)
    return fail(ErrorCode::invalid, "who came and who left does not lead from the earlier release to the later one");
  const auto before = known_of(auditor.questionnaire(), earlier, auditor.scheme());
  if (!before) return std::unexpected(before.error());
  const auto after = known_of(auditor.questionnaire(), later, auditor.scheme());
  if (!after) return std::unexpected(after.error());
  std::vector<Exposure> all;
  for (const auto& block : auditor.blocks())
    if (const auto added = add_exposures(block, *before, *after, changes, all); !added)
      return std::unexpected(added.error());
  return all;
}

}  // namespace perspective::release

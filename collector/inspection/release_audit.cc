#include "inspection/release_audit.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <iterator>
#include <utility>

#include "release/explanation.h"
#include "release/rules.h"

namespace perspective::inspection {
namespace {

namespace json = boost::json;

// Is the part just as it was frozen last?
bool is_as_frozen(const ReleaseFile& file, const release::Part& part) {
  const auto* const before = file.frozen.empty() ? nullptr : file.frozen.back().release.part(part.questionnaire);
  return before != nullptr && *before == part;
}

std::vector<release::Confirmed> confirmed_in(const ReleaseFile& file, const release::Release& release) {
  std::vector<release::Confirmed> all;
  for (const auto& each : overrides_of(file, release)) std::ranges::copy(each.gives_away, std::back_inserter(all));
  return all;
}

using Distinct = std::vector<CountedPart>;

bool are_the_same(const CountedPart& left, const CountedPart& right) {
  return *left.part == *right.part && *left.responses == *right.responses;
}

// The same words of other people are two releases: what both say, the difference tells of those who came and left.
Distinct distinct_in(std::span<const FrozenRelease> earlier, const CountedPart& newest) {
  Distinct all;
  for (std::size_t i = 0; i < earlier.size(); ++i) {
    const auto* part = earlier[i].release.part(newest.part->questionnaire);
    if (part == nullptr) continue;
    const CountedPart each{part, &earlier[i].responses.at(part->questionnaire), static_cast<std::int64_t>(i) + 1};
    const bool is_there = are_the_same(each, newest) ||
                          std::ranges::any_of(all, [&](const auto& other) { return are_the_same(each, other); });
    if (!is_there) all.push_back(each);
  }
  all.push_back(newest);
  return all;
}

// What each release gives away by itself stands in `all` already, or was confirmed.
Result<void> add_together(const release::Auditor& auditor, const release::History& history,
                          const std::vector<release::Confirmed>& confirmed, std::vector<release::Refusal>& all) {
  const auto exposures = release::exposures_over(auditor, history);
  if (!exposures) return std::unexpected(exposures.error());
  if (exposures->empty()) return {};
  const auto by_overrides = release::given_away_over(auditor, history);
  if (!by_overrides) return std::unexpected(by_overrides.error());
  const auto& questionnaire = history.parts.back().questionnaire;
  for (const auto& exposure : *exposures) {
    const bool is_by_override = std::ranges::find(*by_overrides, exposure) != by_overrides->end();
    const release::Confirmed shown{questionnaire, exposure.cell, exposure.values};
    if (is_by_override && std::ranges::find(confirmed, shown) != confirmed.end()) continue;
    const bool is_said = std::ranges::any_of(all, [&](const auto& each) {
      return each.questionnaire == questionnaire && each.exposure.cell == exposure.cell &&
             each.exposure.values == exposure.values;
    });
    if (!is_said) all.push_back({questionnaire, exposure, is_by_override});
  }
  return {};
}

}  // namespace

std::vector<release::Counted> counted_in(const Opened::Counted& counted) {
  std::vector<release::Counted> all;
  for (std::size_t i = 0; i < counted.tallies.size(); ++i)
    all.push_back({&counted.questionnaires[i], &counted.tallies[i]});
  return all;
}

release::History history_of(std::span<const FrozenRelease> earlier, const CountedPart& newest) {
  const auto distinct = distinct_in(earlier, newest);
  release::History history;
  std::map<store::Id, std::vector<std::size_t>> counted_by;
  for (std::size_t r = 0; r < distinct.size(); ++r) {
    history.parts.push_back(*distinct[r].part);
    history.numbers.push_back(distinct[r].number);
    for (const auto& id : *distinct[r].responses) counted_by[id].push_back(r);
  }
  std::map<std::vector<std::size_t>, std::int64_t> sizes;
  for (const auto& [id, releases] : counted_by) ++sizes[releases];
  for (const auto& [releases, people] : sizes) history.groups.push_back({releases, people});
  return history;
}

Result<std::vector<release::Exposure>> given_away_beside(release::Auditor& auditor,
                                                         std::span<const FrozenRelease> earlier,
                                                         const CountedPart& newest) {
  auto all = auditor.given_away(*newest.part);
  if (!all) return all;
  const auto history = history_of(earlier, newest);
  if (history.parts.size() < 2) return all;
  const auto together = release::given_away_over(auditor, history);
  if (!together) return together;
  for (const auto& exposure : *together) {
    const bool is_said = std::ranges::any_of(
        *all, [&](const auto& each) { return each.cell == exposure.cell && each.values == exposure.values; });
    if (!is_said) all->push_back(exposure);
  }
  return all;
}

// Somebody may have confirmed other numbers, or taken it back, since a part was frozen that stays.
std::vector<ConfirmedOverride> overrides_of(const ReleaseFile& file, const release::Release& release) {
  std::vector<ConfirmedOverride> all;
  for (const auto& part : release.parts) {
    const bool has_its_own = is_as_frozen(file, part) && file.frozen.back().overrides;
    for (const auto& each : has_its_own ? *file.frozen.back().overrides : file.overrides)
      if (each.stated.questionnaire == part.questionnaire) all.push_back(each);
  }
  return all;
}

const release::Part* part_that_stays(const ReleaseFile& file, const std::string& questionnaire,
                                     const std::vector<store::Id>& now) {
  if (file.frozen.empty()) return nullptr;
  const auto& last = file.frozen.back();
  const auto* const before = last.release.part(questionnaire);
  if (before == nullptr) return nullptr;
  std::vector<store::Id> changed;  // who came, and who left
  std::ranges::set_symmetric_difference(last.responses.at(questionnaire), now, std::back_inserter(changed));
  return release::may_release_again(std::ssize(changed)) ? nullptr : before;
}

Result<std::vector<release::Refusal>> refusals_before(const Opened::Counted& counted, const ReleaseFile& file,
                                                      const release::Release& release, const Responses& responses) {
  std::vector<release::Auditor> auditors;
  for (const auto& questionnaire : counted.questionnaires) {
    auto auditor = release::Auditor::of(questionnaire);
    if (!auditor) return in_context("the auditor of '" + questionnaire.id + "'", auditor.error());
    auditors.push_back(*std::move(auditor));
  }
  const auto confirmed = confirmed_in(file, release);
  auto all = release::refusals_of(auditors, release, confirmed);
  if (!all) return all;
  for (std::size_t i = 0; i < release.parts.size(); ++i) {
    const auto& part = release.parts[i];
    const auto& now = responses.at(part.questionnaire);
    const bool stays = is_as_frozen(file, part) && file.frozen.back().responses.at(part.questionnaire) == now;
    if (stays) continue;  // it was looked at when it was frozen, and tells nothing new
    const auto history = history_of(file.frozen, {&part, &now, std::ssize(file.frozen) + 1});
    if (history.parts.size() < 2) continue;
    if (auto added = add_together(auditors[i], history, confirmed, *all); !added)
      return in_context("beside earlier releases, " + part.questionnaire, added.error());
  }
  return all;
}

namespace {

using Kind = Obstacle::Kind;

Obstacle obstacle(Kind kind, ErrorCode code, std::string what) {
  return {.kind = kind, .why = Error{.code = code, .what = std::move(what)}};
}

// Findings that are stated more and do not hold any more: `is_part_that_stays`, of parts that stay as they were frozen.
std::vector<std::pair<std::string, std::string>> not_holding(const release::Release& release, const ReleaseFile& file,
                                                             bool is_part_that_stays) {
  std::vector<std::pair<std::string, std::string>> all;
  for (const auto& each : file.overrides) {
    const auto* const part = release.part(each.stated.questionnaire);
    if (part == nullptr || each.holds_in(release) || is_as_frozen(file, *part) != is_part_that_stays) continue;
    all.emplace_back(each.stated.questionnaire, each.stated.finding);
  }
  return all;
}

std::string listed(const std::vector<std::pair<std::string, std::string>>& findings) {
  std::string list;
  for (const auto& [questionnaire, finding] : findings)
    list += (list.empty() ? "'" : ", '") + finding + "' of '" + questionnaire + "'";
  return list;
}

}  // namespace

std::string_view to_text(Obstacle::Kind kind) {
  constexpr std::array<std::string_view, 7> kTexts{"state", "forms",   "threshold", "too_few",
                                                   "stays", "changed", "exposed"};
  return kTexts[static_cast<std::size_t>(kind)];
}

std::optional<Obstacle> obstacle_to(const release::Release& release, const ReleaseFile& file, const Record& record,
                                    const std::vector<release::Refusal>& refusals) {
  if (record.guard_threshold != release::kFewest) {
    return obstacle(Kind::threshold, ErrorCode::conflict,
                    "the rules of a release say no count under " + std::to_string(release::kFewest) +
                        " exactly; this inspection was set up to say none under " +
                        std::to_string(record.guard_threshold) + ", which they do not know");
  }
  if (!file.frozen.empty() && file.frozen.back().release == release) {
    return obstacle(Kind::too_few, ErrorCode::conflict,
                    "a release is frozen already, and fewer than ten responses of each questionnaire changed since, or "
                    "it would say the same: another one for so few would tell what the few answered");
  }
  if (auto stays = not_holding(release, file, true); !stays.empty()) {
    auto found = obstacle(Kind::stays, ErrorCode::conflict,
                          "what is stated more would not be in the release: " + listed(stays) +
                              ", of which too few responses changed since a release was frozen, and that part stays as "
                              "it is. Take it back");
    found.findings = std::move(stays);
    return found;
  }
  if (auto changed = not_holding(release, file, false); !changed.empty()) {
    auto found = obstacle(Kind::changed, ErrorCode::conflict,
                          "what is stated more is not what was confirmed, since responses came or were taken back: " +
                              listed(changed) + ". Look at it and confirm it again, or take it back");
    found.findings = std::move(changed);
    return found;
  }
  std::string texts;
  for (const auto& each : refusals) {
    texts += (texts.empty() ? "" : "; ") + each.questionnaire + ": " + explained(each.exposure) +
             (each.is_by_override ? " (by what is stated more: look at it and confirm it again)" : "");
  }
  if (texts.empty()) return std::nullopt;
  return obstacle(Kind::exposed, ErrorCode::refused, "the release would give away what it does not print: " + texts);
}

std::string published_json(const ReadRelease& release) {
  return json::serialize(json::object{
      {"number", release.number}, {"frozen_at_s", release.frozen_at_s}, {"release", to_json(release.release)}});
}

Result<ReadRelease> published_release_from(std::string_view text) {
  try {
    const json::value value = json::parse(json::string_view(text.data(), text.size()));
    auto release = release::release_from_json(json::value_to<std::string>(value.at("release")));
    if (!release) return std::unexpected(release.error());
    return ReadRelease{.release = *std::move(release),
                       .number = value.at("number").to_number<std::int64_t>(),
                       .frozen_at_s = value.at("frozen_at_s").to_number<std::int64_t>(),
                       .is_published = true};
  } catch (const std::exception&) {
    return fail(ErrorCode::corrupt, "the published release of this inspection can not be read");
  }
}

}  // namespace perspective::inspection

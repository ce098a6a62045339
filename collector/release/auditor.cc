#include "release/auditor.h"

#include <algorithm>

#include "release/explanation.h"

namespace perspective::release {
namespace {

Places one_block(const Block& block) { return {block.kinds, {0}}; }

// One way of naming all that is known of a block: equal names, equal exposures.
std::string name_of(std::size_t index, const Block& block, const Known& known) {
  auto name = std::to_string(index) + ':' + std::to_string(known.part->respondents);
  for (const auto& finding : block.findings) {
    const auto& [judging, statement] = known.of(finding.id);
    for (const auto number : {static_cast<std::int64_t>(judging.rule), judging.size, std::int64_t{judging.is_ordinary},
                              static_cast<std::int64_t>(statement.says), static_cast<std::int64_t>(statement.whom),
                              statement.count.value_or(-1), statement.of.value_or(-1)})
      name += ',' + std::to_string(number);
    for (const auto& stated : known.part->stated_more)
      if (stated.finding == finding.id) name += '=' + std::to_string(stated.count) + '/' + std::to_string(stated.base);
  }
  return name;
}

Error not_by_the_rules(const Block& block) {
  return {ErrorCode::invalid, "the release is not one that the rules give, at '" + block.items.front().variable + "'"};
}

std::string listed(const std::vector<std::string>& all, const std::string& last) {
  std::string text;
  for (std::size_t i = 0; i < all.size(); ++i) text += (i == 0 ? "" : i + 1 == all.size() ? last : ", ") + all[i];
  return text;
}

}  // namespace

std::string to_text(const Exposure& exposure) {
  std::vector<std::string> values;
  for (const auto value : exposure.values) values.push_back(std::to_string(value));
  return exposure.cell + " can only be " + listed(values, " or ") + ", by what is said of " +
         listed(exposure.relation, " and ");
}

std::size_t enough_of(std::int64_t people) { return std::min(kFewestValues, static_cast<std::size_t>(people) + 1); }

Result<std::vector<Exposure>> exposures_in(Attack& attack, const std::string& cell, const Numbers& numbers,
                                           std::size_t enough, const std::function<bool(const Numbers&)>& replays) {
  const auto values = attack.values(numbers, enough);
  if (!values) return std::unexpected(values.error());
  const bool is_by_the_rules =
      !values->empty() && std::ranges::all_of(*values, [&](const auto& each) { return replays(each.witness); });
  if (!is_by_the_rules)
    return fail(ErrorCode::invalid, "the release is not one that the rules give, at '" + cell + "'");
  if (values->size() >= enough) return std::vector<Exposure>();
  auto relation = attack.relation(numbers, enough);
  if (!relation) return std::unexpected(relation.error());
  Exposure exposure{cell, {}, std::move(*relation)};
  for (const auto& possible : *values) exposure.values.push_back(possible.value);
  return std::vector{std::move(exposure)};
}

Result<Auditor> Auditor::of(const survey::Questionnaire& questionnaire, const Scheme& scheme) {
  auto blocks = blocks_of(questionnaire);
  if (!blocks) return std::unexpected(blocks.error());
  return Auditor(questionnaire, std::move(*blocks), scheme);
}

Result<std::vector<Exposure>> Auditor::exposures_of(const Block& block, const Known& known) const {
  const auto places = one_block(block);
  Attack attack(block.kinds, known.part->respondents);
  tell_part(block, known, places, "", attack);
  const auto anybody = attack.values(placed(everyone_in(block), places), 1);
  if (!anybody) return std::unexpected(anybody.error());
  if (anybody->empty() || !replays(block, known, places, anybody->front().witness))
    return std::unexpected(not_by_the_rules(block));
  std::vector<Exposure> all;
  for (const auto& cell : cells_of(block, *known.part)) {
    if (cell.is_printed && !cell.is_left_by_override) continue;
    auto exposed = exposures_in(attack, to_text(cell), placed(cell.people, places), enough_of(known.part->respondents),
                                [&](const Numbers& people) { return replays(block, known, places, people); });
    if (!exposed) return exposed;
    all.insert(all.end(), exposed->begin(), exposed->end());
  }
  return all;
}

Result<std::vector<Exposure>> Auditor::exposures(const Part& part) {
  const auto known = known_of(questionnaire_, part, scheme_);
  if (!known) return std::unexpected(known.error());
  std::vector<Exposure> all;
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    const auto name = name_of(i, blocks_[i], *known);
    auto found = seen_.find(name);
    if (found == seen_.end()) {
      auto exposures = exposures_of(blocks_[i], *known);
      if (!exposures) return exposures;
      found = seen_.emplace(name, std::move(*exposures)).first;
    }
    all.insert(all.end(), found->second.begin(), found->second.end());
  }
  return all;
}

Result<std::vector<Exposure>> Auditor::given_away(const Part& part) {
  auto by_rules = part;
  by_rules.stated_more.clear();
  const auto before = exposures(by_rules);
  if (!before) return before;
  auto after = exposures(part);
  if (!after) return after;
  std::erase_if(*after, [&](const auto& exposure) {
    return std::ranges::find(*before, exposure.cell, &Exposure::cell) != before->end();
  });
  return after;
}

Result<std::vector<Refusal>> refusals_of(std::span<Auditor> auditors, const Release& release,
                                         std::span<const Confirmed> confirmed) {
  std::vector<Refusal> refusals;
  for (const auto& part : release.parts) {
    const auto auditor =
        std::ranges::find(auditors, part.questionnaire, [](const auto& each) { return each.questionnaire().id; });
    if (auditor == auditors.end())
      return fail(ErrorCode::invalid, "nobody audits questionnaire '" + part.questionnaire + "'");
    const auto exposures = auditor->exposures(part);
    if (!exposures) return in_context(part.questionnaire, exposures.error());
    const auto by_overrides = auditor->given_away(part);
    if (!by_overrides) return in_context(part.questionnaire, by_overrides.error());
    for (const auto& exposure : *exposures) {
      const bool is_by_override = std::ranges::find(*by_overrides, exposure) != by_overrides->end();
      const Confirmed shown{part.questionnaire, exposure.cell, exposure.values};
      if (is_by_override && std::ranges::find(confirmed, shown) != confirmed.end()) continue;
      refusals.push_back({part.questionnaire, exposure, is_by_override});
    }
  }
  return refusals;
}

Result<void> may_leave(std::span<Auditor> auditors, const Release& release, std::span<const Confirmed> confirmed) {
  const auto refusals = refusals_of(auditors, release, confirmed);
  if (!refusals) return std::unexpected(refusals.error());
  std::vector<std::string> texts;
  for (const auto& each : *refusals) texts.push_back(each.questionnaire + ": " + explained(each.exposure));
  if (texts.empty()) return {};
  return fail(ErrorCode::refused, "the release gives away what it does not print: " + listed(texts, "; "));
}

}  // namespace perspective::release

#include "release/release.h"

#include <algorithm>

#include "release/rules.h"

namespace perspective::release {
namespace {

// Base of the finding that decides: for most rules the finding's own.
std::int64_t base_in(const tally::Tally& tally, const Judging& judging) {
  const auto* finding = tally.finding(judging.base_of);
  return finding == nullptr ? 0 : finding->base;
}

bool belong_together(const Counted& counted) {
  if (counted.questionnaire == nullptr || counted.tally == nullptr) return false;
  return counted.tally->questionnaire == counted.questionnaire->id &&
         counted.tally->version == counted.questionnaire->version &&
         std::ranges::equal(counted.questionnaire->findings, counted.tally->findings, {}, &survey::Finding::id,
                            &tally::FindingCount::id);
}

Result<void> add_override(const Override& override, std::span<const Counted> all, Release& release) {
  const auto where = "what is to be stated more, '" + override.finding + "' of '" + override.questionnaire + "'";
  if (override.by.empty() || override.reason.empty())
    return fail(ErrorCode::invalid, where + ": who states it and why must both be said");
  const auto found =
      std::ranges::find(all, override.questionnaire, [](const auto& each) { return each.tally->questionnaire; });
  const auto* finding = found == all.end() ? nullptr : found->tally->finding(override.finding);
  if (finding == nullptr) return fail(ErrorCode::invalid, where + ": there is no such finding in this inspection");
  auto& stated = release.parts[static_cast<std::size_t>(found - all.begin())].stated_more;
  if (std::ranges::find(stated, override.finding, &StatedMore::finding) == stated.end())
    stated.push_back({override.finding, finding->count, finding->base});
  return {};
}

}  // namespace

const Statement* Part::statement(std::string_view finding) const {
  const auto found = std::ranges::find(statements, finding, &Statement::finding);
  return found == statements.end() ? nullptr : &*found;
}

const Part* Release::part(std::string_view questionnaire) const {
  const auto found = std::ranges::find(parts, questionnaire, &Part::questionnaire);
  return found == parts.end() ? nullptr : &*found;
}

Part part_of(const survey::Questionnaire& questionnaire, const tally::Tally& tally, const Scheme& scheme) {
  const auto judged = judge_all(
      questionnaire, tally.respondents,
      [&](const survey::Finding& finding, const Judging& judging) {
        auto statement = state(judging, tally.finding(finding.id)->count, base_in(tally, judging), scheme);
        statement.finding = finding.id;
        return statement;
      },
      scheme);
  Part part{questionnaire.id, questionnaire.version, tally.respondents, {}, {}};
  for (const auto& each : judged) part.statements.push_back(each.statement);
  return part;
}

Result<Release> release_of(std::string_view inspection, std::span<const Counted> counted,
                           std::span<const Override> overrides) {
  Release release{std::string(inspection), {}};
  for (const auto& each : counted) {
    if (!belong_together(each))
      return fail(ErrorCode::invalid, "a release needs each questionnaire with a tally of its own");
    release.parts.push_back(part_of(*each.questionnaire, *each.tally));
  }
  for (const auto& override : overrides)
    if (const auto added = add_override(override, counted, release); !added) return std::unexpected(added.error());
  return release;
}

std::vector<std::string> clauses_of(const survey::Questionnaire& questionnaire, const Part& part) {
  const auto judged = judge_all(questionnaire, part.respondents, [&](const survey::Finding& finding, const Judging&) {
    const auto* statement = part.statement(finding.id);
    return statement == nullptr ? Statement() : *statement;
  });
  std::vector<std::string> clauses;
  for (const auto& each : judged) clauses.push_back(each.judging.clause);
  return clauses;
}

SaidShare said_share(const Release& release) {
  SaidShare share;
  for (const auto& part : release.parts) {
    share.findings += static_cast<std::int64_t>(part.statements.size());
    share.say_something += std::ranges::count_if(part.statements, says_something);
  }
  return share;
}

std::int64_t said_by_suppression(std::span<const Counted> counted) {
  std::int64_t said = 0;
  for (const auto& each : counted)
    said += std::ranges::count_if(each.tally->findings, [](const tally::FindingCount& finding) {
      return finding.count > kEdge && finding.base - finding.count > kEdge;
    });
  return said;
}

}  // namespace perspective::release

#include "release/programme_print.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "release/explanation.h"

namespace perspective::release {
namespace {

struct Pooled {
  const Service* service = nullptr;
  const Contribution* contribution = nullptr;
};

// Those who asked somebody, by inspection.
std::vector<Pooled> pooled_for(std::span<const Service> services, const std::string& questionnaire, int version) {
  std::vector<Pooled> all;
  for (const auto& service : services)
    for (const auto& each : service.contributions)
      if (each.questionnaire == questionnaire && each.version == version && each.respondents > 0)
        all.push_back({&service, &each});
  std::ranges::sort(all, {}, [](const Pooled& each) { return each.service->inspection; });
  return all;
}

// Of every finding, whatever the counts: an average that is missing where hardly anybody is in the base would tell
// that.
std::vector<Average> averages_of(const std::vector<Pooled>& pooled) {
  std::map<std::string, std::vector<Share>> by_finding;
  for (const auto& each : pooled)
    for (const auto& [finding, share] : each.contribution->shares) by_finding[finding].push_back(share);
  std::vector<Average> averages;
  for (const auto& [finding, shares] : by_finding)
    if (const auto percent = programme_average(shares)) averages.push_back({finding, *percent});
  return averages;
}

// A release is what the rules give for the counts of its contribution, and states no other counts.
Result<void> check_belongs(const survey::Questionnaire& questionnaire, const Part& part, const Contribution& counts) {
  tally::Tally tally{.questionnaire = counts.questionnaire,
                     .version = counts.version,
                     .respondents = counts.respondents,
                     .items = {},
                     .findings = {}};
  for (const auto& finding : questionnaire.findings) {
    const auto found = counts.shares.find(finding.id);
    if (found == counts.shares.end()) return fail(ErrorCode::invalid, "it lacks '" + finding.id + "'");
    tally.findings.push_back({.id = finding.id,
                              .item = finding.item,
                              .hangs_on = {},
                              .count = found->second.count,
                              .base = found->second.base});
  }
  auto again = part_of(questionnaire, tally);
  for (const auto& stated : part.stated_more) {
    const auto* finding = tally.finding(stated.finding);
    if (finding != nullptr) again.stated_more.push_back({finding->id, finding->count, finding->base});
  }
  if (again != part) return fail(ErrorCode::invalid, "they do not give its release");
  return {};
}

// All that was released of a questionnaire of a service, as it brought it.
Result<History> history_in(const Service& service, const Part& part) {
  const auto found = std::ranges::find_if(service.histories, [&](const History& each) {
    return !each.parts.empty() && each.parts.back().questionnaire == part.questionnaire;
  });
  if (found == service.histories.end()) return history_of(part);
  if (found->parts.back() == part) return *found;
  return fail(ErrorCode::invalid, "its earlier releases do not lead to the one that is published");
}

// "service 3: count of x" says the inspection's name in an inspector's words.
std::string named(const std::string& text, const std::vector<Pooled>& pooled) {
  constexpr std::string_view kService = "service ";
  const auto colon = text.find(": ");
  if (!text.starts_with(kService) || colon == std::string::npos) return text;
  const auto number = std::stoul(text.substr(kService.size(), colon - kService.size()));
  return pooled.at(number - 1).service->inspection + text.substr(colon);
}

// An average over more services tells less of each.
constexpr std::string_view kWhatToDo =
    "Nothing is printed, and nothing is lost: what the inspections brought stays sealed. Put a further published "
    "inspection into the programme, then check it again";

std::string refusal_of(const Exposure& exposure, const std::vector<Pooled>& pooled) {
  const auto named_cell = named(exposure.cell, pooled);
  const auto colon = named_cell.find(": ");
  Exposure own{named_cell.substr(colon + 2), exposure.values, {}};
  for (const auto& source : exposure.relation) own.relation.push_back(named(source, pooled));
  return named_cell.substr(0, colon) + ": " + explained(own);
}

Result<std::string> refusals_of(const Auditor& auditor, std::span<const Service> services, const PrintedPart& printed) {
  const auto pooled = pooled_for(services, printed.questionnaire, printed.version);
  std::vector<History> histories;
  std::vector<Shares> shares;
  for (const auto& [service, contribution] : pooled) {
    const auto* part = service->release.part(printed.questionnaire);
    const auto belongs = part == nullptr
                             ? Result<void>(fail(ErrorCode::invalid, "there is no such questionnaire in its release"))
                             : check_belongs(auditor.questionnaire(), *part, *contribution);
    if (!belongs)
      return in_context("what '" + service->inspection + "' brings of '" + printed.questionnaire + "'",
                        belongs.error());
    auto history = history_in(*service, *part);
    if (!history) return in_context("'" + service->inspection + "'", history.error());
    histories.push_back(*std::move(history));
    shares.push_back(contribution->shares);
  }
  const auto exposures = exposures_by(auditor, histories, shares, printed.averages);
  if (!exposures && exposures.error().code == ErrorCode::io)
    return fail(ErrorCode::refused, exposures.error().what + ". " + std::string(kWhatToDo));
  if (!exposures) return std::unexpected(exposures.error());
  std::string texts;
  for (const auto& exposure : *exposures) texts += (texts.empty() ? "" : "; ") + refusal_of(exposure, pooled);
  return texts;
}

}  // namespace

Contribution contribution_of(const tally::Tally& tally) {
  Contribution contribution{tally.questionnaire, tally.version, tally.respondents, {}};
  for (const auto& finding : tally.findings) contribution.shares[finding.id] = {finding.count, finding.base};
  return contribution;
}

const Average* PrintedPart::average(std::string_view finding) const {
  const auto found = std::ranges::find(averages, finding, &Average::finding);
  return found == averages.end() ? nullptr : &*found;
}

const PrintedPart* ProgrammePrint::part(std::string_view questionnaire, int version) const {
  const auto found = std::ranges::find_if(
      parts, [&](const auto& each) { return each.questionnaire == questionnaire && each.version == version; });
  return found == parts.end() ? nullptr : &*found;
}

ProgrammePrint print_of(std::span<const Service> services) {
  std::set<std::pair<std::string, int>> kinds;
  for (const auto& service : services)
    for (const auto& each : service.contributions) kinds.emplace(each.questionnaire, each.version);
  ProgrammePrint print;
  for (const auto& [questionnaire, version] : kinds) {
    const auto pooled = pooled_for(services, questionnaire, version);
    if (pooled.size() < kServices) continue;
    PrintedPart part{questionnaire, version, {}, averages_of(pooled)};
    for (const auto& each : pooled) part.services.push_back(each.service->inspection);
    print.parts.push_back(std::move(part));
  }
  return print;
}

Result<void> may_be_printed(std::span<const Auditor> auditors, std::span<const Service> services,
                            const ProgrammePrint& print) {
  if (print.parts.empty()) {
    return fail(ErrorCode::conflict, "an average needs " + std::to_string(kServices) +
                                         " services that asked somebody the same questionnaire; there are " +
                                         std::to_string(services.size()) + " published inspections in all");
  }
  std::string texts;
  for (const auto& printed : print.parts) {
    const auto auditor = std::ranges::find_if(auditors, [&](const Auditor& each) {
      return each.questionnaire().id == printed.questionnaire && each.questionnaire().version == printed.version;
    });
    if (auditor == auditors.end())
      return fail(ErrorCode::invalid, "nobody audits questionnaire '" + printed.questionnaire + "'");
    const auto refusals = refusals_of(*auditor, services, printed);
    if (!refusals) return std::unexpected(refusals.error());
    if (!refusals->empty()) texts += (texts.empty() ? "" : "; ") + *refusals;
  }
  if (texts.empty()) return {};
  return fail(ErrorCode::refused,
              "the averages would give away what they do not print: " + texts + ". " + std::string(kWhatToDo));
}

}  // namespace perspective::release

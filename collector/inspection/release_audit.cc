#include "inspection/release_audit.h"

#include <algorithm>
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

Result<void> add_between(const release::Auditor& auditor, const ReleaseFile& file, const release::Part& part,
                         const std::vector<store::Id>& responses, std::vector<release::Refusal>& all) {
  // The same words of other people are two releases: what both say, the difference tells of those who came and left.
  const release::Part* compared = nullptr;
  const std::vector<store::Id>* compared_of = nullptr;
  for (const auto& earlier : file.frozen) {
    const auto* before = earlier.release.part(part.questionnaire);
    if (before == nullptr) continue;
    const auto& then = earlier.responses.at(part.questionnaire);
    if (*before == part && then == responses) continue;
    if (compared != nullptr && *before == *compared && then == *compared_of) continue;
    compared = before;
    compared_of = &then;
    const auto exposures = release::exposures_between(auditor, *before, part, changes_between(then, responses));
    if (!exposures) return in_context("beside an earlier release, " + part.questionnaire, exposures.error());
    for (const auto& exposure : *exposures) all.push_back({part.questionnaire, exposure});
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

release::Changes changes_between(const std::vector<store::Id>& then, const std::vector<store::Id>& now) {
  std::vector<store::Id> came;
  std::vector<store::Id> left;
  std::ranges::set_difference(now, then, std::back_inserter(came));
  std::ranges::set_difference(then, now, std::back_inserter(left));
  return {.came = std::ssize(came), .left = std::ssize(left)};
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
  const auto changes = changes_between(last.responses.at(questionnaire), now);
  return release::may_release_again(changes.came + changes.left) ? nullptr : before;
}

Result<std::vector<release::Refusal>> refusals_before(const Opened::Counted& counted, const ReleaseFile& file,
                                                      const release::Release& release, const Responses& responses) {
  std::vector<release::Auditor> auditors;
  for (const auto& questionnaire : counted.questionnaires) {
    auto auditor = release::Auditor::of(questionnaire);
    if (!auditor) return in_context("the auditor of '" + questionnaire.id + "'", auditor.error());
    auditors.push_back(*std::move(auditor));
  }
  auto all = release::refusals_of(auditors, release, confirmed_in(file, release));
  if (!all) return all;
  for (std::size_t i = 0; i < release.parts.size(); ++i) {
    const auto& part = release.parts[i];
    if (auto added = add_between(auditors[i], file, part, responses.at(part.questionnaire), *all); !added) {
      return std::unexpected(added.error());
    }
  }
  return all;
}

Result<void> may_be_frozen(const release::Release& release, const ReleaseFile& file, const Record& record,
                           const std::vector<release::Refusal>& refusals) {
  if (record.guard_threshold != release::kFewest) {
    return fail(ErrorCode::conflict, "the rules of a release say no count under " + std::to_string(release::kFewest) +
                                         " exactly; this inspection was set up to say none under " +
                                         std::to_string(record.guard_threshold) + ", which they do not know");
  }
  if (!file.frozen.empty() && file.frozen.back().release == release) {
    return fail(ErrorCode::conflict,
                "a release is frozen already, and fewer than ten responses of each questionnaire changed since, or "
                "it would say the same: another one for so few would tell what the few answered");
  }
  std::string changed;
  std::string stays;
  for (const auto& each : file.overrides) {
    const auto* const part = release.part(each.stated.questionnaire);
    if (part == nullptr || each.holds_in(release)) continue;
    auto& list = is_as_frozen(file, *part) ? stays : changed;
    list += (list.empty() ? "'" : ", '") + each.stated.finding + "' of '" + each.stated.questionnaire + "'";
  }
  if (!stays.empty()) {
    return fail(ErrorCode::conflict, "what is stated more would not be in the release: " + stays +
                                         ", of which too few responses changed since a release was frozen, and that "
                                         "part stays as it is. Take it back");
  }
  if (!changed.empty()) {
    return fail(ErrorCode::conflict,
                "what is stated more is not what was confirmed, since responses came or were taken "
                "back: " +
                    changed + ". Look at it and confirm it again, or take it back");
  }
  std::string texts;
  for (const auto& each : refusals) {
    texts += (texts.empty() ? "" : "; ") + each.questionnaire + ": " + explained(each.exposure) +
             (each.is_by_override ? " (by what is stated more: look at it and confirm it again)" : "");
  }
  if (texts.empty()) return {};
  return fail(ErrorCode::refused, "the release would give away what it does not print: " + texts);
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

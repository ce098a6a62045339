// What inspectors state more than the rules allow: shown with all that it gives away, then confirmed.
#include <algorithm>
#include <utility>

#include "inspection/release_audit.h"
#include "inspection/releases.h"

namespace perspective::inspection {
namespace {

constexpr std::size_t kMostReasonBytes = 300;
constexpr std::size_t kMostStated = 20;  // of one inspection: more is no release any more

Result<std::string> checked_reason(const std::string& reason) {
  if (reason.size() > kMostReasonBytes) return fail(ErrorCode::invalid, "\"reason\" has at most 300 bytes");
  auto clean = survey::clean_text(reason, kMostReasonBytes);
  if (clean.empty()) return fail(ErrorCode::invalid, "\"reason\": why it is stated must be said; the audit keeps it");
  return clean;
}

bool is_of(const ConfirmedOverride& each, std::string_view questionnaire, std::string_view finding) {
  return each.stated.questionnaire == questionnaire && each.stated.finding == finding;
}

// Of what was shown: another number, or another cell, gives another.
std::string confirmation_of(const WantedOverride& wanted, const release::StatedMore& states,
                            const std::vector<release::Exposure>& gives_away) {
  std::string text = wanted.questionnaire + "/" + states.finding + ": " + std::to_string(states.count) + " of " +
                     std::to_string(states.base);
  for (const auto& each : gives_away) text += "\n" + to_text(each);
  return to_hex(ByteView(protocol::digest_of(as_bytes(text)))).substr(0, 32);
}

// A part that stays as it is frozen would not state it, or state it although it was taken back (rule G).
Result<void> check_it_can_change(const ReleaseFile& file, const Opened::Counted& counted,
                                 const std::string& questionnaire) {
  const auto responses = counted.responses.find(questionnaire);
  if (responses == counted.responses.end()) return {};  // said by whoever looks for it
  if (part_that_stays(file, questionnaire, responses->second) == nullptr) return {};
  return fail(ErrorCode::conflict,
              "a release is frozen, and fewer than ten responses of '" + questionnaire +
                  "' changed since: what it says stays as it is, so nothing can be stated more or taken back of it");
}

}  // namespace

Result<ShownOverride> Releases::shown(const Opened::Counted& counted, const ReleaseFile& file,
                                      const std::string& inspection, const WantedOverride& wanted) {
  auto others = file;
  std::erase_if(others.overrides, [&](const auto& each) { return is_of(each, wanted.questionnaire, wanted.finding); });
  others.frozen.clear();
  const release::Override more{wanted.questionnaire, wanted.finding, wanted.by, wanted.reason};
  const auto made = Releases::made(counted, others, inspection, {&more, 1});
  if (!made) return std::unexpected(made.error());
  const auto* part = made->release.part(wanted.questionnaire);
  const auto stated = std::ranges::find(part->stated_more, wanted.finding, &release::StatedMore::finding);
  ShownOverride shown{.states = *stated};
  const auto questionnaire =
      std::ranges::find(counted.questionnaires, wanted.questionnaire, &survey::Questionnaire::id);
  auto auditor = release::Auditor::of(*questionnaire);
  if (!auditor) return std::unexpected(auditor.error());
  const auto& responses = made->responses.at(wanted.questionnaire);
  auto gives_away = given_away_beside(*auditor, file.frozen, {part, &responses, std::ssize(file.frozen) + 1});
  if (!gives_away) return std::unexpected(gives_away.error());
  shown.gives_away = *std::move(gives_away);
  shown.confirmation = confirmation_of(wanted, shown.states, shown.gives_away);
  return shown;
}

Result<ShownOverride> Releases::show(std::string_view inspection, const WantedOverride& wanted) {
  if (auto may = may_be_changed(inspection); !may) return std::unexpected(may.error());
  const auto opened = inspections_.used(inspection);
  if (!opened) return std::unexpected(opened.error());
  auto checked = wanted;
  auto reason = checked_reason(wanted.reason);
  if (!reason) return std::unexpected(reason.error());
  checked.reason = *std::move(reason);
  const auto counted = (*opened)->counted();
  if (!counted) return std::unexpected(counted.error());
  const auto kept = this->kept(inspection, **opened);
  if (!kept) return std::unexpected(kept.error());
  if (auto can = check_it_can_change(kept->file, *counted, wanted.questionnaire); !can)
    return std::unexpected(can.error());
  return shown(*counted, kept->file, std::string(inspection), checked);
}

Result<ShownOverride> Releases::confirm(std::string_view inspection, const WantedOverride& wanted,
                                        const store::NextEntry& entry) {
  const auto stands = may_be_changed(inspection);
  if (!stands) return std::unexpected(stands.error());
  const auto opened = inspections_.used(inspection);
  if (!opened) return std::unexpected(opened.error());
  auto reason = checked_reason(wanted.reason);
  if (!reason) return std::unexpected(reason.error());
  const auto counted = (*opened)->counted();
  if (!counted) return std::unexpected(counted.error());
  auto kept = this->kept(inspection, **opened);
  if (!kept) return std::unexpected(kept.error());
  if (auto can = check_it_can_change(kept->file, *counted, wanted.questionnaire); !can)
    return std::unexpected(can.error());
  auto shown = Releases::shown(*counted, kept->file, std::string(inspection), wanted);
  if (!shown) return shown;
  if (shown->confirmation != wanted.confirmation) {
    return fail(ErrorCode::conflict,
                "what this gives away is not what was shown: answers came or went, or something else was stated. Look "
                "at it again, and confirm that");
  }
  auto& overrides = kept->file.overrides;
  std::erase_if(overrides, [&](const auto& each) { return is_of(each, wanted.questionnaire, wanted.finding); });
  if (overrides.size() >= kMostStated) return fail(ErrorCode::invalid, "so much stated more is no release any more");
  ConfirmedOverride confirmed{.stated = {wanted.questionnaire, wanted.finding, wanted.by, *std::move(reason)},
                              .at_s = inspections_.clock_.now_s(),
                              .shown = shown->states};
  for (const auto& each : shown->gives_away)
    confirmed.gives_away.push_back({wanted.questionnaire, each.cell, each.values});
  overrides.push_back(std::move(confirmed));
  const std::lock_guard lock(inspections_.life_);
  if (auto put = keep(*kept, **opened, *stands, entry); !put) return std::unexpected(put.error());
  shown->is_confirmed = true;
  return shown;
}

Result<void> Releases::take_back(std::string_view inspection, std::string_view questionnaire, std::string_view finding,
                                 const store::NextEntry& entry) {
  const auto stands = may_be_changed(inspection);
  if (!stands) return std::unexpected(stands.error());
  const auto opened = inspections_.used(inspection);
  if (!opened) return std::unexpected(opened.error());
  const auto counted = (*opened)->counted();
  if (!counted) return std::unexpected(counted.error());
  auto kept = this->kept(inspection, **opened);
  if (!kept) return std::unexpected(kept.error());
  auto& overrides = kept->file.overrides;
  // What was confirmed since, and is not in what stays, can go.
  const bool is_frozen = std::ranges::any_of(overrides, [&](const auto& each) {
    return is_of(each, questionnaire, finding) && !kept->file.frozen.empty() &&
           each.holds_in(kept->file.frozen.back().release);
  });
  if (is_frozen) {
    if (auto can = check_it_can_change(kept->file, *counted, std::string(questionnaire)); !can) return can;
  }
  const auto taken = std::erase_if(overrides, [&](const auto& each) { return is_of(each, questionnaire, finding); });
  if (taken == 0) return fail(ErrorCode::not_found, "that finding is not stated more: `release check` lists those");
  const std::lock_guard lock(inspections_.life_);
  return keep(*kept, **opened, *stands, entry);
}

}  // namespace perspective::inspection

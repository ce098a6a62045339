#include "inspection/releases.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "inspection/reconciliation.h"
#include "inspection/release_audit.h"
#include "inspection/results.h"
#include "release/rules.h"

namespace perspective::inspection {
namespace {

constexpr std::string_view kRecordKind = "release";
constexpr int kLooks = 3;  // so often it is looked at anew where something came or went meanwhile

std::unexpected<Error> none_frozen(std::string_view inspection) {
  return fail(ErrorCode::not_found, "no release of '" + std::string(inspection) +
                                        "' is frozen yet: an inspector does that with `release freeze`");
}

ReadRelease last_of(const ReleaseFile& file) {
  const auto& last = file.frozen.back();
  return {.release = last.release, .number = std::ssize(file.frozen), .frozen_at_s = last.at_s};
}

release::Brought brought_by(const ReleaseFile& file) {
  const auto& last = file.frozen.back();
  release::Brought brought{.number = std::ssize(file.frozen), .contributions = last.contributions};
  const std::span earlier(file.frozen.begin(), file.frozen.end() - 1);
  for (const auto& part : last.release.parts) {
    auto history = history_of(earlier, {&part, &last.responses.at(part.questionnaire), brought.number});
    if (history.parts.size() > 1) brought.histories.push_back(std::move(history));
  }
  return brought;
}

}  // namespace

Result<store::AsItStood> Releases::may_be_changed(std::string_view inspection) const {
  const auto head = inspections_.store_.head(inspection);
  if (!head) return std::unexpected(head.error());
  const auto state = state_of(head->state, head->id);
  if (!state) return std::unexpected(state.error());
  const auto withdrawn = inspections_.store_.count_withdrawn(inspection);
  if (!withdrawn) return std::unexpected(withdrawn.error());
  if (allowed_in(*state).releases) return store::AsItStood{head->id, head->state, *withdrawn};
  const auto said = "'" + head->id + "' is " + std::string(to_text(*state));
  const auto frozen = this->frozen(inspection);
  if (!frozen) return std::unexpected(frozen.error());
  if (is_past_fieldwork(*state) && *frozen == 0)
    return fail(ErrorCode::conflict, said + ", and no release of it was frozen before: now none can be");
  if (is_past_fieldwork(*state)) return fail(ErrorCode::conflict, said + ": its release stays");
  return fail(ErrorCode::conflict, "fieldwork of '" + head->id +
                                       "' has not ended: a release is frozen once, when all who could answer have");
}

Result<std::int64_t> Releases::frozen(std::string_view inspection) const {
  const auto sealed = this->sealed(inspection);
  if (!sealed) return std::unexpected(sealed.error());
  return *sealed ? (*sealed)->frozen : 0;
}

Result<std::optional<SealedReleases>> Releases::sealed(std::string_view inspection) const {
  const auto record = inspections_.store_.record(kRecordKind, inspection);
  if (!record && record.error().code == ErrorCode::not_found) return std::optional<SealedReleases>();
  if (!record) return std::unexpected(record.error());
  auto sealed = sealed_releases_from(record->body);
  if (!sealed) return std::unexpected(sealed.error());
  return std::optional(*std::move(sealed));
}

Result<Releases::Kept> Releases::kept(std::string_view inspection, const Opened& opened) const {
  auto record = inspections_.store_.record(kRecordKind, inspection);
  if (!record && record.error().code == ErrorCode::not_found) {
    return Kept{{.kind = std::string(kRecordKind), .id = std::string(inspection)}, {}};
  }
  if (!record) return std::unexpected(record.error());
  const auto sealed = sealed_releases_from(record->body);
  if (!sealed) return std::unexpected(sealed.error());
  const auto plain = opened.open_sealed(sealed->sealed);
  if (!plain) return std::unexpected(plain.error());
  auto file = release_file_from(plain->text());
  if (!file) return std::unexpected(file.error());
  return Kept{*std::move(record), *std::move(file)};
}

Result<void> Releases::keep(const Kept& kept, const Opened& opened, const store::AsItStood& then,
                            const store::NextEntry& entry) const {
  auto body = sealed_body(kept.file, opened.record().package);
  if (!body) return std::unexpected(body.error());
  auto record = kept.record;
  record.body = *std::move(body);
  record.only_while = then;
  return inspections_.store_.put_record(record, entry);
}

// Of a questionnaire of which too few responses changed, the part that is frozen stays (rule G).
Result<Releases::Made> Releases::made(const Opened::Counted& counted, const ReleaseFile& file,
                                      const std::string& inspection, std::span<const release::Override> more) {
  std::vector<release::Override> overrides;
  for (const auto& each : file.overrides) overrides.push_back(each.stated);
  std::ranges::copy(more, std::back_inserter(overrides));
  auto release = release::release_of(inspection, counted_in(counted), overrides);
  if (!release) return std::unexpected(release.error());
  Made made{*std::move(release), counted.responses};
  for (const auto& tally : counted.tallies) made.contributions.push_back(release::contribution_of(tally));
  if (file.frozen.empty()) return made;
  const auto& last = file.frozen.back();
  for (std::size_t i = 0; i < made.release.parts.size(); ++i) {
    auto& part = made.release.parts[i];
    const auto* before = part_that_stays(file, part.questionnaire, counted.responses.at(part.questionnaire));
    if (before == nullptr) continue;
    part = *before;
    made.responses[part.questionnaire] = last.responses.at(part.questionnaire);
    if (last.contributions.empty()) made.contributions.clear();
    if (!made.contributions.empty()) made.contributions[i] = last.contributions.at(i);
  }
  return made;
}

Result<Releases::Looked> Releases::looked_at(std::string_view inspection) const {
  const auto opened = inspections_.used(inspection);
  if (!opened) return std::unexpected(opened.error());
  auto counted = (*opened)->counted();
  if (!counted) return std::unexpected(counted.error());
  auto kept = this->kept(inspection, **opened);
  if (!kept) return std::unexpected(kept.error());
  auto made = this->made(*counted, kept->file, std::string(inspection));
  if (!made) return std::unexpected(made.error());
  auto refusals = refusals_before(*counted, kept->file, made->release, made->responses);
  if (!refusals) return std::unexpected(refusals.error());
  std::optional<Obstacle> obstacle;
  if (auto stands = may_be_changed(inspection); !stands)
    obstacle = Obstacle{.kind = Obstacle::Kind::state, .why = stands.error()};
  // Whoever answered on paper would be in no release: another one takes ten responses more.
  else if (auto no_form = inspections_.check_no_form_waits(inspection); !no_form)
    obstacle = Obstacle{.kind = Obstacle::Kind::forms, .why = no_form.error()};
  else
    obstacle = obstacle_to(made->release, kept->file, (*opened)->record(), *refusals);
  return Looked{*opened,          *std::move(counted),  *std::move(kept),
                *std::move(made), *std::move(refusals), std::move(obstacle)};
}

Result<ReleaseCheck> Releases::check(std::string_view inspection, std::string_view language) {
  auto looked = looked_at(inspection);
  if (!looked) return std::unexpected(looked.error());
  auto& [opened, counted, kept, made, refusals, obstacle] = *looked;
  auto quoted = quoted_in(made.release, made.responses, *opened, opened->record().package.languages.front());
  if (!quoted) return std::unexpected(quoted.error());
  auto warnings = warnings_of(inspection, *opened, quoted->left_out, language);
  if (!warnings) return std::unexpected(warnings.error());
  ReleaseCheck check{.release = std::move(made.release),
                     .clauses = {},
                     .share = {},
                     .said_by_suppression = release::said_by_suppression(counted_in(counted)),
                     .refusals = std::move(refusals),
                     .overrides = std::move(kept.file.overrides),
                     .warnings = *std::move(warnings),
                     .obstacle = std::move(obstacle)};
  check.share = release::said_share(check.release);
  for (std::size_t i = 0; i < check.release.parts.size(); ++i)
    check.clauses.push_back(release::clauses_of(counted.questionnaires[i], check.release.parts[i]));
  return check;
}

Result<bool> Releases::is_as_seen(std::string_view inspection, const Responses& seen) const {
  if (auto waits = inspections_.check_no_form_waits(inspection); !waits) return std::unexpected(waits.error());
  const auto opened = inspections_.opened(inspection);
  if (!opened) return std::unexpected(opened.error());
  const auto counted = (*opened)->counted();
  if (!counted) return std::unexpected(counted.error());
  return counted->responses == seen;
}

Result<ReadRelease> Releases::freeze(std::string_view inspection, const std::string& by,
                                     const store::NextEntry& entry) {
  if (auto may = may_be_changed(inspection); !may) return std::unexpected(may.error());  // said first, locked or not
  for (int look = 0; look < kLooks; ++look) {
    auto looked = looked_at(inspection);
    if (!looked) return std::unexpected(looked.error());
    if (looked->obstacle) return std::unexpected(looked->obstacle->why);
    const std::lock_guard lock(inspections_.life_);
    // Before the last look: what is taken back after it, or changed by another collector, the store finds.
    const auto stands = may_be_changed(inspection);
    if (!stands) return std::unexpected(stands.error());
    const auto is_same = is_as_seen(inspection, looked->counted.responses);
    if (!is_same) return std::unexpected(is_same.error());
    if (!*is_same) continue;
    auto& file = looked->kept.file;
    auto overrides = overrides_of(file, looked->made.release);
    file.frozen.push_back({.at_s = inspections_.clock_.now_s(),
                           .by = by,
                           .release = std::move(looked->made.release),
                           .responses = std::move(looked->made.responses),
                           .contributions = std::move(looked->made.contributions),
                           .overrides = std::move(overrides)});
    auto put = keep(looked->kept, *looked->opened, *stands, entry);
    if (put) return last_of(file);
    if (put.error().code != ErrorCode::conflict) return std::unexpected(put.error());
  }
  return fail(ErrorCode::conflict, "answers came or were taken back while it was looked at: freeze it again");
}

Result<ReadRelease> Releases::published(std::string_view inspection) const {
  const auto stored = inspections_.store_.inspection(inspection);
  if (!stored) return std::unexpected(stored.error());
  const auto plan = plan_from(stored->definition);
  if (!plan) return std::unexpected(plan.error());
  if (plan->release.empty()) return none_frozen(inspection);
  return published_release_from(plan->release);
}

Result<ReadRelease> Releases::read(std::string_view inspection) {
  if (auto open = published(inspection); open || open.error().code != ErrorCode::not_found) return open;
  const auto sealed = this->sealed(inspection);
  if (!sealed) return std::unexpected(sealed.error());
  if (!*sealed || (*sealed)->frozen == 0) {
    if (const auto head = inspections_.store_.head(inspection); !head) return std::unexpected(head.error());
    return none_frozen(inspection);
  }
  const auto opened = inspections_.opened(inspection);
  if (!opened) {
    return fail(opened.error().code, "the release of '" + std::string(inspection) +
                                         "' is sealed: it can be read once the inspection is published, or while an "
                                         "inspector has it unlocked");
  }
  const auto kept = this->kept(inspection, **opened);
  if (!kept) return std::unexpected(kept.error());
  if (kept->file.frozen.empty()) return none_frozen(inspection);
  return last_of(kept->file);
}

Result<release::Brought> Releases::brought(std::string_view inspection) {
  const auto opened = inspections_.used(inspection);
  if (!opened) return std::unexpected(opened.error());
  const auto kept = this->kept(inspection, **opened);
  if (!kept) return std::unexpected(kept.error());
  if (kept->file.frozen.empty()) return none_frozen(inspection);
  const auto& last = kept->file.frozen.back();
  if (!last.contributions.empty()) return brought_by(kept->file);
  return fail(ErrorCode::conflict, "the release of '" + std::string(inspection) +
                                       "' was frozen by a version that kept nothing for programmes: it can not be in "
                                       "one");
}

Result<Releases::ToPublish> Releases::to_publish(std::string_view inspection) {
  ToPublish made{.made_from = {.kind = std::string(kRecordKind), .id = std::string(inspection)}};
  const auto record = inspections_.store_.record(kRecordKind, inspection);
  if (!record && record.error().code == ErrorCode::not_found) return made;
  if (!record) return std::unexpected(record.error());
  made.made_from.version = record->version;
  const auto sealed = sealed_releases_from(record->body);
  if (!sealed) return std::unexpected(sealed.error());
  if (sealed->frozen == 0) return made;
  const auto opened = inspections_.opened(inspection);
  if (!opened) {
    return fail(opened.error().code,
                "'" + std::string(inspection) +
                    "' is locked: unlock it first, so that its frozen release can be published with it");
  }
  const auto kept = this->kept(inspection, **opened);
  if (!kept) return std::unexpected(kept.error());
  made.made_from.version = kept->record.version;
  made.release = published_json(last_of(kept->file));
  return made;
}

}  // namespace perspective::inspection

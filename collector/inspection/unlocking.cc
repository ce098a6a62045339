// Inspections, opened with a passphrase and locked again.
#include <algorithm>

#include "inspection/inspections.h"
#include "inspection/opened.h"
#include "inspection/record.h"
#include "inspection/section_texts.h"

namespace perspective::inspection {
namespace {

// Why there is nothing to open.
Error nothing_to_open(std::string_view inspection, State state) {
  return {ErrorCode::conflict,
          "'" + std::string(inspection) + "' is " + std::string(to_text(state)) + ": there is no answer to open"};
}

}  // namespace

Result<Unlocked> Inspections::unlock(std::string_view inspection, const SecretBytes& passphrase, keys::Half half) {
  if (!setting_.is_swap_allowed && setting_.is_swap_on()) {
    return fail(ErrorCode::refused,
                "swap is on: opened answers could be written to the disk; turn it off (swapoff -a), or start the "
                "collector with --allow-swap if the swap is encrypted");
  }
  const auto lockings = lockings_of(inspection);
  const auto stored = store_.inspection(inspection);
  if (!stored) return std::unexpected(stored.error());
  const auto state = state_of(stored->head.state, stored->head.id);
  if (!state) return std::unexpected(state.error());
  // Of one that was destroyed the keys say when.
  if (!allowed_in(*state).unlocking && *state != State::destroyed) {
    return std::unexpected(nothing_to_open(inspection, *state));
  }
  auto record = record_from(stored->definition);
  if (!record) return std::unexpected(record.error());
  const auto questionnaires = questionnaires_of(*record);
  if (!questionnaires) return std::unexpected(questionnaires.error());
  auto key = keys_.unlock(inspection, half, passphrase.text());
  if (!key) return std::unexpected(key.error());
  const auto unlocked =
      place(inspection, lockings,
            std::make_shared<Opened>(store_, std::move(*record), *questionnaires, std::move(*key), setting_.hands));
  if (!unlocked) return std::unexpected(unlocked.error());
  auto absorbed = (*unlocked)->absorb();
  if (!absorbed) forget(inspection);
  if (!absorbed) return absorbed;
  if (const auto still = used(inspection); !still) return std::unexpected(still.error());  // many answers take a while
  SectionTexts(*this).take_out_what_went(inspection);  // what was taken back while nobody could open the section
  return absorbed;
}

std::uint64_t Inspections::lockings_of(std::string_view inspection) {
  const std::lock_guard lock(mutex_);
  const auto found = lockings_.find(inspection);
  return found == lockings_.end() ? 0 : found->second;
}

// A passphrase takes half a second, in which somebody may lock the inspection, publish it, or destroy its keys: what
// was read of it before that is opened no more. It is known before its first reading, so that what arrives meanwhile is
// noted.
Result<std::shared_ptr<Opened>> Inspections::place(std::string_view inspection, std::uint64_t lockings,
                                                   std::shared_ptr<Opened> opened) {
  const std::lock_guard lock(mutex_);
  const auto found = lockings_.find(inspection);
  if (lockings != (found == lockings_.end() ? 0 : found->second)) {
    return fail(
        ErrorCode::conflict,
        "'" + std::string(inspection) +
            "' was locked while it was being unlocked; look at what it is now, and unlock it again if you still may");
  }
  auto& place = opened_[std::string(inspection)];
  if (!place.opened) place.opened = std::move(opened);
  place.used_s = clock_.now_s();
  return place.opened;
}

void Inspections::forget(std::string_view inspection) {
  const std::lock_guard lock(mutex_);
  lockings_[std::string(inspection)] += 1;
  if (const auto found = opened_.find(inspection); found != opened_.end()) opened_.erase(found);
}

Result<void> Inspections::lock(std::string_view inspection) {
  if (const auto head = store_.head(inspection); !head) return std::unexpected(head.error());
  forget(inspection);
  return {};
}

Result<std::shared_ptr<Opened>> Inspections::opened(std::string_view inspection) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = opened_.find(inspection); found != opened_.end()) return found->second.opened;
  }
  if (const auto head = store_.head(inspection); !head) return std::unexpected(head.error());
  return fail(ErrorCode::refused,
              "'" + std::string(inspection) +
                  "' is locked: an inspector, who has its passphrase, unlocks it first (inspection unlock)");
}

Result<std::shared_ptr<Opened>> Inspections::used(std::string_view inspection) {
  // Another collector on the same store may have destroyed it.
  const auto head = store_.head(inspection);
  if (!head) return std::unexpected(head.error());
  const auto state = state_of(head->state, head->id);
  if (!state) return std::unexpected(state.error());
  if (!allowed_in(*state).unlocking) {
    forget(inspection);
    return std::unexpected(nothing_to_open(inspection, *state));
  }
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = opened_.find(inspection); found != opened_.end()) found->second.used_s = clock_.now_s();
  }
  return opened(inspection);
}

std::optional<std::int64_t> Inspections::locks_in_s(std::string_view inspection) {
  const std::lock_guard lock(mutex_);
  const auto found = opened_.find(inspection);
  if (found == opened_.end()) return std::nullopt;
  return std::max<std::int64_t>(0, found->second.used_s + setting_.idle_lock_s - clock_.now_s());
}

// Who is reading meanwhile holds on to it until the answer is there.
std::vector<std::string> Inspections::lock_idle() {
  const std::lock_guard lock(mutex_);
  const auto now_s = clock_.now_s();
  std::vector<std::string> locked;
  for (auto& [inspection, place] : opened_) {
    place.used_s = std::min(place.used_s, now_s);  // a clock that was set back
    if (now_s - place.used_s >= setting_.idle_lock_s) locked.push_back(inspection);
  }
  for (const auto& inspection : locked) opened_.erase(inspection);
  return locked;
}

}  // namespace perspective::inspection

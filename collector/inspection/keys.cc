// What becomes of an inspection's private keys: tried, shared, given back, destroyed.
#include "base/random.h"
#include "envelope/envelope.h"
#include "inspection/inspections.h"
#include "inspection/record.h"
#include "keys/copies.h"

namespace perspective::inspection {
namespace {

Result<protocol::Package> package_of(store::Store& store, std::string_view inspection) {
  const auto stored = store.inspection(inspection);
  if (!stored) return std::unexpected(stored.error());
  auto record = record_from(stored->definition);
  if (!record) return std::unexpected(record.error());
  return std::move(record->package);
}

Result<void> opens_trial(const protocol::Package& package, const envelope::OpeningKey& key) {
  constexpr std::string_view kTrial = "trial";
  const auto inspection = envelope::Recipient::parse(package.inspection_certificate);
  if (!inspection) return std::unexpected(inspection.error());
  const auto recovery = envelope::Recipient::parse(package.recovery_certificate);
  if (!recovery) return std::unexpected(recovery.error());
  const auto sealed = envelope::seal(as_bytes(kTrial), package.padded_bytes, *inspection, *recovery);
  if (!sealed) return std::unexpected(sealed.error());
  const auto opened = envelope::open(*sealed, key);
  if (!opened) return std::unexpected(opened.error());
  if (!opened->text().starts_with(kTrial)) return fail(ErrorCode::corrupt, "the trial envelope opens as another");
  return {};
}

// One of those that are kept, drawn at random; none: nothing is kept.
Result<std::optional<store::Envelope>> draw_kept(store::Store& store, std::string_view inspection) {
  constexpr std::size_t kPage = 1000;
  std::optional<store::Envelope> drawn;
  std::optional<store::Id> after;
  for (std::uint64_t seen = 0;;) {
    auto page = store.envelopes(inspection, after, kPage);
    if (!page) return std::unexpected(page.error());
    if (page->empty()) return drawn;
    after = page->back().id;
    for (auto& kept : *page) {
      if (random_below(++seen) == 0) drawn = std::move(kept);
    }
  }
}

}  // namespace

Result<Rehearsal> Inspections::rehearse(std::string_view inspection, const RecoverySecret& secret) {
  const auto package = package_of(store_, inspection);
  if (!package) return std::unexpected(package.error());
  const auto kept = draw_kept(store_, inspection);
  if (!kept) return std::unexpected(kept.error());
  const std::lock_guard lock(key_turn_);
  const auto key = secret.shares.empty()
                       ? keys_.unlock(inspection, keys::Half::recovery, secret.passphrase.text())
                       : keys::KeyCabinet::open_shares(inspection, secret.shares, package->recovery_certificate);
  if (!key) return std::unexpected(key.error());
  if (*kept) {
    const auto opened = envelope::open((*kept)->body, *key);
    if (!opened) {
      return fail(opened.error().code,
                  "the recovery key is genuine, and yet a response that is kept here does not open with it (" +
                      opened.error().what + "). Keep the database as it is, and ask who changed it");
    }
  } else if (auto opened = opens_trial(*package, *key); !opened) {
    return std::unexpected(opened.error());
  }
  if (auto noted = keys_.note_rehearsal(inspection, clock_.now_s()); !noted) return std::unexpected(noted.error());
  return *kept ? Rehearsal::of_response : Rehearsal::of_trial;
}

Result<std::vector<SecretBytes>> Inspections::split_recovery(std::string_view inspection, const SecretBytes& passphrase,
                                                             const std::vector<std::string>& holders,
                                                             std::size_t needed) {
  if (const auto head = store_.head(inspection); !head) return std::unexpected(head.error());
  const std::lock_guard lock(key_turn_);
  return keys_.split_recovery(inspection, passphrase.text(), holders, needed, clock_.now_s());
}

Result<void> Inspections::restore_recovery(std::string_view inspection, const std::vector<SecretBytes>& shares,
                                           const SecretBytes& new_passphrase) {
  const auto package = package_of(store_, inspection);
  if (!package) return std::unexpected(package.error());
  const std::lock_guard lock(key_turn_);
  return keys_.restore_recovery(inspection, shares, package->recovery_certificate, new_passphrase.text(),
                                clock_.now_s());
}

Result<void> Inspections::change_passphrase(std::string_view inspection, keys::Half half,
                                            const SecretBytes& old_passphrase, const SecretBytes& new_passphrase) {
  if (const auto head = store_.head(inspection); !head) return std::unexpected(head.error());
  const std::lock_guard lock(key_turn_);
  return keys_.change_passphrase(inspection, half, old_passphrase.text(), new_passphrase.text(), clock_.now_s());
}

Result<keys::Register> Inspections::key_copies(std::string_view inspection) {
  if (const auto head = store_.head(inspection); !head) return std::unexpected(head.error());
  return keys_.copies(inspection);
}

Result<void> Inspections::confirm_destroyed(std::string_view inspection, std::size_t copy) {
  if (const auto head = store_.head(inspection); !head) return std::unexpected(head.error());
  {
    const std::lock_guard lock(key_turn_);
    if (auto confirmed = keys_.confirm_destroyed(inspection, copy, clock_.now_s()); !confirmed) return confirmed;
  }
  return note_destroyed(inspection);
}

Result<keys::Register> Inspections::destroy_keys(std::string_view inspection) {
  {
    const std::lock_guard one_at_a_time(key_turn_);
    const std::lock_guard lock(life_);
    const auto head = store_.head(inspection);
    if (!head) return std::unexpected(head.error());
    const auto state = state_of(head->state, head->id);
    if (!state) return std::unexpected(state.error());
    const auto step = *state == State::destroyed ? Result<void>() : check_step(*state, State::destroyed);
    if (!step) return in_context("'" + head->id + "'", step.error());
    forget(inspection);
    auto destroyed = keys_.destroy(inspection, clock_.now_s());
    forget(inspection);  // whoever had read a key before it went
    if (!destroyed) return destroyed;
  }
  if (auto noted = note_destroyed(inspection); !noted) return std::unexpected(noted.error());
  return key_copies(inspection);
}

// Only when nobody anywhere can read it any more.
Result<void> Inspections::note_destroyed(std::string_view inspection) {
  const auto list = key_copies(inspection);
  if (!list) return std::unexpected(list.error());
  const auto head = store_.head(inspection);
  if (!head) return std::unexpected(head.error());
  const bool is_noted = head->state == to_text(State::destroyed);
  if (is_noted || !keys::still_readable(*list).by_nobody()) return {};
  return advance(inspection, State::destroyed);
}

}  // namespace perspective::inspection

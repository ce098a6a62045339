// Copies of an inspection's keys: made, taken in, listed.
#include "inspection/inspections.h"
#include "inspection/record.h"

namespace perspective::inspection {

Result<std::vector<keys::KeyFile>> Inspections::copy_keys(std::string_view inspection, std::string_view place) {
  const std::lock_guard lock(key_turn_);
  return inspection.empty() ? keys_.copy_all(place, clock_.now_s()) : keys_.copy_of(inspection, place, clock_.now_s());
}

Result<void> Inspections::take_keys(std::string_view inspection, const std::vector<keys::KeyFile>& files) {
  const auto stored = store_.inspection(inspection);
  if (!stored) return std::unexpected(stored.error());
  const auto record = record_from(stored->definition);
  if (!record) return std::unexpected(record.error());
  const std::lock_guard lock(key_turn_);
  return keys_.take(inspection, files, {record->package.inspection_certificate, record->package.recovery_certificate},
                    clock_.now_s());
}

Result<std::vector<Inspections::KeyCopy>> Inspections::key_copies() {
  const std::lock_guard lock(key_turn_);
  const auto ids = keys_.inspections();
  if (!ids) return std::unexpected(ids.error());
  std::vector<KeyCopy> all;
  for (const auto& id : *ids) {
    const auto copies = keys_.copies(id);
    if (!copies) return in_context("inspection '" + id + "'", copies.error());
    for (const auto& copy : copies->copies) all.push_back({id, copy});
  }
  return all;
}

}  // namespace perspective::inspection

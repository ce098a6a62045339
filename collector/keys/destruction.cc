// The list of copies, and the end of an inspection's private keys.
#include <fmt/core.h>

#include <filesystem>

#include "base/clock.h"
#include "base/file.h"
#include "keys/key_cabinet.h"

namespace perspective::keys {
Result<Register> KeyCabinet::copies(std::string_view id) const {
  const auto folder = folder_of(id);
  if (!folder) return std::unexpected(folder.error());
  const auto list = read_text(*folder / kListFile);
  if (!list) return std::unexpected(list.error());
  return register_from_json(*list);
}

Result<void> KeyCabinet::write_list(std::string_view id, const Register& list) const {
  const auto folder = folder_of(id);
  if (!folder) return std::unexpected(folder.error());
  return write_file(*folder / kListFile, as_bytes(to_json(list)));
}

Result<void> KeyCabinet::register_copy(std::string_view id, RegisteredCopy copy) {
  if (copy.place.empty() || lies_beside_its_list(copy))
    return fail(ErrorCode::invalid, "say in words where the copy is kept");
  auto list = copies(id);
  if (!list) return std::unexpected(list.error());
  list->copies.push_back(std::move(copy));
  return write_list(id, *list);
}

Result<void> KeyCabinet::note_rehearsal(std::string_view id, std::int64_t now_s) {
  auto list = copies(id);
  if (!list) return std::unexpected(list.error());
  list->rehearsed = day_of(now_s);
  return write_list(id, *list);
}

Result<void> KeyCabinet::confirm_destroyed(std::string_view id, std::size_t number, std::int64_t now_s) {
  auto list = copies(id);
  if (!list) return std::unexpected(list.error());
  if (number < 1 || number > list->copies.size()) {
    return fail(ErrorCode::not_found, fmt::format("there is no copy {}; `key list {}` numbers them", number, id));
  }
  RegisteredCopy& copy = list->copies[number - 1];
  if (lies_beside_its_list(copy)) {
    return fail(ErrorCode::conflict, fmt::format("copy {} lies in the collector's own folder: `inspection destroy {}` "
                                                 "destroys it",
                                                 number, id));
  }
  if (copy.destroyed.empty()) copy.destroyed = day_of(now_s);
  return write_list(id, *list);
}

// The inspection key is erased first. Where it is here and the recovery key is not, nobody destroyed that one here: an
// earlier version took the other collector's word for its own, or somebody put it elsewhere.
Result<void> KeyCabinet::put_absent_into_words(std::string_view id, Register& list) const {
  const auto folder = folder_of(id);
  if (!folder) return std::unexpected(folder.error());
  std::error_code error;
  if (!std::filesystem::exists(*folder / kInspectionFile, error)) return {};
  if (std::filesystem::exists(*folder / kRecoveryFile, error)) return {};
  for (RegisteredCopy& copy : list.copies) {
    if (copy.share || copy.place != kRecoveryFile || !copy.destroyed.empty()) continue;
    copy.place = "collector where the inspection was made, or wherever it was put: " + copy.place;
  }
  return write_list(id, list);
}

Result<Register> KeyCabinet::destroy(std::string_view id, std::int64_t now_s) {
  auto list = copies(id);
  if (!list) return std::unexpected(list.error());
  const auto folder = folder_of(id);
  if (!folder) return std::unexpected(folder.error());
  if (auto corrected = put_absent_into_words(id, *list); !corrected) return std::unexpected(corrected.error());
  for (const std::string_view name : {kInspectionFile, kRecoveryFile}) {
    // Half written, when the power went: of a key too.
    for (const std::string& each : {std::string(name), std::string(name) + ".new"}) {
      if (auto erased = erase_file(*folder / each); !erased) return std::unexpected(erased.error());
    }
  }
  for (RegisteredCopy& copy : list->copies) {
    if (lies_beside_its_list(copy) && copy.destroyed.empty()) copy.destroyed = day_of(now_s);
  }
  if (auto written = write_list(id, *list); !written) return std::unexpected(written.error());
  return list;
}

// The list first: what a power cut leaves then is no inspection's keys, and is made anew.
Result<void> KeyCabinet::discard(std::string_view id) {
  const auto folder = folder_of(id);
  if (!folder) return std::unexpected(folder.error());
  for (const std::string_view name : {kListFile, kInspectionFile, kRecoveryFile}) {
    if (auto erased = erase_file(*folder / name); !erased) return erased;
  }
  std::error_code error;
  std::filesystem::remove_all(*folder, error);
  if (error) return fail(ErrorCode::io, "cannot remove " + folder->string() + ": " + error.message());
  return {};
}

}  // namespace perspective::keys

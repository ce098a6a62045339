// The list of copies, and the end of an inspection's private keys.
#include <fmt/core.h>

#include "base/clock.h"
#include "base/file.h"
#include "keys/key_cabinet.h"

namespace perspective::keys {
namespace {

bool is_ours(const RegisteredCopy& copy) {
  return !copy.share && (copy.place == kInspectionFile || copy.place == kRecoveryFile);
}

}  // namespace

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
  if (copy.place.empty() || is_ours(copy)) return fail(ErrorCode::invalid, "say in words where the copy is kept");
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
  if (is_ours(copy)) {
    return fail(ErrorCode::conflict, fmt::format("copy {} lies in the collector's own folder: `inspection destroy {}` "
                                                 "destroys it",
                                                 number, id));
  }
  if (copy.destroyed.empty()) copy.destroyed = day_of(now_s);
  return write_list(id, *list);
}

Result<Register> KeyCabinet::destroy(std::string_view id, std::int64_t now_s) {
  auto list = copies(id);
  if (!list) return std::unexpected(list.error());
  const auto folder = folder_of(id);
  if (!folder) return std::unexpected(folder.error());
  for (const std::string_view name : {kInspectionFile, kRecoveryFile}) {
    // Half written, when the power went: of a key too.
    for (const std::string& each : {std::string(name), std::string(name) + ".new"}) {
      if (auto erased = erase_file(*folder / each); !erased) return std::unexpected(erased.error());
    }
  }
  for (RegisteredCopy& copy : list->copies) {
    if (is_ours(copy) && copy.destroyed.empty()) copy.destroyed = day_of(now_s);
  }
  if (auto written = write_list(id, *list); !written) return std::unexpected(written.error());
  return list;
}

}  // namespace perspective::keys

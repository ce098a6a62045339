// A key under another passphrase, in the place of its file.
#include <fmt/core.h>

#include "base/clock.h"
#include "base/file.h"
#include "keys/copies.h"
#include "keys/key_cabinet.h"
#include "keys/locked_key.h"

namespace perspective::keys {
namespace {

Result<void> check_new_passphrase(std::string_view old_passphrase, std::string_view new_passphrase) {
  if (auto fit = check_passphrase("new", new_passphrase); !fit) return fit;
  if (new_passphrase != old_passphrase) return {};
  return fail(ErrorCode::refused, "the new passphrase is the one that it has: think of another");
}

}  // namespace

Result<void> KeyCabinet::change_passphrase(std::string_view id, Half half, std::string_view old_passphrase,
                                           std::string_view new_passphrase, std::int64_t now_s) {
  if (auto fit = check_new_passphrase(old_passphrase, new_passphrase); !fit) return fit;
  const auto key = unlock(id, half, old_passphrase);
  if (!key) return std::unexpected(key.error());
  const bool is_inspection = half == Half::inspection;
  if (unlock(id, is_inspection ? Half::recovery : Half::inspection, new_passphrase)) {
    return fail(ErrorCode::refused, fmt::format("the new passphrase is that of the {} key: whoever knew one would know "
                                                "both",
                                                is_inspection ? "recovery" : "inspection"));
  }
  const auto locked = lock(key->key(), new_passphrase, cost_);
  if (!locked) return std::unexpected(locked.error());
  // Read back while the old file is still there.
  if (auto opened = keys::unlock(*locked, new_passphrase); !opened) return std::unexpected(opened.error());
  auto list = copies(id);
  if (!list) return std::unexpected(list.error());
  // Before the file: in between the list says of a copy that it has an earlier passphrase, and it has this one. The
  // other way round it would be silent about one that still opens with what too many know.
  note_earlier_passphrase(*list, half, day_of(now_s));
  if (auto listed = write_list(id, *list); !listed) return listed;
  const auto folder = folder_of(id);
  if (!folder) return std::unexpected(folder.error());
  if (auto written = write_over(*folder / (is_inspection ? kInspectionFile : kRecoveryFile), as_bytes(*locked));
      !written) {
    return in_context(
        "the key opens with one of the two passphrases, the old one or the new one: try the new one first",
        written.error());
  }
  return {};
}

}  // namespace perspective::keys

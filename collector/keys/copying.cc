// Copies of keys, for another collector or for the day when this host is lost. Each is registered first.
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "base/clock.h"
#include "base/file.h"
#include "keys/copies.h"
#include "keys/key_cabinet.h"

namespace perspective::keys {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxPlaceBytes = 200;
constexpr std::array kOwn{"receipt.key", "package.key", "package.pem", "authority.pem", "authority.key"};
constexpr std::array kOfAnInspection{"inspection.key", "inspection.pem", "recovery.key", "recovery.pem", "copies.json"};
constexpr std::array kToUnlock{"inspection.key", "inspection.pem", "recovery.pem", "copies.json"};

Result<void> check_place(std::string_view place) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (place.empty() || place.size() > kMaxPlaceBytes || std::ranges::any_of(place, is_control)) {
    return fail(
        ErrorCode::invalid,
        "say in 1 to 200 bytes where the copy will be and who has it: whoever destroys the keys one day goes by "
        "these words");
  }
  return {};
}

std::string this_machine() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

template <typename Names>
Result<void> add_files(const fs::path& folder, const std::string& prefix, const Names& names,
                       std::vector<KeyFile>& files) {
  for (const char* const name : names) {
    auto content = read_secret(folder / name);
    if (!content && content.error().code == ErrorCode::not_found)
      continue;  // one half of an inspection may be elsewhere
    if (!content) return std::unexpected(content.error());
    files.push_back({prefix + name, *std::move(content)});
  }
  return {};
}

// For whoever takes it in: what it says of its own folder is so at this machine.
Result<void> mark_as_copied(std::string_view day, std::vector<KeyFile>& files) {
  for (auto& file : files) {
    if (fs::path(file.name).filename() != kListFile) continue;
    auto list = register_from_json(file.content.text());
    if (!list) return in_context(file.name, list.error());
    list->copied_at = this_machine();
    list->copied_on = day;
    file.content = SecretBytes(as_bytes(to_json(*list)));
  }
  return {};
}

const KeyFile* find(const std::vector<KeyFile>& files, std::string_view id, std::string_view name) {
  const auto found = std::ranges::find(files, fmt::format("inspections/{}/{}", id, name), &KeyFile::name);
  return found == files.end() ? nullptr : &*found;
}

}  // namespace

Result<std::vector<std::string>> KeyCabinet::inspections() const {
  std::vector<std::string> ids;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory_ / "inspections", error)) {
    if (fs::exists(entry.path() / kListFile)) ids.push_back(entry.path().filename().string());
  }
  if (error) return fail(ErrorCode::io, "cannot read " + (directory_ / "inspections").string());
  std::ranges::sort(ids);
  return ids;
}

Result<void> KeyCabinet::register_copies(std::string_view id, const std::vector<Half>& halves, std::string_view place,
                                         std::int64_t now_s) {
  const auto folder = folder_of(id);
  if (!folder) return std::unexpected(folder.error());
  auto known = copies(id);
  if (!known && known.error().code == ErrorCode::not_found) {
    return fail(ErrorCode::not_found, fmt::format("no keys of inspection '{}' are at this collector", id));
  }
  if (!known) return std::unexpected(known.error());
  for (const auto half : halves) {
    if (!fs::exists(*folder / (half == Half::inspection ? "inspection.key" : "recovery.key"))) continue;
    known->copies.push_back({half, std::string(place), day_of(now_s)});
  }
  return write_list(id, *known);
}

Result<std::vector<KeyFile>> KeyCabinet::copy_all(std::string_view place, std::int64_t now_s) {
  if (auto checked = check_place(place); !checked) return std::unexpected(checked.error());
  const auto ids = inspections();
  if (!ids) return std::unexpected(ids.error());
  std::vector<KeyFile> files;
  if (auto added = add_files(directory_, "", kOwn, files); !added) return std::unexpected(added.error());
  for (const auto& id : *ids) {
    const auto registered = register_copies(id, {Half::inspection, Half::recovery}, place, now_s);
    if (!registered) return std::unexpected(registered.error());
    const auto added = add_files(directory_ / "inspections" / id, "inspections/" + id + "/", kOfAnInspection, files);
    if (!added) return std::unexpected(added.error());
  }
  if (auto marked = mark_as_copied(day_of(now_s), files); !marked) return std::unexpected(marked.error());
  return files;
}

Result<std::vector<KeyFile>> KeyCabinet::copy_of(std::string_view id, std::string_view place, std::int64_t now_s) {
  if (auto checked = check_place(place); !checked) return std::unexpected(checked.error());
  if (auto kept = register_copies(id, {Half::inspection}, place, now_s); !kept) return std::unexpected(kept.error());
  const auto folder = folder_of(id);
  if (!folder) return std::unexpected(folder.error());
  std::vector<KeyFile> files;
  if (auto added = add_files(*folder, fmt::format("inspections/{}/", id), kToUnlock, files); !added) {
    return std::unexpected(added.error());
  }
  if (auto marked = mark_as_copied(day_of(now_s), files); !marked) return std::unexpected(marked.error());
  return files;
}

Result<void> KeyCabinet::take(std::string_view id, const std::vector<KeyFile>& files, const Certificates& expected,
                              std::int64_t now_s) {
  const auto folder = folder_of(id);
  if (!folder) return std::unexpected(folder.error());
  for (const char* const name : kToUnlock) {
    if (find(files, id, name) == nullptr) {
      return fail(ErrorCode::invalid, fmt::format("the copy of the keys of '{}' has no {}", id, name));
    }
  }
  if (find(files, id, "inspection.pem")->content.text() != expected.inspection ||
      find(files, id, "recovery.pem")->content.text() != expected.recovery) {
    return fail(ErrorCode::refused,
                fmt::format("these are not the keys that the answers to '{}' are sealed for. Nothing was changed", id));
  }
  auto given = register_from_json(find(files, id, kListFile)->content.text());
  if (!given) return std::unexpected(given.error());
  auto list = as_of_elsewhere(*std::move(given));
  if (const auto known = copies(id)) put_together(list, *known);
  if (auto made = make_private_directory(*folder); !made) return made;
  const auto is_ours = [&](const KeyFile& file) {
    const auto name = fs::path(file.name).filename();
    return find(files, id, name.string()) == &file && name != kListFile &&
           std::ranges::find(kOfAnInspection, name) != kOfAnInspection.end();
  };
  // Listed before they are here.
  for (const auto half : {Half::inspection, Half::recovery}) {
    const auto name = half == Half::inspection ? kInspectionFile : kRecoveryFile;
    if (find(files, id, name) != nullptr || fs::exists(*folder / name)) list_beside(list, half, day_of(now_s));
  }
  if (auto written = write_list(id, list); !written) return written;
  for (const auto& file : files) {
    const auto name = fs::path(file.name).filename();
    if (!is_ours(file) || fs::exists(*folder / name)) continue;
    if (auto written = write_file(*folder / name, file.content.view()); !written) return written;
  }
  return {};
}

Result<void> KeyCabinet::note_restored(std::int64_t now_s) {
  const auto ids = inspections();
  if (!ids) return std::unexpected(ids.error());
  for (const auto& id : *ids) {
    auto known = copies(id);
    if (!known) return std::unexpected(known.error());
    auto list = as_of_elsewhere(*std::move(known));
    for (const auto half : {Half::inspection, Half::recovery}) {
      const auto name = half == Half::inspection ? kInspectionFile : kRecoveryFile;
      if (fs::exists(directory_ / "inspections" / id / name)) list_beside(list, half, day_of(now_s));
    }
    if (auto written = write_list(id, list); !written) return written;
  }
  return {};
}

}  // namespace perspective::keys

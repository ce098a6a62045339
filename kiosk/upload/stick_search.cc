#include "upload/stick_search.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <string>

namespace perspective::upload {
namespace {

namespace fs = std::filesystem;

struct Mount {
  std::string device;  // "8:17"
  fs::path place;
  bool is_writable = false;
};

// As the kernel writes a space, a tab, a line's end and a backslash: \040 (proc(5)).
std::string unescaped(const std::string& text) {
  constexpr std::size_t kDigits = 3;
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_escape = text[i] == '\\' && text.size() - i > kDigits &&
                           std::all_of(text.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                       text.begin() + static_cast<std::ptrdiff_t>(i + 1 + kDigits),
                                       [](char c) { return c >= '0' && c <= '7'; });
    if (!is_escape) {
      plain += text[i];
      continue;
    }
    plain += static_cast<char>(std::stoi(text.substr(i + 1, kDigits), nullptr, 8));
    i += kDigits;
  }
  return plain;
}

// id, parent, device, root, place, options, others, "-", kind (proc(5), "mountinfo"). Of kind autofs is what waits for
// a stick, not the stick.
std::optional<Mount> mount_of(const std::string& line) {
  std::istringstream in(line);
  std::string id;
  std::string parent;
  std::string root;
  std::string place;
  std::string options;
  Mount mount;
  if (!(in >> id >> parent >> mount.device >> root >> place >> options)) return std::nullopt;
  std::string kind;
  while (in >> kind && kind != "-") {
  }
  if (!(in >> kind) || kind == "autofs") return std::nullopt;
  mount.place = unescaped(place);
  mount.is_writable = options == "rw" || options.starts_with("rw,");
  return mount;
}

bool is_below_one_for_sticks(const fs::path& place) {
  constexpr auto kPlaces = std::to_array<std::string_view>({"/media/", "/run/media/", "/mnt/"});
  return std::ranges::any_of(kPlaces, [&](auto each) { return place.string().starts_with(each); });
}

// Of the device, or of the disk that it is a part of.
bool is_removable(const fs::path& device) {
  for (const auto& folder : {device, device.parent_path()}) {
    std::ifstream file(folder / "removable");
    int removable = 0;
    if (file >> removable) return removable != 0;
  }
  return false;
}

// Many sticks say that they are not removable: then it counts that they hang on USB.
bool is_stick(const Mount& mount, const fs::path& devices) {
  std::error_code error;
  const auto device = fs::canonical(devices / mount.device, error);
  if (error) return false;  // no block device
  return is_removable(device) || device.string().find("/usb") != std::string::npos;
}

}  // namespace

std::optional<fs::path> find_stick(const fs::path& chosen, const System& system) {
  std::error_code error;
  const auto place = chosen.empty() ? fs::path() : fs::canonical(chosen, error);
  if (error) return std::nullopt;
  if (!place.empty())
    fs::directory_iterator(place, error);  // who looks into it has it mounted, where that is automatic
  std::ifstream mounts(system.mounts);
  std::optional<fs::path> found;
  for (std::string line; std::getline(mounts, line);) {
    const auto mount = mount_of(line);
    if (!mount) continue;
    const bool is_it = chosen.empty() ? is_below_one_for_sticks(mount->place) && is_stick(*mount, system.devices)
                                      : mount->place == place;
    if (is_it && mount->is_writable) found = mount->place;
  }
  return found;
}

}  // namespace perspective::upload

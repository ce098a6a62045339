#include "program/measurement.h"

#include <glob.h>

#include <algorithm>
#include <sstream>
#include <system_error>
#include <utility>

#include "base/file.h"
#include "envelope/digest.h"

namespace perspective {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSumDigits = 64;
constexpr std::string_view kBetween = "  ";
constexpr std::string_view kGone = "gone";

bool is_entry(const std::string& line) {
  return line.size() > kSumDigits + kBetween.size() && line.substr(kSumDigits, kBetween.size()) == kBetween &&
         line.find_first_not_of("0123456789abcdef") == kSumDigits;
}

// systemd.unit(5): a unit in one of the first folders stands in the place of the package's; what is in NAME.d adds.
constexpr const char* kUnitFolders[] = {"etc/systemd/system.control", "run/systemd/system.control",
                                        "etc/systemd/system", "run/systemd/system", "usr/local/lib/systemd/system"};
constexpr const char* kPackagedUnits = "lib/systemd/system";
constexpr const char* kUnits = "/perspective-kiosk*.service";
constexpr const char* kAdded[] = {"/perspective-kiosk*.service.d/*.conf", "/perspective-.service.d/*.conf",
                                  "/service.d/*.conf"};

// A link to /dev/null is a unit that never starts.
constexpr std::string_view kNoFile = "no file";

Result<std::string> sum_of(const fs::path& file) {
  std::error_code ignored;
  if (fs::exists(fs::symlink_status(file, ignored)) && !fs::is_regular_file(file, ignored)) return std::string(kNoFile);
  const auto content = read_file(file);
  if (content) return envelope::sha256_hex(*content);
  if (content.error().code == ErrorCode::not_found) return std::string(kGone);
  return std::unexpected(content.error());
}

void find(const fs::path& root, const std::string& pattern, std::vector<std::string>& names) {
  glob_t found{};
  if (::glob((root / pattern).c_str(), GLOB_NOSORT, nullptr, &found) == 0) {
    for (std::size_t i = 0; i < found.gl_pathc; ++i) {
      const fs::path path = found.gl_pathv[i];
      std::error_code ignored;
      if (!fs::is_directory(path, ignored)) names.push_back(path.lexically_relative(root).string());
    }
  }
  ::globfree(&found);
}

std::vector<std::string> unit_files_beside_the_packages(const fs::path& root) {
  std::vector<std::string> names;
  for (const std::string folder : kUnitFolders) {
    find(root, folder + kUnits, names);
    for (const auto* added : kAdded) find(root, folder + added, names);
  }
  for (const auto* added : kAdded) find(root, kPackagedUnits + std::string(added), names);
  std::ranges::sort(names);
  return names;
}

// What the list would be now, and where it differs.
struct Now {
  std::string lines;
  std::vector<std::string> changed;
};

Result<Now> compare(const fs::path& list, const fs::path& root) {
  const auto text = read_text(list);
  if (!text) return std::unexpected(text.error());
  Now now;
  std::istringstream lines(*text);
  for (std::string line; std::getline(lines, line);) {
    if (!is_entry(line)) return fail(ErrorCode::corrupt, list.string() + " is no list of sha256sum");
    const auto name = line.substr(kSumDigits + kBetween.size());
    const auto sum = sum_of(root / name);
    if (!sum) return std::unexpected(sum.error());
    if (*sum != line.substr(0, kSumDigits)) now.changed.push_back(name);
    now.lines += *sum + std::string(kBetween) + name + "\n";
  }
  if (now.lines.empty()) return fail(ErrorCode::corrupt, list.string() + " is empty");
  return now;
}

Measurement sum_up(Now now) {
  return {.sha256 = envelope::sha256_hex(as_bytes(now.lines)), .changed = std::move(now.changed)};
}

}  // namespace

Result<Measurement> measure(const fs::path& list, const fs::path& root) {
  auto now = compare(list, root);
  if (!now) return std::unexpected(now.error());
  return sum_up(std::move(*now));
}

Result<Measurement> measure_settings(const fs::path& list, const fs::path& root) {
  auto now = compare(list, root);
  if (!now) return std::unexpected(now.error());
  for (const auto& name : unit_files_beside_the_packages(root)) {
    const auto sum = sum_of(root / name);
    if (!sum) return std::unexpected(sum.error());
    now->changed.push_back(name);
    now->lines += *sum + std::string(kBetween) + name + "\n";
  }
  return sum_up(std::move(*now));
}

}  // namespace perspective

#include "readiness/report.h"

#include <boost/json.hpp>
#include <cstdlib>
#include <exception>

#include "readiness/clock.h"

namespace perspective::readiness {
namespace {

namespace json = boost::json;

constexpr std::int64_t kLittleDisk_mb = 1024;
constexpr std::int64_t kMb_in_gb = 1024;
constexpr std::int64_t kFewDays = 30;
constexpr std::int64_t kMinute_s = 60;

Finding disk_of(const Facts& facts) {
  if (!facts.disk_free_mb) return {.code = "disk", .grade = Grade::unknown, .value = "unknown"};
  // In whole gigabytes: no envelope shows in it.
  const std::int64_t gb = *facts.disk_free_mb / kMb_in_gb;
  if (*facts.disk_free_mb < kLittleDisk_mb) return {.code = "disk", .grade = Grade::attention, .value = "little"};
  return {.code = "disk", .value = "free", .numbers = {{"gigabytes", gb}}};
}

Finding clock_of(const Facts& facts) {
  if (!facts.clock_ahead_s) return {.code = "clock", .grade = Grade::unknown, .value = "unknown"};
  const std::int64_t off_s = std::abs(*facts.clock_ahead_s);
  if (off_s <= kClockTolerance_s) return {.code = "clock", .value = "right"};
  return {.code = "clock",
          .grade = Grade::attention,
          .value = *facts.clock_ahead_s > 0 ? "ahead" : "behind",
          .numbers = {{"minutes", off_s / kMinute_s}}};
}

Finding certificate_of(const Facts& facts) {
  if (!facts.certificate_days) return {.code = "certificate", .grade = Grade::attention, .value = "missing"};
  const std::int64_t days = *facts.certificate_days;
  if (days < 0) return {.code = "certificate", .grade = Grade::attention, .value = "ended"};
  return {.code = "certificate",
          .grade = days < kFewDays ? Grade::attention : Grade::good,
          .value = "days",
          .numbers = {{"days", days}}};
}

Finding sound_of(const Facts& facts) {
  if (!facts.sound) return {.code = "sound", .grade = Grade::unknown, .value = "unknown"};
  if (*facts.sound == Outlet::none) return {.code = "sound", .grade = Grade::attention, .value = "missing"};
  return {.code = "sound", .value = *facts.sound == Outlet::headphones ? "headphones" : "loudspeaker"};
}

Finding screen_of(const Facts& facts) {
  if (facts.screen_width_mm <= 0) return {.code = "screen", .grade = Grade::unknown, .value = "unknown"};
  return {.code = "screen",
          .value = "size",
          .numbers = {{"width", facts.screen_width_mm}, {"height", facts.screen_height_mm}}};
}

Finding packages_of(const Facts& facts) {
  if (!facts.are_packages_genuine) return {.code = "packages", .grade = Grade::attention, .value = "changed"};
  if (facts.packages.empty()) return {.code = "packages", .grade = Grade::attention, .value = "missing"};
  std::string names;
  for (const auto& [inspection, version] : facts.packages) {
    names += (names.empty() ? "" : ", ") + inspection + " " + std::to_string(version);
  }
  return {.code = "packages", .value = "genuine", .names = {{"names", names}}};
}

Finding last_day_of(const Facts& facts) {
  if (facts.last_day.empty()) return {.code = "last_day", .grade = Grade::attention, .value = "missing"};
  return {.code = "last_day", .value = "day", .names = {{"day", facts.last_day}}};
}

Finding yes_or_no(const char* code, bool is_well) {
  return {.code = code, .grade = is_well ? Grade::good : Grade::attention, .value = is_well ? "good" : "bad"};
}

Finding perhaps(const char* code, std::optional<bool> is_well) {
  return is_well ? yes_or_no(code, *is_well) : Finding{.code = code, .grade = Grade::unknown, .value = "unknown"};
}

constexpr std::size_t kGroup = 8;

// In groups, so that it can be read out, and fits on narrow screens.
std::string grouped(const std::string& digits) {
  std::string text;
  for (std::size_t at = 0; at < digits.size(); at += kGroup) text += (at == 0 ? "" : " ") + digits.substr(at, kGroup);
  return text;
}

Finding files_of(const Facts& facts) {
  if (facts.files_sha256.empty()) return {.code = "files", .grade = Grade::unknown, .value = "unknown"};
  if (facts.changed_files.empty()) {
    return {.code = "files", .value = "packaged", .names = {{"sum", grouped(facts.files_sha256)}}};
  }
  return {.code = "files", .grade = Grade::attention, .value = "changed", .names = {{"names", facts.changed_files}}};
}

// Other than packaged is what every kiosk's are whose screen was measured: somebody else must compare.
Finding settings_of(const Facts& facts) {
  if (facts.settings_sha256.empty()) return {.code = "settings", .grade = Grade::unknown, .value = "unknown"};
  const auto sum = grouped(facts.settings_sha256);
  if (facts.changed_settings.empty()) return {.code = "settings", .value = "packaged", .names = {{"sum", sum}}};
  return {.code = "settings",
          .grade = Grade::unknown,
          .value = "changed",
          .names = {{"names", facts.changed_settings}, {"sum", sum}}};
}

template <typename T>
json::value or_null(const std::optional<T>& value) {
  return value ? json::value(*value) : json::value(nullptr);
}

template <typename T>
std::optional<T> optional_in(const json::value& whole, const char* name) {
  const auto& value = whole.at(name);
  return value.is_null() ? std::nullopt : std::optional(json::value_to<T>(value));
}

}  // namespace

std::vector<Finding> findings_of(const Facts& facts) {
  return {{.code = "version", .value = "name", .names = {{"version", facts.version}}},
          packages_of(facts),
          last_day_of(facts),
          certificate_of(facts),
          clock_of(facts),
          disk_of(facts),
          sound_of(facts),
          screen_of(facts),
          yes_or_no("pin", facts.is_pin_set),
          yes_or_no("swap", !facts.is_swap_on),
          yes_or_no("dumps", facts.are_dumps_off),
          yes_or_no("program", facts.is_program_guarded),
          files_of(facts),
          settings_of(facts),
          yes_or_no("folder", facts.is_folder_private),
          perhaps("secure_boot", facts.has_secure_boot),
          perhaps("kernel", facts.is_kernel_locked)};
}

std::string to_json(const Facts& facts) {
  json::object packages;
  for (const auto& [inspection, version] : facts.packages) packages[inspection] = version;
  const auto sound = facts.sound ? std::optional(static_cast<std::int64_t>(*facts.sound)) : std::nullopt;
  return json::serialize(json::object{{"version", facts.version},
                                      {"packages", packages},
                                      {"disk_free_mb", or_null(facts.disk_free_mb)},
                                      {"clock_ahead_s", or_null(facts.clock_ahead_s)},
                                      {"certificate_days", or_null(facts.certificate_days)},
                                      {"last_day", facts.last_day},
                                      {"sound", or_null(sound)},
                                      {"screen_width_mm", facts.screen_width_mm},
                                      {"screen_height_mm", facts.screen_height_mm},
                                      {"is_pin_set", facts.is_pin_set},
                                      {"is_swap_on", facts.is_swap_on},
                                      {"are_dumps_off", facts.are_dumps_off},
                                      {"are_packages_genuine", facts.are_packages_genuine},
                                      {"is_program_guarded", facts.is_program_guarded},
                                      {"files_sha256", facts.files_sha256},
                                      {"changed_files", facts.changed_files},
                                      {"settings_sha256", facts.settings_sha256},
                                      {"changed_settings", facts.changed_settings},
                                      {"is_folder_private", facts.is_folder_private},
                                      {"has_secure_boot", or_null(facts.has_secure_boot)},
                                      {"is_kernel_locked", or_null(facts.is_kernel_locked)}});
}

Result<Facts> from_json(std::string_view text) {
  try {
    const auto whole = json::parse(text);
    Facts facts;
    facts.version = json::value_to<std::string>(whole.at("version"));
    for (const auto& [inspection, version] : whole.at("packages").as_object()) {
      facts.packages[inspection] = json::value_to<std::int64_t>(version);
    }
    facts.disk_free_mb = optional_in<std::int64_t>(whole, "disk_free_mb");
    facts.clock_ahead_s = optional_in<std::int64_t>(whole, "clock_ahead_s");
    facts.certificate_days = optional_in<std::int64_t>(whole, "certificate_days");
    facts.last_day = json::value_to<std::string>(whole.at("last_day"));
    if (const auto sound = optional_in<std::int64_t>(whole, "sound")) facts.sound = static_cast<Outlet>(*sound);
    facts.screen_width_mm = json::value_to<std::int64_t>(whole.at("screen_width_mm"));
    facts.screen_height_mm = json::value_to<std::int64_t>(whole.at("screen_height_mm"));
    facts.is_pin_set = whole.at("is_pin_set").as_bool();
    facts.is_swap_on = whole.at("is_swap_on").as_bool();
    facts.are_dumps_off = whole.at("are_dumps_off").as_bool();
    facts.are_packages_genuine = whole.at("are_packages_genuine").as_bool();
    facts.is_program_guarded = whole.at("is_program_guarded").as_bool();
    facts.files_sha256 = json::value_to<std::string>(whole.at("files_sha256"));
    facts.changed_files = json::value_to<std::string>(whole.at("changed_files"));
    facts.settings_sha256 = json::value_to<std::string>(whole.at("settings_sha256"));
    facts.changed_settings = json::value_to<std::string>(whole.at("changed_settings"));
    facts.is_folder_private = whole.at("is_folder_private").as_bool();
    facts.has_secure_boot = optional_in<bool>(whole, "has_secure_boot");
    facts.is_kernel_locked = optional_in<bool>(whole, "is_kernel_locked");
    return facts;
  } catch (const std::exception&) {
    return fail(ErrorCode::corrupt, "the facts of a readiness report");
  }
}

}  // namespace perspective::readiness

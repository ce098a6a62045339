// `perspective-kiosk readiness`, and the facts behind it and its screen.
#include "readiness/report.h"

#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <system_error>

#include "app/assets.h"
#include "base/file.h"
#include "base/log.h"
#include "base/secret.h"
#include "keeper/pin_lock.h"
#include "platform/paper.h"
#include "platform/speech/outlet_watch.h"
#include "program/measurement.h"
#include "program/program.h"
#include "protocol/enrolment.h"
#include "staff/report.h"
#include "upload/enrolment.h"
#include "upload/last_day.h"
#include "upload/packages.h"

namespace perspective {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kDay_s = 24 * 60 * 60;
constexpr std::uintmax_t kMb = 1024 * 1024;

constexpr const char* kSecureBoot = "/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c";
constexpr const char* kLockdown = "/sys/kernel/security/lockdown";
constexpr std::size_t kEfiHeadBytes = 4;  // attributes, before the value

bool is_guarded(const fs::path& file) {
  struct stat facts {};
  if (::stat(file.c_str(), &facts) != 0) return false;
  const bool is_ours = facts.st_uid == 0 || facts.st_uid == ::geteuid();
  return is_ours && (facts.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

// The file and each folder above it: who may write there may put another in its place.
bool is_guarded_up_to_the_root(fs::path file) {
  for (; file != file.root_path(); file = file.parent_path()) {
    struct stat facts {};
    const bool is_sticky = ::stat(file.c_str(), &facts) == 0 && (facts.st_mode & S_ISVTX) != 0;
    if (!is_sticky && !is_guarded(file)) return false;
  }
  return true;
}

bool is_private(const fs::path& folder) {
  struct stat facts {};
  return ::stat(folder.c_str(), &facts) == 0 && facts.st_uid == ::geteuid() && (facts.st_mode & 077) == 0;
}

std::optional<bool> has_secure_boot() {
  const auto variable = read_file(kSecureBoot);
  if (!variable || variable->size() <= kEfiHeadBytes) return std::nullopt;
  return (*variable)[kEfiHeadBytes] == 1;
}

std::optional<bool> is_kernel_locked() {
  const auto lockdown = read_text(kLockdown);
  if (!lockdown) return std::nullopt;
  return lockdown->find("[none]") == std::string::npos;
}

constexpr std::size_t kMostNames = 3;

// What the two lists of the package say: of programs, texts and units, and of what an administrator may set.
void take_down(const Result<Measurement>& measured, const char* list, std::string& sha256, std::string& names) {
  if (!measured && measured.error().code == ErrorCode::not_found) return;
  if (!measured) {
    log::error(measured.error().what);
    sha256 = "-";
    names = list;
    return;
  }
  sha256 = measured->sha256;
  const auto& changed = measured->changed;
  for (std::size_t i = 0; i < std::min(changed.size(), kMostNames); ++i) {
    names += (i == 0 ? "/" : ", /") + changed[i];
  }
  if (changed.size() > kMostNames) names += ", ...";
}

void measure_files(readiness::Facts& facts) {
  constexpr const char* kFiles = PERSPECTIVE_INSTALLED_LISTS "/files.sha256";
  constexpr const char* kSettings = PERSPECTIVE_INSTALLED_LISTS "/settings.sha256";
  take_down(measure(kFiles), kFiles, facts.files_sha256, facts.changed_files);
  take_down(measure_settings(kSettings), kSettings, facts.settings_sha256, facts.changed_settings);
}

}  // namespace

readiness::Facts facts_of(const Options& options, const std::string& certificate, const upload::CollectorTime& time,
                          const Clock& clock) {
  readiness::Facts facts;
  facts.version = PERSPECTIVE_VERSION;
  const auto authority = read_text(options.state / "authority.pem").value_or("");
  const auto shelf = upload::PackageShelf(options.state / "packages", authority).load();
  for (const auto& package : shelf.packages) facts.packages[package.inspection] = package.version;
  facts.are_packages_genuine = shelf.problems.empty();
  std::error_code problem;
  const auto space = fs::space(options.state, problem);
  if (!problem) facts.disk_free_mb = static_cast<std::int64_t>(space.available / kMb);
  if (const auto theirs = time.now_s()) facts.clock_ahead_s = clock.now_s() - *theirs;
  if (const auto validity = protocol::validity_of(certificate)) {
    const std::int64_t left_s = validity->not_after_s - time.now_s().value_or(clock.now_s());
    facts.certificate_days = left_s < 0 ? -1 : left_s / kDay_s;
  }
  facts.last_day = upload::read_last_day(options.state);
  facts.is_pin_set = keeper::PinLock::is_set(options.state);
  facts.is_swap_on = swap_is_on();
  facts.are_dumps_off = ::prctl(PR_GET_DUMPABLE) == 0;
  const auto program = fs::read_symlink("/proc/self/exe", problem);
  facts.is_program_guarded = !problem && is_guarded_up_to_the_root(program);
  measure_files(facts);
  facts.is_folder_private = is_private(options.state);
  facts.has_secure_boot = has_secure_boot();
  facts.is_kernel_locked = is_kernel_locked();
  return facts;
}

Result<void> print_readiness(const Options& options) {
  const auto enrolment = upload::load_enrolment(options.state);
  if (!upload::is_enrolled(options.state)) return std::unexpected(enrolment.error());
  upload::CollectorTime time;
  if (enrolment) {
    auto transport =
        upload::noting_day(upload::listening(upload::make_curl_transport(enrolment->identity()), time), options.state);
    if (const auto answer = transport->send({.path = "/v1/packages", .headers = {}, .body = {}}); !answer) {
      log::warning(answer.error().what);
    }
  }
  const SystemClock clock;
  auto facts = facts_of(options, enrolment ? enrolment->certificate_pem : "", time, clock);
  const auto outlet = platform::outlet_now(options.outlet);
  facts.sound = static_cast<readiness::Outlet>(outlet);
  if (const auto mm = size_from(options.monitor_mm)) {
    facts.screen_width_mm = mm->width;
    facts.screen_height_mm = mm->height;
  }
  const auto assets = app::load_assets(options.assets);
  if (!assets) return std::unexpected(assets.error());
  const auto& words = words_for_terminal(*assets);
  platform::Paper paper{.language = words.language(),
                        .heading = words.say("kiosk.ready.heading"),
                        .below = day_of(clock.now_s()),
                        .rows = {},
                        .end = words.say("kiosk.ready.honest")};
  for (const auto& row : staff::rows_of(facts, words)) {
    const bool is_marked = row.grade == readiness::Grade::attention;
    std::cout << (is_marked ? "! " : "  ") << row.name << ": " << row.value << "\n";
    paper.rows.push_back({.name = row.name, .value = row.value, .is_marked = is_marked});
  }
  if (options.pdf.empty()) return {};
  return platform::write_pdf(paper, options.pdf);
}

}  // namespace perspective

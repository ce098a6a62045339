// The readiness report: what a supervisor or an installer looks at before fieldwork, fact by fact.
//
// Promise:   pure: what is told is judged, nothing is looked up. No fact tells how much waits, or of a visit. Signs of
//            tampering are what can honestly be told from inside the machine that may have been tampered with: whoever
//            owns it as root can make all of them look well (SECURITY.md).
// Errors:    from_json: corrupt.
// Threads:   plain values and functions.
// Units:     as the names say.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace perspective::readiness {

enum class Outlet { none, loudspeaker, headphones };

struct Facts {
  std::string version;                           // of the program
  std::map<std::string, std::int64_t> packages;  // inspection -> version
  std::optional<std::int64_t> disk_free_mb;
  std::optional<std::int64_t> clock_ahead_s;     // of the collector's; nothing: never heard it
  std::optional<std::int64_t> certificate_days;  // left; nothing: there is no sound one
  std::string last_day;                          // on which the collector was reached; empty: none
  std::optional<Outlet> sound;                   // nothing: nobody can tell here
  std::int64_t screen_width_mm = 0;              // 0: nobody can tell here
  std::int64_t screen_height_mm = 0;
  bool is_pin_set = false;
  bool is_swap_on = false;
  bool are_dumps_off = false;
  bool are_packages_genuine = true;
  bool is_program_guarded = false;  // only its owner, root or who runs it, can change it
  std::string files_sha256;         // measured now, of all installed files together; empty: not from a package
  std::string changed_files;        // names of those that are not as packaged; empty: none
  std::string settings_sha256;      // likewise of configuration and of what changes the units
  std::string changed_settings;     // likewise
  bool is_folder_private = false;   // of the state: nobody else may read it
  std::optional<bool> has_secure_boot;
  std::optional<bool> is_kernel_locked;
};

std::string to_json(const Facts& facts);
Result<Facts> from_json(std::string_view text);

enum class Grade { good, attention, unknown };

// In the catalogue: kiosk.ready.<code> is its name, kiosk.ready.<code>.<value> what is said of it.
struct Finding {
  std::string code;
  Grade grade = Grade::good;
  std::string value;
  std::map<std::string, std::int64_t> numbers = {};  // arguments of what is said
  std::map<std::string, std::string> names = {};     // likewise
};

std::vector<Finding> findings_of(const Facts& facts);  // the same order each time

}  // namespace perspective::readiness

// What is installed, compared with what the package brought: the SHA-256 of each file that its list names.
//
// Promise:   reads each file whole; changes nothing. The measurement is the SHA-256 of the list as it would be if
//            it were made now: where nothing was changed, that of the list itself, which whoever has the package works
//            out too.
//            Of settings the list also has what an administrator put beside them: all that systemd reads of our units,
//            for a line there can start another program, or none that locks the machine.
//            A sign, no proof: whoever owns the machine as root changes list and program together.
// Errors:    not_found where there is no list (not installed from a package); corrupt for one that means nothing; io.
// Threads:   plain functions.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace perspective {

struct Measurement {
  std::string sha256;                // hexadecimal
  std::vector<std::string> changed;  // files that are other than packaged, gone, or added; as the list names them
};

// list: lines of sha256sum, "SUM  PATH", each path relative to root.
Result<Measurement> measure(const std::filesystem::path& list, const std::filesystem::path& root = "/");

// The same for configuration files, and behind them, in the order of their bytes, the files that add to our units or
// stand in their place. installer/packages/kiosk/attest does likewise.
Result<Measurement> measure_settings(const std::filesystem::path& list, const std::filesystem::path& root = "/");

}  // namespace perspective

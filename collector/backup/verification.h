// Is a backup whole, and what can be said of it without any key?
//
// Promise:   reads the file and changes nothing. Every row is looked at. What it finds says of no person whether he
//            answered: envelopes are counted, never named.
// Errors:    not_found, corrupt: no backup at all. What is wrong with one that is, is in Report::faults.
// Threads:   any.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "backup/manifest.h"
#include "base/result.h"

namespace perspective::backup {

struct Report {
  Manifest manifest;
  std::string authority_sha256;     // of the collector that signed it
  std::vector<std::string> faults;  // none: it is whole
  struct Inspection {
    std::string id;
    std::string area;
    std::string state;
    std::int64_t envelopes = 0;
  };
  std::vector<Inspection> inspections;
};

// authority_sha256: of the collector that it should be from; nothing: whoever signed it.
Result<Report> verify(const std::filesystem::path& path, const std::optional<std::string>& authority_sha256);

// For people, with what was not and cannot be checked.
std::string to_text(const Report& report, bool is_authority_known);

}  // namespace perspective::backup

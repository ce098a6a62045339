// Is a backup whole, and what can be said of it without any key?
//
// Promise:   reads the file and changes nothing. Every row is looked at, and the audit as the chain that it is. What it
// finds says of no person whether he
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
  // What was in the store's audit when the backup was made is not the backup's fault, and no reason not to restore it.
  struct Audit {
    std::int64_t entries = 0;
    std::vector<std::string> faults;  // changed, missing, moved... in words, with the head that the manifest has
  } audit = {};
};

// authority_sha256: of the collector that it should be from; nothing: whoever signed it.
Result<Report> verify(const std::filesystem::path& path, const std::optional<std::string>& authority_sha256);

// For people, with what was not and cannot be checked.
std::string to_text(const Report& report, bool is_authority_known);

}  // namespace perspective::backup

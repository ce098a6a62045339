// What is kept of an inspection's releases until it is published: what is stated more, and what is frozen. One record
// of the store an inspection (RELEASES.md), sealed to the inspection's own recipients.
//
// Promise:   release_file_from(to_json(x)) gives x. Outside the seal stands how many releases are frozen, which the
//            audit says too. The sealed size hangs on the questionnaires, on how many responses and releases there are,
//            and on what inspectors typed; not on what is said.
// Errors:    corrupt, without a word of what is in it.
// Threads:   plain values.
// Units:     times in seconds since 1970.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "protocol/package.h"
#include "release/auditor.h"
#include "release/programme_print.h"
#include "release/release.h"
#include "store/store.h"

namespace perspective::inspection {

struct ConfirmedOverride {
  release::Override stated;
  std::int64_t at_s = 0;
  std::optional<release::StatedMore> shown = {};    // nothing: confirmed with a version that did not keep it
  std::vector<release::Confirmed> gives_away = {};  // as it was shown

  // Does the release state these very numbers?
  bool holds_in(const release::Release& release) const;
};

struct FrozenRelease {
  std::int64_t at_s = 0;
  std::string by;  // in words; in no answer of a route
  release::Release release;
  std::map<std::string, std::vector<store::Id>> responses;  // by questionnaire, ascending: those that it counts
  std::vector<release::Contribution> contributions = {};    // of a part each; none: frozen before there were programmes
  // What it states more, as it was confirmed; nothing: frozen by a version that did not keep it.
  std::optional<std::vector<ConfirmedOverride>> overrides = {};
};

struct ReleaseFile {
  std::vector<ConfirmedOverride> overrides;  // of what is frozen next
  std::vector<FrozenRelease> frozen;         // the last one holds
};

std::string to_json(const ReleaseFile& file);
Result<ReleaseFile> release_file_from(std::string_view json);

// The body of the store's record: JSON with the number of frozen releases and the sealed file.
struct SealedReleases {
  std::int64_t frozen = 0;
  Bytes sealed;
};
Result<std::string> sealed_body(const ReleaseFile& file, const protocol::Package& package);
Result<SealedReleases> sealed_releases_from(std::string_view body);

}  // namespace perspective::inspection

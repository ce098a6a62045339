// What a programme prints once a year, out of frozen releases and of what each service brings to be pooled.
//
// Promise:   a print holds names and per cents to the nearest five, and no count, base or sum. Of a questionnaire that
//            fewer than twenty services asked somebody it holds nothing, of any other an average of each finding: what
//            is in a print follows from how many took part, which is public, and from no count. The same services give
//            the same print, whatever their order.
//            may_be_printed() lets a print pass that exposes no cell of any of its services, beside all releases of
//            each, the earlier ones too.
//            A contribution is counts: never printed, never stored unsealed (inspection/PROGRAMME.md).
// Errors:    may_be_printed: conflict, where there are too few services for any questionnaire; refused, naming every
//            relation and no number; invalid, where a contribution is not that of its release; those of programme.h.
//            x_from_json: corrupt, without a word of what is in it.
// Threads:   pure.
// Units:     people; per cent.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "release/programme.h"
#include "tally/tally.h"

namespace perspective::release {

// Of one questionnaire of one service.
struct Contribution {
  std::string questionnaire;
  int version = 1;
  std::int64_t respondents = 0;
  Shares shares;
  bool operator==(const Contribution&) const = default;
};
Contribution contribution_of(const tally::Tally& tally);
std::string to_json(std::span<const Contribution> contributions);
Result<std::vector<Contribution>> contributions_from_json(std::string_view text);

// What a service brings to a programme.
struct Brought {
  std::int64_t number = 1;  // of the newest release, among those of its inspection
  std::vector<Contribution> contributions;
  std::vector<History> histories = {};  // of each questionnaire of which there are earlier releases; the newest is last
  bool operator==(const Brought&) const = default;
};
std::string to_json(const Brought& brought);
// Also what an earlier version kept, the contributions alone: those of a first release.
Result<Brought> brought_from_json(std::string_view text);

struct Service {
  std::string inspection;
  Release release;
  std::vector<Contribution> contributions;
  std::vector<History> histories = {};  // as brought
};

struct PrintedPart {
  std::string questionnaire;
  int version = 1;
  std::vector<std::string> services;  // inspections, ascending
  std::vector<Average> averages;      // in the order of the findings' names

  const Average* average(std::string_view finding) const;  // null: nothing is printed of it
  bool operator==(const PrintedPart&) const = default;
};

struct ProgrammePrint {
  std::vector<PrintedPart> parts;  // by questionnaire and version

  const PrintedPart* part(std::string_view questionnaire, int version) const;  // null: none
  bool operator==(const ProgrammePrint&) const = default;
};
ProgrammePrint print_of(std::span<const Service> services);

std::string to_json(const ProgrammePrint& print);
Result<ProgrammePrint> print_from_json(std::string_view text);

// One auditor a questionnaire and version that is printed.
Result<void> may_be_printed(std::span<const Auditor> auditors, std::span<const Service> services,
                            const ProgrammePrint& print);

}  // namespace perspective::release

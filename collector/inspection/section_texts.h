// A section as an inspector edited it, beside what is generated: kept sealed, and never overwritten by generating anew.
//
// Promise:   one text for each kind (full, release) and language, in the place of the version that was read: of two who
//            edit at once one is told so. With it the paragraphs as they were generated then. Sealed to the
//            inspection's own recipients, in one size whatever is in it. Numbers in an edited release that neither the
//            release nor its generated text holds are named first, and kept only once somebody confirmed those very
//            numbers.
// Errors:    as inspections.h; conflict: another version is kept by now, or its state does not allow it any more;
//            invalid: it is too long, or of no kind. For a release: not_found while none is frozen.
// Ownership: keeps a reference to the inspections, which outlive it.
// Threads:   any.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inspection/inspections.h"
#include "report/differences.h"

namespace perspective::inspection {

struct SectionName {
  std::string kind;  // "full" or "release"
  std::string language;
};

struct EditedSection {
  std::int64_t version = 0;         // 0: nobody has edited it
  std::optional<std::string> text;  // as edited
  std::string by = {};
  std::int64_t at_s = 0;
  std::vector<std::string> generated = {};  // now, by paragraphs
  std::vector<report::Difference> differences = {};
};

struct SectionEdit {
  SectionName name;
  std::string text;
  std::int64_t version = 0;                         // that it takes the place of
  std::vector<std::string> confirmed_numbers = {};  // as they were named, in figures
  std::string by = {};
};

struct EditOutcome {
  std::vector<std::string> numbers = {};  // in an edited release, and in the release nowhere
  bool is_kept = false;                   // false: these are to be confirmed first
  std::int64_t version = 0;
};

class SectionTexts {
 public:
  explicit SectionTexts(Inspections& inspections) : inspections_(inspections) {}

  Result<EditedSection> read(std::string_view inspection, const SectionName& name);
  // What keep() would have to be told is confirmed. Changes nothing.
  Result<std::vector<std::string>> unknown_numbers(std::string_view inspection, const SectionEdit& edit);
  Result<EditOutcome> keep(std::string_view inspection, const SectionEdit& edit, const store::NextEntry& entry = {});

 private:
  Result<std::string> generated(std::string_view inspection, const SectionName& name);
  Inspections& inspections_;
};

}  // namespace perspective::inspection

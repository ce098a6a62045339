// What the store keeps of programmes, as records of three kinds (PROGRAMME.md): the programme itself, with what it
// printed; which programme an inspection is in, with what it brings to it, sealed; scores that inspectors typed.
//
// Promise:   x_from(to_json(x)) gives x. No count and no base outside a seal.
// Errors:    corrupt, naming the record and nothing in it.
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
#include "release/programme_print.h"

namespace perspective::inspection {

inline constexpr std::string_view kProgrammeKind = "programme";          // id: the programme's
inline constexpr std::string_view kProgrammeShareKind = "programme-in";  // id: the inspection's
inline constexpr std::string_view kScoresKind = "programme-scores";      // id: the inspection's

struct Theme {
  std::string id;                            // as questionnaires name it
  std::map<std::string, std::string> names;  // by language
  std::vector<std::string> of = {};          // what questionnaires call otherwise, and belongs here
  bool operator==(const Theme&) const = default;
};
// Under which an item stands whose questionnaire gives it this theme; end(): under none.
std::vector<Theme>::const_iterator theme_for(const std::vector<Theme>& themes, const std::string& of_item);

struct Printed {
  std::int64_t at_s = 0;
  release::ProgrammePrint print;
};

struct ProgrammeFile {
  std::string title;
  std::vector<Theme> themes;
  std::string certificate_pem;  // what inspections bring is sealed to these two
  std::string recovery_certificate_pem;
  std::optional<Printed> printed = {};
};
std::string to_json(const ProgrammeFile& file);
Result<ProgrammeFile> programme_file_from(std::string_view json);

struct ShareFile {
  std::string programme;
  Bytes sealed;  // contributions; empty: they are in its print
};
std::string to_json(const ShareFile& file);
Result<ShareFile> share_file_from(std::string_view json);

// What is typed, never computed: from the assessment of cases.
struct Score {
  std::string theme;
  std::optional<int> percent = {};
  std::string comment = {};  // one of kComments, or empty
  bool operator==(const Score&) const = default;
};
inline constexpr std::string_view kComments[] = {"MINIMUM", "MODERATE", "SUBSTANTIAL", "DRASTIC"};
std::string to_json(const std::vector<Score>& scores);
Result<std::vector<Score>> scores_from(std::string_view json);

// Of a list: [{"id", "names": {"en": ...}}]. invalid, saying what is wrong with it.
Result<std::vector<Theme>> themes_from(std::string_view json);

}  // namespace perspective::inspection

// What may be said of one inspection: the frozen release that page, API, export, section, chart and programme table
// read, and none of them anything else.
//
// Promise:   release_of() is pure: the same tally gives the same release, and a release holds no number that may not be
//            printed. An override adds what it names and changes nothing else: the rules do not look at it.
//            to_json() writes keys in one order without white space; release_from_json(to_json(x)) is x. No name of an
//            inspector, no reason and no rule is in it: those belong to the audit and the full tally.
// Errors:    invalid: an override without a name or a reason, or of a finding that the questionnaire has not; a tally
// of
//            another questionnaire; from_json: corrupt, naming the place.
// Ownership: a Counted points to questionnaire and tally, which outlive the call.
// Threads:   pure.
// Units:     people.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "release/judging.h"
#include "release/statement.h"
#include "survey/questionnaire.h"
#include "tally/tally.h"

namespace perspective::release {

// A cell that an inspector states all the same, count and base of a finding.
struct Override {
  std::string questionnaire;
  std::string finding;
  std::string by;      // who, by name
  std::string reason;  // in that person's words
};

struct StatedMore {
  std::string finding;
  std::int64_t count = 0;
  std::int64_t base = 0;
  bool operator==(const StatedMore&) const = default;
};

// Of one questionnaire.
struct Part {
  std::string questionnaire;
  int version = 1;
  std::int64_t respondents = 0;       // printed: staff know who came
  std::vector<Statement> statements;  // one a finding, in the questionnaire's order
  std::vector<StatedMore> stated_more;

  const Statement* statement(std::string_view finding) const;  // null: no such finding
  bool operator==(const Part&) const = default;
};

struct Release {
  std::string inspection;
  std::vector<Part> parts;

  const Part* part(std::string_view questionnaire) const;  // null: none
  bool operator==(const Release&) const = default;
};

struct Counted {
  const survey::Questionnaire* questionnaire = nullptr;
  const tally::Tally* tally = nullptr;
};

Result<Release> release_of(std::string_view inspection, std::span<const Counted> counted,
                           std::span<const Override> overrides = {});

// The rules alone, for one tally. It must be of that questionnaire.
Part part_of(const survey::Questionnaire& questionnaire, const tally::Tally& tally, const Scheme& scheme = {});

// For the full tally, beside each statement: the clause that decided it ("C", "E2").
std::vector<std::string> clauses_of(const survey::Questionnaire& questionnaire, const Part& part);

// The headline figure of a release.
struct SaidShare {
  std::int64_t findings = 0;
  std::int64_t say_something = 0;
};
SaidShare said_share(const Release& release);
// Beside it: of how many findings plain suppression would print count and base, the same edge on both sides.
std::int64_t said_by_suppression(std::span<const Counted> counted);

std::string to_json(const Release& release);
Result<Release> release_from_json(std::string_view text);

}  // namespace perspective::release

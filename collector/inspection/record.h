// One inspection as it is kept: its package, and the section catalogues that stay with the collector. No answer.
//
// Promise:   record_from(to_json(x)) gives x.
// Errors:    record_from: corrupt.
// Threads:   plain values.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "inspection/life.h"
#include "protocol/package.h"
#include "survey/questionnaire.h"

namespace perspective::inspection {

constexpr int kRetentionMonths = 6;
constexpr int kGuardThreshold = 5;

struct Record {
  protocol::Package package;                                           // its tokens without marks: the store has them
  std::vector<std::string> chapters;                                   // questionnaires in the order of the section
  std::map<std::string, std::map<std::string, std::string>> sections;  // questionnaire -> language -> catalogue JSON
  std::string why_no_tokens = {};                                      // in an inspector's words; empty: see package
  Dates dates = {};
  int retention_months = kRetentionMonths;  // after publication
  int guard_threshold = kGuardThreshold;    // of a release: no smaller count is said exactly
  std::string release = {};                 // once it is published: its frozen release, as JSON; empty: it has none
};

std::string to_json(const Record& record);
Result<Record> record_from(std::string_view json);

// The dates and terms alone, for who asks of many inspections: the package is not read.
struct Plan {
  Dates dates = {};
  int retention_months = kRetentionMonths;
  int guard_threshold = kGuardThreshold;
  std::string release = {};  // as in the record
};
Result<Plan> plan_from(std::string_view json);

// In the order of the chapters.
Result<std::vector<survey::Questionnaire>> questionnaires_of(const Record& record);
Result<std::vector<survey::Questionnaire>> questionnaires_in(std::string_view json);  // of a record

}  // namespace perspective::inspection

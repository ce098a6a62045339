// The readiness report in words: a screen, or rows for paper and terminals.
//
// Threads: plain functions.
#pragma once

#include <string>
#include <vector>

#include "readiness/report.h"
#include "screen/screen.h"
#include "text/catalogue.h"

namespace perspective::staff {

struct ReportRow {
  std::string name;
  std::string value;
  readiness::Grade grade = readiness::Grade::good;
};
std::vector<ReportRow> rows_of(const readiness::Facts& facts, const text::Catalogue& words);

// What wants attention comes first. Ids: attention.<code>, fact.<code>, close.
screen::Screen report_screen(const readiness::Facts& facts, const text::Catalogue& words);

}  // namespace perspective::staff

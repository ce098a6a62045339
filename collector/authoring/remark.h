// What an author is told: one thing that is wrong with a questionnaire's folder, where it stands, and what to do.
//
// Promise: plain values. In order they stand by file, line and column.
// Units:   line and column from 1.
#pragma once

#include <compare>
#include <cstddef>
#include <string>
#include <vector>

#include "survey/problem.h"

namespace perspective::authoring {

using survey::Severity;

struct Remark {
  std::string file;  // within the folder: "definition.json", "texts/cy.json"
  std::size_t line = 1;
  std::size_t column = 1;
  Severity severity = Severity::error;
  std::string pointer;
  std::string what;
  std::string remedy;

  auto operator<=>(const Remark&) const = default;
};
using Remarks = std::vector<Remark>;

std::string to_text(Severity severity);  // "error", "warning", "note"

// "file:line: error: /pointer: what; remedy", with `folder` before the file.
std::string to_text(const Remark& remark, const std::string& folder = {});

std::size_t count(const Remarks& remarks, Severity severity);

}  // namespace perspective::authoring

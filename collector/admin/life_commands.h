// What the commands about an inspection's life share with `inspection create`.
#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string>

#include "admin/commands.h"

namespace perspective::admin {

// Options that may be given at creation and later.
struct Terms {
  std::optional<std::string> fieldwork_starts = {};
  std::optional<std::string> fieldwork_ends = {};
  std::optional<std::string> report_due = {};
  std::optional<int> retention_months = {};
  std::optional<int> guard_threshold = {};
};
void add_terms(CLI::App& command, Terms& terms);
void put_terms(const Terms& terms, boost::json::object& body);

std::string answers_of(const boost::json::object& inspection);

void add_life_commands(CLI::App& inspections, Chosen& chosen);  // inspection show, set, open, ... publish

}  // namespace perspective::admin

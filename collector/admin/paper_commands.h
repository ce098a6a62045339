// What the two files of paper's commands share.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>

#include "admin/commands.h"

namespace perspective::admin {

std::string paper_path(const std::string& inspection);  // "/v1/inspections/x/paper"
// All that are keyed and not counted yet, by the letters that stand on them.
Result<boost::json::object> get_keyed_forms(const Chosen& chosen, const std::string& inspection);
Result<void> show_keyed_forms(const Chosen& chosen, const std::string& inspection, bool is_json);
void add_keying_commands(CLI::App& paper, Chosen& chosen);  // paper key, settle

}  // namespace perspective::admin

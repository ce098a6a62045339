// What the two files of paper's commands share.
#pragma once

#include <string>

#include "admin/commands.h"

namespace perspective::admin {

std::string paper_path(const std::string& inspection);  // "/v1/inspections/x/paper"
Result<void> show_keyed_forms(const Chosen& chosen, const std::string& inspection, bool is_json);
void add_keying_commands(CLI::App& paper, Chosen& chosen);  // paper key, settle

}  // namespace perspective::admin

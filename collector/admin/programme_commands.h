// programme ...: inspections beside each other.
#pragma once

#include "admin/commands.h"

namespace perspective::admin {

void add_programme_commands(CLI::App& app, Chosen& chosen);

}  // namespace perspective::admin

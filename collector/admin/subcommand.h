// A subcommand with what was typed for it: how the command files add one.
//
// Ownership: what was typed lives as long as the command, and as what it is chosen to run.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "admin/commands.h"

namespace perspective::admin {

template <typename Wanted>
struct Subcommand {
  CLI::App* app = nullptr;
  std::shared_ptr<Wanted> wanted;
};

template <typename Wanted>
Subcommand<Wanted> subcommand(CLI::App& group, Chosen& chosen, const char* name, const char* says,
                              Result<void> (*run)(const Chosen&, const Wanted&), const std::string& footer = {}) {
  const Subcommand<Wanted> made{group.add_subcommand(name, says), std::make_shared<Wanted>()};
  if (!footer.empty()) made.app->footer(footer);
  made.app->callback(
      [&chosen, run, wanted = made.wanted] { chosen.run = [&chosen, run, wanted] { return run(chosen, *wanted); }; });
  return made;
}

}  // namespace perspective::admin

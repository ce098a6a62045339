// The commands that talk to a running collector, and the check of a questionnaire, which needs none. Exit codes:
// README.md, "Exit codes".
//
// Promise:   parsing changes nothing: the command that was named is run by chosen.run(). Results go to standard output,
//            words about them and errors to standard error. No secret is an argument or is printed, but for an invite,
//            which is made to be handed over.
// Ownership: chosen outlives the app.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "base/result.h"

namespace CLI {
class App;
}

namespace perspective::admin {

enum ExitCode { kDone = 0, kFailed = 1, kWrongUsage = 2, kNotRunning = 3, kAlarm = 4 };

struct Chosen {
  std::filesystem::path data;  // of --data
  std::function<Result<void>()> run;
  ExitCode when_done = kDone;
};

void add_audit_commands(CLI::App& app, Chosen& chosen);            // audit ...
void add_inspection_commands(CLI::App& app, Chosen& chosen);       // inspection ...
void add_crosstab_command(CLI::App& app, Chosen& chosen);          // crosstab
void add_comment_commands(CLI::App& app, Chosen& chosen);          // comment ..., alarms
void add_bundle_commands(CLI::App& app, Chosen& chosen);           // import-bundle
void add_token_commands(CLI::App& inspections, Chosen& chosen);    // inspection tokens
void add_destroy_command(CLI::App& inspections, Chosen& chosen);   // inspection destroy
void add_key_copy_commands(CLI::App& keys, Chosen& chosen);        // key copy, take
void add_key_commands(CLI::App& app, Chosen& chosen);              // key ...
void add_kiosk_commands(CLI::App& app, Chosen& chosen);            // kiosk ...
void add_paper_commands(CLI::App& app, Chosen& chosen);            // paper ...
void add_people_commands(CLI::App& app, Chosen& chosen);           // people ..., token ...
void add_questionnaire_commands(CLI::App& app, Chosen& chosen);    // questionnaire check
void add_result_commands(CLI::App& app, Chosen& chosen);           // tally, section
void add_release_commands(CLI::App& app, Chosen& chosen);          // release ...
void add_row_commands(CLI::App& app, Chosen& chosen);              // rows
void add_withdrawal_commands(CLI::App& app, Chosen& chosen);       // withdraw
void add_form_commands(CLI::App& questionnaires, Chosen& chosen);  // questionnaire import, export
void add_backup_commands(CLI::App& app, Chosen& chosen);           // backup

// Says what failed and what to do, on standard error.
ExitCode exit_code_of(const Result<void>& result);

// The foot of `--help`: exit codes, passphrases.
std::string general_notes();

}  // namespace perspective::admin

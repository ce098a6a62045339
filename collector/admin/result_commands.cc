#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <cstdio>
#include <memory>

#include "admin/command_parts.h"
#include "admin/table.h"

namespace perspective::admin {

namespace json = boost::json;

namespace {

struct Wanted {
  std::string inspection;
  std::string language;
  std::string reason = {};
  bool is_full = false;
  bool is_release = false;
  bool is_json = false;
};

void say_it_is_written_down(const ApiClient& client) {
  std::fprintf(stderr, "That you read it is in the audit: %s\n", client.audit_head().c_str());
}

Result<void> tally(const Chosen& chosen, const Wanted& wanted) {
  const std::string format = wanted.is_json ? "json" : "text&language=" + ApiClient::segment(wanted.language);
  ApiClient client(chosen.data);
  const auto answer = client.get(inspection_path(wanted.inspection) + "/tally?format=" + format +
                                 "&reason=" + ApiClient::segment(wanted.reason));
  if (!answer) return std::unexpected(answer.error());
  say_it_is_written_down(client);
  print_line(wanted.is_json ? *answer : printable(*answer));
  return {};
}

Result<void> section(const Chosen& chosen, const Wanted& wanted) {
  if (wanted.is_full == wanted.is_release) {
    return fail(ErrorCode::invalid, "say which section: --full, for inspectors, or --release, as it may leave");
  }
  ApiClient client(chosen.data);
  if (wanted.is_release) {
    const auto answer = client.get(inspection_path(wanted.inspection) +
                                   "/release/section?language=" + ApiClient::segment(wanted.language));
    if (!answer) return std::unexpected(answer.error());
    print_line(printable(*answer));
    return {};
  }
  const auto answer = client.get(inspection_path(wanted.inspection) + "/section?kind=full&language=" +
                                 ApiClient::segment(wanted.language) + "&reason=" + ApiClient::segment(wanted.reason));
  if (!answer) return std::unexpected(answer.error());
  say_it_is_written_down(client);
  print_line(printable(*answer));
  return {};
}

void add_reason(CLI::App& command, Wanted& wanted) {
  command
      .add_option("--reason", wanted.reason, "Why it is read; needed while fieldwork is open, and kept in the audit")
      ->type_name("TEXT");
}

void add_tally(CLI::App& app, Chosen& chosen) {
  auto* const command = app.add_subcommand("tally", "Print the full tally of an unlocked inspection");
  const auto wanted = std::make_shared<Wanted>();
  command->add_option("ID", wanted->inspection, "The inspection")->required();
  auto* const as_json = command->add_flag("--json", wanted->is_json, "As JSON, which has no words");
  command->add_option("--language", wanted->language, "One of the inspection's; else the first that has a report")
      ->excludes(as_json);
  add_reason(*command, *wanted);
  command->footer(
      "Not for release: it holds every number.\n\nExample:\n  perspective-collector tally croydon-2012 --language cy");
  command->callback([&chosen, wanted] { chosen.run = [&chosen, wanted] { return tally(chosen, *wanted); }; });
}

void add_section(CLI::App& app, Chosen& chosen) {
  auto* const command = app.add_subcommand("section", "Print the section of the report");
  const auto wanted = std::make_shared<Wanted>();
  wanted->language = "en";
  command->add_option("ID", wanted->inspection, "The inspection")->required();
  command->add_flag("--full", wanted->is_full, "The full section, for inspectors; not for release");
  command->add_flag("--release", wanted->is_release, "As it may leave: from the frozen release alone");
  command->add_option("--language", wanted->language, "The language of the section")->capture_default_str();
  add_reason(*command, *wanted);
  command->footer(
      "Example:\n  perspective-collector section croydon-2012 --full --language cy\n  perspective-collector section "
      "croydon-2012 --release");
  command->callback([&chosen, wanted] { chosen.run = [&chosen, wanted] { return section(chosen, *wanted); }; });
}

}  // namespace

void add_result_commands(CLI::App& app, Chosen& chosen) {
  add_tally(app, chosen);
  add_section(app, chosen);
}

}  // namespace perspective::admin

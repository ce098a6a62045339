#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <cstdio>
#include <memory>

#include "admin/command_parts.h"
#include "admin/request_body.h"
#include "admin/table.h"
#include "base/passphrase.h"

namespace perspective::admin {

namespace json = boost::json;

namespace {

struct Choice {
  std::string inspection;
  std::string reference;
  bool is_sic = false;
  bool is_redacted = false;
};

struct Wanted {
  std::string inspection;
  std::string language;
  std::string reason = {};
  bool is_full = false;
  bool is_json = false;
};

std::string indented(const std::string& text) {
  std::string lines = "  ";
  for (const char c : text) lines += c == '\n' ? std::string("\n  ") : std::string(1, c);
  return lines;
}

void print_comment(const json::object& comment) {
  print_line(text_of(comment, "reference") + "  " + text_of(comment, "questionnaire") + " / " +
             text_of(comment, "variable") + "  " +
             (flag_of(comment, "may_be_quoted") ? "may be quoted" : "must not be quoted") +
             (flag_of(comment, "is_chosen") ? ", chosen" : ""));
  print_line(indented(printable(text_of(comment, "text"))) + "\n");
}

Result<void> list_comments(const Chosen& chosen, const Wanted& wanted) {
  const auto answer = get_object(chosen, inspection_path(wanted.inspection) + "/comments");
  if (!answer) return std::unexpected(answer.error());
  if (wanted.is_json) {
    print_line(json::serialize(*answer));
    return {};
  }
  const auto comments = list_of(*answer, "comments");
  if (comments.empty()) print_line("Nobody has written a comment yet.");
  for (const json::object& comment : comments) print_comment(comment);
  return {};
}

Result<void> choose(const Chosen& chosen, const Choice& choice) {
  const json::object open{{"reference", choice.reference}, {"sic", choice.is_sic}};
  SecretBytes words;
  if (choice.is_redacted) {
    auto read = read_words("Type the words as they may be printed; end with Ctrl-D on a line of its own.");
    if (!read) return std::unexpected(read.error());
    if (read->empty()) return fail(ErrorCode::refused, "there are no words to print; nothing was changed");
    words = *std::move(read);
  }
  const SecretBytes body = request_body(open, choice.is_redacted ? NamedSecrets{{"words", &words}} : NamedSecrets{});
  auto answer = post_object(chosen, inspection_path(choice.inspection) + "/quotations", body.view());
  if (!answer) return std::unexpected(answer.error());
  print_line("Chosen: the section quotes " + choice.reference + ".");
  return {};
}

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
  ApiClient client(chosen.data);
  const auto answer = client.get(inspection_path(wanted.inspection) + "/section?kind=full&language=" +
                                 ApiClient::segment(wanted.language) + "&reason=" + ApiClient::segment(wanted.reason));
  if (!answer) return std::unexpected(answer.error());
  say_it_is_written_down(client);
  print_line(printable(*answer));
  return {};
}

void add_comments(CLI::App& app, Chosen& chosen) {
  auto* const group = app.add_subcommand("comments", "What people wrote: list, choose");
  group->require_subcommand(1);
  auto* const command = group->add_subcommand("list", "Show every comment, in an order drawn anew each time");
  const auto wanted = std::make_shared<Wanted>();
  command->add_option("ID", wanted->inspection, "The inspection; it must be unlocked")->required();
  command->add_flag("--json", wanted->is_json, "As JSON");
  command->footer("Example:\n  perspective-collector comments list croydon-2012");
  command->callback([&chosen, wanted] { chosen.run = [&chosen, wanted] { return list_comments(chosen, *wanted); }; });

  auto* const choosing = group->add_subcommand("choose", "Quote a comment in the section; read it first");
  const auto choice = std::make_shared<Choice>();
  choosing->add_option("ID", choice->inspection, "The inspection; it must be unlocked")->required();
  choosing->add_option("REFERENCE", choice->reference, "As `comments list` shows it since the last unlock")->required();
  choosing->add_flag("--sic", choice->is_sic, "Mark it (sic)");
  choosing->add_flag("--redact", choice->is_redacted, "Print other words instead, read from standard input");
  choosing->footer(
      "Refused unless its writer said that the words may be printed.\n\n"
      "Example:\n  echo \"[a worker] listened to me\" | perspective-collector comments choose croydon-2012 K7Q2 "
      "--redact");
  choosing->callback([&chosen, choice] { chosen.run = [&chosen, choice] { return choose(chosen, *choice); }; });
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
  auto* const command = app.add_subcommand("section", "Print the section of the report of an unlocked inspection");
  const auto wanted = std::make_shared<Wanted>();
  wanted->language = "en";
  command->add_option("ID", wanted->inspection, "The inspection")->required();
  command->add_flag("--full", wanted->is_full, "The full section, for inspectors; not for release")->required();
  command->add_option("--language", wanted->language, "The language of the section")->capture_default_str();
  add_reason(*command, *wanted);
  command->footer("Example:\n  perspective-collector section croydon-2012 --full --language cy");
  command->callback([&chosen, wanted] { chosen.run = [&chosen, wanted] { return section(chosen, *wanted); }; });
}

}  // namespace

void add_result_commands(CLI::App& app, Chosen& chosen) {
  add_comments(app, chosen);
  add_tally(app, chosen);
  add_section(app, chosen);
}

}  // namespace perspective::admin

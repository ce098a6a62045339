#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <cstdio>
#include <memory>
#include <vector>

#include "admin/command_parts.h"
#include "admin/table.h"
#include "base/bytes.h"
#include "base/file.h"

namespace perspective::admin {

namespace json = boost::json;

namespace {

struct Wanted {
  std::string inspection;
  std::string language;
  std::string reason = {};
  std::string format = "text";
  std::string out = {};
  std::string word_template = {};
  bool is_full = false;
  bool is_release = false;
  bool is_json = false;
};

void say_it_is_written_down(const ApiClient& client) {
  std::fprintf(stderr, "That you read it is in the audit: %s\n", client.audit_head().c_str());
}

// Before anything is read: that it was read is kept for ever.
Result<void> check_file(const Wanted& wanted) {
  if (wanted.out.empty() && wanted.format != "text") {
    return fail(ErrorCode::invalid, "--format " + wanted.format + " goes with --out FILE");
  }
  if (!wanted.word_template.empty() && wanted.format != "docx") {
    return fail(ErrorCode::invalid, "--template goes with --format docx");
  }
  return wanted.out.empty() ? Result<void>() : check_export(wanted.out);
}

Result<void> give(const ApiClient& client, const Wanted& wanted, const std::string& answer) {
  say_it_is_written_down(client);
  if (wanted.out.empty()) {
    print_line(wanted.is_json ? answer : printable(answer));
    return {};
  }
  if (auto written = write_export(client, wanted.out, answer); !written) return written;
  std::fprintf(stderr, "%s is written.%s\n", wanted.out.c_str(),
               wanted.is_release ? "" : " It is not for release: keep it where nobody else reads it.");
  if (const auto remarks = client.template_remarks(); !remarks.empty()) {
    std::fprintf(stderr, "%s\n", printable(remarks).c_str());
  }
  return {};
}

Result<void> tally(const Chosen& chosen, const Wanted& wanted) {
  if (auto checked = check_file(wanted); !checked) return checked;
  const std::string format =
      wanted.is_json ? "json" : wanted.format + "&language=" + ApiClient::segment(wanted.language);
  ApiClient client(chosen.data);
  const auto answer = client.get(inspection_path(wanted.inspection) + "/tally?format=" + format +
                                 "&reason=" + ApiClient::segment(wanted.reason));
  if (!answer) return std::unexpected(answer.error());
  return give(client, wanted, *answer);
}

Result<void> section(const Chosen& chosen, const Wanted& wanted) {
  if (auto checked = check_file(wanted); !checked) return checked;
  ApiClient client(chosen.data);
  const auto which = wanted.is_full ? "/section?kind=full&reason=" + ApiClient::segment(wanted.reason) + "&"
                                    : std::string("/release/section?");
  const auto path = inspection_path(wanted.inspection) + which + "format=" + wanted.format +
                    "&language=" + ApiClient::segment(wanted.language);
  Result<std::string> answer;
  if (wanted.word_template.empty()) {
    answer = client.get(path);
  } else {
    const auto bytes = read_file(wanted.word_template);
    if (!bytes) return std::unexpected(bytes.error());
    const auto body = json::serialize(json::object{{"template_hex", to_hex(*bytes)}});
    answer = client.post(path, as_bytes(body));
  }
  if (!answer) return std::unexpected(answer.error());
  return give(client, wanted, *answer);
}

void add_file(CLI::App& command, Wanted& wanted, const std::vector<std::string>& formats, const char* says) {
  command.add_option("--format", wanted.format, says)->check(CLI::IsMember(formats))->capture_default_str();
  command.add_option("--out", wanted.out, "Write it to this new file")->type_name("FILE");
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
  add_file(*command, *wanted, {"text", "xlsx", "ods"}, "text, xlsx (Excel) or ods (OpenDocument)");
  add_reason(*command, *wanted);
  command->footer(
      "Not for release: it holds every number.\n\nExample:\n  perspective-collector tally croydon-2012 --language cy\n"
      "  perspective-collector tally croydon-2012 --format xlsx --out croydon-tally.xlsx");
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
  add_file(*command, *wanted, {"text", "docx", "odt"}, "text, docx (Word) or odt (OpenDocument)");
  command
      ->add_option("--template", wanted->word_template,
                   "A .docx whose styles, page, headers and footers are kept; else our own")
      ->type_name("FILE");
  add_reason(*command, *wanted);
  command->footer(
      "Example:\n  perspective-collector section croydon-2012 --full --language cy\n"
      "  perspective-collector section croydon-2012 --release\n"
      "  perspective-collector section croydon-2012 --full --format docx --out croydon-full.docx");
  command->callback([&chosen, wanted] {
    if (wanted->is_full == wanted->is_release) {
      throw CLI::ValidationError("section", "say which: --full, for inspectors, or --release, as it may leave");
    }
    chosen.run = [&chosen, wanted] { return section(chosen, *wanted); };
  });
}

}  // namespace

void add_result_commands(CLI::App& app, Chosen& chosen) {
  add_tally(app, chosen);
  add_section(app, chosen);
}

}  // namespace perspective::admin

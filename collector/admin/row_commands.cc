#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "admin/command_parts.h"

namespace perspective::admin {

namespace {

struct Wanted {
  std::string inspection;
  std::string questionnaire;
  std::string format = "csv";
  std::string language;
  std::string out;
};

Result<void> rows(const Chosen& chosen, const Wanted& wanted) {
  if (auto checked = check_export(wanted.out); !checked) return checked;
  ApiClient client(chosen.data);
  const auto bytes = client.get(
      inspection_path(wanted.inspection) + "/rows?questionnaire=" + ApiClient::segment(wanted.questionnaire) +
      "&format=" + ApiClient::segment(wanted.format) + "&language=" + ApiClient::segment(wanted.language));
  if (!bytes) return std::unexpected(bytes.error());
  if (auto written = write_export(client, wanted.out, *bytes); !written) return written;
  std::fprintf(
      stderr,
      "%s is written. It holds what each person answered: for inspectors only, never for release. Keep it where "
      "nobody else\nreads it, and delete it when you are done. That you exported it is in the audit, whose head is in "
      "%s.audit (audit\nverify --since).\n",
      wanted.out.c_str(), wanted.out.c_str());
  return {};
}

}  // namespace

void add_row_commands(CLI::App& app, Chosen& chosen) {
  auto* const command = app.add_subcommand("rows", "Export what each person answered, for a statistics program");
  const auto wanted = std::make_shared<Wanted>();
  command->add_option("ID", wanted->inspection, "The inspection; it must be unlocked, its fieldwork over")->required();
  command->add_option("--questionnaire", wanted->questionnaire, "Which of its questionnaires")->required();
  command
      ->add_option("--format", wanted->format,
                   "csv, codebook (what each code means, as CSV), sav (SPSS), ddi (DDI-Codebook 2.5), triple-s "
                   "(Triple-S 3.0), triple-s-data (its CSV), comments (what people wrote, with its codes, as CSV)")
      ->check(CLI::IsMember({"csv", "codebook", "sav", "ddi", "triple-s", "triple-s-data", "comments"}))
      ->capture_default_str();
  command->add_option("--language", wanted->language, "Of the labels; else the first that has a report");
  command->add_option("--out", wanted->out, "Write it to this new file")->required()->type_name("FILE");
  command->footer(
      "Beside FILE stands FILE.audit, with the head of the audit once the export is in it.\n"
      "Rows come in an order drawn anew each time, without ids and without what people wrote in their own words. "
      "Comments "
      "come\nin an order of their own, so that nobody's stand beside their answers; what was taken out of one is not "
      "in it.\n\n"
      "Example:\n  perspective-collector rows croydon-2012 --questionnaire victims --format sav --out victims.sav");
  command->callback([&chosen, wanted] { chosen.run = [&chosen, wanted] { return rows(chosen, *wanted); }; });
}

}  // namespace perspective::admin

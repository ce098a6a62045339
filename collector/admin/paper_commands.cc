#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "admin/command_parts.h"
#include "base/file.h"

namespace perspective::admin {

namespace json = boost::json;

namespace {

struct Wanted {
  std::string inspection;
  std::string questionnaire;
  std::string language;
  std::string style = "standard";
  int copies = 1;
  std::string out;
};

std::string paper_path(const std::string& inspection) { return inspection_path(inspection) + "/paper"; }

Result<void> print(const Chosen& chosen, const Wanted& wanted) {
  if (std::filesystem::exists(wanted.out)) {
    return fail(ErrorCode::conflict, wanted.out + " is there already; name another file");
  }
  const json::object body{{"questionnaire", wanted.questionnaire},
                          {"language", wanted.language},
                          {"form", wanted.style},
                          {"copies", wanted.copies}};
  const auto pdf =
      ApiClient(chosen.data).post(paper_path(wanted.inspection) + "/forms", as_bytes(json::serialize(body)));
  if (!pdf) return std::unexpected(pdf.error());
  if (auto written = write_file(wanted.out, as_bytes(*pdf)); !written) return written;
  std::fprintf(stderr,
               "%d %s in %s. Each has letters of its own: print each form once, on one or both sides, and hand it out "
               "with an\nenvelope. Who has which letters, nobody writes down; delete the file when it is printed.\n",
               wanted.copies, wanted.copies == 1 ? "form" : "forms", wanted.out.c_str());
  return {};
}

void add_print(CLI::App& paper, Chosen& chosen) {
  auto* const command = paper.add_subcommand("print", "Make forms to print, as PDF");
  const auto wanted = std::make_shared<Wanted>();
  command->add_option("ID", wanted->inspection, "The inspection")->required();
  command->add_option("--questionnaire", wanted->questionnaire, "Which of its questionnaires, where it has several");
  command->add_option("--language", wanted->language, "Else the first of the inspection");
  command
      ->add_option("--form", wanted->style,
                   "standard (12 points), large-print (18 points) or easy-read (15 points, with pictures)")
      ->check(CLI::IsMember({"standard", "large-print", "easy-read"}))
      ->capture_default_str();
  command->add_option("--copies", wanted->copies, "So many, at most 100 at once")
      ->check(CLI::Range(1, 100))
      ->capture_default_str()
      ->type_name("N");
  command->add_option("--out", wanted->out, "Write them to this new file")->required()->type_name("FILE");
  command->footer(
      "Each form has three parts on sheets of their own: a cover (with the place for the token of a slip), which is "
      "taken off\nbefore answers are typed, the questions, and a sheet that the person keeps.\n\n"
      "Example:\n  perspective-collector paper print croydon-2012 --questionnaire victims --language cy "
      "--form large-print --copies 5 --out forms.pdf");
  command->callback([&chosen, wanted] { chosen.run = [&chosen, wanted] { return print(chosen, *wanted); }; });
}

}  // namespace

void add_paper_commands(CLI::App& app, Chosen& chosen) {
  auto* const paper = app.add_subcommand("paper", "Forms on paper: print them");
  paper->require_subcommand(1);
  add_print(*paper, chosen);
}

}  // namespace perspective::admin

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>

#include "admin/command_parts.h"
#include "base/file.h"

namespace perspective::admin {

namespace json = boost::json;

namespace {

struct Wanted {
  std::string inspection;
  std::optional<int> count;
  std::string out;
  bool is_json = false;
};

Result<void> keep_text(const json::object& answer, const std::string& out) {
  const std::string sheet = text_of(answer, "sheet");
  if (out.empty()) {
    print_line(sheet);
    return {};
  }
  auto written = write_file(out, as_bytes(sheet));
  if (!written) print_line(sheet);  // they are issued, and stand nowhere else
  return written;
}

// No terminal shows it: what cannot be kept is good for nobody.
Result<void> keep_pdf(const json::object& answer, const std::string& out) {
  const auto pdf = from_hex(text_of(answer, "pdf_hex"));
  if (!pdf) return fail(ErrorCode::corrupt, "the collector's answer has no slips");
  const auto written = write_file(out, *pdf);
  if (!written) return in_context("these slips are lost; make others", written.error());
  return {};
}

// Before they are drawn: what cannot be written would never be seen.
Result<void> expect_room_for(const std::string& out) {
  if (out.empty()) return {};
  std::error_code error;
  if (std::filesystem::exists(out, error)) {
    return fail(ErrorCode::conflict, out + " is there already; name another file");
  }
  const auto named = std::filesystem::path(out).parent_path();
  const auto folder = named.empty() ? std::filesystem::path(".") : named;
  if (::access(folder.c_str(), W_OK | X_OK) == 0) return {};
  return fail(ErrorCode::io, "nothing can be written to " + folder.string() +
                                 ": there is no such folder, or you may not write there. No slip was made");
}

Result<void> issue(const Chosen& chosen, const Wanted& wanted) {
  if (auto room = expect_room_for(wanted.out); !room) return room;
  const bool is_pdf = wanted.out.ends_with(".pdf");
  const auto answer = post_object(chosen, inspection_path(wanted.inspection) + "/tokens",
                                  json::object{{"count", *wanted.count}, {"format", is_pdf ? "pdf" : "text"}});
  if (!answer) return std::unexpected(answer.error());
  if (auto kept = is_pdf ? keep_pdf(*answer, wanted.out) : keep_text(*answer, wanted.out); !kept) return kept;
  std::fprintf(
      stderr,
      "%d slips%s. Nobody can show them again: print them, delete the file, keep no list of who had which.\n"
      "Kiosks know them once they have asked for the new package: within six hours where there is a network.\n",
      *wanted.count, wanted.out.empty() ? "" : (" in " + wanted.out).c_str());
  return {};
}

std::string standing_of(const json::object& tokens) {
  if (!flag_of(tokens, "are_asked_for")) {
    const std::string why = text_of(tokens, "why_none");
    return "No visit of this inspection spends a token. " +
           (why.empty() ? "It was made before there were any." : "The reason: " + why);
  }
  const auto number = [&](const char* name) { return std::to_string(number_of(tokens, name)); };
  std::string text = "issued           " + number("issued");
  if (flag_of(tokens, "is_rounded_down")) {
    const bool are_few = number_of(tokens, "spent") == 0;
    text += "\nspent            " + (are_few ? std::string("fewer than 5") : number("spent") + " or more");
  } else {
    text += "\nspent            " + number("spent") + "\nunused           " + number("unused");
  }
  text += "\nspent twice      " + number("spent_twice") + "\nnever issued     " + number("never_issued");
  return text;
}

Result<void> show(const Chosen& chosen, const Wanted& wanted) {
  const auto answer = get_object(chosen, inspection_path(wanted.inspection) + "/tokens");
  if (!answer) return std::unexpected(answer.error());
  print_line(wanted.is_json ? json::serialize(*answer) : standing_of(*answer));
  return {};
}

}  // namespace

void add_token_commands(CLI::App& inspections, Chosen& chosen) {
  auto* const command =
      inspections.add_subcommand("tokens", "Make slips, each good for one visit; or show how many are spent");
  const auto wanted = std::make_shared<Wanted>();
  command->add_option("ID", wanted->inspection, "The inspection")->required();
  auto* const count = command->add_option("--count", wanted->count, "So many new ones, at most 100 at once")
                          ->check(CLI::Range(1, 100))
                          ->type_name("N");
  command
      ->add_option("--out", wanted->out,
                   "Write the slips to this new file: to print in large letters if its name ends in .pdf")
      ->needs(count)
      ->type_name("FILE");
  command->add_flag("--json", wanted->is_json, "How they stand, as JSON")->excludes(count);
  command->footer(
      "The collector keeps no token, only what tells that one is genuine: a sheet that is lost is not printed again.\n"
      "spent twice: at two kiosks. never issued: a kiosk reported one that no inspector had.\n\n"
      "Example:\n  perspective-collector inspection tokens croydon-2012 --count 40 --out slips.pdf\n"
      "  perspective-collector inspection tokens croydon-2012");
  command->callback([&chosen, wanted] {
    chosen.run = [&chosen, wanted] { return wanted->count ? issue(chosen, *wanted) : show(chosen, *wanted); };
  });
}

}  // namespace perspective::admin

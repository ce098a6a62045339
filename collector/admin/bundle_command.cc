#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <memory>

#include "admin/command_parts.h"
#include "admin/table.h"
#include "base/file.h"

namespace perspective::admin {

namespace json = boost::json;

namespace {

constexpr std::uintmax_t kMaxBundleBytes = std::uintmax_t{64} * 1024 * 1024;  // the collector takes no larger one

bool is_true(const json::object& answer, std::string_view name) {
  const json::value* const found = answer.if_contains(name);
  return found != nullptr && *found == true;
}

// Nothing counts aloud: a number that rises by one is one person.
Result<void> import(const Chosen& chosen, const std::filesystem::path& file) {
  std::error_code error;
  if (const auto size = std::filesystem::file_size(file, error); !error && size > kMaxBundleBytes) {
    return fail(ErrorCode::invalid, file.string() + " is larger than any bundle; nothing was changed");
  }
  const auto bundle = read_file(file);
  if (!bundle) return std::unexpected(bundle.error());
  const auto answer = post_object(chosen, "/v1/bundles", *bundle);
  if (!answer) return in_context(file.string(), answer.error());
  auto beside = file;
  beside.replace_extension(".receipts");
  const std::string receipts = text_of(*answer, "receipts");
  if (auto written = write_file(beside, as_bytes(receipts)); !written) {
    return in_context("what was in the bundle is stored, but its receipts could not be written; import it again",
                      written.error());
  }
  print_line("What is in the bundle is stored for " + text_of(*answer, "inspection") + ", each answer once.\n" +
             "Take " + beside.string() + " back to the kiosk: until then it keeps its copies.");
  if (is_true(*answer, "has_fieldwork_ended")) {
    print_line(
        is_true(*answer, "has_ledger")
            ? "The counts of that kiosk's visits are here too: \"inspection reconcile\" has them."
            : "Fieldwork has ended, which that file tells the kiosk. Then have it copy once more and import that:\n"
              "it brings the counts of the kiosk's visits.");
  }
  const json::value* const problems = answer->if_contains("problems");
  if (problems == nullptr || !problems->is_array()) return {};
  for (const auto& problem : problems->get_array()) {
    if (problem.is_string()) print_line("Not taken, and kept by the kiosk: " + printable(problem.get_string()));
  }
  return {};
}

}  // namespace

void add_bundle_commands(CLI::App& app, Chosen& chosen) {
  auto* const command = app.add_subcommand("import-bundle", "Take in what a kiosk has copied to a USB stick");
  const auto file = std::make_shared<std::filesystem::path>();
  command->add_option("FILE", *file, "The kiosk's file, perspective-KIOSK-INSPECTION.bundle")->required();
  command->footer(
      "Writes FILE's receipts beside it, with the ending .receipts. Doing it twice changes nothing, nor does it "
      "matter\n"
      "what has come by network already. Refused whole if a byte is wrong, or if its kiosk is unknown or revoked.\n\n"
      "Example:\n  perspective-collector import-bundle /media/stick/perspective-kiosk-5f0c2a91-croydon-2012.bundle");
  command->callback([&chosen, file] { chosen.run = [&chosen, file] { return import(chosen, *file); }; });
}

}  // namespace perspective::admin

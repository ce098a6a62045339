// backup, and key copy, take and list: what an administrator keeps for the day when this host is lost.
#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <memory>

#include "admin/command_parts.h"
#include "admin/table.h"

namespace perspective::admin {

namespace json = boost::json;
namespace fs = std::filesystem;

namespace {

Result<fs::path> whole(const fs::path& path) {
  std::error_code error;
  auto found = fs::absolute(path, error).lexically_normal();
  if (error) return fail(ErrorCode::io, path.string() + ": " + error.message());
  if (!found.has_filename()) found = found.parent_path();  // "folder/"
  return found;
}

Result<void> back_up(const Chosen& chosen, const fs::path& file) {
  const auto path = whole(file);
  if (!path) return std::unexpected(path.error());
  const auto answer = post_object(chosen, "/v1/backups", json::object{{"file", path->string()}});
  if (!answer) return std::unexpected(answer.error());
  print_line(path->string() + " is written. Copy it to another place.\n\n" + text_of(*answer, "about"));
  return {};
}

struct Copying {
  fs::path folder;
  std::string place;
  std::string inspection;
};

Result<void> copy_keys(const Chosen& chosen, const Copying& asked) {
  const auto path = whole(asked.folder);
  if (!path) return std::unexpected(path.error());
  json::object body{{"folder", path->string()}, {"place", asked.place}};
  if (!asked.inspection.empty()) body["inspection"] = asked.inspection;
  if (auto answer = post_object(chosen, "/v1/key-copies", body); !answer) return std::unexpected(answer.error());
  print_line("The copy is in " + path->string() + ", and registered as: " + printable(asked.place) +
             "\nTake it there. What stays on the way, as on a stick, is a copy too: delete it, or register it.");
  return {};
}

Result<void> take_keys(const Chosen& chosen, const fs::path& folder) {
  const auto path = whole(folder);
  if (!path) return std::unexpected(path.error());
  const auto answer = post_object(chosen, "/v1/keys", json::object{{"folder", path->string()}});
  if (!answer) return std::unexpected(answer.error());
  std::string names;
  if (const auto* const ids = answer->if_contains("inspections"); ids != nullptr && ids->is_array()) {
    for (const auto& id : ids->get_array()) names += (names.empty() ? "" : ", ") + json::value_to<std::string>(id);
  }
  print_line("This collector can unlock now: " + names);
  return {};
}

void add_key_copy(CLI::App& keys, Chosen& chosen) {
  auto* const command = keys.add_subcommand("copy", "Copy keys to a folder, and register where the copy will be");
  const auto asked = std::make_shared<Copying>();
  command->add_option("FOLDER", asked->folder, "A folder that is not there yet, written by the collector")->required();
  command->add_option("--place", asked->place, "Where the copy will be, and who has it")->required();
  command->add_option("--inspection", asked->inspection,
                      "Only what another collector needs to unlock this one; else everything that 'restore' needs");
  command->footer(
      "Without --inspection the copy has the collector's own keys, which lie in clear: whoever has them can pose as "
      "the\n"
      "collector. The keys of inspections stay locked by their passphrases.\n\n"
      "Example:\n  perspective-collector key copy /media/stick/keys --place \"stick in the safe, A. Jones\"");
  command->callback([&chosen, asked] { chosen.run = [&chosen, asked] { return copy_keys(chosen, *asked); }; });
}

}  // namespace

void add_backup_commands(CLI::App& app, Chosen& chosen) {
  auto* const backup = app.add_subcommand("backup", "Write a backup while the collector goes on");
  const auto file = std::make_shared<fs::path>();
  backup->add_option("FILE", *file, "Where to; an older backup there is replaced once the new one is whole")
      ->required();
  backup->footer(
      "Written by the collector, under its own user. Holds no key, and nothing of what was taken back: the keys and "
      "the\n"
      "file 'withdrawn' are kept apart (collector/backup/README.md).\n\n"
      "Example:\n  perspective-collector backup /srv/backups/collector.backup");
  backup->callback([&chosen, file] { chosen.run = [&chosen, file] { return back_up(chosen, *file); }; });
}

void add_key_copy_commands(CLI::App& keys, Chosen& chosen) {
  add_key_copy(keys, chosen);
  auto* const take = keys.add_subcommand("take", "Take in a copy that was made at another collector");
  const auto folder = std::make_shared<fs::path>();
  take->add_option("FOLDER", *folder, "The copy; may be deleted afterwards")->required();
  take->callback([&chosen, folder] { chosen.run = [&chosen, folder] { return take_keys(chosen, *folder); }; });
}

}  // namespace perspective::admin

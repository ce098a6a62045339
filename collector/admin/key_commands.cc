#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "admin/command_parts.h"
#include "admin/request_body.h"
#include "admin/subcommand.h"
#include "admin/table.h"
#include "base/file.h"
#include "base/passphrase.h"

namespace perspective::admin {

namespace json = boost::json;
namespace fs = std::filesystem;

namespace {

constexpr const char* kInspectionPassphrase = "passphrase of the inspection";
constexpr const char* kRecoveryPassphrase = "recovery passphrase";

struct Wanted {
  std::string inspection;
  std::vector<std::string> shares;   // files
  std::vector<std::string> holders;  // people
  int needed = 0;
  std::string out;
  int copy = 0;
  bool is_json = false;
  bool is_recovery = false;
};

std::string keys_path(const Wanted& wanted) { return inspection_path(wanted.inspection) + "/keys"; }

Result<std::vector<SecretBytes>> read_shares(const std::vector<std::string>& files) {
  std::vector<SecretBytes> shares;
  for (const std::string& file : files) {
    auto share = read_secret(file);
    if (!share) return std::unexpected(share.error());
    if (share->empty()) return fail(ErrorCode::invalid, file + " is empty");
    shares.push_back(*std::move(share));
  }
  return shares;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : "; ") + text;
  return all;
}

std::vector<std::string> texts_of(const json::object& object, std::string_view name) {
  std::vector<std::string> texts;
  const json::value* const value = object.if_contains(name);
  if (!value || !value->is_array()) return texts;
  for (const json::value& text : value->get_array()) {
    if (text.is_string()) texts.push_back(printable(std::string(text.get_string())));
  }
  return texts;
}

// The truth about who could still read, in the words of the list.
std::string readers_of(const json::object& answer) {
  if (!flag_of(answer, "is_readable")) {
    return "Unreadable: every copy on this list is destroyed. Without a key no answer can be read, wherever a copy of "
           "the\n"
           "database or of a kiosk's disk may be. That is as true as the list: a copy that nobody told of is not on "
           "it.";
  }
  const json::value* const readers = answer.if_contains("readable_by");
  if (!readers || !readers->is_object()) return {};
  std::string text = "Still readable, with the passphrase that belongs to it, by whoever has:";
  for (const std::string& place : texts_of(readers->get_object(), "places")) text += "\n  " + place;
  for (const json::object& set : list_of(readers->get_object(), "holders")) {
    text +=
        "\n  any " + std::to_string(number_of(set, "needed")) + " of the shares of: " + joined(texts_of(set, "places"));
  }
  return text;
}

std::string state_of(const json::object& copy) {
  if (const std::string day = text_of(copy, "destroyed"); !day.empty()) return "destroyed " + day;
  const std::string until = text_of(copy, "passphrase_until");
  return until.empty() ? "is there" : "is there; passphrase of before " + until;
}

Result<void> show(const json::object& answer, const Wanted& wanted) {
  if (wanted.is_json) {
    print_line(json::serialize(answer));
    return {};
  }
  std::vector<std::vector<std::string>> rows;
  for (const json::object& copy : list_of(answer, "copies")) {
    const json::value* const share = copy.if_contains("share");
    const bool is_share = share && share->is_object();
    rows.push_back({std::to_string(number_of(copy, "number")), text_of(copy, "key") + (is_share ? ", a share" : ""),
                    printable(text_of(copy, "place")), text_of(copy, "since"), state_of(copy)});
  }
  print_line(table({"COPY", "KEY", "WHERE", "SINCE", "STATE"}, rows));
  const std::string rehearsed = text_of(answer, "rehearsed");
  print_line(rehearsed.empty()
                 ? "The recovery key was never rehearsed: perspective-collector key rehearse " + wanted.inspection
                 : "The recovery key opened something last on " + rehearsed + ".");
  print_line(readers_of(answer));
  return {};
}

// Of all inspections.
Result<void> list_all(const Chosen& chosen, bool is_json) {
  const auto answer = get_list(chosen, "/v1/key-copies", "copies");
  if (!answer) return std::unexpected(answer.error());
  if (is_json) {
    print_line(json::serialize(*answer));
    return {};
  }
  std::vector<std::vector<std::string>> rows;
  for (const json::object& copy : list_of(*answer, "copies")) {
    rows.push_back(
        {text_of(copy, "inspection"), text_of(copy, "key"), printable(text_of(copy, "place")), text_of(copy, "since")});
  }
  print_line(table({"INSPECTION", "KEY", "WHERE", "SINCE"}, rows));
  return {};
}

Result<void> list(const Chosen& chosen, const Wanted& wanted) {
  if (wanted.inspection.empty()) return list_all(chosen, wanted.is_json);
  const auto answer = get_object(chosen, keys_path(wanted));
  if (!answer) return std::unexpected(answer.error());
  return show(*answer, wanted);
}

Result<void> rehearse(const Chosen& chosen, const Wanted& wanted) {
  const auto shares = read_shares(wanted.shares);
  if (!shares) return std::unexpected(shares.error());
  NamedSecrets secrets;
  SecretBytes passphrase;
  if (shares->empty()) {
    auto asked = ask_passphrase(kRecoveryPassphrase);
    if (!asked) return std::unexpected(asked.error());
    passphrase = *std::move(asked);
    secrets = {{"recovery_passphrase", &passphrase}};
  }
  const SecretBytes body = request_body({}, secrets, {{"shares", &*shares}});
  const auto answer = post_object(chosen, keys_path(wanted) + "/rehearsal", body.view());
  if (!answer) return std::unexpected(answer.error());
  print_line(
      text_of(*answer, "opened") == "response"
          ? "It works: the recovery key has opened a response that is kept here. Nothing of it was shown or kept."
          : "It works: the recovery key has opened a trial, sealed as a kiosk seals. No response is here yet: "
            "rehearse\nagain when some are.");
  return {};
}

Result<void> keep_shares(const std::vector<json::object>& shares, const fs::path& folder) {
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const fs::path file = folder / ("share-" + std::to_string(i + 1) + ".txt");
    if (auto written = write_file(file, as_bytes(text_of(shares[i], "text"))); !written) {
      return in_context(
          "these shares are not all written; destroy what is there, split again, and say that these are "
          "destroyed",
          written.error());
    }
    print_line(file.string() + "  for " + printable(text_of(shares[i], "holder")));
  }
  return {};
}

Result<void> split(const Chosen& chosen, const Wanted& wanted) {
  std::error_code error;
  if (fs::exists(wanted.out) && !fs::is_empty(wanted.out, error)) {
    return fail(ErrorCode::conflict, wanted.out + " is there already, and not empty; name another folder");
  }
  if (auto made = make_private_directory(wanted.out); !made) return made;
  const auto passphrase = ask_passphrase(kRecoveryPassphrase);
  if (!passphrase) return std::unexpected(passphrase.error());
  const SecretBytes body = request_body({{"holders", json::value_from(wanted.holders)}, {"needed", wanted.needed}},
                                        {{"recovery_passphrase", &*passphrase}});
  const auto answer = post_object(chosen, keys_path(wanted) + "/shares", body.view());
  if (!answer) return std::unexpected(answer.error());
  if (auto kept = keep_shares(list_of(*answer, "shares"), wanted.out); !kept) return kept;
  print_line("Any " + std::to_string(wanted.needed) +
             " of them open every answer. They stand nowhere else: give each to "
             "its holder, then destroy this\nfolder. Let the holders rehearse once a year:\n"
             "  perspective-collector key rehearse " +
             wanted.inspection + " --share FILE --share FILE");
  return {};
}

Result<void> restore(const Chosen& chosen, const Wanted& wanted) {
  const auto shares = read_shares(wanted.shares);
  if (!shares) return std::unexpected(shares.error());
  const auto passphrase = ask_passphrase_twice("new recovery passphrase");
  if (!passphrase) return std::unexpected(passphrase.error());
  const SecretBytes body = request_body({}, {{"recovery_passphrase", &*passphrase}}, {{"shares", &*shares}});
  auto answer = post_object(chosen, keys_path(wanted) + "/recovery", body.view());
  if (!answer) return std::unexpected(answer.error());
  print_line(
      "The recovery key is here again, under the new passphrase. To read the answers with it:\n"
      "  perspective-collector inspection unlock " +
      wanted.inspection + " --recovery");
  return {};
}

Result<void> change_passphrase(const Chosen& chosen, const Wanted& wanted) {
  const auto before = ask_passphrase(wanted.is_recovery ? kRecoveryPassphrase : kInspectionPassphrase);
  if (!before) return std::unexpected(before.error());
  const auto after = ask_passphrase_twice(wanted.is_recovery ? "new recovery passphrase" : "new passphrase");
  if (!after) return std::unexpected(after.error());
  const SecretBytes body = request_body({{"key", wanted.is_recovery ? "recovery" : "inspection"}},
                                        {{"passphrase", &*before}, {"new_passphrase", &*after}});
  const auto answer = post_object(chosen, keys_path(wanted) + "/passphrase", body.view());
  if (!answer) return std::unexpected(answer.error());
  std::string text =
      "It has the new passphrase here; the old one opens it no more. A systemd credential that unlocks it has the old "
      "one:\nrenew it.";
  std::string copies;
  for (const json::object& copy : list_of(*answer, "copies")) {
    if (text_of(copy, "passphrase_until").empty() || !text_of(copy, "destroyed").empty()) continue;
    copies += "\n  " + std::to_string(number_of(copy, "number")) + "  " + printable(text_of(copy, "place"));
  }
  if (!copies.empty()) {
    text +=
        " These copies keep a passphrase of before: destroy them, say so (key destroyed), and make new ones\n"
        "(key copy):" +
        copies;
  }
  print_line(text);
  return {};
}

Result<void> confirm_destroyed(const Chosen& chosen, const Wanted& wanted) {
  const auto answer =
      post_object(chosen, keys_path(wanted) + "/copies/" + std::to_string(wanted.copy) + "/destroyed", json::object{});
  if (!answer) return std::unexpected(answer.error());
  return show(*answer, wanted);
}

Result<void> destroy(const Chosen& chosen, const Wanted& wanted) {
  const auto answer = post_object(chosen, keys_path(wanted) + "/destruction", json::object{});
  if (!answer) return std::unexpected(answer.error());
  return show(*answer, wanted);
}

using Run = Result<void> (*)(const Chosen&, const Wanted&);

using Command = Subcommand<Wanted>;

Command add(CLI::App& group, Chosen& chosen, const char* name, const char* description, Run run) {
  auto command = subcommand<Wanted>(group, chosen, name, description, run);
  command.app->add_option("ID", command.wanted->inspection, "The inspection")->required();
  return command;
}

CLI::Option* add_shares(const Command& command) {
  return command.app->add_option("--share", command.wanted->shares, "File of one share; give as many as are needed")
      ->type_name("FILE");
}

void add_json(const Command& command) { command.app->add_flag("--json", command.wanted->is_json, "As JSON"); }

void add_split(CLI::App& group, Chosen& chosen) {
  const Command command =
      add(group, chosen, "split", "Share the recovery key out, so that any so many of its holders open it", split);
  command.app->add_option("--holder", command.wanted->holders, "Who keeps one, in words; once for each, 2 to 20")
      ->required()
      ->type_name("TEXT");
  command.app->add_option("--needed", command.wanted->needed, "So many shares are needed")->required()->type_name("K");
  command.app->add_option("--out", command.wanted->out, "A new folder for the shares, a file each")
      ->required()
      ->type_name("FOLDER");
  command.app->footer(
      "Asks for the recovery passphrase. Fewer shares than are needed tell nothing. Enough of them open the answers\n"
      "even when this collector, its folder keys/ and every passphrase are lost. Earlier shares stay good.\n\n"
      "Example:\n  perspective-collector key split croydon-2012 --needed 2 --holder \"Ann Lee, Leeds\" \\\n"
      "      --holder \"Bob Roy, York\" --holder \"safe of the London office\" --out shares");
}

}  // namespace

void add_key_commands(CLI::App& app, Chosen& chosen) {
  auto* const group =
      app.add_subcommand("key", "Keys: list, copy, take, rehearse, split, restore, passphrase, destroyed");
  group->require_subcommand(1);
  const Command listing = add(*group, chosen, "list", "Where keys are, and who could still open answers", list);
  listing.app->get_option("ID")->required(false)->description("The inspection; else all of them, with what is there");
  add_json(listing);
  listing.app->footer("Example:\n  perspective-collector key list croydon-2012\n  perspective-collector key list");
  add_key_copy_commands(*group, chosen);
  const Command rehearsal =
      add(*group, chosen, "rehearse", "Prove that the recovery key opens what is kept here", rehearse);
  add_shares(rehearsal);
  rehearsal.app->footer(
      "Asks for the recovery passphrase, unless shares are given. Opens one response and shows nothing of it.\n\n"
      "Example:\n  perspective-collector key rehearse croydon-2012\n"
      "  perspective-collector key rehearse croydon-2012 --share share-1.txt --share share-3.txt");
  add_split(*group, chosen);
  const Command restoring =
      add(*group, chosen, "restore", "Put the recovery key together from shares, under a new passphrase", restore);
  add_shares(restoring)->required();
  restoring.app->footer(
      "Asks twice for the new recovery passphrase.\n\n"
      "Example:\n  perspective-collector key restore croydon-2012 --share share-1.txt --share share-3.txt");
  const Command changing =
      add(*group, chosen, "passphrase", "Give a key another passphrase, at this collector", change_passphrase);
  changing.app->add_flag("--recovery", changing.wanted->is_recovery, "The recovery key; else the one that opens");
  changing.app->footer(
      "Asks for the passphrase that it has, and twice for the new one. What is unlocked stays so.\n\n"
      "Example:\n  perspective-collector key passphrase croydon-2012");
  const Command confirming = add(*group, chosen, "destroyed",
                                 "Say that a copy or a share outside the collector is destroyed", confirm_destroyed);
  confirming.app->add_option("COPY", confirming.wanted->copy, "Its number in `key list`")
      ->required()
      ->check(CLI::PositiveNumber);
  add_json(confirming);
  confirming.app->footer("Example:\n  perspective-collector key destroyed croydon-2012 4");
}

void add_destroy_command(CLI::App& inspections, Chosen& chosen) {
  const Command command =
      add(inspections, chosen, "destroy",
          "Destroy the keys of an inspection whose report is out; say who else could read", destroy);
  add_json(command);
  command.app->footer(
      "For good: the answers are never read again with the keys of this collector. Publish first, and wait until the\n"
      "time is over for which they are kept. Copies elsewhere are listed until somebody says that each is destroyed\n"
      "(`key destroyed`). A disk may keep old blocks of a file by itself: the keys in them are still under their\n"
      "passphrases; destroy what tells those, too.\n\n"
      "Example:\n  perspective-collector inspection destroy croydon-2012");
}

}  // namespace perspective::admin

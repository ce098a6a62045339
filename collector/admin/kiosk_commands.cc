#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <cstdio>
#include <memory>

#include "admin/command_parts.h"
#include "admin/table.h"

namespace perspective::admin {

namespace json = boost::json;

namespace {

struct Invitation {
  std::string inspection;
  std::string name;
};

Result<void> invite(const Chosen& chosen, const Invitation& invitation) {
  const auto answer = post_object(chosen, "/v1/invites",
                                  json::object{{"inspection", invitation.inspection}, {"name", invitation.name}});
  if (!answer) return std::unexpected(answer.error());
  print_line(text_of(*answer, "invite"));
  std::fputs(
      "This line enrols one kiosk, once, for seven days. Whoever has it can pose as that kiosk: hand it over in "
      "person.\n"
      "On the kiosk:  perspective-kiosk enrol --state DIR\n",
      stderr);
  return {};
}

std::string joined(const json::object& kiosk, std::string_view name) {
  std::string all;
  const json::value* const value = kiosk.if_contains(name);
  if (!value || !value->is_array()) return all;
  for (const json::value& one : value->get_array()) {
    if (one.is_string()) all += (all.empty() ? "" : ", ") + std::string(one.get_string());
  }
  return all;
}

Result<void> list(const Chosen& chosen, bool is_json) {
  const auto answer = get_object(chosen, "/v1/kiosks");
  if (!answer) return std::unexpected(answer.error());
  if (is_json) {
    print_line(json::serialize(*answer));
    return {};
  }
  std::vector<std::vector<std::string>> rows;
  for (const json::object& kiosk : list_of(*answer, "kiosks")) {
    rows.push_back({text_of(kiosk, "id"), printable(text_of(kiosk, "name")), joined(kiosk, "inspections"),
                    flag_of(kiosk, "is_revoked") ? "revoked" : "enrolled"});
  }
  print_line(rows.empty() ? "No kiosk has enrolled yet. Invite one with: perspective-collector kiosk invite"
                          : table({"KIOSK", "NAME", "INSPECTIONS", "STATE"}, rows));
  return {};
}

Result<void> revoke(const Chosen& chosen, const std::string& kiosk) {
  auto answer = post_object(chosen, "/v1/kiosks/" + ApiClient::segment(kiosk) + "/revoke", json::object{});
  if (!answer) return std::unexpected(answer.error());
  print_line("Kiosk " + kiosk + " is revoked: it can fetch and send nothing any more. What it had sent stays.");
  return {};
}

void add_invite(CLI::App& group, Chosen& chosen) {
  auto* const command = group.add_subcommand("invite", "Print a one-line invite that enrols one kiosk");
  const auto invitation = std::make_shared<Invitation>();
  command->add_option("--inspection", invitation->inspection, "The inspection that the kiosk will serve")->required();
  command->add_option("--name", invitation->name, "What you call the kiosk: \"Front office\"");
  command->footer("Example:\n  perspective-collector kiosk invite --inspection croydon-2012 --name \"Front office\"");
  command->callback(
      [&chosen, invitation] { chosen.run = [&chosen, invitation] { return invite(chosen, *invitation); }; });
}

void add_list(CLI::App& group, Chosen& chosen) {
  auto* const command = group.add_subcommand("list", "Show all kiosks");
  const auto is_json = std::make_shared<bool>(false);
  command->add_flag("--json", *is_json, "As JSON");
  command->footer("Example:\n  perspective-collector kiosk list");
  command->callback([&chosen, is_json] { chosen.run = [&chosen, is_json] { return list(chosen, *is_json); }; });
}

void add_revoke(CLI::App& group, Chosen& chosen) {
  auto* const command = group.add_subcommand("revoke", "Shut a kiosk out, for good");
  const auto kiosk = std::make_shared<std::string>();
  command->add_option("KIOSK", *kiosk, "As `kiosk list` names it")->required();
  command->footer("Example:\n  perspective-collector kiosk revoke 4f1c09a2");
  command->callback([&chosen, kiosk] { chosen.run = [&chosen, kiosk] { return revoke(chosen, *kiosk); }; });
}

}  // namespace

void add_kiosk_commands(CLI::App& app, Chosen& chosen) {
  auto* const group = app.add_subcommand("kiosk", "Kiosks: invite, list, revoke");
  group->require_subcommand(1);
  add_invite(*group, chosen);
  add_list(*group, chosen);
  add_revoke(*group, chosen);
}

}  // namespace perspective::admin

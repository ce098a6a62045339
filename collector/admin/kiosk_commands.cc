#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>

#include "admin/command_parts.h"
#include "admin/table.h"

namespace perspective::admin {

namespace json = boost::json;

namespace {

constexpr const char* kWhichKiosk = "By its name, or as `kiosk list` has it: kiosk-4f1c09a2b37d5e60";

struct Invitation {
  std::string inspection;
  std::string name;
  std::string again;  // a kiosk
};

Result<void> invite(const Chosen& chosen, const Invitation& invitation) {
  const bool is_again = !invitation.again.empty();
  const auto wish = is_again ? json::object{{"kiosk", invitation.again}}
                             : json::object{{"inspection", invitation.inspection}, {"name", invitation.name}};
  const auto answer = post_object(chosen, "/v1/invites", wish);
  if (!answer) return std::unexpected(answer.error());
  print_line(text_of(*answer, "invite"));
  if (is_again) {
    std::fputs(
        "Once it is used the kiosk has its id and its inspections as before, and what it had until then lets nobody "
        "in.\n",
        stderr);
  }
  std::fputs(
      "This line enrols one kiosk, once, for seven days. Whoever has it can pose as that kiosk: hand it over in "
      "person.\n"
      "On the kiosk:  perspective-kiosk enrol --state DIR\n",
      stderr);
  return {};
}

std::vector<std::string> texts_of(const json::object& kiosk, std::string_view name) {
  std::vector<std::string> texts;
  const json::value* const value = kiosk.if_contains(name);
  if (!value || !value->is_array()) return texts;
  for (const json::value& one : value->get_array()) {
    if (one.is_string()) texts.emplace_back(one.get_string());
  }
  return texts;
}

std::optional<std::int64_t> number_said(const json::object& kiosk, std::string_view name) {
  const json::value* const value = kiosk.if_contains(name);
  return value && value->is_int64() ? std::optional(value->get_int64()) : std::nullopt;
}

std::string inspections_of(const json::object& kiosk) {
  std::string all;
  const auto add = [&all](const std::string& text) { all += (all.empty() ? "" : ", ") + text; };
  for (const auto& inspection : texts_of(kiosk, "inspections")) add(inspection);
  for (const auto& inspection : texts_of(kiosk, "disallowed")) add(inspection + " (no visits)");
  return all.empty() ? "-" : all;
}

std::string text_or_dash(const json::object& kiosk, std::string_view name) {
  const std::string text = text_of(kiosk, name);
  return text.empty() ? "-" : text;
}

std::string certificate_of(const json::object& kiosk) {
  const auto left = number_said(kiosk, "certificate_days_left");
  if (!left) return "-";
  if (*left < 0) return "ended";
  return *left == 1 ? "1 day" : std::to_string(*left) + " days";
}

// In the largest unit that gives a whole number: who reads it wants to know what to do.
std::string clock_of(const json::object& kiosk) {
  const auto offset = number_said(kiosk, "clock_offset_minutes");
  if (!offset) return "-";
  constexpr std::int64_t kHour = 60;
  constexpr std::int64_t kDay = 24 * kHour;
  const std::int64_t minutes = std::abs(*offset);
  if (minutes <= 1) return "right";
  const std::string size = minutes < 2 * kHour  ? std::to_string(minutes) + " min"
                           : minutes < 2 * kDay ? std::to_string(minutes / kHour) + " h"
                                                : std::to_string(minutes / kDay) + " days";
  return size + (*offset > 0 ? " fast" : " slow");
}

std::string waiting_of(const json::object& kiosk) {
  const json::value* const value = kiosk.if_contains("is_waiting");
  if (!value || !value->is_bool()) return "-";
  return value->get_bool() ? "something" : "nothing";
}

std::string state_of(const json::object& kiosk) { return flag_of(kiosk, "is_revoked") ? "revoked" : "enrolled"; }

Result<void> list(const Chosen& chosen, bool is_json) {
  const auto answer = get_list(chosen, "/v1/kiosks", "kiosks");
  if (!answer) return std::unexpected(answer.error());
  if (is_json) {
    print_line(json::serialize(*answer));
    return {};
  }
  std::vector<std::vector<std::string>> rows;
  for (const json::object& kiosk : list_of(*answer, "kiosks")) {
    rows.push_back({text_of(kiosk, "id"), printable(text_of(kiosk, "name")), inspections_of(kiosk), state_of(kiosk),
                    text_or_dash(kiosk, "last_contact"), text_or_dash(kiosk, "program"), certificate_of(kiosk),
                    clock_of(kiosk), waiting_of(kiosk)});
  }
  print_line(rows.empty() ? "No kiosk has enrolled yet. Invite one with: perspective-collector kiosk invite"
                          : table({"KIOSK", "NAME", "INSPECTIONS", "STATE", "LAST CONTACT", "VERSION", "CERTIFICATE",
                                   "CLOCK", "WAITING"},
                                  rows));
  return {};
}

std::string kiosk_path(const std::string& kiosk) { return "/v1/kiosks/" + ApiClient::segment(kiosk); }

Result<void> show(const Chosen& chosen, const std::string& name, bool is_json) {
  const auto kiosk = get_object(chosen, kiosk_path(name));
  if (!kiosk) return std::unexpected(kiosk.error());
  if (is_json) {
    print_line(json::serialize(*kiosk));
    return {};
  }
  print_line(table({"KIOSK", text_of(*kiosk, "id")}, {{"name", printable(text_of(*kiosk, "name"))},
                                                      {"inspections", inspections_of(*kiosk)},
                                                      {"state", state_of(*kiosk)},
                                                      {"last contact", text_or_dash(*kiosk, "last_contact")},
                                                      {"version", text_or_dash(*kiosk, "program")},
                                                      {"certificate", certificate_of(*kiosk)},
                                                      {"clock", clock_of(*kiosk)},
                                                      {"waiting", waiting_of(*kiosk)}}));
  return {};
}

Result<void> revoke(const Chosen& chosen, const std::string& kiosk) {
  auto answer = post_object(chosen, kiosk_path(kiosk) + "/revoke", json::object{});
  if (!answer) return std::unexpected(answer.error());
  print_line("Kiosk " + printable(kiosk) +
             " is revoked: it can fetch and send nothing any more. What it had sent stays; what waits on it stays "
             "there.");
  return {};
}

struct Service {
  std::string kiosk;
  std::string inspection;
};

Result<void> change(const Chosen& chosen, const Service& service, const std::string& step, const std::string& said) {
  const std::string path =
      kiosk_path(service.kiosk) + "/inspections/" + ApiClient::segment(service.inspection) + "/" + step;
  auto answer = post_object(chosen, path, json::object{});
  if (!answer) return std::unexpected(answer.error());
  print_line(said);
  return {};
}

void add_invite(CLI::App& group, Chosen& chosen) {
  auto* const command = group.add_subcommand("invite", "Print a one-line invite that enrols one kiosk");
  const auto invitation = std::make_shared<Invitation>();
  auto* const which = command->add_option_group("Which kiosk");
  auto* const fresh =
      which->add_option("--inspection", invitation->inspection, "A new one: the inspection that it will serve");
  which
      ->add_option("--again", invitation->again,
                   "One that was enrolled before, by its name or id: it keeps its id, its name and its inspections")
      ->type_name("KIOSK");
  which->require_option(1);
  command->add_option("--name", invitation->name, "What you call the new kiosk: \"Front office\"")->needs(fresh);
  command->footer(
      "--again is for a kiosk whose certificate has ended, that was revoked, or whose folder was lost: enrolled as a\n"
      "new one it would be counted twice. An invite that it had before is void then.\n\n"
      "Example:\n  perspective-collector kiosk invite --inspection croydon-2012 --name \"Front office\"\n"
      "  perspective-collector kiosk invite --again \"Front office\"");
  command->callback(
      [&chosen, invitation] { chosen.run = [&chosen, invitation] { return invite(chosen, *invitation); }; });
}

void add_list(CLI::App& group, Chosen& chosen) {
  auto* const command = group.add_subcommand("list", "Show all kiosks");
  const auto is_json = std::make_shared<bool>(false);
  command->add_flag("--json", *is_json, "As JSON");
  command->footer(
      "Last contact is the day on which the kiosk last asked for its packages; it asks every six hours. Waiting says\n"
      "whether anything waited there as that day began, and once fieldwork has ended whether anything waits.\n\n"
      "Example:\n  perspective-collector kiosk list");
  command->callback([&chosen, is_json] { chosen.run = [&chosen, is_json] { return list(chosen, *is_json); }; });
}

void add_show(CLI::App& group, Chosen& chosen) {
  auto* const command = group.add_subcommand("show", "Show one kiosk");
  const auto kiosk = std::make_shared<std::string>();
  const auto is_json = std::make_shared<bool>(false);
  command->add_option("KIOSK", *kiosk, kWhichKiosk)->required();
  command->add_flag("--json", *is_json, "As JSON");
  command->footer("Example:\n  perspective-collector kiosk show \"Front office\"");
  command->callback(
      [&chosen, kiosk, is_json] { chosen.run = [&chosen, kiosk, is_json] { return show(chosen, *kiosk, *is_json); }; });
}

void add_revoke(CLI::App& group, Chosen& chosen) {
  auto* const command = group.add_subcommand("revoke", "Shut a kiosk out until it is invited again");
  const auto kiosk = std::make_shared<std::string>();
  command->add_option("KIOSK", *kiosk, kWhichKiosk)->required();
  command->footer("Example:\n  perspective-collector kiosk revoke kiosk-4f1c09a2b37d5e60");
  command->callback([&chosen, kiosk] { chosen.run = [&chosen, kiosk] { return revoke(chosen, *kiosk); }; });
}

void add_change(CLI::App& group, Chosen& chosen, const std::string& step, const std::string& description,
                const std::string& said) {
  auto* const command = group.add_subcommand(step, description);
  const auto service = std::make_shared<Service>();
  command->add_option("KIOSK", service->kiosk, kWhichKiosk)->required();
  command->add_option("INSPECTION", service->inspection, "The inspection")->required();
  command->footer("Example:\n  perspective-collector kiosk " + step + " \"Front office\" croydon-2012");
  command->callback([&chosen, service, step, said] {
    chosen.run = [&chosen, service, step, said] { return change(chosen, *service, step, said); };
  });
}

}  // namespace

void add_kiosk_commands(CLI::App& app, Chosen& chosen) {
  auto* const group = app.add_subcommand("kiosk", "Kiosks: invite, list, show, allow, disallow, revoke");
  group->require_subcommand(1);
  add_invite(*group, chosen);
  add_list(*group, chosen);
  add_show(*group, chosen);
  add_change(*group, chosen, "allow", "Give a kiosk one more inspection",
             "Allowed: the kiosk offers it between two visits, once it has asked for its packages.");
  add_change(*group, chosen, "disallow", "Take an inspection from a kiosk; what waits there is still taken",
             "Disallowed: the kiosk offers no more visits for it, once it has asked for its packages, and still sends "
             "what it holds.");
  add_revoke(*group, chosen);
}

}  // namespace perspective::admin

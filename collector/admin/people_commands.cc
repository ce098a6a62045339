// people ..., token ...: who may sign in, and what scripts show instead.
#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "admin/command_parts.h"
#include "admin/request_body.h"
#include "admin/subcommand.h"
#include "admin/table.h"
#include "base/passphrase.h"

namespace perspective::admin {

namespace json = boost::json;

namespace {

constexpr const char* kRoles = "administrator, inspector, safeguarding-lead, analyst or data-entry; may be given again";

struct Wanted {
  std::string person;
  std::string shown;
  std::vector<std::string> roles;
  std::string token;
  std::vector<std::string> rights;
  int days = 90;
  bool is_json = false;
};

std::string person_path(const Wanted& wanted) { return "/v1/people/" + ApiClient::segment(wanted.person); }

std::string joined(const json::object& object, std::string_view name) {
  std::string text;
  const json::value* const list = object.if_contains(name);
  if (list == nullptr || !list->is_array()) return text;
  for (const json::value& one : list->get_array()) {
    if (one.is_string()) text += (text.empty() ? "" : ", ") + std::string(one.get_string());
  }
  return text;
}

json::array array_of(const std::vector<std::string>& texts) {
  json::array array;
  for (const auto& text : texts) array.emplace_back(text);
  return array;
}

Result<void> list_people(const Chosen& chosen, const Wanted& wanted) {
  const auto answer = get_list(chosen, "/v1/people", "people");
  if (!answer) return std::unexpected(answer.error());
  if (wanted.is_json) {
    print_line(json::serialize(*answer));
    return {};
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& person : list_of(*answer, "people")) {
    const std::string state = flag_of(person, "is_disabled")  ? "disabled"
                              : flag_of(person, "has_joined") ? "joined"
                                                              : "invited";
    rows.push_back({text_of(person, "name"), printable(text_of(person, "shown")), joined(person, "roles"), state,
                    flag_of(person, "has_authenticator") ? "set up" : ""});
  }
  print_line(rows.empty() ? "Nobody may sign in yet; see `people invite --help`."
                          : table({"SIGN-IN NAME", "NAME", "ROLES", "STATE", "AUTHENTICATOR"}, rows));
  return {};
}

void print_link(const json::object& answer) {
  print_line(text_of(answer, "link"));
  std::fprintf(
      stderr,
      "This link lets its person choose a password, once, within %lld hours. Whoever has it can pose as them: hand "
      "it over in person.\n"
      "Without a page, here:  perspective-collector people join\n",
      static_cast<long long>(number_of(answer, "lasts_hours")));
}

Result<void> invite(const Chosen& chosen, const Wanted& wanted) {
  const auto answer =
      post_object(chosen, "/v1/people",
                  json::object{{"name", wanted.person}, {"shown", wanted.shown}, {"roles", array_of(wanted.roles)}});
  if (!answer) return std::unexpected(answer.error());
  print_link(*answer);
  return {};
}

Result<void> reset(const Chosen& chosen, const Wanted& wanted) {
  const auto answer = post_object(chosen, person_path(wanted) + "/reset", json::object{});
  if (!answer) return std::unexpected(answer.error());
  print_link(*answer);
  return {};
}

// "https://host:port/join#ada.SECRET", or what stands behind "#".
struct Link {
  std::string name;
  SecretBytes secret;
};

Result<Link> link_of(const SecretBytes& typed) {
  std::string_view text = typed.text();
  if (const auto mark = text.rfind('#'); mark != std::string_view::npos) text.remove_prefix(mark + 1);
  const auto dot = text.rfind('.');  // a name may have one, the secret has none
  if (dot == std::string_view::npos || dot == 0 || dot + 1 == text.size()) {
    return fail(ErrorCode::invalid, "that is no link: it is one line, https://HOST:PORT/join#NAME.SECRET");
  }
  return Link{std::string(text.substr(0, dot)), SecretBytes(as_bytes(text.substr(dot + 1)))};
}

Result<void> join(const Chosen& chosen, const Wanted&) {
  const auto typed = ask_passphrase("link");
  if (!typed) return std::unexpected(typed.error());
  const auto link = link_of(*typed);
  if (!link) return std::unexpected(link.error());
  const auto password = ask_passphrase_twice("password of " + link->name + ", 15 characters or more");
  if (!password) return std::unexpected(password.error());
  const auto body =
      request_body(json::object{{"name", link->name}}, {{"secret", &link->secret}, {"password", &*password}});
  const auto answer = post_object(chosen, "/v1/people/joining", body.view());
  if (!answer) return std::unexpected(answer.error());
  print_line("Joined: sign in as \"" + link->name + "\".");
  return {};
}

Result<void> set_roles(const Chosen& chosen, const Wanted& wanted) {
  const auto answer =
      post_object(chosen, person_path(wanted) + "/roles", json::object{{"roles", array_of(wanted.roles)}});
  if (!answer) return std::unexpected(answer.error());
  print_line("Changed; whoever was signed in as \"" + wanted.person + "\" signs in again.");
  return {};
}

Result<void> disable(const Chosen& chosen, const Wanted& wanted) {
  const auto answer = post_object(chosen, person_path(wanted) + "/disable", json::object{});
  if (!answer) return std::unexpected(answer.error());
  print_line("Disabled: neither a password nor a token of \"" + wanted.person + "\" lets anybody in.");
  return {};
}

Result<void> enable(const Chosen& chosen, const Wanted& wanted) {
  const auto answer = post_object(chosen, person_path(wanted) + "/enable", json::object{});
  if (!answer) return std::unexpected(answer.error());
  print_line("Enabled: \"" + wanted.person + "\" signs in with the password of before, at once.");
  return {};
}

Result<void> list_tokens(const Chosen& chosen, const Wanted& wanted) {
  const auto answer = get_list(chosen, "/v1/people/tokens", "tokens");
  if (!answer) return std::unexpected(answer.error());
  if (wanted.is_json) {
    print_line(json::serialize(*answer));
    return {};
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& token : list_of(*answer, "tokens")) {
    rows.push_back(
        {text_of(token, "owner"), text_of(token, "name"), text_of(token, "ends_on"), joined(token, "rights")});
  }
  print_line(rows.empty() ? "There is no token." : table({"OWNER", "TOKEN", "ENDS ON", "RIGHTS"}, rows));
  return {};
}

Result<void> make_token(const Chosen& chosen, const Wanted& wanted) {
  const auto answer =
      post_object(chosen, person_path(wanted) + "/tokens",
                  json::object{{"name", wanted.token}, {"rights", array_of(wanted.rights)}, {"days", wanted.days}});
  if (!answer) return std::unexpected(answer.error());
  print_line(text_of(*answer, "token"));
  std::fputs("Shown this once. A script sends it as:  Authorization: Bearer TOKEN\n", stderr);
  return {};
}

Result<void> revoke_token(const Chosen& chosen, const Wanted& wanted) {
  const auto answer = post_object(
      chosen, person_path(wanted) + "/tokens/" + ApiClient::segment(wanted.token) + "/revoke", json::object{});
  if (!answer) return std::unexpected(answer.error());
  print_line("Revoked.");
  return {};
}

using Run = Result<void> (*)(const Chosen&, const Wanted&);

using Command = Subcommand<Wanted>;

Command add(CLI::App& group, Chosen& chosen, const char* name, const char* description, Run run, const char* example) {
  return subcommand<Wanted>(group, chosen, name, description, run,
                            std::string("Example:\n  perspective-collector ") + example);
}

void add_person(const Command& command) {
  command.app->add_option("NAME", command.wanted->person, "Sign-in name, as in `people list`")->required();
}

void add_people(CLI::App& app, Chosen& chosen) {
  auto* const group =
      app.add_subcommand("people", "Who may sign in: list, invite, join, roles, disable, enable, reset");
  group->require_subcommand(1);
  const auto list = add(*group, chosen, "list", "Show all accounts", list_people, "people list");
  list.app->add_flag("--json", list.wanted->is_json, "As JSON");
  const auto invited = add(*group, chosen, "invite", "Make an account and print the link that lets its person join",
                           invite, "people invite ada.lovelace --shown \"Ada Lovelace\" --role inspector");
  add_person(invited);
  invited.app->add_option("--role", invited.wanted->roles, kRoles)->required();
  invited.app->add_option("--shown", invited.wanted->shown, "Their name, as colleagues see it");
  add(*group, chosen, "join", "Choose the password of an account; asks for the link and the password", join,
      "people join");
  const auto roles = add(*group, chosen, "roles", "Give an account other roles", set_roles,
                         "people roles ada.lovelace --role inspector --role analyst");
  add_person(roles);
  roles.app->add_option("--role", roles.wanted->roles, kRoles)->required();
  add_person(add(*group, chosen, "disable", "Shut a person out; their name stays theirs", disable,
                 "people disable ada.lovelace"));
  add_person(add(*group, chosen, "enable", "Let a person in again: disabled, or shut out after wrong passwords", enable,
                 "people enable ada.lovelace"));
  add_person(add(*group, chosen, "reset", "Take password, authenticator and tokens from an account; print a new link",
                 reset, "people reset ada.lovelace"));
}

void add_tokens(CLI::App& app, Chosen& chosen) {
  auto* const group = app.add_subcommand("token", "API tokens of scripts: create, list, revoke");
  group->require_subcommand(1);
  const auto made = add(*group, chosen, "create", "Print a new token, once", make_token,
                        "token create nightly --for ada.lovelace --right read-releases --days 30");
  made.app->add_option("TOKEN", made.wanted->token, "A name for it")->required();
  made.app->add_option("--for", made.wanted->person, "Whose it is: it may no more than they")->required();
  made.app->add_option("--right", made.wanted->rights, "What it may: \"read-releases\"; may be given again")
      ->required();
  made.app->add_option("--days", made.wanted->days, "How long it lasts")
      ->check(CLI::Range(1, 365))
      ->capture_default_str();
  const auto list = add(*group, chosen, "list", "Show all tokens that have not ended", list_tokens, "token list");
  list.app->add_flag("--json", list.wanted->is_json, "As JSON");
  const auto revoked =
      add(*group, chosen, "revoke", "End a token", revoke_token, "token revoke nightly --for ada.lovelace");
  revoked.app->add_option("TOKEN", revoked.wanted->token, "Its name")->required();
  revoked.app->add_option("--for", revoked.wanted->person, "Whose it is")->required();
}

}  // namespace

void add_people_commands(CLI::App& app, Chosen& chosen) {
  add_people(app, chosen);
  add_tokens(app, chosen);
}

}  // namespace perspective::admin

#include "people/account.h"

#include <algorithm>
#include <boost/json.hpp>

namespace perspective::people {

namespace json = boost::json;

namespace {

constexpr std::size_t kShortestName = 2;
constexpr std::size_t kLongestName = 32;

bool is_plain(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

json::array devices_of(const Account& account) {
  json::array devices;
  for (const auto& device : account.devices) {
    devices.push_back(json::object{{"hash", device.hash}, {"ends_s", device.ends_s}, {"failures", device.failures}});
  }
  return devices;
}

std::string text(const json::object& body, std::string_view name) { return std::string(body.at(name).as_string()); }

Account parse(const json::object& body) {
  Account account;
  account.shown = text(body, "shown");
  account.password = text(body, "password");
  for (const auto& role : body.at("roles").as_array()) {
    if (const auto named = role_named(role.as_string())) account.roles.push_back(*named);
  }
  account.authenticator = text(body, "authenticator");
  account.next_authenticator = text(body, "next_authenticator");
  account.last_step = body.at("last_step").to_number<std::int64_t>();
  account.recovery_codes = json::value_to<std::vector<std::string>>(body.at("recovery_codes"));
  account.link = text(body, "link");
  account.link_ends_s = body.at("link_ends_s").to_number<std::int64_t>();
  account.epoch = body.at("epoch").to_number<std::int64_t>();
  if (const auto* const epoch = body.if_contains("token_epoch")) {  // not in those of before tokens had one
    account.token_epoch = epoch->to_number<std::int64_t>();
  }
  account.is_disabled = body.at("is_disabled").as_bool();
  for (const auto& device : body.at("devices").as_array()) {
    account.devices.push_back({.hash = text(device.as_object(), "hash"),
                               .ends_s = device.at("ends_s").to_number<std::int64_t>(),
                               .failures = device.at("failures").to_number<int>()});
  }
  return account;
}

}  // namespace

bool is_sign_in_name(std::string_view name) {
  if (name.size() < kShortestName || name.size() > kLongestName || !is_plain(name.front())) return false;
  return std::ranges::all_of(name, [](char c) { return is_plain(c) || c == '.' || c == '-' || c == '_'; });
}

store::Record record_of(const Account& account) {
  json::array roles;
  for (const Role role : account.roles) roles.emplace_back(name_of(role));
  const json::object body{{"shown", account.shown},
                          {"roles", std::move(roles)},
                          {"password", account.password},
                          {"authenticator", account.authenticator},
                          {"next_authenticator", account.next_authenticator},
                          {"last_step", account.last_step},
                          {"recovery_codes", json::value_from(account.recovery_codes)},
                          {"link", account.link},
                          {"link_ends_s", account.link_ends_s},
                          {"epoch", account.epoch},
                          {"token_epoch", account.token_epoch},
                          {"devices", devices_of(account)},
                          {"is_disabled", account.is_disabled}};
  return {.kind = std::string(kAccountKind),
          .id = account.name,
          .version = account.version,
          .ends_s = 0,
          .body = json::serialize(body)};
}

Result<Account> account_of(const store::Record& record) {
  try {
    Account account = parse(json::parse(record.body).as_object());
    account.name = record.id;
    account.version = record.version;
    return account;
  } catch (const std::exception&) {
    return fail(ErrorCode::corrupt, "the account '" + record.id + "' cannot be read");
  }
}

}  // namespace perspective::people

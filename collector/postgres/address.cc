#include <algorithm>

#include "postgres/connection.h"

namespace perspective::postgres {
namespace {

using Options = std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)>;

// The hosts of an address, between commas; a Unix socket's folder begins with a slash.
bool is_on_this_machine(std::string_view hosts) {
  while (true) {
    const auto comma = hosts.find(',');
    const auto host = hosts.substr(0, comma);
    const bool is_local = host.empty() || host.starts_with('/') || host.starts_with('@') || host == "localhost" ||
                          host == "::1" || host.starts_with("127.");
    if (!is_local) return false;
    if (comma == std::string_view::npos) return true;
    hosts.remove_prefix(comma + 1);
  }
}

}  // namespace

Result<Address> Address::parse(const std::string& url) {
  if (!url.starts_with("postgresql://") && !url.starts_with("postgres://")) {
    return fail(ErrorCode::invalid, "a store's address begins with postgresql://");
  }
  char* said = nullptr;  // may quote a password that was written wrongly
  const Options options(PQconninfoParse(url.c_str(), &said), PQconninfoFree);
  PQfreemem(said);
  if (!options) {
    return fail(ErrorCode::invalid,
                "the store's address can not be read: it is postgresql://USER@HOST:PORT/DATABASE?NAME=VALUE, with "
                "%XX for characters that mean something in it");
  }
  Address address;
  std::string hosts;
  const auto has = [&address](std::string_view keyword) {
    return std::ranges::any_of(address.words_, [&](const auto& word) { return word.first == keyword; });
  };
  for (const auto* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val == nullptr) continue;
    const std::string_view keyword = option->keyword;
    if (keyword == "password" || keyword == "sslpassword") {
      return fail(ErrorCode::refused,
                  "the store's address has a password in it, which every process of this machine could read. Take it "
                  "out, change it, and put the new one into the file that $PGPASSFILE names (else ~/.pgpass)");
    }
    if (keyword == "host" || keyword == "hostaddr") hosts += (hosts.empty() ? "" : ",") + std::string(option->val);
    address.words_.emplace_back(keyword, option->val);
  }
  const auto unless_given = [&](const char* keyword, const char* value) {
    if (!has(keyword)) address.words_.emplace_back(keyword, value);
  };
  unless_given("connect_timeout", "5");
  unless_given("application_name", "perspective-collector");
  // Of several servers the one that takes changes; a network that went away is noticed within half a minute.
  unless_given("target_session_attrs", "read-write");
  unless_given("keepalives_idle", "10");
  unless_given("keepalives_interval", "5");
  unless_given("keepalives_count", "3");
  unless_given("tcp_user_timeout", "20000");
  unless_given("client_encoding", "UTF8");
  if (!is_on_this_machine(hosts)) unless_given("sslmode", "verify-full");
  return address;
}

}  // namespace perspective::postgres

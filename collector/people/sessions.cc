#include "people/sessions.h"

#include <algorithm>
#include <boost/json.hpp>
#include <optional>

#include "people/secrets.h"

namespace perspective::people {

namespace json = boost::json;

namespace {

constexpr std::string_view kKind = "session";

struct Session {
  std::string account;
  std::int64_t epoch = 0;
  std::int64_t began_s = 0;
  std::int64_t seen_s = 0;
};

std::string body_of(const Session& session) {
  return json::serialize(json::object{{"account", session.account},
                                      {"epoch", session.epoch},
                                      {"began_s", session.began_s},
                                      {"seen_s", session.seen_s}});
}

std::optional<Session> session_of(const store::Record& record) {
  try {
    const auto body = json::parse(record.body);
    return Session{.account = std::string(body.at("account").as_string()),
                   .epoch = body.at("epoch").to_number<std::int64_t>(),
                   .began_s = body.at("began_s").to_number<std::int64_t>(),
                   .seen_s = body.at("seen_s").to_number<std::int64_t>()};
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

std::int64_t end_of(const Session& session) { return std::min(session.seen_s + kIdle_s, session.began_s + kLasts_s); }

std::unexpected<Error> nobody() { return fail(ErrorCode::refused, "nobody is signed in with this; sign in (again)"); }

}  // namespace

Result<std::string> Sessions::begin(const Account& account, const store::NextEntry& entry) {
  const auto now_s = clock_.now_s();
  const Session session{.account = account.name, .epoch = account.epoch, .began_s = now_s, .seen_s = now_s};
  std::string secret = drawn();
  const store::Record record{
      .kind = std::string(kKind), .id = hashed(secret), .ends_s = end_of(session), .body = body_of(session)};
  if (auto put = store_.put_record(record, entry); !put) return std::unexpected(put.error());
  return secret;
}

Result<Person> Sessions::person(std::string_view secret, bool is_activity) {
  auto record = store_.record(kKind, hashed(secret));
  if (!record && record.error().code == ErrorCode::not_found) return nobody();
  if (!record) return std::unexpected(record.error());
  auto session = session_of(*record);
  const auto now_s = clock_.now_s();
  if (!session || end_of(*session) <= now_s) return nobody();
  const auto kept = store_.record(kAccountKind, session->account);
  if (!kept && kept.error().code == ErrorCode::not_found) return nobody();
  if (!kept) return std::unexpected(kept.error());
  const auto account = account_of(*kept);
  if (!account) return std::unexpected(account.error());
  const bool may_be = account->has_joined() && !account->is_disabled;
  if (account->epoch != session->epoch || !may_be) return nobody();
  if (is_activity && now_s - session->seen_s >= kNoted_s) {
    session->seen_s = now_s;
    record->ends_s = end_of(*session);
    record->body = body_of(*session);
    // Another request of the same moment may have noted it; then that is noted.
    const auto noted = store_.put_record(*record);
    if (!noted && noted.error().code != ErrorCode::conflict) return std::unexpected(noted.error());
  }
  return Person{.name = account->name, .shown = account->shown, .token = {}, .rights = rights_of(account->roles)};
}

Result<void> Sessions::end(std::string_view secret, const store::NextEntry& entry) {
  return store_.remove_record(kKind, hashed(secret), entry);
}

}  // namespace perspective::people

#include "people/tokens.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <tuple>

#include "people/secrets.h"

namespace perspective::people {

namespace json = boost::json;

namespace {

constexpr std::string_view kKind = "token";
constexpr std::int64_t kDay_s = 86'400;
constexpr std::int64_t kNoEpoch = -1;

std::string body_of(const Token& token) {
  json::array rights;
  for (const Right right : kRights) {
    if (has(token.rights, right)) rights.emplace_back(name_of(right));
  }
  return json::serialize(json::object{
      {"name", token.name}, {"owner", token.owner}, {"rights", std::move(rights)}, {"epoch", token.epoch}});
}

Result<Token> token_of(const store::Record& record) {
  try {
    const auto body = json::parse(record.body);
    Token token{.name = std::string(body.at("name").as_string()),
                .owner = std::string(body.at("owner").as_string()),
                .ends_s = record.ends_s};
    for (const auto& name : body.at("rights").as_array()) {
      if (const auto right = right_named(name.as_string())) token.rights |= bit_of(*right);
    }
    if (const auto* const epoch = body.as_object().if_contains("epoch")) {
      token.epoch = epoch->to_number<std::int64_t>();
    }
    return token;
  } catch (const std::exception&) {
    return fail(ErrorCode::corrupt, "a token cannot be read");
  }
}

std::unexpected<Error> no_token() { return fail(ErrorCode::refused, "this token is none (any more)"); }

Result<Account> owner_of(store::Store& store, std::string_view name) {
  const auto record = store.record(kAccountKind, name);
  if (!record && record.error().code == ErrorCode::not_found) {
    return fail(ErrorCode::not_found, "nobody has the sign-in name '" + std::string(name) + "'");
  }
  if (!record) return std::unexpected(record.error());
  return account_of(*record);
}

// With either, whoever found a token could make themselves its owner.
constexpr Rights kNeverATokens = bit_of(Right::own_account) | bit_of(Right::run_people);

Result<Rights> chosen(const std::vector<Right>& rights, const Account& owner) {
  Rights bits = 0;
  for (const Right right : rights) {
    if ((bit_of(right) & kNeverATokens) != 0 || !may(owner.roles, right)) {
      return fail(ErrorCode::invalid,
                  "a token may have only what its owner may: not \"" + std::string(name_of(right)) + "\"");
    }
    bits |= bit_of(right);
  }
  if (bits == 0) return fail(ErrorCode::invalid, "a token needs a right, or several");
  return bits;
}

}  // namespace

Result<std::vector<Token>> Tokens::all() const {
  const auto records = store_.records(kKind);
  if (!records) return std::unexpected(records.error());
  std::map<std::string, std::int64_t> epochs;  // by owner
  std::vector<Token> tokens;
  for (const auto& record : *records) {
    if (record.ends_s <= clock_.now_s()) continue;
    auto token = token_of(record);
    if (!token) return std::unexpected(token.error());
    if (!epochs.contains(token->owner)) {
      const auto owner = owner_of(store_, token->owner);
      if (!owner && owner.error().code != ErrorCode::not_found) return std::unexpected(owner.error());
      epochs[token->owner] = owner ? owner->token_epoch : kNoEpoch;
    }
    if (epochs[token->owner] == token->epoch) tokens.push_back(*std::move(token));
  }
  std::ranges::sort(tokens, {}, [](const Token& token) { return std::tie(token.owner, token.name); });
  return tokens;
}

Result<std::string> Tokens::make(const std::string& owner, const std::string& name, const std::vector<Right>& rights,
                                 int days, const store::NextEntry& entry) {
  if (!is_sign_in_name(name)) {
    return fail(ErrorCode::invalid, "a token's name has 2 to 32 small letters, figures, \".\", \"-\" or \"_\"");
  }
  if (days < 1 || days > kLongestTokenDays) return fail(ErrorCode::invalid, "a token lasts 1 to 365 days");
  const auto account = owner_of(store_, owner);
  if (!account) return std::unexpected(account.error());
  const auto bits = chosen(rights, *account);
  if (!bits) return std::unexpected(bits.error());
  const auto there = all();
  if (!there) return std::unexpected(there.error());
  const auto is_same_name = [&](const Token& token) { return token.owner == owner && token.name == name; };
  if (std::ranges::any_of(*there, is_same_name)) {
    return fail(ErrorCode::conflict, owner + " has a token '" + name + "' already");
  }
  const Token token{.name = name,
                    .owner = owner,
                    .rights = *bits,
                    .ends_s = clock_.now_s() + days * kDay_s,
                    .epoch = account->token_epoch};
  std::string secret = std::string(kTokenPrefix) + drawn();
  const store::Record record{
      .kind = std::string(kKind), .id = hashed(secret), .ends_s = token.ends_s, .body = body_of(token)};
  if (auto put = store_.put_record(record, entry); !put) return std::unexpected(put.error());
  return secret;
}

Result<void> Tokens::revoke(std::string_view owner, std::string_view name, const store::NextEntry& entry) {
  const auto records = store_.records(kKind);
  if (!records) return std::unexpected(records.error());
  bool is_gone = false;
  for (const auto& record : *records) {  // two may have been made at the same moment
    const auto token = token_of(record);
    if (!token) return std::unexpected(token.error());
    if (token->owner != owner || token->name != name) continue;
    const auto removed = store_.remove_record(kKind, record.id, is_gone ? store::NextEntry{} : entry);
    if (!removed) return removed;
    is_gone = true;
  }
  if (is_gone) return {};
  return fail(ErrorCode::not_found, std::string(owner) + " has no token '" + std::string(name) + "'");
}

Result<void> Tokens::revoke_all(std::string_view owner) {
  const auto records = store_.records(kKind);
  if (!records) return std::unexpected(records.error());
  for (const auto& record : *records) {
    const auto token = token_of(record);
    if (!token) return std::unexpected(token.error());
    if (token->owner != owner) continue;
    if (auto removed = store_.remove_record(kKind, record.id); !removed) return removed;
  }
  return {};
}

Result<Person> Tokens::person(std::string_view secret) const {
  const auto record = store_.record(kKind, hashed(secret));
  if (!record && record.error().code == ErrorCode::not_found) return no_token();
  if (!record) return std::unexpected(record.error());
  if (record->ends_s <= clock_.now_s()) return no_token();
  const auto token = token_of(*record);
  if (!token) return std::unexpected(token.error());
  const auto owner = owner_of(store_, token->owner);
  if (!owner && owner.error().code == ErrorCode::not_found) return no_token();
  if (!owner) return std::unexpected(owner.error());
  // Who was invited and never joined has nobody to answer for what a token does.
  if (owner->is_disabled || !owner->has_joined() || owner->token_epoch != token->epoch) return no_token();
  return Person{.name = owner->name,
                .shown = owner->shown,
                .token = token->name,
                .rights = token->rights & rights_of(owner->roles) & ~kNeverATokens};
}

}  // namespace perspective::people

#include "resources/key_api.h"

#include <boost/json.hpp>
#include <charconv>
#include <utility>

#include "base/log.h"
#include "resources/audit_api.h"
#include "resources/json_body.h"

namespace perspective::resources {

namespace json = boost::json;
using http::Request;
using http::Response;

namespace {

constexpr std::size_t kMaxSharesBytes = 256 * 1024;

Response ok(const json::object& body, int status = 200) { return http::json_response(status, json::serialize(body)); }

json::value day_or_null(const std::string& day) { return day.empty() ? json::value(nullptr) : json::value(day); }

json::object object_of(const keys::RegisteredCopy& copy, std::size_t number) {
  json::object object{{"number", number},
                      {"key", copy.half == keys::Half::inspection ? "inspection" : "recovery"},
                      {"place", copy.place},
                      {"since", copy.since},
                      {"destroyed", day_or_null(copy.destroyed)},
                      {"passphrase_until", day_or_null(copy.passphrase_until)},
                      {"share", nullptr}};
  if (copy.share) {
    object["share"] =
        json::object{{"set", copy.share->set}, {"number", copy.share->number}, {"needed", copy.share->needed}};
  }
  return object;
}

json::object object_of(const keys::Register& list) {
  json::array copies;
  for (const auto& copy : list.copies) copies.push_back(object_of(copy, copies.size() + 1));
  const keys::StillReadable readable = keys::still_readable(list);
  json::array holders;
  for (const auto& set : readable.holders) {
    holders.push_back(json::object{{"needed", set.needed}, {"places", json::value_from(set.places)}});
  }
  return {
      {"copies", std::move(copies)},
      {"rehearsed", day_or_null(list.rehearsed)},
      {"is_readable", !readable.by_nobody()},
      {"readable_by", json::object{{"places", json::value_from(readable.places)}, {"holders", std::move(holders)}}}};
}

Result<Response> list_copies(const Services& services, const Request& request) {
  const auto list = services.inspections->key_copies(request.parameter("inspection"));
  if (!list) return std::unexpected(list.error());
  return ok(object_of(*list));
}

Result<Response> rehearse(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  auto shares = body->secrets("shares");
  if (!shares) return std::unexpected(shares.error());
  inspection::RecoverySecret secret{.passphrase = {}, .shares = *std::move(shares)};
  if (secret.shares.empty()) {
    auto passphrase = body->secret("recovery_passphrase");
    if (!passphrase) return std::unexpected(passphrase.error());
    secret.passphrase = *std::move(passphrase);
  }
  const std::string inspection = request.parameter("inspection");
  const auto rehearsal = services.inspections->rehearse(inspection, secret);
  if (!rehearsal) return std::unexpected(rehearsal.error());
  log::info("the recovery key of inspection " + inspection + " was rehearsed, and opens");
  return audited(services, event_of(request, "recovery key rehearsed", inspection),
                 ok({{"opened", *rehearsal == inspection::Rehearsal::of_response ? "response" : "trial"}}));
}

Result<Response> split(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto passphrase = body->secret("recovery_passphrase");
  if (!passphrase) return std::unexpected(passphrase.error());
  const auto holders = body->texts("holders");
  if (!holders) return std::unexpected(holders.error());
  const auto needed = body->count_or("needed", 0);
  if (!needed) return std::unexpected(needed.error());
  const std::string inspection = request.parameter("inspection");
  const auto texts = services.inspections->split_recovery(inspection, *passphrase, *holders, *needed);
  if (!texts) return std::unexpected(texts.error());
  log::info("the recovery key of inspection " + inspection + " was split among " + std::to_string(holders->size()) +
            " holders, of whom " + std::to_string(*needed) + " are needed");
  json::array shares;
  for (std::size_t i = 0; i < texts->size(); ++i) {
    shares.push_back(json::object{{"holder", (*holders)[i]}, {"text", (*texts)[i].text()}});
  }
  return audited(services,
                 event_of(request, "recovery key split among holders", inspection,
                          {{"holders", std::to_string(holders->size())}, {"needed", std::to_string(*needed)}}),
                 ok({{"shares", std::move(shares)}}, 201));
}

Result<Response> restore(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto shares = body->secrets("shares");
  if (!shares) return std::unexpected(shares.error());
  const auto passphrase = body->secret("recovery_passphrase");
  if (!passphrase) return std::unexpected(passphrase.error());
  const std::string inspection = request.parameter("inspection");
  if (auto restored = services.inspections->restore_recovery(inspection, *shares, *passphrase); !restored) {
    return std::unexpected(restored.error());
  }
  log::info("the recovery key of inspection " + inspection + " was put together from shares");
  return audited(services, event_of(request, "recovery key put together from shares", inspection),
                 ok({{"inspection", inspection}}));
}

Result<Response> change_passphrase(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto which = body->text("key");
  if (!which) return std::unexpected(which.error());
  if (*which != "inspection" && *which != "recovery") {
    return fail(ErrorCode::invalid, "\"key\" is \"inspection\" or \"recovery\"");
  }
  const auto before = body->secret("passphrase");
  if (!before) return std::unexpected(before.error());
  const auto after = body->secret("new_passphrase");
  if (!after) return std::unexpected(after.error());
  const std::string inspection = request.parameter("inspection");
  const keys::Half half = *which == "recovery" ? keys::Half::recovery : keys::Half::inspection;
  if (auto changed = services.inspections->change_passphrase(inspection, half, *before, *after); !changed) {
    return std::unexpected(changed.error());
  }
  log::info("the " + *which + " key of inspection " + inspection + " has another passphrase");
  auto listed = list_copies(services, request);
  if (!listed) return listed;
  return audited(services, event_of(request, "passphrase of a key changed", inspection, {{"key", *which}}),
                 *std::move(listed));
}

Result<Response> confirm_destroyed(const Services& services, const Request& request) {
  const std::string text = request.parameter("copy");
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) {
    return fail(ErrorCode::invalid, "a copy has a whole number");
  }
  const std::string inspection = request.parameter("inspection");
  if (auto confirmed = services.inspections->confirm_destroyed(inspection, number); !confirmed) {
    return std::unexpected(confirmed.error());
  }
  log::info("copy " + text + " of the keys of inspection " + inspection + " is said to be destroyed");
  auto listed = list_copies(services, request);
  if (!listed) return listed;
  return audited(services, event_of(request, "copy of the keys said to be destroyed", inspection, {{"copy", text}}),
                 *std::move(listed));
}

Result<Response> destroy(const Services& services, const Request& request) {
  const std::string inspection = request.parameter("inspection");
  const auto list = services.inspections->destroy_keys(inspection);
  if (!list) return std::unexpected(list.error());
  log::info("the keys of inspection " + inspection + " were destroyed here");
  return audited(services, event_of(request, "keys destroyed here", inspection), ok(object_of(*list)));
}

}  // namespace

void add_key_routes(http::Router& router, Services& services) {
  const auto add = [&](const char* method, const std::string& path, Asked asked, std::size_t max_body_bytes) {
    add_route(router, services, people::Right::hold_keys, method, "/v1/inspections/{inspection}/keys" + path,
              asking(services, asked), max_body_bytes);
  };
  add("GET", "", list_copies, 0);
  add("POST", "/rehearsal", rehearse, kMaxSharesBytes);
  add("POST", "/shares", split, http::kSmallBodyBytes);
  add("POST", "/passphrase", change_passphrase, http::kSmallBodyBytes);
  add("POST", "/recovery", restore, kMaxSharesBytes);
  add("POST", "/copies/{copy}/destroyed", confirm_destroyed, http::kSmallBodyBytes);
  add("POST", "/destruction", destroy, http::kSmallBodyBytes);
}

}  // namespace perspective::resources

#include "keys/copies.h"

#include <boost/json.hpp>
#include <map>

namespace perspective::keys {
namespace {

namespace json = boost::json;

constexpr int kFormat = 2;  // 1 had no shares, and nothing that was destroyed or rehearsed
constexpr std::string_view kInspection = "inspection";
constexpr std::string_view kRecovery = "recovery";

[[noreturn]] void refuse() { throw boost::system::system_error(json::make_error_code(json::error::syntax)); }

std::string text_or_empty(const json::object& object, std::string_view name) {
  const json::value* const value = object.if_contains(name);
  return value == nullptr ? std::string() : json::value_to<std::string>(*value);
}

// Throws boost::system::system_error; register_from_json() catches.
RegisteredCopy copy_from(const json::value& value) {
  const json::object& object = value.as_object();
  const auto half = json::value_to<std::string>(object.at("key"));
  if (half != kInspection && half != kRecovery) refuse();
  RegisteredCopy copy{.half = half == kInspection ? Half::inspection : Half::recovery,
                      .place = json::value_to<std::string>(object.at("place")),
                      .since = json::value_to<std::string>(object.at("since")),
                      .destroyed = text_or_empty(object, "destroyed")};
  if (const json::value* const share = object.if_contains("share")) {
    copy.share = RegisteredCopy::Share{.set = json::value_to<std::string>(share->at("set")),
                                       .number = json::value_to<int>(share->at("number")),
                                       .needed = json::value_to<int>(share->at("needed"))};
  }
  return copy;
}

json::object to_object(const RegisteredCopy& copy) {
  json::object object{
      {"key", copy.half == Half::inspection ? kInspection : kRecovery}, {"place", copy.place}, {"since", copy.since}};
  if (!copy.destroyed.empty()) object["destroyed"] = copy.destroyed;
  if (copy.share) {
    object["share"] =
        json::object{{"set", copy.share->set}, {"number", copy.share->number}, {"needed", copy.share->needed}};
  }
  return object;
}

}  // namespace

std::string to_json(const Register& list) {
  json::array copies;
  for (const RegisteredCopy& copy : list.copies) copies.push_back(to_object(copy));
  json::object object{{"format", kFormat}, {"copies", std::move(copies)}};
  if (!list.rehearsed.empty()) object["rehearsed"] = list.rehearsed;
  return json::serialize(object) + "\n";
}

Result<Register> register_from_json(std::string_view text) {
  try {
    const json::value value = json::parse({text.data(), text.size()});
    const int format = json::value_to<int>(value.at("format"));
    if (format < 1 || format > kFormat)
      return fail(ErrorCode::corrupt, "list of copies: of another format than 1 or 2");
    Register list{.copies = {}, .rehearsed = text_or_empty(value.as_object(), "rehearsed")};
    for (const json::value& item : value.at("copies").as_array()) list.copies.push_back(copy_from(item));
    return list;
  } catch (const std::exception&) {
    return fail(ErrorCode::corrupt, "list of copies: no such list");
  }
}

StillReadable still_readable(const Register& list) {
  StillReadable found;
  std::map<std::string, StillReadable::Holders> sets;
  for (const RegisteredCopy& copy : list.copies) {
    if (!copy.destroyed.empty()) continue;
    if (!copy.share) {
      found.places.push_back(copy.place);
      continue;
    }
    StillReadable::Holders& set = sets[copy.share->set];
    set.needed = copy.share->needed;
    set.places.push_back(copy.place);
  }
  for (auto& [name, set] : sets) {
    if (set.places.size() >= static_cast<std::size_t>(set.needed)) found.holders.push_back(std::move(set));
  }
  return found;
}

}  // namespace perspective::keys

#include "keys/copies.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>

namespace perspective::keys {
namespace {

namespace json = boost::json;

constexpr int kFormat = 2;  // 1 had no shares, and nothing that was destroyed or rehearsed
constexpr std::string_view kInspection = "inspection";
constexpr std::string_view kRecovery = "recovery";
constexpr std::string_view kNewer = ": whatever its own list has that is newer";

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
                      .destroyed = text_or_empty(object, "destroyed"),
                      .share = {},
                      .passphrase_until = text_or_empty(object, "passphrase_until")};
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
  if (!copy.passphrase_until.empty()) object["passphrase_until"] = copy.passphrase_until;
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
  if (!list.copied_at.empty()) object["copied_at"] = list.copied_at;
  if (!list.copied_on.empty()) object["copied_on"] = list.copied_on;
  return json::serialize(object) + "\n";
}

Result<Register> register_from_json(std::string_view text) {
  try {
    const json::value value = json::parse({text.data(), text.size()});
    const int format = json::value_to<int>(value.at("format"));
    if (format < 1 || format > kFormat)
      return fail(ErrorCode::corrupt, "list of copies: of another format than 1 or 2");
    Register list{.copies = {},
                  .rehearsed = text_or_empty(value.as_object(), "rehearsed"),
                  .copied_at = text_or_empty(value.as_object(), "copied_at"),
                  .copied_on = text_or_empty(value.as_object(), "copied_on")};
    for (const json::value& item : value.at("copies").as_array()) list.copies.push_back(copy_from(item));
    return list;
  } catch (const std::exception&) {
    return fail(ErrorCode::corrupt, "list of copies: no such list");
  }
}

bool lies_beside_its_list(const RegisteredCopy& copy) {
  return !copy.share && (copy.place == kInspectionFile || copy.place == kRecoveryFile);
}

Register as_of_elsewhere(Register list) {
  const bool is_known = !list.copied_at.empty();
  const std::string there = is_known ? "collector on " + list.copied_at : "collector where this copy was made";
  for (RegisteredCopy& copy : list.copies) {
    if (lies_beside_its_list(copy)) copy.place = there + ": " + copy.place;
  }
  const std::string day = list.copied_on.empty() && !list.copies.empty() ? list.copies.back().since : list.copied_on;
  list.copies.push_back({Half::inspection, there + std::string(kNewer), day});
  list.copied_at.clear();
  list.copied_on.clear();
  return list;
}

void list_beside(Register& list, Half half, std::string_view day) {
  const std::string place(half == Half::inspection ? kInspectionFile : kRecoveryFile);
  const bool is_listed = std::ranges::any_of(list.copies, [&](const RegisteredCopy& copy) {
    return !copy.share && copy.place == place && copy.destroyed.empty();
  });
  if (!is_listed) list.copies.push_back({half, place, std::string(day)});
}

void put_together(Register& list, const Register& other) {
  for (const RegisteredCopy& copy : other.copies) {
    const bool is_of_a_day = !copy.place.ends_with(kNewer);
    const auto same = std::ranges::find_if(list.copies, [&](const RegisteredCopy& one) {
      return one.half == copy.half && one.place == copy.place && one.share == copy.share &&
             (one.since == copy.since || !is_of_a_day);
    });
    if (same == list.copies.end()) {
      list.copies.push_back(copy);
    } else if (!is_of_a_day && same->since != copy.since) {
      if (same->since < copy.since) *same = copy;
    } else {
      if (same->destroyed.empty()) same->destroyed = copy.destroyed;
      if (same->passphrase_until.empty()) same->passphrase_until = copy.passphrase_until;
    }
  }
  list.rehearsed = std::max(list.rehearsed, other.rehearsed);
}

void note_earlier_passphrase(Register& list, Half half, std::string_view day) {
  for (RegisteredCopy& copy : list.copies) {
    const bool keeps_it = copy.half == half && !copy.share && !lies_beside_its_list(copy) && copy.destroyed.empty();
    if (keeps_it && copy.passphrase_until.empty()) copy.passphrase_until = day;
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

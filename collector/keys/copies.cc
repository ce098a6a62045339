#include "keys/copies.h"

#include <boost/json.hpp>

namespace perspective::keys {
namespace {

namespace json = boost::json;

constexpr int kFormat = 1;
constexpr std::string_view kInspection = "inspection";
constexpr std::string_view kRecovery = "recovery";

// Throws boost::system::system_error; copies_from_json() catches.
RegisteredCopy copy_from(const json::value& value) {
  const json::object& object = value.as_object();
  const auto half = json::value_to<std::string>(object.at("key"));
  if (half != kInspection && half != kRecovery) {
    throw boost::system::system_error(json::make_error_code(json::error::syntax));
  }
  return {half == kInspection ? Half::inspection : Half::recovery, json::value_to<std::string>(object.at("place")),
          json::value_to<std::string>(object.at("since"))};
}

}  // namespace

std::string to_json(const std::vector<RegisteredCopy>& copies) {
  json::array list;
  for (const RegisteredCopy& copy : copies) {
    list.push_back(json::object{{"key", copy.half == Half::inspection ? kInspection : kRecovery},
                                {"place", copy.place},
                                {"since", copy.since}});
  }
  return json::serialize(json::object{{"format", kFormat}, {"copies", std::move(list)}}) + "\n";
}

Result<std::vector<RegisteredCopy>> copies_from_json(std::string_view text) {
  try {
    const json::value value = json::parse({text.data(), text.size()});
    if (json::value_to<int>(value.at("format")) != kFormat) {
      return fail(ErrorCode::corrupt, "list of copies: of another format than 1");
    }
    std::vector<RegisteredCopy> copies;
    for (const json::value& item : value.at("copies").as_array()) copies.push_back(copy_from(item));
    return copies;
  } catch (const std::exception&) {
    return fail(ErrorCode::corrupt, "list of copies: no such list");
  }
}

}  // namespace perspective::keys

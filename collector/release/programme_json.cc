#include <boost/json.hpp>

#include "release/programme_print.h"

namespace perspective::release {
namespace {

namespace json = boost::json;

constexpr std::int64_t kFormat = 1;

std::string text_at(const json::value& value, const char* name) { return json::value_to<std::string>(value.at(name)); }

// Throws what Boost.JSON throws, as all below.
Contribution contribution_from(const json::value& value) {
  Contribution each{.questionnaire = text_at(value, "questionnaire"),
                    .version = value.at("version").to_number<int>(),
                    .respondents = value.at("respondents").to_number<std::int64_t>(),
                    .shares = {}};
  for (const auto& [finding, share] : value.at("shares").as_object())
    each.shares[finding] = {share.at(0).to_number<std::int64_t>(), share.at(1).to_number<std::int64_t>()};
  return each;
}

PrintedPart part_from(const json::value& value) {
  PrintedPart part{.questionnaire = text_at(value, "questionnaire"),
                   .version = value.at("version").to_number<int>(),
                   .services = json::value_to<std::vector<std::string>>(value.at("services")),
                   .averages = {}};
  for (const auto& each : value.at("averages").as_array())
    part.averages.push_back({text_at(each, "finding"), each.at("percent").to_number<std::int64_t>()});
  return part;
}

}  // namespace

std::string to_json(std::span<const Contribution> contributions) {
  json::array all;
  for (const auto& each : contributions) {
    json::object shares;
    for (const auto& [finding, share] : each.shares) shares[finding] = json::array{share.count, share.base};
    all.push_back(json::object{{"questionnaire", each.questionnaire},
                               {"version", each.version},
                               {"respondents", each.respondents},
                               {"shares", std::move(shares)}});
  }
  return json::serialize(all);
}

Result<std::vector<Contribution>> contributions_from_json(std::string_view text) {
  try {
    std::vector<Contribution> all;
    const json::value value = json::parse(json::string_view(text.data(), text.size()));
    for (const auto& each : value.as_array()) all.push_back(contribution_from(each));
    return all;
  } catch (const std::exception&) {
    return fail(ErrorCode::corrupt, "what a service brings to the programme can not be read");
  }
}

std::string to_json(const ProgrammePrint& print) {
  json::array parts;
  for (const auto& part : print.parts) {
    json::array averages;
    for (const auto& average : part.averages)
      averages.push_back(json::object{{"finding", average.finding}, {"percent", average.percent}});
    parts.push_back(json::object{{"questionnaire", part.questionnaire},
                                 {"version", part.version},
                                 {"services", json::value_from(part.services)},
                                 {"averages", std::move(averages)}});
  }
  return json::serialize(json::object{{"format", kFormat}, {"parts", std::move(parts)}});
}

Result<ProgrammePrint> print_from_json(std::string_view text) {
  try {
    const json::value value = json::parse(json::string_view(text.data(), text.size()));
    if (value.at("format").to_number<std::int64_t>() != kFormat)
      return fail(ErrorCode::corrupt, "the print of this programme was kept by a newer program");
    ProgrammePrint print;
    for (const auto& each : value.at("parts").as_array()) print.parts.push_back(part_from(each));
    return print;
  } catch (const std::exception&) {
    return fail(ErrorCode::corrupt, "the print of this programme can not be read");
  }
}

}  // namespace perspective::release

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

json::object to_object(const History& history) {
  json::array releases;
  for (const auto& part : history.parts) releases.push_back(json::string(to_json(Release{{}, {part}})));
  json::array groups;
  for (const auto& group : history.groups)
    groups.push_back(json::object{{"releases", json::value_from(group.releases)}, {"people", group.people}});
  return {
      {"numbers", json::value_from(history.numbers)}, {"releases", std::move(releases)}, {"groups", std::move(groups)}};
}

History history_from(const json::value& value) {
  History history{.parts = {}, .numbers = json::value_to<std::vector<std::int64_t>>(value.at("numbers")), .groups = {}};
  for (const auto& each : value.at("releases").as_array()) {
    const auto release = release_from_json(json::value_to<std::string>(each));
    if (!release || release->parts.size() != 1) throw std::invalid_argument("a release");
    history.parts.push_back(release->parts.front());
  }
  for (const auto& each : value.at("groups").as_array())
    history.groups.push_back(
        {json::value_to<std::vector<std::size_t>>(each.at("releases")), each.at("people").to_number<std::int64_t>()});
  return history;
}

json::array to_array(std::span<const Contribution> contributions) {
  json::array all;
  for (const auto& each : contributions) {
    json::object shares;
    for (const auto& [finding, share] : each.shares) shares[finding] = json::array{share.count, share.base};
    all.push_back(json::object{{"questionnaire", each.questionnaire},
                               {"version", each.version},
                               {"respondents", each.respondents},
                               {"shares", std::move(shares)}});
  }
  return all;
}

std::vector<Contribution> contributions_in(const json::value& value) {
  std::vector<Contribution> all;
  for (const auto& each : value.as_array()) all.push_back(contribution_from(each));
  return all;
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

std::string to_json(std::span<const Contribution> contributions) { return json::serialize(to_array(contributions)); }

Result<std::vector<Contribution>> contributions_from_json(std::string_view text) {
  try {
    return contributions_in(json::parse(json::string_view(text.data(), text.size())));
  } catch (const std::exception&) {
    return fail(ErrorCode::corrupt, "what a service brings to the programme can not be read");
  }
}

std::string to_json(const Brought& brought) {
  json::array histories;
  for (const auto& each : brought.histories) histories.push_back(to_object(each));
  return json::serialize(json::object{{"format", kFormat},
                                      {"number", brought.number},
                                      {"contributions", to_array(brought.contributions)},
                                      {"histories", std::move(histories)}});
}

Result<Brought> brought_from_json(std::string_view text) {
  try {
    const json::value value = json::parse(json::string_view(text.data(), text.size()));
    if (value.is_array()) return Brought{.contributions = contributions_in(value)};
    if (value.at("format").to_number<std::int64_t>() != kFormat)
      return fail(ErrorCode::corrupt, "what a service brings to the programme was kept by a newer program");
    Brought brought{.number = value.at("number").to_number<std::int64_t>(),
                    .contributions = contributions_in(value.at("contributions"))};
    for (const auto& each : value.at("histories").as_array()) brought.histories.push_back(history_from(each));
    return brought;
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

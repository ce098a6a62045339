#include "inspection/release_file.h"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "base/secret.h"
#include "envelope/envelope.h"
#include "envelope/identity.h"
#include "inspection/sealing.h"

namespace perspective::inspection {
namespace {

namespace json = boost::json;

constexpr int kFormat = 1;
constexpr std::size_t kStepBytes = 8 * 1024;
constexpr std::size_t kStatementBytes = 160;   // the longest that a statement can be beside the names in it
constexpr std::size_t kShownBytes = 8 * 1024;  // for what an override gives away, whatever it is
constexpr std::size_t kIdBytes = 40;

json::string_view view(std::string_view text) { return {text.data(), text.size()}; }

std::string text_at(const json::value& value, const char* name) { return json::value_to<std::string>(value.at(name)); }

json::object object_of(const ConfirmedOverride& each) {
  json::array gives_away;
  for (const auto& [questionnaire, cell, values] : each.gives_away) {
    gives_away.push_back(
        json::object{{"questionnaire", questionnaire}, {"cell", cell}, {"values", json::value_from(values)}});
  }
  return {{"questionnaire", each.stated.questionnaire},
          {"finding", each.stated.finding},
          {"by", each.stated.by},
          {"reason", each.stated.reason},
          {"at_s", each.at_s},
          {"count", each.shown ? json::value(each.shown->count) : json::value(nullptr)},
          {"base", each.shown ? json::value(each.shown->base) : json::value(nullptr)},
          {"gives_away", std::move(gives_away)}};
}

ConfirmedOverride override_from(const json::value& value) {
  ConfirmedOverride each{.stated = {.questionnaire = text_at(value, "questionnaire"),
                                    .finding = text_at(value, "finding"),
                                    .by = text_at(value, "by"),
                                    .reason = text_at(value, "reason")},
                         .at_s = value.at("at_s").to_number<std::int64_t>()};
  const auto* const count = value.as_object().if_contains("count");
  if (count != nullptr && !count->is_null()) {
    each.shown = {each.stated.finding, count->to_number<std::int64_t>(), value.at("base").to_number<std::int64_t>()};
  }
  for (const auto& shown : value.at("gives_away").as_array()) {
    each.gives_away.push_back({text_at(shown, "questionnaire"), text_at(shown, "cell"),
                               json::value_to<std::vector<std::int64_t>>(shown.at("values"))});
  }
  return each;
}

json::array array_of(const std::vector<ConfirmedOverride>& overrides) {
  json::array array;
  for (const auto& each : overrides) array.push_back(object_of(each));
  return array;
}

json::object object_of(const FrozenRelease& frozen) {
  json::object responses;
  for (const auto& [questionnaire, ids] : frozen.responses) {
    json::array list;
    for (const auto& id : ids) list.push_back(view(to_hex(ByteView(id))));
    responses.emplace(questionnaire, std::move(list));
  }
  json::object object{{"at_s", frozen.at_s},
                      {"by", frozen.by},
                      {"release", to_json(frozen.release)},
                      {"responses", std::move(responses)},
                      {"contributions", release::to_json(frozen.contributions)}};
  if (frozen.overrides) object.emplace("overrides", array_of(*frozen.overrides));
  return object;
}

Result<FrozenRelease> frozen_from(const json::value& value) {
  FrozenRelease frozen{
      .at_s = value.at("at_s").to_number<std::int64_t>(), .by = text_at(value, "by"), .release = {}, .responses = {}};
  if (value.as_object().contains("contributions")) {
    auto contributions = release::contributions_from_json(text_at(value, "contributions"));
    if (!contributions) return std::unexpected(contributions.error());
    frozen.contributions = *std::move(contributions);
  }
  if (const auto* const overrides = value.as_object().if_contains("overrides")) {
    frozen.overrides.emplace();
    for (const auto& each : overrides->as_array()) frozen.overrides->push_back(override_from(each));
  }
  auto release = release::release_from_json(text_at(value, "release"));
  if (!release) return std::unexpected(release.error());
  frozen.release = *std::move(release);
  for (const auto& [questionnaire, ids] : value.at("responses").as_object()) {
    auto& list = frozen.responses[std::string(questionnaire)];
    for (const auto& id : ids.as_array()) {
      const auto read = envelope::id_from_hex(json::value_to<std::string>(id));
      if (!read) return std::unexpected(read.error());
      list.push_back(*read);
    }
  }
  return frozen;
}

// No less than any release of these questionnaires needs, whatever it says.
std::size_t most_bytes(const std::vector<ConfirmedOverride>& overrides) {
  std::size_t bytes = 0;
  for (const auto& each : overrides)
    bytes += 6 * (each.stated.reason.size() + each.stated.by.size()) + kStatementBytes + kShownBytes;
  return bytes;
}

std::size_t most_bytes(const ReleaseFile& file) {
  std::size_t bytes = kStepBytes + most_bytes(file.overrides);
  for (const auto& frozen : file.frozen) {
    if (frozen.overrides) bytes += most_bytes(*frozen.overrides);
    bytes += 6 * frozen.by.size() + kStatementBytes;
    for (const auto& part : frozen.release.parts) {
      bytes += kStatementBytes + part.stated_more.size() * kStatementBytes;
      for (const auto& statement : part.statements) bytes += 2 * kStatementBytes + 4 * statement.finding.size();
    }
    for (const auto& [questionnaire, ids] : frozen.responses) bytes += questionnaire.size() + kIdBytes * ids.size();
  }
  return (bytes + kStepBytes - 1) / kStepBytes * kStepBytes;
}

}  // namespace

bool ConfirmedOverride::holds_in(const release::Release& release) const {
  const auto* const part = release.part(stated.questionnaire);
  return part != nullptr && shown && std::ranges::find(part->stated_more, *shown) != part->stated_more.end();
}

std::string to_json(const ReleaseFile& file) {
  json::array frozen;
  for (const auto& each : file.frozen) frozen.push_back(object_of(each));
  return json::serialize(
      json::object{{"format", kFormat}, {"overrides", array_of(file.overrides)}, {"frozen", std::move(frozen)}});
}

Result<ReleaseFile> release_file_from(std::string_view text) {
  try {
    const json::value value = json::parse(view(text));
    if (value.at("format").to_number<int>() != kFormat) {
      return fail(ErrorCode::corrupt, "the releases of this inspection were kept by a newer program");
    }
    ReleaseFile file;
    for (const auto& each : value.at("overrides").as_array()) file.overrides.push_back(override_from(each));
    for (const auto& each : value.at("frozen").as_array()) {
      auto frozen = frozen_from(each);
      if (!frozen) return std::unexpected(frozen.error());
      file.frozen.push_back(*std::move(frozen));
    }
    return file;
  } catch (const std::exception&) {  // its text could hold a piece of them
    return fail(ErrorCode::corrupt, "the releases of this inspection can not be read");
  }
}

Result<std::string> sealed_body(const ReleaseFile& file, const protocol::Package& package) {
  const auto sealed = seal_padded(to_json(file), most_bytes(file), package);
  if (!sealed) return std::unexpected(sealed.error());
  return json::serialize(
      json::object{{"format", kFormat}, {"frozen", file.frozen.size()}, {"sealed", view(to_hex(*sealed))}});
}

Result<SealedReleases> sealed_releases_from(std::string_view body) {
  try {
    const json::value value = json::parse(view(body));
    auto sealed = from_hex(text_at(value, "sealed"));
    if (!sealed) return std::unexpected(sealed.error());
    return SealedReleases{value.at("frozen").to_number<std::int64_t>(), *std::move(sealed)};
  } catch (const std::exception&) {
    return fail(ErrorCode::corrupt, "what is kept of this inspection's releases is damaged");
  }
}

}  // namespace perspective::inspection

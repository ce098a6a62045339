#include <boost/json.hpp>
#include <optional>

#include "release/release.h"

namespace perspective::release {
namespace {

namespace json = boost::json;

constexpr std::int64_t kFormat = 1;

json::string_view view(std::string_view text) { return {text.data(), text.size()}; }

json::object to_object(const Statement& statement) {
  json::object object{{"finding", statement.finding}, {"says", view(to_text(statement.says))}};
  if (statement.whom != Whom::nobody) object["whom"] = view(to_text(statement.whom));
  if (statement.count) object["count"] = *statement.count;
  if (statement.of) object["of"] = *statement.of;
  return object;
}

json::object to_object(const Part& part) {
  json::array statements;
  for (const auto& statement : part.statements) statements.push_back(to_object(statement));
  json::array stated_more;
  for (const auto& stated : part.stated_more)
    stated_more.push_back(json::object{{"finding", stated.finding}, {"count", stated.count}, {"base", stated.base}});
  return {{"questionnaire", part.questionnaire},
          {"version", part.version},
          {"respondents", part.respondents},
          {"statements", statements},
          {"stated_more", stated_more}};
}

// Throws what Boost.JSON throws; release_from_json() catches.
std::string text_at(const json::object& object, json::string_view key) {
  return std::string(object.at(key).as_string());
}

std::optional<std::int64_t> number_at(const json::object& object, json::string_view key) {
  const auto* value = object.if_contains(key);
  if (value == nullptr) return std::nullopt;
  return value->as_int64();
}

Result<Statement> statement_from(const json::object& object) {
  Statement statement;
  statement.finding = text_at(object, "finding");
  const auto says = says_from(text_at(object, "says"));
  const auto whom = object.contains("whom") ? whom_from(text_at(object, "whom")) : Whom::nobody;
  if (!says || !whom)
    return fail(ErrorCode::corrupt, "a frozen release: '" + statement.finding + "' says what no release says");
  statement.says = *says;
  statement.whom = *whom;
  statement.count = number_at(object, "count");
  statement.of = number_at(object, "of");
  return statement;
}

Result<Part> part_from(const json::object& object) {
  Part part;
  part.questionnaire = text_at(object, "questionnaire");
  part.version = static_cast<int>(object.at("version").as_int64());
  part.respondents = object.at("respondents").as_int64();
  for (const auto& each : object.at("statements").as_array()) {
    auto statement = statement_from(each.as_object());
    if (!statement) return std::unexpected(statement.error());
    part.statements.push_back(std::move(*statement));
  }
  for (const auto& each : object.at("stated_more").as_array())
    part.stated_more.push_back(
        {text_at(each.as_object(), "finding"), each.at("count").as_int64(), each.at("base").as_int64()});
  return part;
}

}  // namespace

std::string to_json(const Release& release) {
  json::array parts;
  for (const auto& part : release.parts) parts.push_back(to_object(part));
  return json::serialize(json::object{{"format", kFormat}, {"inspection", release.inspection}, {"parts", parts}});
}

Result<Release> release_from_json(std::string_view text) try {
  const auto value = json::parse(view(text));
  if (value.at("format").as_int64() != kFormat)
    return fail(ErrorCode::corrupt, "a frozen release of a format that this program does not know");
  Release release{text_at(value.as_object(), "inspection"), {}};
  for (const auto& each : value.at("parts").as_array()) {
    auto part = part_from(each.as_object());
    if (!part) return std::unexpected(part.error());
    release.parts.push_back(std::move(*part));
  }
  return release;
} catch (const std::exception&) {
  return fail(ErrorCode::corrupt, "a frozen release can not be read: it is no JSON, or something is missing in it");
}

}  // namespace perspective::release

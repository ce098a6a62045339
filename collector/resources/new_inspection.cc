#include <boost/json.hpp>
#include <utility>

#include "protocol/limits.h"
#include "resources/admin_api.h"
#include "resources/json_body.h"

namespace perspective::resources {

namespace json = boost::json;

namespace {

std::string json_text(const json::value& value) {
  return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

Result<std::map<std::string, std::string>> catalogues(const json::object& questionnaire, std::string_view name) {
  const json::value* const value = questionnaire.if_contains(name);
  if (!value || !value->is_object()) {
    return fail(ErrorCode::invalid,
                "\"" + std::string(name) + "\" of a questionnaire must be an object: language to catalogue");
  }
  std::map<std::string, std::string> texts;
  for (const auto& [language, catalogue] : value->get_object()) texts.emplace(language, json_text(catalogue));
  return texts;
}

// May be left out: an option needs none.
Result<survey::Pictures> pictures_of(const json::object& questionnaire) {
  const json::value* const value = questionnaire.if_contains("pictures");
  if (!value) return survey::Pictures{};
  auto pictures = json::try_value_to<survey::Pictures>(*value);
  if (pictures) return *std::move(pictures);
  return fail(ErrorCode::invalid, "\"pictures\" of a questionnaire must be an object: name to SVG");
}

// Likewise: a kiosk has a voice of its own.
Result<std::vector<Bytes>> recordings_of(const json::object& questionnaire) {
  const auto wrong = [] {
    return fail(ErrorCode::invalid, "\"recordings\" of a questionnaire must be a list of hexadecimal texts");
  };
  std::vector<Bytes> recordings;
  const json::value* const value = questionnaire.if_contains("recordings");
  if (!value) return recordings;
  if (!value->is_array()) return wrong();
  for (const json::value& each : value->get_array()) {
    auto file = each.is_string() ? from_hex(std::string_view(each.get_string())) : Result<Bytes>(wrong());
    if (!file) return wrong();
    recordings.push_back(*std::move(file));
  }
  return recordings;
}

Result<inspection::NewQuestionnaire> questionnaire_of(const json::value& value) {
  const json::value* const definition = value.is_object() ? value.get_object().if_contains("definition") : nullptr;
  if (!definition)
    return fail(ErrorCode::invalid, "each of \"questionnaires\" must be an object with a \"definition\"");
  auto texts = catalogues(value.get_object(), "texts");
  if (!texts) return std::unexpected(texts.error());
  auto section = catalogues(value.get_object(), "section");
  if (!section) return std::unexpected(section.error());
  auto pictures = pictures_of(value.get_object());
  if (!pictures) return std::unexpected(pictures.error());
  auto recordings = recordings_of(value.get_object());
  if (!recordings) return std::unexpected(recordings.error());
  return inspection::NewQuestionnaire{.definition = json_text(*definition),
                                      .texts = *std::move(texts),
                                      .section = *std::move(section),
                                      .pictures = *std::move(pictures),
                                      .recordings = *std::move(recordings)};
}

Result<std::vector<inspection::NewQuestionnaire>> questionnaires_of(const json::object& body) {
  const json::value* const value = body.if_contains("questionnaires");
  if (!value || !value->is_array()) return fail(ErrorCode::invalid, "\"questionnaires\" must be a list, and is needed");
  std::vector<inspection::NewQuestionnaire> questionnaires;
  for (const json::value& one : value->get_array()) {
    auto questionnaire = questionnaire_of(one);
    if (!questionnaire) return std::unexpected(questionnaire.error());
    questionnaires.push_back(*std::move(questionnaire));
  }
  return questionnaires;
}

Result<void> read_secrets(const JsonBody& body, inspection::NewInspection& inspection) {
  auto passphrase = body.secret("passphrase");
  if (!passphrase) return std::unexpected(passphrase.error());
  auto recovery = body.secret("recovery_passphrase");
  if (!recovery) return std::unexpected(recovery.error());
  inspection.passphrase = *std::move(passphrase);
  inspection.recovery_passphrase = *std::move(recovery);
  return {};
}

}  // namespace

Result<inspection::NewInspection> read_new_inspection(ByteView bytes) {
  const auto body = JsonBody::parse(bytes);
  if (!body) return std::unexpected(body.error());
  auto id = body->text("id");
  if (!id) return std::unexpected(id.error());
  auto area = body->text("area");
  if (!area) return std::unexpected(area.error());
  auto languages = body->texts("languages");
  if (!languages) return std::unexpected(languages.error());
  const auto is_own_machine = body->flag_or("is_own_machine", true);
  if (!is_own_machine) return std::unexpected(is_own_machine.error());
  const auto smallest_batch = body->count_or("smallest_batch", protocol::kSmallestBatch);
  if (!smallest_batch) return std::unexpected(smallest_batch.error());
  auto why_no_tokens = body->text_or("why_no_tokens", {});
  if (!why_no_tokens) return std::unexpected(why_no_tokens.error());
  const auto may_ask_worker = body->flag_or("may_ask_worker", false);
  if (!may_ask_worker) return std::unexpected(may_ask_worker.error());
  const bool has_policies = body->object().contains("guardian_policies");
  auto policies = has_policies ? body->texts("guardian_policies") : std::vector<std::string>();
  if (!policies) return std::unexpected(policies.error());
  auto questionnaires = questionnaires_of(body->object());
  if (!questionnaires) return std::unexpected(questionnaires.error());
  inspection::NewInspection inspection;
  inspection.id = *std::move(id);
  inspection.area = *std::move(area);
  inspection.languages = *std::move(languages);
  inspection.is_own_machine = *is_own_machine;
  inspection.smallest_batch = *smallest_batch;
  inspection.why_no_tokens = *std::move(why_no_tokens);
  inspection.may_ask_worker = *may_ask_worker;
  inspection.guardian_policies = *std::move(policies);
  inspection.questionnaires = *std::move(questionnaires);
  if (auto read = read_secrets(*body, inspection); !read) return std::unexpected(read.error());
  return inspection;
}

}  // namespace perspective::resources

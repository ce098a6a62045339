#include <algorithm>
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

// A field that may be missing: then the place stays as it is.
template <typename Value, typename Read>
Result<void> read_if_there(const JsonBody& body, std::string_view name, Value& place, Read read) {
  if (!body.has(name)) return {};
  auto value = read(name);
  if (!value) return std::unexpected(value.error());
  place = *std::move(value);
  return {};
}

// Words and numbers that a draft may still change, into `wanted`: a NewInspection, or Changes.
template <typename Wanted>
Result<void> read_terms(const JsonBody& body, Wanted& wanted) {
  const auto text = [&body](std::string_view name) { return body.text_or(name, {}); };
  const auto flag = [&body](std::string_view name) { return body.flag_or(name, false); };
  const auto texts = [&body](std::string_view name) { return body.texts(name); };
  const auto count = [&body](std::string_view name) { return body.count_or(name, 0); };
  const auto small = [&body](std::string_view name) -> Result<int> {
    const auto number = body.count_or(name, 0);
    if (!number) return std::unexpected(number.error());
    return static_cast<int>(std::min<std::size_t>(*number, 1'000'000));
  };
  if (auto read = read_if_there(body, "languages", wanted.languages, texts); !read) return read;
  if (auto read = read_if_there(body, "is_own_machine", wanted.is_own_machine, flag); !read) return read;
  if (auto read = read_if_there(body, "smallest_batch", wanted.smallest_batch, count); !read) return read;
  if (auto read = read_if_there(body, "why_no_tokens", wanted.why_no_tokens, text); !read) return read;
  if (auto read = read_if_there(body, "may_ask_worker", wanted.may_ask_worker, flag); !read) return read;
  if (auto read = read_if_there(body, "guardian_policies", wanted.guardian_policies, texts); !read) return read;
  if (auto read = read_if_there(body, "retention_months", wanted.retention_months, small); !read) return read;
  return read_if_there(body, "guard_threshold", wanted.guard_threshold, small);
}

template <typename Dates>
Result<void> read_dates(const JsonBody& body, Dates& dates) {
  const auto text = [&body](std::string_view name) { return body.text_or(name, {}); };
  if (auto read = read_if_there(body, "fieldwork_starts", dates.fieldwork_starts, text); !read) return read;
  if (auto read = read_if_there(body, "fieldwork_ends", dates.fieldwork_ends, text); !read) return read;
  return read_if_there(body, "report_due", dates.report_due, text);
}

Result<std::vector<inspection::NewQuestionnaire>> installed_in(const JsonBody& body, const Installed& installed) {
  const auto ids = body.texts("installed");
  if (!ids) return std::unexpected(ids.error());
  const auto languages = body.texts("languages");
  if (!languages) return std::unexpected(languages.error());
  if (ids->empty()) return fail(ErrorCode::invalid, "\"installed\" names no questionnaire");
  std::vector<inspection::NewQuestionnaire> questionnaires;
  for (const auto& id : *ids) {
    auto one = installed ? installed(id, *languages) : fail(ErrorCode::not_found, "nothing is installed here");
    if (!one) return std::unexpected(one.error());
    questionnaires.push_back(*std::move(one));
  }
  return questionnaires;
}

Result<inspection::NewInspection> first_draft(const JsonBody& body, const Earlier& earlier,
                                              const Installed& installed) {
  inspection::NewInspection inspection;
  if (body.has("like")) {
    const auto like = body.text("like");
    if (!like) return std::unexpected(like.error());
    auto found = earlier ? earlier(*like) : Result<inspection::NewInspection>(std::move(inspection));
    if (!found) return found;
    inspection = *std::move(found);
  } else if (const auto languages = body.texts("languages"); !languages) {
    return std::unexpected(languages.error());
  }
  if (!body.has("like") || body.has("questionnaires") || body.has("installed")) {
    auto questionnaires = body.has("installed") ? installed_in(body, installed) : questionnaires_of(body.object());
    if (!questionnaires) return std::unexpected(questionnaires.error());
    inspection.questionnaires = *std::move(questionnaires);
  }
  return inspection;
}

}  // namespace

Result<inspection::NewInspection> read_new_inspection(ByteView bytes, const Earlier& earlier,
                                                      const Installed& installed) {
  const auto body = JsonBody::parse(bytes);
  if (!body) return std::unexpected(body.error());
  auto id = body->text("id");
  if (!id) return std::unexpected(id.error());
  auto area = body->text("area");
  if (!area) return std::unexpected(area.error());
  auto inspection = first_draft(*body, earlier, installed);
  if (!inspection) return inspection;
  inspection->id = *std::move(id);
  inspection->area = *std::move(area);
  const auto is_draft = body->flag_or("is_draft", false);
  if (!is_draft) return std::unexpected(is_draft.error());
  inspection->is_draft = *is_draft;
  if (auto read = read_terms(*body, *inspection); !read) return std::unexpected(read.error());
  if (auto read = read_dates(*body, inspection->dates); !read) return std::unexpected(read.error());
  if (auto read = read_secrets(*body, *inspection); !read) return std::unexpected(read.error());
  return inspection;
}

Result<inspection::Changes> read_changes(ByteView bytes) {
  const auto body = JsonBody::parse(bytes);
  if (!body) return std::unexpected(body.error());
  inspection::Changes changes;
  if (body->has("area")) {
    auto area = body->text("area");
    if (!area) return std::unexpected(area.error());
    changes.area = *std::move(area);
  }
  if (auto read = read_terms(*body, changes); !read) return std::unexpected(read.error());
  if (auto read = read_dates(*body, changes); !read) return std::unexpected(read.error());
  return changes;
}

}  // namespace perspective::resources

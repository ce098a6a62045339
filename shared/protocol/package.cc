#include "protocol/package.h"

#include <algorithm>
#include <boost/json.hpp>
#include <functional>
#include <stdexcept>

#include "envelope/envelope.h"
#include "protocol/limits.h"
#include "survey/questionnaire.h"
#include "survey/recording.h"
#include "survey/submission.h"

namespace perspective::protocol {
namespace {

namespace json = boost::json;

constexpr int kFormat = 1;
constexpr std::size_t kMinSaltBytes = 16;
constexpr std::size_t kReceiptKeyBytes = 32;

std::unexpected<Error> invalid(const std::string& what) { return fail(ErrorCode::invalid, "package: " + what); }

// Reading throws boost::system::system_error at the first member that is missing or of another type;
// package_from_json() catches.
std::string text_at(const json::object& object, std::string_view key) {
  return json::value_to<std::string>(object.at(key));
}

Bytes bytes_from(const json::value& value) {
  const auto bytes = from_hex(json::value_to<std::string>(value));
  if (!bytes) throw boost::system::system_error(json::make_error_code(json::error::syntax));
  return *bytes;
}

Bytes hex_at(const json::object& object, std::string_view key) { return bytes_from(object.at(key)); }

TokenTerms tokens_from(const json::object& object) {
  TokenTerms tokens;
  tokens.salt = hex_at(object, "salt");
  tokens.log2_n = json::value_to<int>(object.at("log2_n"));
  for (const json::value& hex : object.at("marks").as_array()) {
    const auto bytes = from_hex(json::value_to<std::string>(hex));
    if (!bytes || bytes->size() != sizeof(TokenMark)) throw std::invalid_argument("mark");
    std::ranges::copy(*bytes, tokens.marks.emplace_back().begin());
  }
  return tokens;
}

constexpr auto kPolicies = std::to_array<std::pair<GuardianPolicy, std::string_view>>({
    {GuardianPolicy::local, "local"},
    {GuardianPolicy::informed, "informed"},
    {GuardianPolicy::consent, "consent"},
    {GuardianPolicy::not_needed, "not-needed"},
});

// One that a later version has would otherwise be shown as something that it is not.
GuardianPolicy policy_from(const json::value& value) {
  const auto policy = guardian_policy_from(std::string_view(value.as_string()));
  if (!policy) throw std::invalid_argument("policy");
  return *policy;
}

PackedQuestionnaire questionnaire_from(const json::object& object) {
  PackedQuestionnaire packed;
  packed.definition = text_at(object, "definition");
  packed.texts = json::value_to<std::map<std::string, std::string>>(object.at("texts"));
  if (const json::value* pictures = object.if_contains("pictures")) {
    packed.pictures = json::value_to<survey::Pictures>(*pictures);
  }
  if (const json::value* recordings = object.if_contains("recordings")) {
    for (const json::value& each : recordings->as_array()) packed.recordings.push_back(bytes_from(each));
  }
  if (const json::value* policy = object.if_contains("guardian_policy")) packed.guardian_policy = policy_from(*policy);
  return packed;
}

Package read(const json::object& object) {
  Package package;
  package.inspection = text_at(object, "inspection");
  package.version = json::value_to<int>(object.at("version"));
  package.area = text_at(object, "area");
  package.languages = json::value_to<std::vector<std::string>>(object.at("languages"));
  package.is_own_machine = json::value_to<bool>(object.at("is_own_machine"));
  package.is_fieldwork_open = json::value_to<bool>(object.at("is_fieldwork_open"));
  if (const json::value* smallest = object.if_contains("smallest_batch")) {
    package.smallest_batch = json::value_to<std::size_t>(*smallest);
  }
  if (const json::value* tokens = object.if_contains("tokens")) package.tokens = tokens_from(tokens->as_object());
  if (const json::value* may_ask = object.if_contains("may_ask_worker")) package.may_ask_worker = may_ask->as_bool();
  if (const json::value* takes = object.if_contains("takes_withdrawals")) {
    package.takes_withdrawals = json::value_to<bool>(*takes);
  }
  package.salt = hex_at(object, "salt");
  package.padded_bytes = json::value_to<std::size_t>(object.at("padded_bytes"));
  package.envelope_bytes = json::value_to<std::size_t>(object.at("envelope_bytes"));
  package.inspection_certificate = text_at(object, "inspection_certificate");
  package.recovery_certificate = text_at(object, "recovery_certificate");
  package.receipt_key = hex_at(object, "receipt_key");
  for (const auto& pair : object.at("questionnaires").as_object()) {
    package.questionnaires.emplace(pair.key(), questionnaire_from(pair.value().as_object()));
  }
  return package;
}

bool is_json_object(std::string_view text) {
  json::error_code error;
  return json::parse({text.data(), text.size()}, error).is_object() && !error;
}

// It becomes a part of addresses and of file names.
bool is_plain_id(std::string_view id) {
  return !id.empty() && id.size() <= 64 && id.front() != '-' &&
         std::ranges::all_of(id, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

Result<void> check_sealing(const Package& package) {
  if (package.salt.size() < kMinSaltBytes) return invalid("the salt has less than 16 bytes");
  if (package.receipt_key.size() != kReceiptKeyBytes) return invalid("the receipt key has not 32 bytes");
  if (package.padded_bytes == 0 || package.padded_bytes % kPaddingStepBytes != 0) {
    return invalid("padded_bytes is no multiple of " + std::to_string(kPaddingStepBytes));
  }
  if (package.envelope_bytes <= package.padded_bytes || package.envelope_bytes > kMaxEnvelopeBytes) {
    return invalid("envelope_bytes is not between padded_bytes and " + std::to_string(kMaxEnvelopeBytes));
  }
  const auto inspection = envelope::Recipient::parse(package.inspection_certificate);
  if (!inspection) return in_context("package: inspection_certificate", inspection.error());
  const auto recovery = envelope::Recipient::parse(package.recovery_certificate);
  if (!recovery) return in_context("package: recovery_certificate", recovery.error());
  if (inspection->key_identifier() == recovery->key_identifier()) return invalid("both certificates are one");
  return {};
}

Result<void> check_tokens(const TokenTerms& tokens) {
  if (tokens.salt.size() < kMinSaltBytes) return invalid("the salt of the tokens has less than 16 bytes");
  if (tokens.log2_n < kLeastTokenLog2N || tokens.log2_n > kMostTokenLog2N) {
    return invalid("log2_n of the tokens is not between " + std::to_string(kLeastTokenLog2N) + " and " +
                   std::to_string(kMostTokenLog2N));
  }
  if (tokens.marks.size() > kMaxTokens) return invalid("more than " + std::to_string(kMaxTokens) + " tokens");
  if (std::ranges::adjacent_find(tokens.marks, std::ranges::greater_equal()) != tokens.marks.end()) {
    return invalid("the tokens' marks do not ascend");  // their order would tell which were issued first
  }
  return {};
}

// Whoever signed it has looked at them too; a kiosk draws nothing that it has not looked at itself.
Result<void> check_pictures(const survey::Questionnaire& questionnaire, const PackedQuestionnaire& packed) {
  for (const auto& [name, svg] : packed.pictures) {
    if (!survey::is_picture_name(name)) return invalid("questionnaire '" + questionnaire.id + "': a picture's name");
    if (const auto fault = survey::fault_of_picture(svg)) {
      return invalid("questionnaire '" + questionnaire.id + "': the picture '" + name + "' " + fault->what);
    }
  }
  for (const std::string& name : survey::picture_names(questionnaire)) {
    if (packed.pictures.contains(name)) continue;
    return invalid("questionnaire '" + questionnaire.id + "' has no picture '" + name + "'");
  }
  return {};
}

// The same of what it plays.
Result<void> check_recordings(const std::string& id, const PackedQuestionnaire& packed) {
  if (packed.recordings.size() > survey::kMaxRecordings) {
    return invalid("questionnaire '" + id + "' has more than " + std::to_string(survey::kMaxRecordings) +
                   " recordings");
  }
  for (const Bytes& file : packed.recordings) {
    if (const auto read = survey::read_recording(file); !read) {
      return invalid("questionnaire '" + id + "': a recording " + read.error().what);
    }
  }
  return {};
}

Result<survey::Questionnaire> check_questionnaire(const Package& package, const std::string& id,
                                                  const PackedQuestionnaire& packed) {
  auto questionnaire = survey::Questionnaire::parse(packed.definition);
  if (!questionnaire) return in_context("package: questionnaire '" + id + "'", questionnaire.error());
  if (questionnaire->id != id) return invalid("questionnaire '" + id + "' calls itself '" + questionnaire->id + "'");
  for (const std::string& language : package.languages) {
    const auto texts = packed.texts.find(language);
    if (texts == packed.texts.end() || !is_json_object(texts->second)) {
      return invalid("questionnaire '" + id + "' has no texts in language '" + language + "'");
    }
  }
  if (const auto checked = check_pictures(*questionnaire, packed); !checked) return std::unexpected(checked.error());
  if (const auto checked = check_recordings(id, packed); !checked) return std::unexpected(checked.error());
  return questionnaire;
}

Result<void> check_questionnaires(const Package& package) {
  if (package.questionnaires.empty()) return invalid("no questionnaire in it");
  std::vector<survey::Questionnaire> all;
  for (const auto& [id, packed] : package.questionnaires) {
    auto questionnaire = check_questionnaire(package, id, packed);
    if (!questionnaire) return std::unexpected(questionnaire.error());
    all.push_back(std::move(*questionnaire));
  }
  if (survey::longest_submission_bytes(all, package.inspection) > package.padded_bytes) {
    return invalid("padded_bytes is too small for its longest submission");
  }
  return {};
}

Result<void> check(const Package& package) {
  if (!is_plain_id(package.inspection)) return invalid("the inspection's id is not of a-z, 0-9 and -");
  if (package.version < 1) return invalid("version is less than 1");
  if (package.languages.empty()) return invalid("no language in it");
  if (package.smallest_batch < 1 || package.smallest_batch > kMaxBatchEnvelopes) {
    return invalid("smallest_batch is not between 1 and " + std::to_string(kMaxBatchEnvelopes));
  }
  if (auto checked = check_sealing(package); !checked) return checked;
  if (auto checked = package.tokens ? check_tokens(*package.tokens) : Result<void>(); !checked) return checked;
  return check_questionnaires(package);
}

}  // namespace

namespace {

json::object to_object(const TokenTerms& tokens) {
  json::array marks;
  for (const TokenMark& mark : tokens.marks) marks.emplace_back(to_hex(ByteView(mark)));
  return {{"salt", to_hex(ByteView(tokens.salt))}, {"log2_n", tokens.log2_n}, {"marks", std::move(marks)}};
}

}  // namespace

std::string_view to_text(GuardianPolicy policy) {
  return std::ranges::find(kPolicies, policy, [](const auto& row) { return row.first; })->second;
}

std::optional<GuardianPolicy> guardian_policy_from(std::string_view text) {
  const auto* const found = std::ranges::find(kPolicies, text, [](const auto& row) { return row.second; });
  return found == kPolicies.end() ? std::nullopt : std::optional(found->first);
}

std::string to_json(const Package& package) {
  json::object questionnaires;
  for (const auto& [id, packed] : package.questionnaires) {
    json::object one = {{"definition", packed.definition}, {"texts", json::value_from(packed.texts)}};
    if (!packed.pictures.empty()) one["pictures"] = json::value_from(packed.pictures);
    json::array recordings;
    for (const Bytes& file : packed.recordings) recordings.emplace_back(to_hex(file));
    if (!recordings.empty()) one["recordings"] = std::move(recordings);
    one["guardian_policy"] = to_text(packed.guardian_policy);
    questionnaires[id] = std::move(one);
  }
  json::object object = {{"format", kFormat},
                         {"inspection", package.inspection},
                         {"version", package.version},
                         {"area", package.area},
                         {"languages", json::value_from(package.languages)},
                         {"is_own_machine", package.is_own_machine},
                         {"is_fieldwork_open", package.is_fieldwork_open},
                         {"smallest_batch", package.smallest_batch},
                         {"may_ask_worker", package.may_ask_worker},
                         {"takes_withdrawals", package.takes_withdrawals},
                         {"salt", to_hex(ByteView(package.salt))},
                         {"padded_bytes", package.padded_bytes},
                         {"envelope_bytes", package.envelope_bytes},
                         {"inspection_certificate", package.inspection_certificate},
                         {"recovery_certificate", package.recovery_certificate},
                         {"receipt_key", to_hex(ByteView(package.receipt_key))},
                         {"questionnaires", std::move(questionnaires)}};
  if (package.tokens) object["tokens"] = to_object(*package.tokens);
  return json::serialize(object);
}

Result<Package> package_from_json(std::string_view text) {
  json::error_code error;
  const json::value value = json::parse({text.data(), text.size()}, error);
  if (error || !value.is_object()) return fail(ErrorCode::corrupt, "package: no JSON object");
  const json::value* format = value.get_object().if_contains("format");
  if (format == nullptr || !format->is_int64()) return fail(ErrorCode::corrupt, "package: it names no format");
  if (format->get_int64() != kFormat) {
    return fail(ErrorCode::refused, "package: format " + std::to_string(format->get_int64()) +
                                        ", this program reads 1: install the newer one");
  }
  Package package;
  try {
    package = read(value.get_object());
  } catch (const std::exception&) {
    return fail(ErrorCode::corrupt, "package: a member is missing or of another type");
  }
  if (const auto checked = check(package); !checked) return std::unexpected(checked.error());
  return package;
}

}  // namespace perspective::protocol

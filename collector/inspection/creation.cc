#include "inspection/creation.h"

#include <algorithm>
#include <set>

#include "authoring/check.h"
#include "base/random.h"
#include "envelope/envelope.h"
#include "keys/key_cabinet.h"
#include "protocol/limits.h"
#include "survey/submission.h"

namespace perspective::inspection {
namespace {

constexpr std::size_t kMaxIdBytes = 64;
constexpr std::size_t kMaxAreaBytes = 200;
constexpr std::size_t kMaxLanguageBytes = 35;  // RFC 5646
constexpr std::size_t kMaxReasonBytes = 300;
constexpr int kMaxRetentionMonths = 120;
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kSignatureBytes = 32 * 1024;  // certificates and signature, generously
constexpr std::size_t kTokenBytes = protocol::kMaxTokens * (2 * sizeof(protocol::TokenMark) + 3);  // as JSON

using Catalogues = std::map<std::string, std::string>;

// Collects mistakes, so that an inspector sees all of them at once.
class Mistakes {
 public:
  void add(const std::string& mistake) { text_ += (text_.empty() ? "" : "\n") + mistake; }
  bool is_empty() const { return text_.empty(); }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

void check_languages(const survey::Questionnaire& questionnaire, const std::vector<std::string>& languages,
                     Mistakes& mistakes) {
  for (const auto& language : languages) {
    if (std::ranges::find(questionnaire.languages, language) != questionnaire.languages.end()) continue;
    mistakes.add(questionnaire.id + ": its definition has no language '" + language + "'");
  }
}

// As `questionnaire check` says it, of the languages of the inspection. Warnings are its author's business.
bool has_errors(const NewQuestionnaire& given, const std::string& name, const std::vector<std::string>& languages,
                Mistakes& mistakes) {
  authoring::Folder folder{
      .definition = given.definition, .texts = given.texts, .section = given.section, .pictures = given.pictures};
  for (const Bytes& file : given.recordings) folder.recordings[std::to_string(folder.recordings.size() + 1)] = file;
  bool has_error = false;
  for (const auto& remark : authoring::check(folder, languages).remarks) {
    if (remark.severity != authoring::Severity::error) continue;
    mistakes.add(authoring::to_text(remark, name));
    has_error = true;
  }
  return has_error;
}

// It becomes part of a file's name.
bool is_fit_language(std::string_view tag) {
  const auto is_fit = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  };
  return !tag.empty() && tag.size() <= kMaxLanguageBytes && std::ranges::all_of(tag, is_fit);
}

void check_head(const NewInspection& inspection, Mistakes& mistakes) {
  if (!is_fit_id(inspection.id)) {
    mistakes.add(
        "the id of an inspection has 1 to 64 characters, each a to z, 0 to 9 or a hyphen, a hyphen never first");
  }
  if (inspection.area.empty() || inspection.area.size() > kMaxAreaBytes) {
    mistakes.add("the area has 1 to 200 bytes");
  }
  if (inspection.languages.empty()) mistakes.add("an inspection has at least one language");
  for (const auto& language : inspection.languages) {
    if (!is_fit_language(language)) mistakes.add("'" + language + "' is no language tag, such as 'en' or 'cy'");
  }
  const std::set<std::string> different(inspection.languages.begin(), inspection.languages.end());
  if (different.size() != inspection.languages.size()) mistakes.add("a language is named twice");
  if (inspection.smallest_batch < 1 || inspection.smallest_batch > protocol::kMaxBatchEnvelopes) {
    mistakes.add("a kiosk sends 1 to " + std::to_string(protocol::kMaxBatchEnvelopes) + " answers together");
  }
  if (inspection.why_no_tokens.size() > kMaxReasonBytes) {
    mistakes.add("the reason why there are no tokens has at most 300 bytes");
  }
  if (inspection.questionnaires.empty()) mistakes.add("an inspection has at least one questionnaire");
  if (inspection.retention_months < 1 || inspection.retention_months > kMaxRetentionMonths) {
    mistakes.add("answers are kept 1 to 120 months after publication");
  }
  if (inspection.guard_threshold != kGuardThreshold) {
    mistakes.add(
        "the guard's threshold is 5: the release rules and their auditor are made for it. Below it a count can "
        "name somebody; with a higher one no release could be frozen");
  }
  if (auto dates = check_dates(inspection.dates); !dates) mistakes.add(dates.error().what);
}

void check_passphrases(const NewInspection& inspection, Mistakes& mistakes) {
  const auto passphrases = keys::check_passphrases(inspection.passphrase.text(), inspection.recovery_passphrase.text());
  if (!passphrases) mistakes.add(passphrases.error().what);
}

// Of each questionnaire that is named in them; "": of the others.
std::map<std::string, protocol::GuardianPolicy> read_policies(const NewInspection& inspection,
                                                              const std::set<std::string>& ids, Mistakes& mistakes) {
  std::map<std::string, protocol::GuardianPolicy> policies;
  for (const auto& given : inspection.guardian_policies) {
    const auto equals = given.find('=');
    const std::string id = equals == std::string::npos ? "" : given.substr(0, equals);
    const auto policy = protocol::guardian_policy_from(equals == std::string::npos ? given : given.substr(equals + 1));
    if (!policy) {
      mistakes.add("'" + given + "' is no policy on parents and carers: one is local, informed, consent or not-needed");
    } else if (equals != std::string::npos && !ids.contains(id)) {
      mistakes.add("'" + given + "': this inspection has no questionnaire '" + id + "'");
    } else if (!policies.emplace(id, *policy).second) {
      mistakes.add("'" + given + "': there are two policies for the same");
    }
  }
  return policies;
}

protocol::GuardianPolicy policy_of(const std::map<std::string, protocol::GuardianPolicy>& policies,
                                   const std::string& id) {
  for (const auto& name : {id, std::string()}) {
    if (const auto found = policies.find(name); found != policies.end()) return found->second;
  }
  return protocol::GuardianPolicy::local;
}

Catalogues only(const Catalogues& catalogues, const std::vector<std::string>& languages) {
  Catalogues kept;
  for (const auto& language : languages) {
    if (const auto found = catalogues.find(language); found != catalogues.end()) kept.insert(*found);
  }
  return kept;
}

}  // namespace

bool is_fit_id(std::string_view id) {
  const auto is_fit = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return !id.empty() && id.front() != '-' && id.size() <= kMaxIdBytes && std::ranges::all_of(id, is_fit);
}

Result<std::vector<survey::Questionnaire>> check(const NewInspection& inspection, bool has_keys) {
  Mistakes mistakes;
  check_head(inspection, mistakes);
  if (!has_keys) check_passphrases(inspection, mistakes);
  std::vector<survey::Questionnaire> questionnaires;
  std::set<std::string> ids;
  const NewQuestionnaire* const first = inspection.questionnaires.data();
  for (const auto& given : inspection.questionnaires) {
    auto questionnaire = survey::Questionnaire::parse(given.definition);
    const std::string name = questionnaire ? questionnaire->id : "questionnaire " + std::to_string(&given - first + 1);
    if (has_errors(given, name, inspection.languages, mistakes) || !questionnaire) continue;
    if (!ids.insert(questionnaire->id).second) mistakes.add(questionnaire->id + ": it is there twice");
    check_languages(*questionnaire, inspection.languages, mistakes);
    questionnaires.push_back(std::move(*questionnaire));
  }
  read_policies(inspection, ids, mistakes);
  if (!mistakes.is_empty()) return fail(ErrorCode::invalid, mistakes.text());
  return questionnaires;
}

Result<Record> record_of(const NewInspection& inspection, const std::vector<survey::Questionnaire>& questionnaires) {
  Record record;
  auto& package = record.package;
  package.inspection = inspection.id;
  package.area = inspection.area;
  package.languages = inspection.languages;
  package.is_own_machine = inspection.is_own_machine;
  package.smallest_batch = inspection.smallest_batch;
  package.may_ask_worker = inspection.may_ask_worker;
  package.takes_withdrawals = true;
  package.salt = random_bytes(kSaltBytes);
  record.why_no_tokens = inspection.why_no_tokens;
  record.dates = inspection.dates;
  record.retention_months = inspection.retention_months;
  record.guard_threshold = inspection.guard_threshold;
  if (inspection.why_no_tokens.empty()) {
    package.tokens =
        protocol::TokenTerms{.salt = random_bytes(kSaltBytes), .log2_n = protocol::kTokenLog2N, .marks = {}};
  }
  package.padded_bytes = protocol::padded_size(survey::longest_submission_bytes(questionnaires, inspection.id));
  const auto sealed = envelope::envelope_bytes(package.padded_bytes);
  if (!sealed) return std::unexpected(sealed.error());
  if (*sealed > protocol::kMaxEnvelopeBytes) {
    return fail(ErrorCode::invalid, "an answer to these questionnaires could have " + std::to_string(*sealed) +
                                        " bytes when sealed; at most " + std::to_string(protocol::kMaxEnvelopeBytes) +
                                        " fit: ask for fewer or shorter words");
  }
  package.envelope_bytes = *sealed;
  std::set<std::string> ids;
  for (const auto& questionnaire : questionnaires) ids.insert(questionnaire.id);
  Mistakes none;  // they were checked
  const auto policies = read_policies(inspection, ids, none);
  for (std::size_t i = 0; i < questionnaires.size(); ++i) {
    const auto& given = inspection.questionnaires[i];
    const auto& id = questionnaires[i].id;
    package.questionnaires[id] = {given.definition, only(given.texts, inspection.languages), given.pictures,
                                  given.recordings, policy_of(policies, id)};
    record.chapters.push_back(id);
    record.sections[id] = only(given.section, inspection.languages);
  }
  if (protocol::to_json(package).size() + kTokenBytes + kSignatureBytes > protocol::kMaxPackageBytes) {
    return fail(ErrorCode::invalid,
                "the questionnaires, their texts, pictures and recordings are too long for a kiosk: at most 8 MiB");
  }
  return record;
}

}  // namespace perspective::inspection

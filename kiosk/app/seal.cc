#include "app/seal.h"

#include "base/secret.h"
#include "envelope/envelope.h"
#include "survey/routing.h"
#include "survey/submission.h"

namespace perspective::app {
namespace {

// Words as the collector will check them: trimmed, without control characters, within their bytes.
survey::Answers clean(const survey::Questionnaire& questionnaire, survey::Answers answers) {
  for (auto& [variable, answer] : answers) {
    auto* words = std::get_if<survey::Words>(&answer);
    const survey::Item* item = questionnaire.item(variable);
    const auto* kind = item == nullptr ? nullptr : std::get_if<survey::FreeText>(&item->kind);
    if (words != nullptr && kind != nullptr) words->text = survey::clean_text(words->text, kind->max_bytes);
  }
  return answers;
}

Result<Bytes> seal_as(const envelope::EnvelopeId& id, const visit::Visit& visit, const Inspection& inspection) {
  if (!inspection.inspection_key || !inspection.recovery_key) {
    return fail(ErrorCode::invalid, "a certificate of the package cannot be used");
  }
  const survey::Questionnaire& questionnaire = visit.questionnaire();
  survey::Submission submission;
  submission.envelope = envelope::to_hex(id);
  submission.inspection = visit.setting().inspection;
  submission.questionnaire = questionnaire.id;
  submission.version = questionnaire.version;
  submission.language = visit.settings().language;
  submission.mode = "kiosk";
  submission.answers = survey::prune(questionnaire, clean(questionnaire, visit.answers()));
  submission.absent = survey::absences(questionnaire, submission.answers, visit.reached());
  std::string plain = survey::to_json(submission);
  auto sealed =
      envelope::seal(as_bytes(plain), inspection.padded_bytes, *inspection.inspection_key, *inspection.recovery_key);
  wipe(plain.data(), plain.size());
  return sealed;
}

}  // namespace

Result<void> try_seal(const visit::Setting& setting, const Inspection& inspection) {
  const auto sealed = seal_as({}, visit::Visit(setting), inspection);
  if (!sealed) return std::unexpected(sealed.error());
  if (sealed->size() == inspection.envelope_bytes) return {};
  return fail(ErrorCode::refused, "an envelope has " + std::to_string(sealed->size()) + " bytes, the package says " +
                                      std::to_string(inspection.envelope_bytes));
}

Result<Sealed> seal_visit(const visit::Visit& visit, const Inspection& inspection) {
  const auto id = envelope::derive_id(visit.words(), inspection.salt);
  if (!id) return std::unexpected(id.error());
  auto sealed = seal_as(*id, visit, inspection);
  if (!sealed) return std::unexpected(sealed.error());
  return Sealed{.inspection = visit.setting().inspection, .id = *id, .envelope = std::move(*sealed)};
}

}  // namespace perspective::app

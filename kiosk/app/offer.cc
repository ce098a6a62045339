#include "app/offer.h"

#include <algorithm>
#include <utility>

namespace perspective::app {
namespace {

// In the inspection's order, those that questionnaire, package and kiosk all speak.
std::vector<std::string> common_languages(const protocol::Package& package, const survey::Questionnaire& questionnaire,
                                          const protocol::PackedQuestionnaire& packed, const Assets& assets) {
  std::vector<std::string> common;
  for (const std::string& language : package.languages) {
    const bool is_asked = std::ranges::find(questionnaire.languages, language) != questionnaire.languages.end();
    if (is_asked && packed.texts.contains(language) && assets.words.contains(language)) common.push_back(language);
  }
  return common;
}

Result<Questions> read_questions(const protocol::Package& package, const protocol::PackedQuestionnaire& packed,
                                 const Assets& assets) {
  auto parsed = survey::Questionnaire::parse(packed.definition);
  if (!parsed) return std::unexpected(parsed.error());
  Questions questions;
  questions.setting = {.inspection = package.inspection,
                       .questionnaire = std::make_shared<const survey::Questionnaire>(std::move(*parsed)),
                       .languages = {},
                       .is_own_machine = package.is_own_machine};
  questions.setting.languages = common_languages(package, *questions.setting.questionnaire, packed, assets);
  if (questions.setting.languages.empty()) return fail(ErrorCode::invalid, "no language that this kiosk speaks");
  for (const std::string& language : questions.setting.languages) {
    auto own = text::Catalogue::parse(packed.texts.at(language), language);
    if (!own) return std::unexpected(own.error());
    const text::Catalogue& words = assets.words.at(language);
    questions.words.emplace(language, words.with(*own));
    questions.languages.push_back({.language = language,
                                   .name = words.say("kiosk.language.name"),
                                   .heading = words.say("kiosk.language.heading")});
  }
  return questions;
}

Result<Inspection> read_inspection(const protocol::Package& package, const Assets& assets) {
  auto inspection_key = envelope::Recipient::parse(package.inspection_certificate);
  if (!inspection_key) return in_context("inspection certificate", inspection_key.error());
  auto recovery_key = envelope::Recipient::parse(package.recovery_certificate);
  if (!recovery_key) return in_context("recovery certificate", recovery_key.error());
  Inspection inspection{.area = package.area,
                        .is_open = package.is_fieldwork_open,
                        .salt = package.salt,
                        .padded_bytes = package.padded_bytes,
                        .inspection_key = std::move(*inspection_key),
                        .recovery_key = std::move(*recovery_key),
                        .questionnaires = {}};
  for (const auto& [id, packed] : package.questionnaires) {
    auto questions = read_questions(package, packed, assets);
    if (!questions) return in_context("questionnaire " + id, questions.error());
    inspection.questionnaires.emplace(id, std::move(*questions));
  }
  return inspection;
}

}  // namespace

Result<Offer> read_offer(const std::vector<protocol::Package>& packages, const Assets& assets) {
  Offer offer;
  for (const protocol::Package& package : packages) {
    auto inspection = read_inspection(package, assets);
    if (!inspection) return in_context("inspection " + package.inspection, inspection.error());
    offer.insert_or_assign(package.inspection, std::move(*inspection));
  }
  return offer;
}

std::vector<staff::Offered> offered(const Offer& offer, const std::string& language) {
  std::vector<staff::Offered> result;
  for (const auto& [name, inspection] : offer) {
    if (!inspection.is_open) continue;
    for (const auto& [id, questions] : inspection.questionnaires) {
      const auto words = questions.words.find(language);
      const auto& title =
          words == questions.words.end() ? questions.words.at(questions.setting.languages.front()) : words->second;
      result.push_back({.inspection = name, .questionnaire = id, .title = title.say("title"), .area = inspection.area});
    }
  }
  return result;
}

screen::Texts texts_of(const Questions& questions, const std::string& language) {
  return {.words = questions.words.at(language), .languages = questions.languages};
}

}  // namespace perspective::app

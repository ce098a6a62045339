#include "app/offer.h"

#include <algorithm>
#include <utility>

#include "app/seal.h"

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

using readiness::Reason;

Result<void> read_words(const protocol::Package& package, const protocol::PackedQuestionnaire& packed,
                        const Assets& assets, Questions& questions) {
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
  return {};
}

staff::Guardian guardian_of(protocol::GuardianPolicy policy) {
  switch (policy) {
    case protocol::GuardianPolicy::informed:
      return staff::Guardian::informed;
    case protocol::GuardianPolicy::consent:
      return staff::Guardian::consent;
    case protocol::GuardianPolicy::not_needed:
      return staff::Guardian::not_needed;
    case protocol::GuardianPolicy::local:
      break;
  }
  return staff::Guardian::local;
}

Questions read_questions(const protocol::Package& package, const protocol::PackedQuestionnaire& packed,
                         const Assets& assets, const Inspection& inspection) {
  Questions questions;
  questions.setting = {.inspection = package.inspection,
                       .questionnaire = nullptr,
                       .languages = {},
                       .is_own_machine = package.is_own_machine,
                       .may_ask_worker = package.may_ask_worker,
                       .asks_for_token = package.tokens.has_value()};
  questions.pictures = packed.pictures;
  questions.guardian = guardian_of(packed.guardian_policy);
  auto parsed = survey::Questionnaire::parse(packed.definition);
  if (!parsed) {
    questions.fault = Fault{Reason::words_unusable, parsed.error().what};
    return questions;
  }
  questions.setting.questionnaire = std::make_shared<const survey::Questionnaire>(std::move(*parsed));
  if (const auto read = read_words(package, packed, assets, questions); !read) {
    questions.fault = Fault{Reason::words_unusable, read.error().what};
  } else if (const auto sealed = try_seal(questions.setting, inspection); !sealed) {
    questions.fault = Fault{Reason::keys_unusable, sealed.error().what};
  }
  return questions;
}

std::optional<envelope::Recipient> recipient_of(const std::string& certificate) {
  auto parsed = envelope::Recipient::parse(certificate);
  return parsed ? std::optional(std::move(*parsed)) : std::nullopt;
}

Inspection read_inspection(const protocol::Package& package, const Assets& assets) {
  Inspection inspection{.area = package.area,
                        .is_open = package.is_fieldwork_open,
                        .takes_withdrawals = package.takes_withdrawals,
                        .salt = package.salt,
                        .tokens = package.tokens,
                        .padded_bytes = package.padded_bytes,
                        .envelope_bytes = package.envelope_bytes,
                        .inspection_key = recipient_of(package.inspection_certificate),
                        .recovery_key = recipient_of(package.recovery_certificate),
                        .questionnaires = {}};
  for (const auto& [id, packed] : package.questionnaires) {
    auto questions = read_questions(package, packed, assets, inspection);
    if (questions.fault) questions.fault->what = package.inspection + ", " + id + ": " + questions.fault->what;
    inspection.questionnaires.emplace(id, std::move(questions));
  }
  return inspection;
}

std::string title_of(const std::string& id, const Questions& questions, const std::string& language) {
  if (questions.words.empty()) return id;
  const auto words = questions.words.find(language);
  const auto& own =
      words == questions.words.end() ? questions.words.at(questions.setting.languages.front()) : words->second;
  return own.say("title");
}

}  // namespace

Offer read_offer(const std::vector<protocol::Package>& packages, const Assets& assets) {
  Offer offer;
  for (const protocol::Package& package : packages) {
    offer.insert_or_assign(package.inspection, read_inspection(package, assets));
  }
  return offer;
}

readiness::Reasons reasons_of(const Offer& offer) {
  if (offer.empty()) return {Reason::no_questionnaire};
  const bool is_over = std::ranges::none_of(offer, [](const auto& named) { return named.second.is_open; });
  return is_over ? readiness::Reasons{Reason::fieldwork_ended} : readiness::Reasons{};
}

std::vector<staff::Offered> offered(const Offer& offer, const std::string& language) {
  std::vector<staff::Offered> result;
  for (const auto& [name, inspection] : offer) {
    if (!inspection.is_open) continue;
    for (const auto& [id, questions] : inspection.questionnaires) {
      result.push_back({.inspection = name,
                        .questionnaire = id,
                        .title = title_of(id, questions, language),
                        .area = inspection.area,
                        .why_not = questions.fault ? std::optional(questions.fault->reason) : std::nullopt,
                        .guardian = questions.guardian});
    }
  }
  return result;
}

screen::Texts texts_of(const Questions& questions, const std::string& language) {
  return {.words = questions.words.at(language), .languages = questions.languages};
}

}  // namespace perspective::app

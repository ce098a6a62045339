#include "inspection/creation.h"

#include <algorithm>
#include <set>

#include "base/random.h"
#include "envelope/envelope.h"
#include "keys/key_cabinet.h"
#include "protocol/limits.h"
#include "survey/submission.h"
#include "text/catalogue.h"

namespace perspective::inspection {
namespace {

constexpr std::size_t kMaxIdBytes = 64;
constexpr std::size_t kMaxAreaBytes = 200;
constexpr std::size_t kMaxLanguageBytes = 35;  // RFC 5646
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kSignatureBytes = 32 * 1024;  // certificates and signature, generously

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

void add_item_keys(const survey::Item& item, std::vector<std::string>& keys) {
  const std::string item_key = "item." + item.variable;
  keys.push_back(item_key);
  for (const auto& option : survey::options_of(item)) keys.push_back(item_key + "." + option.id);
  for (const auto& note : item.notes) keys.push_back(note.text);
  for (const auto& word : item.words) {
    keys.push_back("word." + word);
    keys.push_back("word." + word + ".meaning");
  }
}

std::vector<std::string> without_repeats(std::vector<std::string> keys) {
  std::ranges::sort(keys);
  keys.erase(std::ranges::unique(keys).begin(), keys.end());
  return keys;
}

void check_catalogue(const std::string& place, const std::string& language, const std::string& json,
                     const std::vector<std::string>& keys, Mistakes& mistakes) {
  const auto catalogue = text::Catalogue::parse(json, language);
  if (!catalogue) return mistakes.add(place + ": " + catalogue.error().what);
  for (const auto& key : keys) {
    if (!catalogue->has(key)) mistakes.add(place + ": no text for '" + key + "'");
  }
}

void check_texts(const NewQuestionnaire& given, const survey::Questionnaire& questionnaire,
                 const std::vector<std::string>& languages, Mistakes& mistakes) {
  const auto keys = kiosk_keys(questionnaire);
  for (const auto& language : languages) {
    const auto place = questionnaire.id + ", texts in " + language;
    const auto texts = given.texts.find(language);
    if (std::ranges::find(questionnaire.languages, language) == questionnaire.languages.end()) {
      mistakes.add(questionnaire.id + ": its definition has no language '" + language + "'");
    } else if (texts == given.texts.end()) {
      mistakes.add(place + ": they are missing");
    } else {
      check_catalogue(place, language, texts->second, keys, mistakes);
    }
  }
}

// A section may be written in fewer languages than a kiosk speaks, but in one of them.
void check_section(const NewQuestionnaire& given, const survey::Questionnaire& questionnaire,
                   const std::vector<std::string>& languages, Mistakes& mistakes) {
  const auto keys = section_keys(questionnaire);
  std::size_t checked = 0;
  for (const auto& language : languages) {
    const auto section = given.section.find(language);
    if (section == given.section.end()) continue;
    check_catalogue(questionnaire.id + ", section in " + language, language, section->second, keys, mistakes);
    ++checked;
  }
  if (checked == 0) mistakes.add(questionnaire.id + ": no section catalogue in any language of the inspection");
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
  if (inspection.questionnaires.empty()) mistakes.add("an inspection has at least one questionnaire");
  const auto passphrases = keys::check_passphrases(inspection.passphrase.text(), inspection.recovery_passphrase.text());
  if (!passphrases) mistakes.add(passphrases.error().what);
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

std::vector<std::string> kiosk_keys(const survey::Questionnaire& questionnaire) {
  std::vector<std::string> keys{"title"};
  keys.insert(keys.end(), questionnaire.welcome.begin(), questionnaire.welcome.end());
  keys.insert(keys.end(), questionnaire.talk.begin(), questionnaire.talk.end());
  for (const auto& helpline : questionnaire.helplines) keys.push_back(helpline.text);
  if (questionnaire.practice) add_item_keys(*questionnaire.practice, keys);
  for (const auto& item : questionnaire.items) add_item_keys(item, keys);
  return without_repeats(std::move(keys));
}

std::vector<std::string> section_keys(const survey::Questionnaire& questionnaire) {
  std::vector<std::string> keys{"section.heading"};
  for (const auto& paragraph : questionnaire.section) {
    for (const auto& sentence : paragraph.sentences) {
      keys.push_back("section." + sentence.id);
      if (sentence.otherwise) keys.push_back("section." + *sentence.otherwise);
    }
  }
  return without_repeats(std::move(keys));
}

Result<std::vector<survey::Questionnaire>> check(const NewInspection& inspection) {
  Mistakes mistakes;
  check_head(inspection, mistakes);
  std::vector<survey::Questionnaire> questionnaires;
  std::set<std::string> ids;
  for (const auto& given : inspection.questionnaires) {
    auto questionnaire = survey::Questionnaire::parse(given.definition);
    if (!questionnaire) {
      mistakes.add(questionnaire.error().what);
      continue;
    }
    if (!ids.insert(questionnaire->id).second) mistakes.add(questionnaire->id + ": it is there twice");
    check_texts(given, *questionnaire, inspection.languages, mistakes);
    check_section(given, *questionnaire, inspection.languages, mistakes);
    questionnaires.push_back(std::move(*questionnaire));
  }
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
  package.salt = random_bytes(kSaltBytes);
  package.padded_bytes = protocol::padded_size(survey::longest_submission_bytes(questionnaires, inspection.id));
  const auto sealed = envelope::envelope_bytes(package.padded_bytes);
  if (!sealed) return std::unexpected(sealed.error());
  if (*sealed > protocol::kMaxEnvelopeBytes) {
    return fail(ErrorCode::invalid, "an answer to these questionnaires could have " + std::to_string(*sealed) +
                                        " bytes when sealed; at most " + std::to_string(protocol::kMaxEnvelopeBytes) +
                                        " fit: ask for fewer or shorter words");
  }
  package.envelope_bytes = *sealed;
  for (std::size_t i = 0; i < questionnaires.size(); ++i) {
    const auto& given = inspection.questionnaires[i];
    const auto& id = questionnaires[i].id;
    package.questionnaires[id] = {given.definition, only(given.texts, inspection.languages)};
    record.chapters.push_back(id);
    record.sections[id] = only(given.section, inspection.languages);
  }
  if (protocol::to_json(package).size() + kSignatureBytes > protocol::kMaxPackageBytes) {
    return fail(ErrorCode::invalid, "the questionnaires and their texts are too long for a kiosk: at most 8 MiB");
  }
  return record;
}

}  // namespace perspective::inspection

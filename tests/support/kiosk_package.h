// A package as the collector would sign it, from the questionnaires of assets/ (or another folder), with throw-away
// keys.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/file.h"
#include "envelope/key_pair.h"
#include "protocol/package.h"
#include "survey/submission.h"

namespace perspective::kiosk_package {

template <typename T>
T unwrapped(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().what);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

struct Keys {
  envelope::KeyPair inspection = unwrapped(envelope::make_key_pair("inspection", 1'700'000'000));
  envelope::KeyPair recovery = unwrapped(envelope::make_key_pair("recovery", 1'700'000'000));
};

inline protocol::PackedQuestionnaire packed_from(const std::filesystem::path& folder) {
  protocol::PackedQuestionnaire packed;
  packed.definition = unwrapped(read_text(folder / "definition.json"));
  for (const auto& entry : std::filesystem::directory_iterator(folder / "texts")) {
    if (entry.path().extension() == ".json") {
      packed.texts.emplace(entry.path().stem(), unwrapped(read_text(entry.path())));
    }
  }
  const auto questionnaire = unwrapped(survey::Questionnaire::parse(packed.definition));
  for (const std::string& name : survey::picture_names(questionnaire)) {
    const auto own = folder / "pictures" / (name + ".svg");
    const auto shared = folder.parent_path() / "pictures" / (name + ".svg");
    packed.pictures.emplace(name, unwrapped(read_text(std::filesystem::exists(own) ? own : shared)));
  }
  return packed;
}

inline protocol::Package package(const Keys& keys, const std::vector<std::filesystem::path>& folders,
                                 const std::string& inspection = "trial-2026") {
  protocol::Package made;
  made.inspection = inspection;
  made.area = "Trial Town";
  made.languages = {"en", "cy"};
  made.may_ask_worker = true;
  made.salt = Bytes(16, 7);
  made.inspection_certificate = keys.inspection.certificate_pem;
  made.recovery_certificate = keys.recovery.certificate_pem;
  std::vector<survey::Questionnaire> questionnaires;
  for (const auto& folder : folders) {
    auto packed = packed_from(folder);
    questionnaires.push_back(unwrapped(survey::Questionnaire::parse(packed.definition)));
    made.questionnaires.emplace(questionnaires.back().id, std::move(packed));
  }
  const std::size_t longest = survey::longest_submission_bytes(questionnaires, inspection);
  made.padded_bytes = (longest / 1024 + 1) * 1024;
  made.envelope_bytes = unwrapped(envelope::envelope_bytes(made.padded_bytes));
  return made;
}

}  // namespace perspective::kiosk_package

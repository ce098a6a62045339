#include "inspection/published.h"

#include <boost/json.hpp>

namespace perspective::inspection {
namespace {

namespace json = boost::json;
using Catalogues = std::map<std::string, std::string>;

// null for what is no JSON: no record has such.
json::value meaning_of(const std::string& text) {
  boost::system::error_code error;
  json::value value = json::parse(json::string_view(text.data(), text.size()), error);
  if (error) return nullptr;
  if (auto* const object = value.if_object()) object->erase("status");
  return value;
}

std::string differing(const std::string& folder, const Catalogues& before, const Catalogues& after) {
  for (const auto& [language, text] : before) {
    const auto found = after.find(language);
    if (found != after.end() && meaning_of(found->second) != meaning_of(text)) return folder + language + ".json";
  }
  return {};
}

std::string differing(const survey::Pictures& before, const survey::Pictures& after) {
  for (const auto& [name, svg] : after) {
    const auto found = before.find(name);
    if (found == before.end() || found->second != svg) return "pictures/" + name + ".svg";
  }
  return {};
}

// The first file of it that is another; empty: it is the same questionnaire.
std::string changed_file(const std::string& id, const Record& earlier, const Record& now) {
  const auto& before = earlier.package.questionnaires.at(id);
  const auto& after = now.package.questionnaires.at(id);
  if (meaning_of(before.definition) != meaning_of(after.definition)) return "definition.json";
  if (auto file = differing("texts/", before.texts, after.texts); !file.empty()) return file;
  const auto sections = [&](const Record& record) {
    const auto found = record.sections.find(id);
    return found == record.sections.end() ? Catalogues() : found->second;
  };
  if (auto file = differing("section/", sections(earlier), sections(now)); !file.empty()) return file;
  if (auto file = differing(before.pictures, after.pictures); !file.empty()) return file;
  const bool has_same_languages = earlier.package.languages == now.package.languages;
  return has_same_languages && before.recordings != after.recordings ? "recordings/" : "";
}

}  // namespace

Result<void> check_published(const Record& earlier, const Record& now) {
  const auto before = questionnaires_of(earlier);
  if (!before) return std::unexpected(before.error());
  const auto after = questionnaires_of(now);
  if (!after) return std::unexpected(after.error());
  for (const auto& questionnaire : *after) {
    for (const auto& published : *before) {
      if (published.id != questionnaire.id || published.version != questionnaire.version) continue;
      const std::string file = changed_file(questionnaire.id, earlier, now);
      if (file.empty()) continue;
      return fail(ErrorCode::conflict,
                  questionnaire.id + ", version " + std::to_string(questionnaire.version) +
                      ", was published in the inspection '" + earlier.package.inspection + "' with another " + file +
                      ": what was published never changes. Give it the next \"version\" in definition.json, or take "
                      "the published files");
    }
  }
  return {};
}

Result<void> check_published(store::Store& store, const Record& now) {
  const auto heads = store.inspections();
  if (!heads) return std::unexpected(heads.error());
  for (const auto& head : *heads) {
    const auto stored = store.inspection(head.id);
    if (!stored) return std::unexpected(stored.error());
    const auto earlier = record_from(stored->definition);
    if (!earlier) return std::unexpected(earlier.error());
    if (auto unchanged = check_published(*earlier, now); !unchanged) return unchanged;
  }
  return {};
}

}  // namespace perspective::inspection

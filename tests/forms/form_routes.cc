// form_routes FOLDER SEED COUNT: what is asked of people who answer by chance, by our own routing. JSON:
// {"labels": {variable: question}, "notes": [text], "people": [{"answers": {variable: text}, "asked": [variable],
// "shown": [text]}]}; answers off the route are left out.
#include <boost/json.hpp>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "authoring/catalogue_file.h"
#include "authoring/folder.h"
#include "authoring/texts_check.h"
#include "survey/routing.h"

namespace perspective {
namespace {

namespace json = boost::json;
using survey::Answers;

survey::Answer by_chance(const survey::Item& item, std::mt19937& chance) {
  if (survey::is_text(item)) return survey::Words{"some words"};
  const auto& options = survey::options_of(item);
  if (!std::holds_alternative<survey::MultipleChoice>(item.kind)) {
    return survey::Choice{options[chance() % options.size()].id};
  }
  survey::Choices chosen;
  for (const auto& option : options) {
    if (!option.is_exclusive && chance() % 2 == 0) chosen.options.push_back(option.id);
  }
  if (chosen.options.empty()) chosen.options.push_back(options[chance() % options.size()].id);
  return chosen;
}

json::object person(const survey::Questionnaire& questionnaire, const authoring::CatalogueFile& texts,
                    std::mt19937& chance) {
  Answers answers;
  for (const auto& item : questionnaire.items) {
    if (chance() % 5 != 0) answers.emplace(item.variable, by_chance(item, chance));
  }
  answers = survey::prune(questionnaire, answers);
  json::object given;
  for (const auto& [variable, answer] : answers) given[variable] = survey::value_of(answers, variable);
  json::array asked;
  json::array shown;
  for (const auto at : survey::route(questionnaire, answers)) {
    const auto& item = questionnaire.items[at];
    asked.emplace_back(item.variable);
    for (const auto* note : survey::notes_to_show(questionnaire, item, answers)) {
      shown.emplace_back(authoring::shown(questionnaire, texts, note->text));
    }
  }
  return {{"answers", std::move(given)}, {"asked", std::move(asked)}, {"shown", std::move(shown)}};
}

int run(const std::string& path, unsigned seed, int count) {
  const auto folder = authoring::read_folder(path);
  const auto questionnaire = folder ? survey::Questionnaire::parse(folder->definition)
                                    : Result<survey::Questionnaire>(fail(ErrorCode::io, ""));
  if (!questionnaire) return 1;
  authoring::Remarks ignored;
  const std::string& language = questionnaire->languages.front();
  const authoring::CatalogueFile texts("texts", language, folder->texts.at(language), ignored);
  std::mt19937 chance(seed);
  json::array people;
  json::object labels;
  json::array notes;
  for (const auto& item : questionnaire->items) {
    labels[item.variable] = authoring::shown(*questionnaire, texts, "item." + item.variable);
    for (const auto& note : item.notes) notes.emplace_back(authoring::shown(*questionnaire, texts, note.text));
  }
  for (int i = 0; i < count; ++i) people.push_back(person(*questionnaire, texts, chance));
  const json::object all{{"labels", std::move(labels)}, {"notes", std::move(notes)}, {"people", std::move(people)}};
  std::puts(json::serialize(all).c_str());
  return 0;
}

}  // namespace
}  // namespace perspective

int main(int count, char** arguments) {
  if (count != 4) return 2;
  return perspective::run(arguments[1], static_cast<unsigned>(std::atoi(arguments[2])), std::atoi(arguments[3]));
}

// The reference case (tests/fixtures/croydon-2012) and the questionnaires of assets/, for tests of tally and report.
#pragma once

#include <boost/json.hpp>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/file.h"
#include "support/source_folder.h"
#include "survey/routing.h"
#include "survey/submission.h"
#include "tally/tally.h"
#include "text/catalogue.h"

namespace perspective::reference_case {

template <typename T>
T unwrapped(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().what);
  return std::move(*result);
}

inline std::string read(const std::string& path) {
  return unwrapped(read_text(std::string(kSourceFolder) + "/" + path));
}

inline boost::json::value read_json(const std::string& path) { return boost::json::parse(read(path)); }

// A folder with a definition.json and section/<language>.json.
inline survey::Questionnaire questionnaire_in(const std::string& folder) {
  return unwrapped(survey::Questionnaire::parse(read(folder + "/definition.json")));
}
inline survey::Questionnaire questionnaire(const std::string& id) {
  return questionnaire_in("assets/questionnaires/" + id);
}
// Parsed once: tests ask for the same few hundreds of times.
inline text::Catalogue catalogue_in(const std::string& folder, const std::string& language) {
  static std::map<std::string, text::Catalogue> parsed;
  const auto path = folder + "/" + language + ".json";
  auto found = parsed.find(path);
  if (found == parsed.end())
    found = parsed.emplace(path, unwrapped(text::Catalogue::parse(read(path), language))).first;
  return found->second;
}
inline text::Catalogue phrases(const std::string& language = "en") { return catalogue_in("assets/report", language); }
inline text::Catalogue section_words_in(const std::string& folder, const std::string& language = "en") {
  return phrases(language).with(catalogue_in(folder + "/section", language));
}

inline survey::Answer answer_to(const survey::Item& item, const boost::json::value& value) {
  if (survey::is_text(item)) return survey::Words{std::string(value.as_string())};
  if (!value.is_array()) return survey::Choice{std::string(value.as_string())};
  survey::Choices choices;
  for (const auto& option : value.as_array()) choices.options.emplace_back(option.as_string());
  return choices;
}

// As the kiosk makes it: pruned, every item reached, checked.
inline survey::Submission submission_of(const survey::Questionnaire& questionnaire, survey::Answers answers) {
  survey::Submission submission;
  submission.inspection = "croydon-2012";
  submission.questionnaire = questionnaire.id;
  submission.version = questionnaire.version;
  submission.language = "en";
  submission.mode = "kiosk";
  std::set<std::size_t> reached;
  for (std::size_t i = 0; i < questionnaire.items.size(); ++i) reached.insert(i);
  submission.answers = survey::prune(questionnaire, answers);
  submission.absent = survey::absences(questionnaire, submission.answers, reached);
  if (const auto checked = survey::check(submission, questionnaire); !checked)
    throw std::runtime_error(checked.error().what);
  return submission;
}

inline survey::Answers answers_of(const survey::Questionnaire& questionnaire, const boost::json::object& answers) {
  survey::Answers all;
  for (const auto& pair : answers) {
    const auto* item = questionnaire.item(std::string(pair.key()));
    if (item == nullptr) throw std::runtime_error("no item " + std::string(pair.key()));
    all.emplace(item->variable, answer_to(*item, pair.value()));
  }
  return all;
}

// Every respondent of a responses.json to this questionnaire.
inline std::vector<survey::Submission> submissions(const survey::Questionnaire& questionnaire,
                                                   const std::string& responses) {
  std::vector<survey::Submission> all;
  const auto file = read_json(responses);
  for (const auto& respondent : file.at(questionnaire.id).as_array())
    all.push_back(submission_of(questionnaire, answers_of(questionnaire, respondent.at("answers").as_object())));
  if (all.empty()) throw std::runtime_error("no responses to " + questionnaire.id);
  return all;
}

inline tally::Tally tally_of(const survey::Questionnaire& questionnaire,
                             const std::vector<survey::Submission>& submissions) {
  tally::Columns columns(questionnaire);
  for (const auto& submission : submissions)
    if (const auto appended = columns.append(submission); !appended) throw std::runtime_error(appended.error().what);
  return tally::tally_of(columns);
}

inline constexpr auto* kResponses = "tests/fixtures/croydon-2012/responses.json";
inline constexpr auto* kFigures = "tests/fixtures/croydon-2012/figures.json";

}  // namespace perspective::reference_case

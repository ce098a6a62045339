// A draft of the section from questionnaires of assets/ and answers, owned in one place.
#pragma once

#include <algorithm>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "report/section.h"
#include "support/reference_case.h"

namespace perspective::report {

class DraftOf {
 public:
  explicit DraftOf(std::string area, std::string language = "en") : language_(std::move(language)) {
    draft_.area = std::move(area), draft_.inspection = "test";
  }

  // `folder` holds definition.json and section/<language>.json.
  DraftOf& add(const std::string& folder, const std::vector<survey::Answers>& people) {
    auto& part = parts_.emplace_back(Part{reference_case::questionnaire_in(folder), {}});
    std::vector<survey::Submission> submissions;
    for (const auto& answers : people)
      submissions.push_back(reference_case::submission_of(part.questionnaire, answers));
    part.tally = reference_case::tally_of(part.questionnaire, submissions);
    draft_.chapters.push_back({&part.questionnaire, &part.tally, reference_case::section_words_in(folder, language_)});
    return *this;
  }

  // All who answered in a responses.json; every comment whose writer consented becomes a quotation.
  DraftOf& add_responses(const std::string& folder, const std::string& responses,
                         const std::vector<std::string>& sic = {}) {
    auto& part = parts_.emplace_back(Part{reference_case::questionnaire_in(folder), {}});
    const auto submissions = reference_case::submissions(part.questionnaire, responses);
    part.tally = reference_case::tally_of(part.questionnaire, submissions);
    for (const auto& submission : submissions) quote(part.questionnaire, submission.answers, sic);
    draft_.chapters.push_back({&part.questionnaire, &part.tally, reference_case::section_words_in(folder, language_)});
    return *this;
  }

  Draft& draft() { return draft_; }
  void on_paper(std::size_t chapter, std::int64_t people) { parts_[chapter].tally.on_paper = people; }
  Document document() const { return reference_case::unwrapped(full_document(draft_, phrases())); }
  std::string section() const { return reference_case::unwrapped(full_section(draft_, phrases())); }
  std::string tally() const { return reference_case::unwrapped(full_tally(draft_, phrases())); }
  std::vector<PrintedParagraph> paragraphs(std::size_t chapter) const {
    return reference_case::unwrapped(paragraphs_of(draft_.chapters[chapter], draft_.quotations));
  }

 private:
  struct Part {
    survey::Questionnaire questionnaire;
    tally::Tally tally;
  };

  text::Catalogue phrases() const { return reference_case::phrases(language_); }

  void quote(const survey::Questionnaire& questionnaire, const survey::Answers& answers,
             const std::vector<std::string>& sic) {
    const auto& consent = questionnaire.consent;
    if (!consent || survey::value_of(answers, consent->variable) != consent->option) return;
    for (const auto& [variable, answer] : answers)
      if (const auto* words = std::get_if<survey::Words>(&answer))
        draft_.quotations.push_back(
            {questionnaire.id, variable, words->text, words->text, std::ranges::find(sic, words->text) != sic.end()});
  }

  std::string language_;
  std::deque<Part> parts_;  // chapters point into it
  Draft draft_;
};

// The reference case, as an inspector would have chosen all quotations that may be printed.
inline DraftOf croydon(const std::string& language = "en") {
  const auto figures = reference_case::read_json(reference_case::kFigures);
  std::vector<std::string> sic;
  for (const auto& words : figures.at("sic").as_array()) sic.emplace_back(words.as_string());
  DraftOf draft("Croydon", language);
  draft.draft().inspection = "croydon-2012";
  for (const std::string id : {"children-and-young-people", "victims"})
    draft.add_responses("assets/questionnaires/" + id, reference_case::kResponses, sic);
  return draft;
}

}  // namespace perspective::report

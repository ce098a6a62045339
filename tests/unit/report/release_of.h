// A draft of the release section from questionnaires of assets/ and answers, owned in one place.
#pragma once

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "draft_of.h"
#include "report/release_section.h"

namespace perspective::report {

class ReleaseOf {
 public:
  explicit ReleaseOf(std::string language = "en") : language_(std::move(language)) {
    draft_.area = "Croydon", draft_.inspection = "croydon-2012";
  }
  ReleaseOf& add(const std::string& folder, const tally::Tally& tally,
                 const std::vector<release::StatedMore>& stated_more = {}) {
    auto& part = parts_.emplace_back(Part{reference_case::questionnaire_in(folder), {}});
    part.part = release::part_of(part.questionnaire, tally);
    part.part.stated_more = stated_more;
    draft_.chapters.push_back({&part.questionnaire, &part.part, reference_case::section_words_in(folder, language_)});
    return *this;
  }
  ReleaseOf& add_people(const std::string& folder, const std::vector<survey::Answers>& people) {
    const auto questionnaire = reference_case::questionnaire_in(folder);
    std::vector<survey::Submission> submissions;
    for (const auto& answers : people) submissions.push_back(reference_case::submission_of(questionnaire, answers));
    return add(folder, reference_case::tally_of(questionnaire, submissions));
  }
  ReleaseDraft& draft() { return draft_; }
  std::string text() const {
    return reference_case::unwrapped(release_section(draft_, reference_case::phrases(language_)));
  }
  Document document() const {
    return reference_case::unwrapped(release_document(draft_, reference_case::phrases(language_)));
  }

 private:
  struct Part {
    survey::Questionnaire questionnaire;
    release::Part part;
  };
  std::string language_;
  std::deque<Part> parts_;
  ReleaseDraft draft_;
};

inline constexpr auto* kChildren = "assets/questionnaires/children-and-young-people";
inline constexpr auto* kVictims = "assets/questionnaires/victims";

inline ReleaseOf croydon_release(const std::string& language = "en") {
  ReleaseOf release(language);
  auto full = croydon(language);
  release.add(kChildren, *full.draft().chapters[0].tally).add(kVictims, *full.draft().chapters[1].tally);
  release.draft().quotations = full.draft().quotations;
  return release;
}

}  // namespace perspective::report

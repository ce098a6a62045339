// A small questionnaire with every kind of item and finding, and verbs to answer it.
#pragma once

#include <string>
#include <vector>

#include "support/reference_case.h"
#include "tally/tally.h"

namespace perspective::tally {

inline constexpr auto* kSample = R"({
  "format": 1, "id": "sample", "version": 3, "languages": ["en"],
  "items": [
    {"type": "single_choice", "variable": "colour",
     "options": [{"id": "red"}, {"id": "blue"}, {"id": "none", "base": "outside"}]},
    {"type": "scale", "variable": "mood", "options": [{"id": "low", "value": 0}, {"id": "mid", "value": 50},
     {"id": "high", "value": 100}, {"id": "pass", "base": "outside"}]},
    {"type": "multiple_choice", "variable": "pets",
     "options": [{"id": "cat"}, {"id": "dog"}, {"id": "no_pets", "base": "outside", "exclusive": true}]},
    {"type": "text", "variable": "words", "relevant": "${colour} = 'red'"}
  ],
  "findings": [
    {"id": "red", "item": "colour", "counted": ["red"]},
    {"id": "good", "item": "mood", "counted": ["mid", "high"]},
    {"id": "red_and_good", "item": "mood", "counted": ["mid", "high"], "joint_with": "red"},
    {"id": "good_in_red", "item": "mood", "counted": ["mid", "high"], "within": "red"},
    {"id": "cat_in_good_in_red", "item": "pets", "counted": ["cat"], "within": "good_in_red"},
    {"id": "cat_in_both", "item": "pets", "counted": ["cat"], "within": "red_and_good"},
    {"id": "and_dog", "item": "pets", "counted": ["dog"], "joint_with": "cat_in_good_in_red"},
    {"id": "any_pet", "item": "pets", "counted": ["cat", "dog"]}
  ],
  "section": []
})";

class Sample {
 public:
  Sample()
      : questionnaire_(reference_case::unwrapped(survey::Questionnaire::parse(kSample))), columns_(questionnaire_) {}

  // An empty text or list: skipped.
  Sample& add(const std::string& colour, const std::string& mood, std::vector<std::string> pets,
              const std::string& words = "") {
    survey::Answers answers;
    if (!colour.empty()) answers.emplace("colour", survey::Choice{colour});
    if (!mood.empty()) answers.emplace("mood", survey::Choice{mood});
    if (!pets.empty()) answers.emplace("pets", survey::Choices{std::move(pets)});
    if (!words.empty()) answers.emplace("words", survey::Words{words});
    last_ = reference_case::submission_of(questionnaire_, answers);
    if (!columns_.append(last_)) throw std::runtime_error("refused");
    return *this;
  }
  survey::Submission& last() { return last_; }
  Columns& columns() { return columns_; }
  Tally tally() const { return tally_of(columns_); }
  ItemCount item(const std::string& variable) const { return *tally().item(variable); }
  FindingCount finding(const std::string& id) const { return *tally().finding(id); }

 private:
  survey::Questionnaire questionnaire_;
  Columns columns_;
  survey::Submission last_;
};

}  // namespace perspective::tally

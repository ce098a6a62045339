// All that n people can answer to a small questionnaire, counted one by one: what the auditor's search is held against.
// Nothing of collector/release's search, kinds or said_by is used: people answer, the tally counts, the rules speak.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "release/release.h"
#include "support/reference_case.h"

namespace perspective::release {

class Everybody {
 public:
  explicit Everybody(const std::string& definition)
      : questionnaire_(reference_case::unwrapped(survey::Questionnaire::parse(definition))) {
    survey::Answers answers;
    add_people(0, answers);
  }
  const survey::Questionnaire& questionnaire() const { return questionnaire_; }
  std::size_t kinds() const { return people_.size(); }
  // So many of each kind.
  tally::Tally tally_of_each(const std::vector<std::int64_t>& of_each) const {
    std::vector<std::size_t> chosen;
    for (std::size_t kind = 0; kind < of_each.size(); ++kind)
      chosen.insert(chosen.end(), static_cast<std::size_t>(of_each[kind]), kind);
    return tally_of(chosen);
  }

  // Every choice of n of these people, in whatever order: one tally.
  void for_each_tally(std::int64_t n, const std::function<void(const tally::Tally&)>& look) const {
    std::vector<std::size_t> chosen(static_cast<std::size_t>(n), 0);
    while (true) {
      look(tally_of(chosen));
      std::size_t at = 0;
      while (at < chosen.size() && chosen[at] + 1 == people_.size()) ++at;
      if (at == chosen.size()) return;
      const auto next = chosen[at] + 1;
      for (std::size_t i = 0; i <= at; ++i) chosen[i] = next;
    }
  }

 private:
  void add_people(std::size_t item, survey::Answers& answers) {
    if (item == questionnaire_.items.size()) {
      auto submission = reference_case::submission_of(questionnaire_, answers);
      const auto is_same = [&](const auto& other) { return other.answers == submission.answers; };
      if (std::ranges::none_of(people_, is_same)) people_.push_back(std::move(submission));
      return;
    }
    add_people(item + 1, answers);
    const auto& variable = questionnaire_.items[item].variable;
    for (auto& answer : answers_to(questionnaire_.items[item])) {
      answers[variable] = std::move(answer);
      add_people(item + 1, answers);
    }
    answers.erase(variable);
  }

  static std::vector<survey::Answer> answers_to(const survey::Item& item) {
    std::vector<survey::Answer> all;
    const auto& options = survey::options_of(item);
    if (!std::holds_alternative<survey::MultipleChoice>(item.kind)) {
      for (const auto& option : options) all.emplace_back(survey::Choice{option.id});
      return all;
    }
    for (std::size_t set = 1; set < (std::size_t{1} << options.size()); ++set) {
      survey::Choices choices;
      bool has_exclusive = false;
      for (std::size_t i = 0; i < options.size(); ++i) {
        if ((set >> i & 1) == 0) continue;
        choices.options.push_back(options[i].id);
        has_exclusive = has_exclusive || options[i].is_exclusive;
      }
      if (!has_exclusive || choices.options.size() == 1) all.push_back(std::move(choices));
    }
    return all;
  }

  tally::Tally tally_of(const std::vector<std::size_t>& chosen) const {
    tally::Columns columns(questionnaire_);
    for (const auto person : chosen)
      if (!columns.append(people_[person])) throw std::runtime_error("refused");
    return tally::tally_of(columns);
  }

  survey::Questionnaire questionnaire_;
  std::vector<survey::Submission> people_;
};

// The value of a cell by its name (cells.h), out of a tally.
inline std::int64_t value_in(const tally::Tally& tally, const std::string& cell) {
  const auto after = [&](const std::string& start) {
    return cell.starts_with(start) ? cell.substr(start.size()) : std::string();
  };
  if (const auto f = after("count of "); !f.empty()) return tally.finding(f)->count;
  if (const auto f = after("not counted by "); !f.empty()) return tally.finding(f)->base - tally.finding(f)->count;
  if (const auto i = after("outside the base of "); !i.empty()) return tally.item(i)->outside;
  if (const auto i = after("no answer to "); !i.empty()) return tally.item(i)->skipped;
  if (const auto i = after("asked "); !i.empty()) return tally.respondents - tally.item(i)->not_asked;
  if (const auto b = after("base of "); !b.empty())
    return tally.item(b) != nullptr ? tally.item(b)->base : tally.finding(b)->base;
  const auto option = after("option of ");
  const auto colon = option.find(": ");
  std::int64_t sum = 0;
  for (const auto& each : tally.item(option.substr(0, colon))->options)
    if (("/" + option.substr(colon + 2) + "/").find("/" + each.option + "/") != std::string::npos) sum += each.count;
  return sum;
}

}  // namespace perspective::release

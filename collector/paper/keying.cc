#include "paper/keying.h"

#include <algorithm>
#include <set>

#include "base/secret.h"
#include "paper/reference.h"
#include "survey/routing.h"

namespace perspective::paper {
namespace {

std::vector<std::string> given_of(const survey::Answers& answers, const std::string& variable) {
  const auto found = answers.find(variable);
  if (found == answers.end()) return {};
  if (const auto* choice = std::get_if<survey::Choice>(&found->second)) return {choice->option};
  if (const auto* choices = std::get_if<survey::Choices>(&found->second)) return choices->options;
  return {std::get<survey::Words>(found->second).text};
}

// Words alone: what stands between them is how somebody broke the lines.
std::string squeezed(std::string_view text) {
  std::string words;
  bool is_between = false;
  for (const char c : text) {
    const bool is_space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!is_space && is_between && !words.empty()) words += ' ';
    is_between = is_space;
    if (!is_space) words += c;
  }
  return words;
}

bool agree(const survey::Item& item, const std::vector<std::string>& first, const std::vector<std::string>& second) {
  if (!survey::is_text(item) || first.empty() || second.empty()) return first == second;
  return squeezed(first.front()) == squeezed(second.front());
}

std::unexpected<Error> wrong(const std::string& variable, const char* what) {
  return fail(ErrorCode::invalid, "'" + variable + "' " + what);
}

Result<survey::Answer> answer_of(const survey::Item& item, const std::vector<std::string>& given) {
  if (const auto* text = std::get_if<survey::FreeText>(&item.kind)) {
    if (given.size() > 1) return wrong(item.variable, "has one text");
    if (given.front().size() > text->max_bytes) return wrong(item.variable, "is too long");
    return survey::Words{survey::clean_text(given.front(), text->max_bytes)};
  }
  if (!std::holds_alternative<survey::MultipleChoice>(item.kind)) {
    if (given.size() > 1) return wrong(item.variable, "has one answer at most");
    return survey::Choice{given.front()};
  }
  survey::Choices choices;
  const std::set<std::string> ticked(given.begin(), given.end());
  for (const auto& option : survey::options_of(item)) {
    if (ticked.contains(option.id)) choices.options.push_back(option.id);
  }
  if (choices.options.size() != ticked.size()) return wrong(item.variable, "has no such option");
  return choices;
}

Result<survey::Answers> answers_from(const survey::Questionnaire& questionnaire, const Given& given) {
  survey::Answers answers;
  for (const auto& [variable, values] : given) {
    const auto* item = questionnaire.item(variable);
    if (item == nullptr) return wrong(variable, "is no question of it");
    if (values.empty() || (values.size() == 1 && squeezed(values.front()).empty())) continue;
    auto answer = answer_of(*item, values);
    if (!answer) return std::unexpected(answer.error());
    if (auto checked = survey::check_answer(*item, *answer); !checked) return std::unexpected(checked.error());
    answers.emplace(variable, *std::move(answer));
  }
  return answers;
}

Result<survey::Submission> made_of(const survey::Questionnaire& questionnaire, const survey::Answers& answers,
                                   const Origin& origin) {
  survey::Submission submission;
  submission.envelope = origin.envelope;
  submission.inspection = origin.inspection;
  submission.questionnaire = questionnaire.id;
  submission.version = questionnaire.version;
  submission.language = origin.language;
  submission.mode = "paper";
  submission.answers = survey::prune(questionnaire, answers);
  std::set<std::size_t> all;  // who holds the form sees every question
  for (std::size_t i = 0; i < questionnaire.items.size(); ++i) all.insert(i);
  submission.absent = survey::absences(questionnaire, submission.answers, all);
  if (auto checked = survey::check(submission, questionnaire); !checked) return std::unexpected(checked.error());
  return submission;
}

bool was_asked(const survey::Submission& keyed, const std::string& variable) {
  const auto absent = keyed.absent.find(variable);
  return absent == keyed.absent.end() || absent->second != survey::Absence::not_asked;
}

// Where one alone was asked and ticked nothing, nobody has looked a second time.
bool were_both_asked(const survey::Submission& first, const survey::Submission& second, const std::string& variable) {
  return was_asked(first, variable) && was_asked(second, variable);
}

// What both agree on, and beside it what the third look says of all else.
Result<survey::Answers> answers_of_three(const survey::Questionnaire& questionnaire, const survey::Submission& first,
                                         const survey::Submission& second, const Given& third) {
  auto answers = first.answers;
  const auto looked_at = answers_from(questionnaire, third);
  if (!looked_at) return std::unexpected(looked_at.error());
  const auto take = [&](const std::string& variable) {
    answers.erase(variable);
    if (const auto found = looked_at->find(variable); found != looked_at->end()) answers.insert(*found);
  };
  for (const auto& difference : differences(questionnaire, first, second)) {
    take(questionnaire.items[difference.item].variable);
  }
  for (const auto& item : questionnaire.items) {
    if (!were_both_asked(first, second, item.variable)) take(item.variable);
  }
  return answers;
}

Result<std::string> language_of_three(const survey::Submission& first, const survey::Submission& second,
                                      const std::string& third) {
  if (first.language == second.language) return first.language;
  if (third == first.language || third == second.language) return third;
  return fail(ErrorCode::invalid, "it was typed as a form in \"" + first.language + "\" and in \"" + second.language +
                                      "\": say as \"language\" which it is");
}

}  // namespace

Result<survey::Submission> submission_of(const survey::Questionnaire& questionnaire, const Given& given,
                                         const Origin& origin) {
  const auto answers = answers_from(questionnaire, given);
  if (!answers) return std::unexpected(answers.error());
  return made_of(questionnaire, *answers, origin);
}

std::string to_text(const Keyed& keyed) { return keyed.reference + "\n" + survey::to_json(keyed.submission); }

Result<Keyed> keyed_from(std::string_view text) {
  const auto end = text.find('\n');
  const auto reference = nine_letters(text.substr(0, std::min(end, text.size())));
  if (end == std::string_view::npos || !reference) return fail(ErrorCode::corrupt, "a typed form without a reference");
  auto submission = survey::from_json(text.substr(end + 1));
  if (!submission) return std::unexpected(submission.error());
  return Keyed{*reference, *std::move(submission)};
}

std::vector<Difference> differences(const survey::Questionnaire& questionnaire, const survey::Submission& first,
                                    const survey::Submission& second) {
  std::vector<Difference> all;
  for (std::size_t i = 0; i < questionnaire.items.size(); ++i) {
    const auto& item = questionnaire.items[i];
    auto one = given_of(first.answers, item.variable);
    auto other = given_of(second.answers, item.variable);
    if (!agree(item, one, other)) all.push_back({i, std::move(one), std::move(other)});
  }
  return all;
}

Result<std::vector<std::size_t>> unasked(const survey::Questionnaire& questionnaire, const survey::Submission& first,
                                         const survey::Submission& second, const ThirdLook& third) {
  const auto answers = answers_of_three(questionnaire, first, second, third.answers);
  if (!answers) return std::unexpected(answers.error());
  std::vector<std::size_t> unasked;
  for (const auto item : survey::route(questionnaire, *answers)) {
    const auto& variable = questionnaire.items[item].variable;
    if (!third.answers.contains(variable) && !were_both_asked(first, second, variable)) unasked.push_back(item);
  }
  return unasked;
}

Result<survey::Submission> settled(const survey::Questionnaire& questionnaire, const survey::Submission& first,
                                   const survey::Submission& second, const ThirdLook& third) {
  const auto answers = answers_of_three(questionnaire, first, second, third.answers);
  if (!answers) return std::unexpected(answers.error());
  const auto all = differences(questionnaire, first, second);
  for (const auto item : survey::route(questionnaire, *answers)) {
    const auto& variable = questionnaire.items[item].variable;
    if (third.answers.contains(variable)) continue;
    if (std::ranges::find(all, item, &Difference::item) != all.end()) {
      return wrong(variable, "was typed in two ways, and is not settled");
    }
    if (!were_both_asked(first, second, variable)) {
      return wrong(variable, "is asked now, and not both were asked it: say what the form says");
    }
  }
  const auto language = language_of_three(first, second, third.language);
  if (!language) return std::unexpected(language.error());
  return made_of(questionnaire, *answers,
                 {.envelope = first.envelope, .inspection = first.inspection, .language = *language});
}

}  // namespace perspective::paper

#include "visit/visit.h"

#include <algorithm>
#include <utility>

#include "base/secret.h"
#include "survey/routing.h"
#include "text/editing.h"

namespace perspective::visit {
namespace {

void wipe_text(std::string& text) {
  wipe(text.data(), text.size());
  text.clear();
}

void wipe_answers(survey::Answers& answers) {
  for (auto& [variable, answer] : answers) {
    if (auto* words = std::get_if<survey::Words>(&answer)) wipe_text(words->text);
    if (auto* choice = std::get_if<survey::Choice>(&answer)) wipe_text(choice->option);
    if (auto* choices = std::get_if<survey::Choices>(&answer)) {
      for (std::string& option : choices->options) wipe_text(option);
    }
  }
  answers.clear();
}

}  // namespace

Visit::Visit(Setting setting) : setting_(std::move(setting)) {
  settings_.language = setting_.languages.front();
  if (setting_.languages.size() == 1) enter_yours();
}

const survey::Item* Visit::item() const {
  if (step_ == Step::practice && questionnaire().practice) return &*questionnaire().practice;
  if (step_ == Step::question) return &questionnaire().items[position_];
  return nullptr;
}

const survey::Answer* Visit::answer_to(std::string_view variable) const {
  const bool is_practice = questionnaire().practice && questionnaire().practice->variable == variable;
  const survey::Answers& where = is_practice ? practice_ : answers_;
  const auto found = where.find(variable);
  return found == where.end() ? nullptr : &found->second;
}

Writing Visit::writing() const {
  if (step_ == Step::token) return {.text = token_, .caret = std::min(caret_, token_.size())};
  const survey::Item* asked = item();
  const survey::Answer* answer = asked == nullptr ? nullptr : answer_to(asked->variable);
  const auto* words = answer == nullptr ? nullptr : std::get_if<survey::Words>(answer);
  if (words == nullptr) return {};
  return {.text = words->text, .caret = text::place_at(words->text, caret_)};
}

bool Visit::is_capital_next() const {
  if (setting_.is_withdrawal()) return has_shift_;
  const Writing now = writing();
  return text::begins_sentence(now.text, now.caret) != has_shift_;
}

bool Visit::is_answered() const {
  const survey::Item* asked = item();
  if (asked == nullptr) return false;
  const survey::Answer* answer = answer_to(asked->variable);
  if (answer == nullptr) return false;
  const auto* words = std::get_if<survey::Words>(answer);
  if (words != nullptr && setting_.is_withdrawal()) return listed(words->text) != nullptr;
  return words == nullptr || !survey::clean_text(words->text, words->text.size()).empty();
}

bool Visit::is_listening() const {
  return over_ == Over::find_switch && finding_ != Finding::offered && finding_ != Finding::ready;
}

bool Visit::has_answers() const {
  return !setting_.is_withdrawal() && !survey::prune(questionnaire(), answers_).empty();
}

// In whatever language they were given out, the person's own first.
const ListedWord* Visit::listed(std::string_view text) const {
  const std::string wanted = text::folded(survey::clean_text(text, text.size()));
  const ListedWord* found = nullptr;
  for (const auto& [language, words] : *setting_.word_lists) {
    const auto word = std::ranges::find(words, wanted, &ListedWord::folded);
    if (word != words.end() && (found == nullptr || language == settings_.language)) found = &*word;
  }
  return found;
}

std::vector<std::string> Visit::completions(std::size_t most) const {
  std::vector<std::string> found;
  const std::string begun = text::folded(writing().text);
  if (!setting_.is_withdrawal() || begun.empty()) return found;
  const auto add_from = [&](const std::vector<ListedWord>& words) {
    for (const auto& word : words) {
      if (found.size() < most && word.folded.starts_with(begun) && std::ranges::find(found, word.word) == found.end()) {
        found.push_back(word.word);
      }
    }
  };
  const auto own = setting_.word_lists->find(settings_.language);
  if (own != setting_.word_lists->end()) add_from(own->second);
  for (const auto& [language, words] : *setting_.word_lists) add_from(words);
  return found;
}

std::vector<std::string> Visit::words_given() const {
  std::vector<std::string> four;
  for (const survey::Item& asked : questionnaire().items) {
    const survey::Answer* answer = answer_to(asked.variable);
    const auto* words = answer == nullptr ? nullptr : std::get_if<survey::Words>(answer);
    const ListedWord* word = words == nullptr || !setting_.is_withdrawal() ? nullptr : listed(words->text);
    if (word != nullptr) four.push_back(word->word);
  }
  return four;
}

void Visit::finish_sending() {
  if (step_ != Step::sending) return;
  forget_answers();
  step_ = Step::thanks;
}

void Visit::forget_answers() {
  wipe_answers(answers_);
  wipe_answers(practice_);
  wipe(token_.data(), token_.size());
  token_.clear();
  reached_.clear();
}

void Visit::time_out() {
  // What is being sent is out of the person's hands; after the thanks there is nothing left to forget.
  if (step_ == Step::sending || step_ == Step::ended) return;
  forget_answers();
  if (step_ != Step::thanks) ending_ = Ending::timed_out;
  seconds_left_ = 0;
  step_ = Step::ended;
}

void Visit::fail_sending() {
  if (step_ == Step::sending) step_ = Step::problem;
}

bool Visit::can_stop() const { return step_ != Step::sending && step_ != Step::thanks && step_ != Step::ended; }

void Visit::enter_welcome(bool is_at_end) {
  const std::size_t pages = questionnaire().welcome.size();
  if (pages == 0) {
    if (is_at_end) {
      enter_yours();
    } else {
      enter_practice();
    }
    return;
  }
  step_ = Step::welcome;
  page_ = is_at_end ? pages - 1 : 0;
}

void Visit::enter_practice() {
  caret_ = kAtEnd;
  if (questionnaire().practice) {
    step_ = Step::practice;
    return;
  }
  const auto first = survey::next_on_route(questionnaire(), answers_, std::nullopt);
  if (first) {
    enter_question(*first);
  } else {
    step_ = Step::check;
  }
}

void Visit::enter_question(std::size_t position) {
  caret_ = kAtEnd;
  step_ = Step::question;
  position_ = position;
  reached_.insert(position);
}

}  // namespace perspective::visit

#include "survey/possible_answers.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <set>

#include "survey/answers.h"

namespace perspective::survey {
namespace {

std::string spelled(double number) {
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  return {digits, end};
}

class Answering {
 public:
  Answering(const Questionnaire& questionnaire, const Item& item, std::size_t limit)
      : questionnaire_(questionnaire), item_(item), limit_(limit) {}

  void note(const Mention& mention) {
    is_against_another_ = is_against_another_ || !mention.variables.empty();
    for (const auto& other : mention.variables) note_options_of(questionnaire_.item(other));
    if (mention.is_counted) return;
    texts_.insert(mention.texts.begin(), mention.texts.end());
    texts_.insert(mention.numbers.begin(), mention.numbers.end());
  }

  std::optional<std::vector<std::string>> answers() {
    if (is_text(item_)) {
      words();
    } else if (std::holds_alternative<MultipleChoice>(item_.kind)) {
      sets();
    } else {
      options();
    }
    add({});
    if (is_too_many_ || values_.size() > limit_) return std::nullopt;
    return std::move(values_);
  }

 private:
  void note_options_of(const Item* other) {
    if (other == nullptr) return;
    const auto& options = options_of(*other);
    for (const auto& option : options) texts_.insert(option.id);
    for (std::size_t i = 0; i <= options.size(); ++i) texts_.insert(std::to_string(i));  // it may be its count
  }

  void add(std::string value) {
    if (seen_.insert(value).second) values_.push_back(std::move(value));
  }

  bool is_named(const Option& option) const { return is_against_another_ || texts_.contains(option.id); }

  void options() {
    const Option* other = nullptr;
    for (const auto& option : options_of(item_)) {
      if (is_named(option)) add(option.id);
      if (!is_named(option) && other == nullptr) other = &option;
    }
    if (other != nullptr) add(other->id);
  }

  // Each set of the named options, with each number of the others.
  void sets() {
    std::vector<const Option*> named;
    std::vector<const Option*> others;
    bool has_other_exclusive = false;
    for (const auto& option : options_of(item_)) {
      if (option.is_exclusive && (is_named(option) || !has_other_exclusive)) add(option.id);
      if (option.is_exclusive) has_other_exclusive = has_other_exclusive || !is_named(option);
      if (!option.is_exclusive) (is_named(option) ? named : others).push_back(&option);
    }
    std::size_t sets = others.size() + 1;
    for (std::size_t i = 0; i < named.size() && sets <= limit_; ++i) sets *= 2;
    is_too_many_ = sets > limit_;
    if (is_too_many_) return;
    for (std::size_t set = 0; set < (std::size_t{1} << named.size()); ++set) {
      std::set<std::string> chosen;
      for (std::size_t i = 0; i < named.size(); ++i) {
        if ((set >> i & 1U) != 0) chosen.insert(named[i]->id);
      }
      add_set(chosen);
      for (const Option* other : others) {
        chosen.insert(other->id);
        add_set(chosen);
      }
    }
  }

  void add_set(const std::set<std::string>& chosen) {
    std::string joined;
    for (const auto& option : options_of(item_)) {
      if (chosen.contains(option.id)) joined += (joined.empty() ? "" : " ") + option.id;
    }
    if (!joined.empty()) add(std::move(joined));
  }

  void words() {
    std::set<double> numbers;
    for (const auto& text : texts_) {
      add_words(text);
      double number = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
      if (!text.empty() && error == std::errc() && end == text.data() + text.size()) numbers.insert(number);
    }
    const double* before = nullptr;
    for (const double& number : numbers) {
      add_words(spelled(before == nullptr ? number - 1 : (*before + number) / 2));
      add_words(spelled(number));
      before = &number;
    }
    if (before != nullptr) add_words(spelled(*before + 1));
    add_words("~");                   // words that another text may have too
    add_words("~" + item_.variable);  // and words that no other has
  }

  void add_words(const std::string& words) {
    if (!words.empty() && check_answer(item_, Words{words})) add(words);
  }

  const Questionnaire& questionnaire_;
  const Item& item_;
  std::size_t limit_;
  std::set<std::string> texts_;
  bool is_against_another_ = false;
  bool is_too_many_ = false;
  std::vector<std::string> values_;
  std::set<std::string> seen_;
};

}  // namespace

std::optional<std::vector<std::string>> possible_answers(const Questionnaire& questionnaire, const Item& item,
                                                         const std::vector<Mention>& mentions, std::size_t limit) {
  Answering answering(questionnaire, item, limit);
  for (const auto& mention : mentions) answering.note(mention);
  return answering.answers();
}

}  // namespace perspective::survey

#include "survey/answers.h"

#include <algorithm>
#include <utility>

namespace perspective::survey {
namespace {

bool is_space(char c) { return c == ' ' || c == '\n'; }

bool has_option(const std::vector<Option>& options, std::string_view id) {
  return std::ranges::any_of(options, [&](const Option& option) { return option.id == id; });
}

std::unexpected<Error> wrong(const Item& item, std::string_view what) {
  return fail(ErrorCode::invalid, "answer to " + item.variable + ": " + std::string(what));
}

Result<void> check_choices(const Item& item, const Choices& choices) {
  if (!std::holds_alternative<MultipleChoice>(item.kind)) return wrong(item, "several options where one is asked for");
  if (choices.options.empty()) return wrong(item, "no option");
  const auto& options = options_of(item);
  auto expected = options.begin();
  for (const auto& chosen : choices.options) {
    expected = std::find_if(expected, options.end(), [&](const Option& option) { return option.id == chosen; });
    if (expected == options.end()) return wrong(item, "an option unknown, twice or out of order");
    if (expected->is_exclusive && choices.options.size() > 1) return wrong(item, "an exclusive option among others");
    ++expected;
  }
  return {};
}

}  // namespace

std::string value_of(const Answers& answers, std::string_view variable) {
  const auto found = answers.find(variable);
  if (found == answers.end()) return {};
  if (const auto* choice = std::get_if<Choice>(&found->second)) return choice->option;
  if (const auto* words = std::get_if<Words>(&found->second)) return words->text;
  std::string joined;
  for (const auto& option : std::get<Choices>(found->second).options) {
    if (!joined.empty()) joined += ' ';
    joined += option;
  }
  return joined;
}

Result<void> check_answer(const Item& item, const Answer& answer) {
  if (const auto* words = std::get_if<Words>(&answer)) {
    const auto* text = std::get_if<FreeText>(&item.kind);
    if (text == nullptr) return wrong(item, "words where an option is asked for");
    if (words->text.empty()) return wrong(item, "blank words");
    if (words->text != clean_text(words->text, text->max_bytes)) return wrong(item, "words too long or not clean");
    return {};
  }
  if (const auto* choices = std::get_if<Choices>(&answer)) return check_choices(item, *choices);
  if (is_text(item) || std::holds_alternative<MultipleChoice>(item.kind)) return wrong(item, "one option only");
  if (!has_option(options_of(item), std::get<Choice>(answer).option)) return wrong(item, "an option that it has not");
  return {};
}

std::string clean_text(std::string_view text, std::size_t max_bytes) {
  std::string clean;
  clean.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    clean += (byte < 0x20 && c != '\n') || byte == 0x7f ? ' ' : c;
  }
  const auto first = std::ranges::find_if_not(clean, is_space);
  clean.erase(clean.begin(), first);
  if (clean.size() > max_bytes) {
    std::size_t end = max_bytes;
    while (end > 0 && (static_cast<unsigned char>(clean[end]) & 0xc0) == 0x80) --end;  // not inside a character
    clean.resize(end);
  }
  while (!clean.empty() && is_space(clean.back())) clean.pop_back();
  return clean;
}

}  // namespace perspective::survey

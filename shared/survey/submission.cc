#include "survey/submission.h"

#include <algorithm>
#include <boost/json.hpp>

#include "survey/routing.h"

namespace perspective::survey {
namespace {

namespace json = boost::json;

constexpr int kFormat = 1;

std::string_view name_of(Absence absence) {
  switch (absence) {
    case Absence::skipped:
      return "skipped";
    case Absence::not_asked:
      return "not_asked";
    case Absence::not_reached:
      break;
  }
  return "not_reached";
}

std::optional<Absence> absence_named(std::string_view name) {
  for (const Absence absence : {Absence::skipped, Absence::not_asked, Absence::not_reached}) {
    if (name_of(absence) == name) return absence;
  }
  return std::nullopt;
}

json::value answer_to_json(const Answer& answer) {
  if (const auto* choice = std::get_if<Choice>(&answer)) return json::string(choice->option);
  if (const auto* words = std::get_if<Words>(&answer)) return json::object{{"text", words->text}};
  json::array options;
  for (const auto& option : std::get<Choices>(answer).options) options.emplace_back(option);
  return options;
}

// Throws as value_to does: a member that this format has not may mean what we would misread.
void expect_members(const json::object& object, std::size_t count) {
  if (object.size() != count) throw boost::system::system_error(json::make_error_code(json::error::size_mismatch));
}

// Throws boost::system::system_error, as value_to and at() do; from_json() catches.
Answer answer_from_json(const json::value& value) {
  if (const auto* option = value.if_string()) return Choice{std::string(*option)};
  if (const auto* object = value.if_object()) {
    expect_members(*object, 1);
    return Words{json::value_to<std::string>(object->at("text"))};
  }
  return Choices{json::value_to<std::vector<std::string>>(value)};
}

Submission read(const json::object& object) {
  expect_members(object, 9);
  Submission submission;
  submission.envelope = json::value_to<std::string>(object.at("envelope"));
  submission.inspection = json::value_to<std::string>(object.at("inspection"));
  submission.questionnaire = json::value_to<std::string>(object.at("questionnaire"));
  submission.version = json::value_to<int>(object.at("version"));
  submission.language = json::value_to<std::string>(object.at("language"));
  submission.mode = json::value_to<std::string>(object.at("mode"));
  for (const auto& pair : object.at("answers").as_object()) {
    submission.answers.emplace(pair.key(), answer_from_json(pair.value()));
  }
  for (const auto& pair : object.at("absent").as_object()) {
    const auto absence = absence_named(json::value_to<std::string>(pair.value()));
    if (!absence) throw boost::system::system_error(json::make_error_code(json::error::syntax));
    submission.absent.emplace(pair.key(), *absence);
  }
  return submission;
}

std::unexpected<Error> not_a_submission() { return fail(ErrorCode::corrupt, "is no submission of format 1"); }

Result<void> check_absences(const Submission& submission, const Questionnaire& questionnaire) {
  const auto asked = route(questionnaire, submission.answers);
  for (std::size_t i = 0; i < questionnaire.items.size(); ++i) {
    const auto& variable = questionnaire.items[i].variable;
    const auto absence = submission.absent.find(variable);
    const bool is_answered = submission.answers.contains(variable);
    if (is_answered == (absence != submission.absent.end())) {
      return fail(ErrorCode::invalid, variable + " must be either answered or accounted for");
    }
    const bool is_asked = std::ranges::binary_search(asked, i);
    const bool follows = is_answered ? is_asked : is_asked != (absence->second == Absence::not_asked);
    if (!follows) return fail(ErrorCode::invalid, variable + " does not follow the route");
  }
  return {};
}

// The longest JSON that one item can put into answers or absent: its member name, quotation marks, colon and comma.
std::size_t longest_item_bytes(const Item& item) {
  std::size_t value = std::string_view("\"not_reached\"").size();
  if (const auto* text = std::get_if<FreeText>(&item.kind)) {
    // Each byte may need a backslash; control characters but the line feed are gone (clean_text).
    value = std::max(value, std::string_view("{\"text\":\"\"}").size() + 2 * text->max_bytes);
  }
  std::size_t every_option = 2;
  for (const Option& option : options_of(item)) {
    every_option += option.id.size() + 3;
    value = std::max(value, option.id.size() + 2);
  }
  if (std::holds_alternative<MultipleChoice>(item.kind)) value = std::max(value, every_option);
  return item.variable.size() + 4 + value;
}

}  // namespace

std::string to_json(const Submission& submission) {
  json::object answers;
  for (const auto& [variable, answer] : submission.answers) answers.emplace(variable, answer_to_json(answer));
  json::object absent;
  for (const auto& [variable, absence] : submission.absent) absent.emplace(variable, name_of(absence));
  const json::object object{{"format", kFormat},
                            {"envelope", submission.envelope},
                            {"inspection", submission.inspection},
                            {"questionnaire", submission.questionnaire},
                            {"version", submission.version},
                            {"language", submission.language},
                            {"mode", submission.mode},
                            {"answers", std::move(answers)},
                            {"absent", std::move(absent)}};
  return json::serialize(object);
}

Result<Submission> from_json(std::string_view text) {
  // The padding is of spaces and of nothing else; JSON itself would take other white space there.
  const auto end = text.find_last_not_of(' ');
  if (end == std::string_view::npos || text[end] != '}') return not_a_submission();
  boost::system::error_code error;
  const json::value value = json::parse(json::string_view(text.data(), end + 1), error);
  if (error || !value.is_object()) return not_a_submission();
  const auto* format = value.as_object().if_contains("format");
  if (format == nullptr || !format->is_int64()) return not_a_submission();
  if (format->as_int64() != kFormat) {
    return fail(ErrorCode::corrupt, "is a submission of another format than 1: a newer collector may read it");
  }
  try {
    return read(value.as_object());
  } catch (const std::exception&) {  // its text may hold an answer: not passed on
    return not_a_submission();
  }
}

Result<void> check(const Submission& submission, const Questionnaire& questionnaire) {
  if (submission.questionnaire != questionnaire.id || submission.version != questionnaire.version) {
    return fail(ErrorCode::invalid, "answers another questionnaire or version than " + questionnaire.id + " " +
                                        std::to_string(questionnaire.version));
  }
  for (const auto& [variable, answer] : submission.answers) {
    const Item* item = questionnaire.item(variable);
    if (item == nullptr) return fail(ErrorCode::invalid, "answers an item that the questionnaire has not");
    if (auto checked = check_answer(*item, answer); !checked) return checked;
  }
  for (const auto& [variable, absence] : submission.absent) {
    if (questionnaire.item(variable) == nullptr) {
      return fail(ErrorCode::invalid, "accounts for an item that the questionnaire has not");
    }
  }
  return check_absences(submission, questionnaire);
}

std::size_t longest_submission_bytes(std::span<const Questionnaire> questionnaires, std::string_view inspection) {
  std::size_t longest = 0;
  for (const Questionnaire& questionnaire : questionnaires) {
    Submission empty;
    empty.envelope = std::string(32, '0');
    empty.inspection = inspection;
    empty.questionnaire = questionnaire.id;
    empty.version = questionnaire.version;
    empty.mode = std::string(16, 'm');
    for (const auto& language : questionnaire.languages) {
      if (language.size() > empty.language.size()) empty.language = language;
    }
    std::size_t bytes = to_json(empty).size();
    for (const Item& item : questionnaire.items) bytes += longest_item_bytes(item);
    longest = std::max(longest, bytes);
  }
  return longest;
}

}  // namespace perspective::survey

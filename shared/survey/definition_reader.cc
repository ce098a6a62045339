#include "survey/definition_reader.h"

#include <boost/json.hpp>

#include "survey/json_shape.h"
#include "survey/picture.h"

namespace perspective::survey {
namespace {

Condition read_condition(const Shape& shape) {
  if (!shape.is_there()) return {};
  auto condition = Condition::parse(shape.text());
  if (condition) return *condition;
  shape.wrong("cannot be read: " + condition.error().what, "assets/README.md, \"Conditions\", lists all forms");
  return {};
}

Option read_option(const Shape& shape) {
  Option option;
  if (!shape.expect_object({"id", "base", "value", "exclusive", "picture"})) return option;
  option.id = shape.member("id").text();
  const Shape base = shape.member("base");
  if (base.is_there()) {
    option.in_base = base.text() != "outside";
    if (option.in_base)
      base.wrong("is not \"outside\"", "write \"outside\", or leave it out: then the option is inside");
  }
  if (shape.member("value").is_there()) option.value = shape.member("value").integer(-1000000, 1000000);
  option.is_exclusive = shape.member("exclusive").flag();
  const Shape picture = shape.member("picture");
  if (!picture.is_there()) return option;
  option.picture = picture.text();
  if (!option.picture.empty() && !is_picture_name(option.picture)) {
    picture.wrong("\"" + option.picture + "\" is no name of a picture", "use small letters, digits and hyphens");
    option.picture.clear();
  }
  return option;
}

FreeText read_text(const Shape& shape) {
  FreeText text;
  const Shape max_bytes = shape.member("max_bytes");
  if (max_bytes.is_there()) text.max_bytes = static_cast<std::size_t>(max_bytes.integer(1, 1000));
  const Shape options = shape.member("options");
  if (options.is_there()) options.wrong("does not belong to a text", "take it out, or choose another type");
  return text;
}

Kind read_kind(const Shape& shape) {
  const std::string type = shape.member("type").text();
  if (type == "text") return read_text(shape);
  std::vector<Option> options;
  const Shape list = shape.member("options");
  for (const auto& element : list.elements()) options.push_back(read_option(element));
  const bool is_choice = type == "single_choice" || type == "scale" || type == "multiple_choice";
  if (!is_choice) {
    if (!type.empty()) {
      shape.member("type").wrong("\"" + type + "\" is no type", "write single_choice, scale, multiple_choice or text");
    }
    return SingleChoice{std::move(options)};
  }
  const Shape max_bytes = shape.member("max_bytes");
  if (max_bytes.is_there()) max_bytes.wrong("belongs to a text only", "take it out");
  const bool is_counted = list.is_list() || !list.is_there();
  if (is_counted && options.size() < 2) list.wrong("has fewer than two options", "add options, or ask for a text");
  if (options.size() > 64) list.wrong("has more than 64 options", "ask in two items");
  if (type == "single_choice") return SingleChoice{std::move(options)};
  if (type == "scale") return Scale{std::move(options)};
  return MultipleChoice{std::move(options)};
}

Item read_item(const Shape& shape) {
  Item item;
  if (!shape.expect_object({"type", "variable", "options", "max_bytes", "relevant", "notes", "words", "theme"}))
    return item;
  item.variable = shape.member("variable").text();
  item.kind = read_kind(shape);
  item.relevant = read_condition(shape.member("relevant"));
  for (const auto& note : shape.member("notes").elements()) {
    if (!note.expect_object({"text", "when"})) continue;
    item.notes.push_back({note.member("text").text(), read_condition(note.member("when"))});
  }
  item.words = shape.member("words").texts();
  if (const Shape theme = shape.member("theme"); theme.is_there()) item.theme = theme.text();
  return item;
}

Form read_form(const Shape& shape) {
  if (!shape.is_there()) return Form::automatic;
  const std::string form = shape.text();
  if (form == "count") return Form::count;
  if (form == "count_of") return Form::count_of;
  if (form == "count_out_of") return Form::count_out_of;
  if (form == "percent") return Form::percent;
  if (form != "automatic")
    shape.wrong("\"" + form + "\" is no form", "write count, count_of, count_out_of, percent or automatic");
  return Form::automatic;
}

Finding read_finding(const Shape& shape) {
  Finding finding;
  if (!shape.expect_object({"id", "item", "counted", "within", "joint_with", "form"})) return finding;
  finding.id = shape.member("id").text();
  finding.item = shape.member("item").text();
  finding.counted = shape.member("counted").texts();
  if (finding.counted.empty()) shape.member("counted").wrong("has no option", "name those that are counted");
  finding.within = shape.member("within").optional_text();
  finding.joint_with = shape.member("joint_with").optional_text();
  finding.form = read_form(shape.member("form"));
  return finding;
}

Sentence read_sentence(const Shape& shape) {
  if (!shape.expect_object({"id", "findings", "quotes", "otherwise"})) return {};
  return {shape.member("id").text(), shape.member("findings").texts(), shape.member("quotes").texts(),
          shape.member("otherwise").optional_text()};
}

void read_results(const Shape& root, Questionnaire& questionnaire) {
  for (const auto& shape : root.member("findings").elements()) questionnaire.findings.push_back(read_finding(shape));
  for (const auto& shape : root.member("section").elements()) {
    Paragraph paragraph;
    const bool is_object = shape.expect_object({"sentences"});
    const Shape lines = shape.member("sentences");
    for (const auto& line : lines.elements()) paragraph.sentences.push_back(read_sentence(line));
    if (is_object && paragraph.sentences.empty()) lines.wrong("has no sentence", "add one, or take the paragraph out");
    questionnaire.section.push_back(std::move(paragraph));
  }
}

void read_frame(const Shape& root, Questionnaire& questionnaire) {
  const Shape consent = root.member("consent");
  if (consent.is_there() && consent.expect_object({"variable", "option"})) {
    questionnaire.consent = Consent{consent.member("variable").text(), consent.member("option").text()};
  }
  for (const auto& shape : root.member("helplines").elements()) {
    if (!shape.expect_object({"text", "number", "checked"})) continue;
    questionnaire.helplines.push_back(
        {shape.member("text").text(), shape.member("number").text(), shape.member("checked").text_or_empty()});
  }
  questionnaire.welcome = root.member("welcome").texts();
  questionnaire.talk = root.member("talk").texts();
  questionnaire.long_sentences = root.member("long_sentences").texts_by_name();
  if (root.member("practice").is_there()) questionnaire.practice = read_item(root.member("practice"));
}

}  // namespace

Questionnaire read_definition(std::string_view json, Problems& problems) {
  Questionnaire questionnaire;
  boost::system::error_code error;
  const boost::json::value document = boost::json::parse(boost::json::string_view(json.data(), json.size()), error);
  if (error) {
    problems.push_back({"", "is not JSON: " + error.message(), "correct it; nothing else can be looked at before"});
    return questionnaire;
  }
  const Shape root(&document, "", problems);
  const bool is_object =
      root.expect_object({"$schema", "format", "id", "version", "languages", "welcome", "practice", "items", "consent",
                          "helplines", "talk", "long_sentences", "findings", "section", "pooled_only"});
  if (!is_object) return questionnaire;
  root.member("format").integer(1, 1);
  questionnaire.id = root.member("id").text();
  questionnaire.version = root.member("version").integer(1, 1000000);
  questionnaire.languages = root.member("languages").texts();
  if (questionnaire.languages.empty())
    root.member("languages").wrong("has no language", "name one at least, as [\"en\"]");
  for (const auto& shape : root.member("items").elements()) questionnaire.items.push_back(read_item(shape));
  if (questionnaire.items.empty()) root.member("items").wrong("has no item", "ask something");
  questionnaire.is_pooled_only = root.member("pooled_only").flag();
  read_frame(root, questionnaire);
  read_results(root, questionnaire);
  return questionnaire;
}

}  // namespace perspective::survey

// paper key, paper settle.
#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <cstdio>
#include <map>
#include <memory>

#include "admin/command_parts.h"
#include "admin/form_questions.h"
#include "admin/paper_commands.h"
#include "admin/table.h"

namespace perspective::admin {

namespace json = boost::json;

namespace {

struct Wanted {
  std::string inspection;
  std::string questionnaire;
  std::string language;
};

struct Form {
  FormQuestions questions;
  std::string language;
};

Result<Form> questions_of(const Chosen& chosen, const Wanted& wanted) {
  const auto answer = get_object(chosen, paper_path(wanted.inspection) +
                                             "/questions?questionnaire=" + ApiClient::segment(wanted.questionnaire) +
                                             "&language=" + ApiClient::segment(wanted.language));
  if (!answer) return std::unexpected(answer.error());
  auto questionnaire = survey::Questionnaire::parse(text_of(*answer, "definition"));
  if (!questionnaire) return std::unexpected(questionnaire.error());
  const std::string language = text_of(*answer, "language");
  auto texts = text::Catalogue::parse(text_of(*answer, "texts"), language);
  if (!texts) return std::unexpected(texts.error());
  return Form{{*std::move(questionnaire), *std::move(texts)}, language};
}

using Answers = std::map<std::string, Typed, std::less<>>;

// As it is asked now: what is off the route has no answer.
bool is_asked(const survey::Item& item, const Answers& answers) {
  return item.relevant.holds([&](std::string_view variable) {
    const auto found = answers.find(variable);
    return found == answers.end() ? std::string() : value_of(found->second);
  });
}

json::value json_of(const Typed& typed, const survey::Item& item) {
  if (typed.empty()) return nullptr;
  if (std::holds_alternative<survey::MultipleChoice>(item.kind)) return json::value_from(typed);
  return json::value(typed.front());
}

json::object json_of(const Answers& answers, const survey::Questionnaire& questionnaire) {
  json::object all;
  for (const auto& [variable, typed] : answers) all[variable] = json_of(typed, *questionnaire.item(variable));
  return all;
}

Result<Answers> ask_all(const FormQuestions& questions) {
  Answers answers;
  const auto& items = questions.questionnaire.items;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!is_asked(items[i], answers)) continue;
    std::fprintf(stderr, "\n%s\n", as_asked(questions, i).c_str());
    auto typed = ask_item(questions, i);
    if (!typed) return std::unexpected(typed.error());
    answers[items[i].variable] = *std::move(typed);
  }
  return answers;
}

Result<void> key(const Chosen& chosen, const Wanted& wanted) {
  const auto form = questions_of(chosen, wanted);
  if (!form) return std::unexpected(form.error());
  std::fputs(
      "Type what stands on the form, as it stands there. \"stop\" keeps nothing; where words are asked for it is a "
      "word, "
      "and Ctrl-D stops.\n",
      stderr);
  const auto reference = ask_line("Letters of the form, at the foot of its pages: ");
  if (!reference) return std::unexpected(reference.error());
  const auto token = ask_line("Token on the cover (empty: there is none, or somebody has keyed it): ");
  if (!token) return std::unexpected(token.error());
  const auto answers = ask_all(form->questions);
  if (!answers) return std::unexpected(answers.error());
  json::object body{{"reference", *reference},
                    {"questionnaire", form->questions.questionnaire.id},
                    {"language", form->language},
                    {"answers", json_of(*answers, form->questions.questionnaire)}};
  if (!token->empty()) body["token"] = *token;
  const auto kept = post_object(chosen, paper_path(wanted.inspection) + "/keyings", body);
  if (!kept) return std::unexpected(kept.error());
  print_line(number_of(*kept, "keyed") == 1
                 ? "Kept, sealed. Somebody else keys the same form once more: take its cover off first, and destroy it."
                 : "Kept, sealed. Two people have keyed it now: perspective-collector paper settle " +
                       wanted.inspection);
  std::fprintf(
      stderr,
      "Did its writer say that they or somebody else are not safe? Tell an inspector now: an alarm counts this form "
      "only after two working days.\n");
  return {};
}

std::unexpected<Error> unreadable() { return fail(ErrorCode::corrupt, "the collector's answer cannot be read"); }

Result<Typed> third_look(const FormQuestions& questions, std::size_t item, const json::object& difference) {
  const Typed first = texts_of(difference, "first");
  const Typed second = texts_of(difference, "second");
  std::fprintf(stderr, "\n%s\n   a: %s\n   b: %s\n", as_asked(questions, item).c_str(),
               in_words(questions, item, first).c_str(), in_words(questions, item, second).c_str());
  for (;;) {
    const auto line = ask_line("   What does the form say? a, b, or c for something else: ");
    if (!line) return std::unexpected(line.error());
    if (*line == "a") return first;
    if (*line == "b") return second;
    if (*line == "c") return ask_item(questions, item);
  }
}

// In which language the form is, where the two said different ones; empty: they agree.
Result<std::string> third_language(const json::object& form) {
  const auto said = texts_of(form, "languages");
  if (said.size() < 2 || said.front() == said.back()) return std::string();
  for (;;) {
    auto line = ask_line("   In which language is the form? a: " + printable(said.front()) +
                         ", b: " + printable(said.back()) + "; a or b: ");
    if (!line) return line;
    if (*line == "a") return said.front();
    if (*line == "b") return said.back();
  }
}

// What the third look opens beside what the two were asked is asked as well, until nothing is left.
Result<json::object> settled_by(const Chosen& chosen, const std::string& inspection, const FormQuestions& questions,
                                json::object body, Answers answers) {
  for (;;) {
    body["answers"] = json_of(answers, questions.questionnaire);
    auto done = post_object(chosen, paper_path(inspection) + "/settlements", body);
    if (!done) return done;
    const auto asks = numbers_of(*done, "asks");
    if (asks.empty()) return done;
    for (const auto number : asks) {
      const auto item = static_cast<std::size_t>(number) - 1;
      if (item >= questions.questionnaire.items.size()) return unreadable();
      std::fprintf(stderr, "\nNobody was asked this one.\n%s\n", as_asked(questions, item).c_str());
      auto typed = ask_item(questions, item);
      if (!typed) return std::unexpected(typed.error());
      answers[questions.questionnaire.items[item].variable] = *std::move(typed);
    }
  }
}

Result<void> settle_one(const Chosen& chosen, const std::string& inspection, const json::object& form) {
  const std::string reference = printable(text_of(form, "reference"));
  if (flag_of(form, "is_keyed_by_you")) {
    print_line("Form " + reference + ": you keyed it; a third person settles it.");
    return {};
  }
  std::fprintf(stderr, "\nForm %s: take it out and look at it.\n", reference.c_str());
  const auto language = third_language(form);
  if (!language) return std::unexpected(language.error());
  const auto asked = questions_of(
      chosen, {inspection, text_of(form, "questionnaire"), language->empty() ? text_of(form, "language") : *language});
  if (!asked) return std::unexpected(asked.error());
  const auto& questionnaire = asked->questions.questionnaire;
  Answers answers;
  for (const auto& difference : list_of(form, "differences")) {
    const auto item = static_cast<std::size_t>(number_of(difference, "number")) - 1;
    if (item >= questionnaire.items.size()) return unreadable();
    auto typed = third_look(asked->questions, item, difference);
    if (!typed) return std::unexpected(typed.error());
    answers[questionnaire.items[item].variable] = *std::move(typed);
  }
  json::object body{{"reference", text_of(form, "reference")}};
  if (!language->empty()) body["language"] = *language;
  const auto done = settled_by(chosen, inspection, asked->questions, std::move(body), std::move(answers));
  if (!done) return std::unexpected(done.error());
  print_line("Form " + reference +
             (number_of(*done, "counted") == 1 ? ": settled, and counted."
                                               : ": its person has taken it back; it is not counted. Destroy it."));
  return {};
}

Result<void> settle(const Chosen& chosen, const Wanted& wanted) {
  const std::string path = paper_path(wanted.inspection);
  const auto agreed = post_object(chosen, path + "/settlements", json::object{});
  if (!agreed) return std::unexpected(agreed.error());
  print_line(std::to_string(number_of(*agreed, "counted")) + " on which both agreed: counted.");
  const auto standing = get_keyed_forms(chosen, wanted.inspection);
  if (!standing) return std::unexpected(standing.error());
  for (const auto& form : list_of(*standing, "forms")) {
    const bool has_two = texts_of(form, "keyed_by").size() == 2;
    if (!has_two || flag_of(form, "is_agreed") || !flag_of(form, "is_of_one_questionnaire")) continue;
    if (auto done = settle_one(chosen, wanted.inspection, form); !done) return done;
  }
  return show_keyed_forms(chosen, wanted.inspection, false);
}

void add_key(CLI::App& paper, Chosen& chosen) {
  auto* const command = paper.add_subcommand("key", "Key in a form, question by question; two people do, each alone");
  const auto wanted = std::make_shared<Wanted>();
  command->add_option("ID", wanted->inspection, "The inspection")->required();
  command->add_option("--questionnaire", wanted->questionnaire, "Which of its questionnaires, where it has several");
  command->add_option("--language", wanted->language, "Of the form; else the first of the inspection");
  command->footer(
      "Asks for the letters of the form and the token on its cover, then for each question that is to be answered. "
      "Options go\nby their numbers on the form. Nothing is kept until the last answer; then all of it, sealed. It "
      "needs "
      "no unlocked\ninspection, and shows nothing that others keyed.\n\n"
      "Example:\n  perspective-collector paper key croydon-2012 --questionnaire victims");
  command->callback([&chosen, wanted] { chosen.run = [&chosen, wanted] { return key(chosen, *wanted); }; });
}

void add_settle(CLI::App& paper, Chosen& chosen) {
  auto* const command =
      paper.add_subcommand("settle", "Count what two people keyed alike; look a third time where they differ");
  const auto wanted = std::make_shared<Wanted>();
  command->add_option("ID", wanted->inspection, "The inspection, unlocked")->required();
  command->footer(
      "Shows both, and asks what the form says; of forms that you keyed yourself somebody else does that. Have the "
      "forms at hand. A form is counted once, also where the "
      "collector "
      "is\nkilled meanwhile: settle again.\n\nExample:\n  perspective-collector paper settle croydon-2012");
  command->callback([&chosen, wanted] { chosen.run = [&chosen, wanted] { return settle(chosen, *wanted); }; });
}

}  // namespace

void add_keying_commands(CLI::App& paper, Chosen& chosen) {
  add_key(paper, chosen);
  add_settle(paper, chosen);
}

}  // namespace perspective::admin

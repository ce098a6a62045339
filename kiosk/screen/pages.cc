#include "screen/pages.h"

#include <algorithm>
#include <array>

#include "survey/routing.h"

namespace perspective::screen {

using visit::Visit;

void write_languages(Writer& writer, const Visit& visit, const Texts& texts) {
  int number = 0;
  for (const LanguageName& each : texts.languages) {
    ++number;
    writer.add({.id = number == 1 ? "heading" : "heading." + std::to_string(number),
                .role = Role::heading,
                .label = each.heading,
                .language = each.language});
  }
  for (const LanguageName& each : texts.languages) {
    writer.add({.id = "language." + each.language,
                .role = Role::button,
                .label = each.name,
                .look = Look::primary,
                .language = each.language,
                .action = visit::ChooseLanguage{each.language}});
  }
  if (visit.over()) writer.button("close", "kiosk.button.close", Place::foot, Look::quiet, visit::Close{});
}

void write_welcome(Writer& writer, const Visit& visit) {
  const auto& pages = visit.questionnaire().welcome;
  const text::Arguments arguments = {{"page", static_cast<std::int64_t>(visit.page() + 1)},
                                     {"pages", static_cast<std::int64_t>(pages.size())}};
  writer.add({.id = "progress", .role = Role::progress, .label = writer.say("kiosk.welcome.progress", arguments)});
  writer.heading("kiosk.welcome.heading");
  std::string key = pages[visit.page()];
  // A machine of the service's own promises less.
  if (!visit.setting().is_own_machine && writer.has(key + ".service")) key += ".service";
  writer.paragraphs("text", Role::paragraph, key);
  writer.button("back", "kiosk.button.back", Place::foot, Look::quiet, visit::Back{});
  writer.button("next", "kiosk.button.next", Place::foot, Look::primary, visit::Next{});
}

namespace {

std::string words_of(const Writer& writer, const survey::Item& item, const survey::Answer& answer) {
  const std::string key = "item." + item.variable + ".";
  if (const auto* choice = std::get_if<survey::Choice>(&answer)) return writer.say(key + choice->option);
  if (const auto* words = std::get_if<survey::Words>(&answer)) return words->text;
  std::vector<std::string> chosen;
  for (const std::string& option : std::get<survey::Choices>(answer).options)
    chosen.push_back(writer.say(key + option));
  return text::joined(chosen, "; ", "; ");
}

void write_answer(Writer& writer, const survey::Item& item, const survey::Answers& answers) {
  const auto answer = answers.find(item.variable);
  const std::string question = writer.say("item." + item.variable);
  const std::string value =
      answer == answers.end() ? writer.say("kiosk.check.skipped") : words_of(writer, item, answer->second);
  writer.add({.id = "answer." + item.variable,
              .role = Role::summary,
              .label = question,
              .spoken = writer.spoken("item." + item.variable) + " " + value,
              .value = value});
  Item& change = writer.button("change." + item.variable, "kiosk.check.change", Place::content, Look::quiet,
                               visit::Change{item.variable});
  change.spoken = writer.spoken("kiosk.check.change_question", {{"question", writer.spoken("item." + item.variable)}});
}

}  // namespace

void write_check(Writer& writer, const Visit& visit) {
  writer.heading("kiosk.check.heading");
  writer.paragraphs("text", Role::paragraph, "kiosk.check.text");
  const auto answers = survey::prune(visit.questionnaire(), visit.answers());
  for (const std::size_t position : survey::route(visit.questionnaire(), answers)) {
    write_answer(writer, visit.questionnaire().items[position], answers);
  }
  writer.button("back", "kiosk.button.back", Place::foot, Look::quiet, visit::Back{});
  Item& send = writer.button("send", "kiosk.button.send", Place::foot, Look::primary, visit::Send{});
  const auto asked = visit.questionnaire().items.size();
  send.enabled = !visit.setting().is_withdrawal() || visit.words_given().size() == asked;
}

void write_stop(Writer& writer, const Visit& visit) {
  writer.heading("kiosk.stop.heading");
  writer.paragraphs("text", Role::paragraph, visit.has_answers() ? "kiosk.stop.text" : "kiosk.stop.nothing");
  if (!visit.setting().is_withdrawal()) {
    writer.button("stop.send", "kiosk.stop.send", Place::content, Look::plain, visit::Send{}).enabled =
        visit.has_answers();
  }
  // Both look the same: nobody who watches from afar is to learn which was pressed.
  writer.button("stop.delete", "kiosk.stop.delete", Place::content, Look::plain, visit::Delete{});
  writer.button("stop.back", "kiosk.stop.back", Place::content, Look::primary, visit::Close{});
}

void write_sending(Writer& writer) {
  writer.heading("kiosk.sending.heading");
  writer.paragraphs("text", Role::paragraph, "kiosk.sending.text");
}

void write_problem(Writer& writer) {
  writer.heading("kiosk.problem.heading");
  writer.paragraphs("text", Role::note, "kiosk.problem.text");
  writer.button("back", "kiosk.button.back", Place::foot, Look::quiet, visit::Back{});
  writer.button("send", "kiosk.problem.again", Place::foot, Look::primary, visit::Send{});
}

namespace {

void write_four_words(Writer& writer, const Visit& visit) {
  writer.text("words.heading", Role::heading, "kiosk.thanks.words").level = 2;
  int number = 0;
  for (const std::string& word : visit.words()) {
    writer.add({.id = "word." + std::to_string(++number), .role = Role::word, .label = word});
  }
  writer.paragraphs("words.text", Role::paragraph, "kiosk.thanks.words.text");
}

}  // namespace

void write_thanks(Writer& writer, const Visit& visit) {
  writer.heading("kiosk.thanks.heading");
  writer.paragraphs("text", Role::paragraph, "kiosk.thanks.text");
  if (!visit.words().empty()) write_four_words(writer, visit);
  writer.button("finish", "kiosk.thanks.finish", Place::foot, Look::primary, visit::Finish{});
}

void write_hidden(Writer& writer) {
  writer.text("text", Role::paragraph, "kiosk.hidden.text");
  writer.button("show", "kiosk.hidden.show", Place::content, Look::plain, visit::ShowScreen{});
}

void write_warning(Writer& writer, const Visit& visit) {
  // Said at these, shown each second: who listens is not to be talked at all the time.
  constexpr std::array kSaid = {5, 10, 15, 30, 45};
  const int seconds = visit.seconds_left();
  const auto said = std::ranges::lower_bound(kSaid, seconds);
  writer.heading("kiosk.still_there.heading");
  writer.paragraphs("text", Role::paragraph,
                    visit.has_answers() ? "kiosk.still_there.text" : "kiosk.still_there.nothing");
  const auto arguments = [](int left) { return text::Arguments{{"seconds", std::int64_t{left}}}; };
  writer.add({.id = "seconds",
              .role = Role::note,
              .label = writer.say("kiosk.still_there.seconds", arguments(seconds)),
              .spoken = writer.say("kiosk.still_there.seconds", arguments(said == kSaid.end() ? seconds : *said))});
  writer.button("stay", "kiosk.still_there.stay", Place::foot, Look::primary, visit::Close{});
}

void write_talk(Writer& writer, const Visit& visit) {
  writer.heading("kiosk.talk.heading");
  int number = 0;
  for (const std::string& key : visit.questionnaire().talk) {
    writer.paragraphs("text." + std::to_string(++number), Role::paragraph, key);
  }
  number = 0;
  for (const survey::Helpline& line : visit.questionnaire().helplines) {
    const std::string id = "helpline." + std::to_string(++number);
    const std::string name = writer.say(line.text);
    writer.add({.id = id,
                .role = Role::helpline,
                .label = name,
                .spoken = writer.spoken(line.text) + ": " + digit_by_digit(line.number),
                .value = unbroken(line.number)});
    if (line.checked.empty()) continue;
    const text::Arguments arguments = {{"day", line.checked}};
    writer.add({.id = id + ".checked", .role = Role::hint, .label = writer.say("kiosk.talk.checked", arguments)});
  }
  if (visit.setting().may_ask_worker) {
    writer.button("talk.worker", "kiosk.talk.worker", Place::content, Look::plain, visit::ShowWorker{});
  }
  writer.button("close", "kiosk.button.close", Place::foot, Look::primary, visit::Close{});
}

void write_worker(Writer& writer) {
  writer.heading("kiosk.worker.heading");
  writer.paragraphs("text", Role::paragraph, "kiosk.worker.text");
  writer.button("back", "kiosk.button.back", Place::foot, Look::quiet, visit::Close{});
  writer.button("worker.ask", "kiosk.worker.ask", Place::foot, Look::primary, visit::AskWorker{});
}

// Read from afar by whoever is asked; no answer is on it, and no question, which would say what it is about.
void write_worker_asked(Writer& writer) {
  writer.heading("kiosk.worker_asked.heading");
  writer.paragraphs("text", Role::paragraph, "kiosk.worker_asked.text");
  writer.button("close", "kiosk.worker_asked.close", Place::foot, Look::primary, visit::Close{});
}

}  // namespace perspective::screen

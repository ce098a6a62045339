// A small questionnaire with every kind of item, its words, and a visit to it, for tests of the kiosk.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/file.h"
#include "screen/screen.h"
#include "support/source_folder.h"
#include "survey/questionnaire.h"
#include "text/catalogue.h"
#include "visit/visit.h"

namespace perspective::trial {

constexpr std::string_view kDefinition = R"({
  "format": 1, "id": "trial", "version": 3, "languages": ["en", "cy"],
  "welcome": ["welcome.one", "welcome.two"],
  "practice": {"type": "single_choice", "variable": "p", "options": [{"id": "tea"}, {"id": "milk"}]},
  "items": [
    {"type": "single_choice", "variable": "a",
     "options": [{"id": "up", "picture": "arrow"}, {"id": "down"}], "words": ["hard"],
     "notes": [{"text": "note.down", "when": "${a} = 'down'"}]},
    {"type": "single_choice", "variable": "b", "options": [{"id": "up"}, {"id": "down", "picture": "way"}],
     "relevant": "${a} = 'down'"},
    {"type": "multiple_choice", "variable": "c",
     "options": [{"id": "red"}, {"id": "blue"}, {"id": "none", "exclusive": true}]},
    {"type": "text", "variable": "d", "max_bytes": 40, "notes": [{"text": "note.always"}]}
  ],
  "helplines": [{"text": "helpline.one", "number": "0800 1111", "checked": "2026-11-22"}],
  "talk": ["talk.one"], "findings": [], "section": []
})";

constexpr std::string_view kWords = R"({
  "title": "Trial", "welcome.one": "First line.\nSecond line.", "welcome.two": "Call {helpline}.",
  "welcome.one.service": "On a service's machine.",
  "item.p": "Tea or milk?", "item.p.tea": "Tea", "item.p.milk": "Milk",
  "item.a": "Which way?", "item.a.spoken": "Which way, said.", "item.a.help": "Help.", "item.a.up": "Up", "item.a.down": "Down",
  "item.b": "How far down?", "item.b.up": "Far", "item.b.down": "Near",
  "item.c": "Which colours?", "item.c.red": "Red", "item.c.blue": "Blue", "item.c.none": "None",
  "item.d": "Say more.", "word.hard": "way", "word.hard.meaning": "A path.",
  "note.down": "Mind the step.", "note.always": "Someone reads this later.",
  "picture.arrow": "An arrow", "picture.way": "A way", "picture.way.spoken": "The picture shows stairs",
  "talk.one": "Talk to an adult.", "helpline.one": "Helpline"
})";

template <typename T>
T unwrapped(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().what);
  return std::move(*result);
}

inline text::Catalogue words(const std::string& language = "en") {
  const std::string path = std::string(kSourceFolder) + "/assets/texts/" + language + ".json";
  const auto own = unwrapped(text::Catalogue::parse(unwrapped(read_text(path)), language));
  return own.with(unwrapped(text::Catalogue::parse(kWords, language)));
}

inline visit::Setting setting() {
  auto questionnaire = std::make_shared<survey::Questionnaire>(unwrapped(survey::Questionnaire::parse(kDefinition)));
  return {.inspection = "trial-2026", .questionnaire = std::move(questionnaire), .languages = {"en", "cy"}};
}

// A visit that is told what to do in few words.
class Trial : public ::testing::Test {
 protected:
  template <typename... Actions>
  void act(const Actions&... actions) {
    (visit_.apply(actions), ...);
  }
  void to_questions() { act(visit::ChooseLanguage{"en"}, visit::Next{}, visit::Next{}, visit::Next{}, visit::Skip{}); }
  void answer_up_and_skip_the_rest() {
    to_questions();
    act(visit::Choose{"up"}, visit::Next{}, visit::Skip{}, visit::Skip{});
  }
  std::string asked() const { return visit_.item() == nullptr ? "" : visit_.item()->variable; }
  screen::Screen screen() const {
    return perspective::screen::screen_of(visit_,
                                          {.words = words(visit_.settings().language),
                                           .languages = {{"en", "English", "Choose"}, {"cy", "Cymraeg", "Dewis"}}});
  }
  visit::Visit visit_{setting()};
};

}  // namespace perspective::trial

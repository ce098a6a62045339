// A library's readers: a questionnaire like neither of ours, with all that an inspection needs.
#pragma once

#include <string>

#include "inspection/inspections.h"
#include "survey/submission.h"

namespace perspective::inspection {

inline const std::string kReaders = R"({
  "format": 1, "id": "readers", "version": 3, "languages": ["en", "cy"], "welcome": ["welcome.hello"],
  "items": [
    {"type": "single_choice", "variable": "comes",
     "options": [{"id": "weekly"}, {"id": "monthly"}, {"id": "never", "base": "outside"}]},
    {"type": "scale", "variable": "enjoys", "relevant": "${comes} != 'never'",
     "options": [{"id": "much"}, {"id": "little"}], "words": ["enjoy"]},
    {"type": "text", "variable": "wishes", "max_bytes": 300},
    {"type": "single_choice", "variable": "quote_me", "relevant": "${wishes} != ''",
     "options": [{"id": "please"}, {"id": "rather_not"}]}],
  "consent": {"variable": "quote_me", "option": "please"},
  "helplines": [], "talk": ["talk.desk"],
  "findings": [{"id": "regulars", "item": "comes", "counted": ["weekly"], "form": "count_of"}],
  "section": [{"sentences": [
    {"id": "regulars", "findings": ["regulars"]},
    {"id": "wishes", "findings": [], "quotes": ["wishes"], "otherwise": "no_wishes"}]}]
})";

inline const std::string kReadersTexts = R"({
  "status": "checked", "title": "Our readers", "welcome.hello": "Hello", "talk.desk": "Ask at the desk",
  "item.comes": "How often do you come?", "item.comes.weekly": "Every week", "item.comes.monthly": "Every month",
  "item.comes.never": "Never",
  "item.enjoys": "Do you enjoy it?", "item.enjoys.much": "Much", "item.enjoys.little": "Little",
  "item.wishes": "What do you wish for?",
  "item.quote_me": "May we print it?", "item.quote_me.please": "Please do", "item.quote_me.rather_not": "Rather not",
  "word.enjoy": "enjoy", "word.enjoy.meaning": "to like doing it"
})";

inline const std::string kReadersSection = R"({
  "section.heading": "Readers",
  "section.regulars": "{regulars_start} come every week.",
  "section.wishes": "They wished for {quotes}.",
  "section.no_wishes": "Nobody wished for anything.",
  "section.regulars.release": "{regulars_start}{regulars_who} come every week.",
  "section.wishes.release": "They wished for {quotes}."
})";

inline const std::string kReadersTextsInWelsh = R"({
  "status": "draft",
  "title": "Ein darllenwyr", "welcome.hello": "Helo", "talk.desk": "Gofynnwch wrth y ddesg",
  "item.comes": "Pa mor aml ydych chi'n dod?", "item.comes.weekly": "Bob wythnos", "item.comes.monthly": "Bob mis",
  "item.comes.never": "Byth",
  "item.enjoys": "Ydych chi'n ei fwynhau?", "item.enjoys.much": "Llawer", "item.enjoys.little": "Ychydig",
  "item.wishes": "Beth yw eich dymuniad?",
  "item.quote_me": "Gawn ni ei argraffu?", "item.quote_me.please": "Cewch", "item.quote_me.rather_not": "Na chewch",
  "word.enjoy": "mwynhau", "word.enjoy.meaning": "hoffi ei wneud"
})";

inline const std::string kReadersSectionInWelsh = R"({
  "section.heading": "Darllenwyr",
  "section.regulars": "Daw {regulars} bob wythnos.",
  "section.wishes": "Dymunwyd {quotes}.",
  "section.no_wishes": "Ni ddymunodd neb ddim.",
  "section.regulars.release": "Daw {regulars}{regulars_who} bob wythnos.",
  "section.wishes.release": "Dymunwyd {quotes}."
})";

constexpr std::string_view kPassphrase = "seven herons over water";
constexpr std::string_view kRecoveryPassphrase = "lanterns below the bridge";

inline SecretBytes secret(std::string_view text) { return SecretBytes(as_bytes(text)); }

inline NewInspection new_inspection(const std::string& id) {
  NewInspection inspection;
  inspection.id = id;
  inspection.area = "Lewes";
  inspection.languages = {"en"};
  inspection.questionnaires = {{kReaders, {{"en", kReadersTexts}}, {{"en", kReadersSection}}}};
  inspection.passphrase = secret(kPassphrase);
  inspection.recovery_passphrase = secret(kRecoveryPassphrase);
  return inspection;
}

// A reader who comes every week; with words, also whether they may be printed.
inline survey::Submission weekly_reader(const std::string& words = {}, const std::string& quote_me = "please") {
  survey::Submission submission;
  submission.questionnaire = "readers";
  submission.version = 3;
  submission.language = "en";
  submission.mode = "kiosk";
  submission.answers = {{"comes", survey::Choice{"weekly"}}, {"enjoys", survey::Choice{"much"}}};
  if (words.empty()) {
    submission.absent = {{"wishes", survey::Absence::skipped}, {"quote_me", survey::Absence::not_asked}};
  } else {
    submission.answers.emplace("wishes", survey::Words{words});
    submission.answers.emplace("quote_me", survey::Choice{quote_me});
  }
  return submission;
}

}  // namespace perspective::inspection

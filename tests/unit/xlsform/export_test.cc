// A questionnaire as a form and back again: the same routing, the same texts, and a line for all the rest.
#include "xlsform/export.h"
#include "support/source_folder.h"

#include <random>

#include "authoring/catalogue_file.h"
#include "authoring/texts_check.h"
#include "survey/answers.h"
#include "unit/xlsform/forms.h"

namespace perspective::xlsform {
namespace {

using authoring::Folder;
using survey::Answers;
using survey::Questionnaire;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Folder folder_at(const std::string& path) {
  return *authoring::read_folder(std::filesystem::path(kSourceFolder) / path);
}

Imported back(const Folder& folder) {
  const auto exported = export_form(folder);
  EXPECT_TRUE(exported) << exported.error().what;
  const auto file = write_workbook(exported->workbook);
  const auto read = read_workbook(*file, sheets_of_a_form());
  EXPECT_TRUE(read) << read.error().what;
  auto made = import_form(*read, {.name = "form", .media = exported->media});
  EXPECT_TRUE(made) << made.error().what;
  return made ? *std::move(made) : Imported();
}

survey::Answer some_answer(const survey::Item& item, std::mt19937& chance) {
  if (survey::is_text(item)) return survey::Words{chance() % 2 == 0 ? "some words" : "7"};
  const auto& options = survey::options_of(item);
  if (!std::holds_alternative<survey::MultipleChoice>(item.kind)) {
    return survey::Choice{options[chance() % options.size()].id};
  }
  survey::Choices chosen;
  for (const auto& option : options) {
    if (chance() % 3 == 0) chosen.options.push_back(option.id);
  }
  if (chosen.options.empty()) chosen.options.push_back(options.front().id);
  return chosen;
}

// What the texts of a folder say in a language, as they are shown.
class Shown {
 public:
  Shown(const Folder& folder, const Questionnaire& questionnaire, const std::string& language)
      : questionnaire_(questionnaire), texts_("texts", language, folder.texts.at(language), ignored_) {}

  std::string of(const std::string& key) const {
    return texts_.is_there(key) ? authoring::shown(questionnaire_, texts_, key) : "none";
  }
  std::set<std::string> notes(const survey::Item& item, const Answers& answers) const {
    std::set<std::string> notes;
    for (const auto* note : survey::notes_to_show(questionnaire_, item, answers)) notes.insert(of(note->text));
    return notes;
  }

 private:
  const Questionnaire& questionnaire_;
  authoring::Remarks ignored_;
  authoring::CatalogueFile texts_;
};

void expect_same_routing(const Folder& before, const Folder& after) {
  const Questionnaire one = questionnaire_of(before);
  const Questionnaire other = questionnaire_of(after);
  ASSERT_EQ(one.items.size(), other.items.size());
  const Shown said(before, one, one.languages.front());
  const Shown said_again(after, other, one.languages.front());
  std::mt19937 chance(20261126);
  for (int i = 0; i < 500; ++i) {
    Answers answers;
    for (const auto& item : one.items) {
      if (chance() % 4 != 0) answers.emplace(item.variable, some_answer(item, chance));
    }
    const auto route = survey::route(one, answers);
    ASSERT_EQ(route, survey::route(other, answers));
    for (const auto at : route) {
      ASSERT_EQ(said.notes(one.items[at], answers), said_again.notes(other.items[at], answers))
          << one.items[at].variable;
    }
  }
}

void expect_same_items(const Folder& before, const Folder& after) {
  const Questionnaire one = questionnaire_of(before);
  const Questionnaire other = questionnaire_of(after);
  EXPECT_EQ(one.id, other.id);
  EXPECT_EQ(one.version, other.version);
  EXPECT_EQ(one.languages, other.languages);
  EXPECT_EQ(one.welcome.size(), other.welcome.size());
  for (std::size_t i = 0; i < one.items.size(); ++i) {
    EXPECT_EQ(one.items[i].variable, other.items[i].variable);
    EXPECT_EQ(one.items[i].kind.index(), other.items[i].kind.index()) << one.items[i].variable;
    EXPECT_EQ(one.items[i].relevant.source(), other.items[i].relevant.source());
    const auto& options = survey::options_of(one.items[i]);
    const auto& others = survey::options_of(other.items[i]);
    ASSERT_EQ(options.size(), others.size());
    for (std::size_t k = 0; k < options.size(); ++k) {
      EXPECT_EQ(options[k].id, others[k].id);
      EXPECT_EQ(options[k].in_base, others[k].in_base);
      EXPECT_EQ(options[k].value, others[k].value);
      EXPECT_EQ(options[k].is_exclusive, others[k].is_exclusive);
      EXPECT_EQ(options[k].picture, others[k].picture);
    }
  }
}

void expect_same_texts(const Folder& before, const Folder& after) {
  const Questionnaire one = questionnaire_of(before);
  const Questionnaire other = questionnaire_of(after);
  for (const auto& language : one.languages) {
    const Shown said(before, one, language);
    const Shown said_again(after, other, language);
    std::vector<std::string> keys{"title"};
    for (std::size_t i = 0; i < one.welcome.size(); ++i) {
      EXPECT_EQ(said.of(one.welcome[i]), said_again.of(other.welcome[i]));
    }
    for (const auto& item : one.items) {
      const std::string key = "item." + item.variable;
      keys.insert(keys.end(), {key, key + ".help"});
      for (const auto& option : survey::options_of(item)) keys.push_back(key + "." + option.id);
    }
    for (const auto& key : keys) {
      EXPECT_EQ(said.of(key), said_again.of(key)) << language << " " << key;
    }
  }
}

class Ours : public testing::TestWithParam<const char*> {};

TEST_P(Ours, ComeBackWithTheSameRoutingItemsAndTexts) {
  const Folder before = folder_at(GetParam());
  const Folder after = back(before).folder;
  expect_same_items(before, after);
  expect_same_routing(before, after);
  expect_same_texts(before, after);
}

TEST_P(Ours, AreTheSameFormTwice) {
  const Folder before = folder_at(GetParam());
  const auto once = back(before).folder;
  const auto twice = back(once).folder;
  EXPECT_EQ(once.definition, twice.definition);
  EXPECT_EQ(once.texts, twice.texts);
  EXPECT_EQ(once.pictures, twice.pictures);
}

TEST_P(Ours, LoseNothingOnTheWayBackThatTheExportDidNotTellOf) {
  const auto made = back(folder_at(GetParam()));
  EXPECT_EQ(count(made.lines, Weight::lost), 0U) << testing::PrintToString(lines_of(made.lines));
  EXPECT_EQ(count(made.lines, Weight::changed), 0U) << testing::PrintToString(lines_of(made.lines));
}

INSTANTIATE_TEST_SUITE_P(Questionnaires, Ours,
                         testing::Values("assets/questionnaires/children-and-young-people",
                                         "assets/questionnaires/victims", "tests/fixtures/library-readers",
                                         "tests/fixtures/town-park", "tests/fixtures/bad-definitions/good"));

// A questionnaire that nobody wrote: items of every kind, each with a condition on earlier ones.
Folder by_chance(unsigned seed) {
  std::mt19937 chance(seed);
  const auto pick = [&](std::size_t of) { return chance() % of; };
  const std::vector<std::string> types{"single_choice", "scale", "multiple_choice", "text"};
  std::vector<std::string> kinds;
  std::string items;
  std::string texts = "{\"status\": \"draft\", \"title\": \"T\"";
  const auto comparison = [&](std::size_t about) {
    const std::string name = "${q" + std::to_string(about) + "}";
    if (kinds[about] == "text") return name + (pick(2) == 0 ? " != ''" : " > 3");
    const std::string option = "'o" + std::to_string(pick(3)) + "'";
    if (kinds[about] != "multiple_choice") return name + (pick(2) == 0 ? " = " : " != ") + option;
    return pick(2) == 0 ? "selected(" + name + ", " + option + ")" : "count-selected(" + name + ") >= 2";
  };
  for (std::size_t i = 0; i < 12; ++i) {
    kinds.push_back(types[pick(types.size())]);
    const std::string variable = "q" + std::to_string(i);
    std::string item = R"({"type": ")" + kinds.back() + R"(", "variable": ")" + variable + "\"";
    texts += ", \"item." + variable + "\": \"What is " + std::to_string(pick(100)) + " '{'braces'}'?\"";
    if (kinds.back() != "text") {
      item += R"(, "options": [{"id": "o0"}, {"id": "o1", "base": "outside"}, {"id": "o2")";
      item += kinds.back() == "multiple_choice" && pick(2) == 0 ? R"(, "exclusive": true}])" : "}]";
      for (int k = 0; k < 3; ++k) {
        texts += ", \"item." + variable + ".o" + std::to_string(k) + "\": \"Option " + std::to_string(k) + "\"";
      }
    }
    if (i > 0 && pick(3) > 0) {
      std::string condition = comparison(pick(i));
      if (pick(2) == 0) condition += (pick(2) == 0 ? " and " : " or ") + comparison(pick(i));
      if (pick(4) == 0) condition = "not(" + condition + ")";
      item += ", \"relevant\": \"" + condition + "\"";
    }
    if (pick(3) == 0) {
      item += ", \"notes\": [{\"text\": \"note.n" + std::to_string(i) + "\", \"when\": \"" + comparison(pick(i + 1)) +
              "\"}]";
      texts += ", \"note.n" + std::to_string(i) + "\": \"Note " + std::to_string(i) + "\"";
    }
    items += (items.empty() ? "" : ", ") + item + "}";
  }
  const std::string definition =
      R"({"format": 1, "id": "by-chance", "version": 3, "languages": ["en"], "welcome": [], "items": [)" + items +
      R"(], "helplines": [], "talk": [], "findings": [], "section": []})";
  return {.definition = definition, .texts = {{"en", texts + "}"}}, .section = {}};
}

TEST(AnyQuestionnaire, ComesBackWithTheSameRouting) {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(seed);
    const Folder before = by_chance(seed);
    const Folder after = back(before).folder;
    expect_same_items(before, after);
    expect_same_routing(before, after);
    expect_same_texts(before, after);
    if (HasFailure()) break;
  }
}

TEST(AnExport, TellsOfEverythingThatAFormHasNoWordsFor) {
  const auto exported = export_form(folder_at("assets/questionnaires/victims"));
  ASSERT_TRUE(exported);
  const auto lines = lines_of(exported->lines);
  for (const auto* line :
       {"/practice", "/consent", "/helplines", "/talk", "/findings", "/section", "/items/0/words", "/items/6/max_bytes",
        "perspective_base", "texts/en.json: not carried over: ", "how a text is said (.spoken)",
        "hard words and what they mean (word.)", "what a picture shows (picture.)",
        "texts/cy.json, /note.not_safe: changed: has the first helpline written out",
        "section/cy.json: not carried over"}) {
    EXPECT_THAT(lines, Contains(HasSubstr(line)));
  }
  EXPECT_TRUE(exported->media.contains("yes.svg"));
}

TEST(AnExport, OfAnUnsoundFolderIsRefused) {
  Folder folder = folder_at("assets/questionnaires/victims");
  folder.definition.replace(folder.definition.find("${safety"), 8, "${savety");
  const auto exported = export_form(folder);
  ASSERT_FALSE(exported);
  EXPECT_THAT(exported.error().what, HasSubstr("has errors"));
}

}  // namespace
}  // namespace perspective::xlsform

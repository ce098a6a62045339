#include "tally/cross_tab.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <random>

#include "sample.h"

namespace perspective::tally {
namespace {

using Kind = Line::Kind;

std::string name_of(const Line& line) {
  switch (line.kind) {
    case Kind::option:
      return line.option;
    case Kind::answered:
      return "answered";
    case Kind::skipped:
      return "skipped";
    case Kind::not_asked:
      return "not asked";
    case Kind::not_reached:
      return "not reached";
  }
  return "?";
}

const Line& line_of(const Side& side, const std::string& name) { return *std::ranges::find(side.lines, name, name_of); }

std::int64_t count_of(const CrossTab& table, const std::string& row, const std::string& column) {
  const auto index = [](const Side& side, const std::string& name) {
    return static_cast<std::size_t>(&line_of(side, name) - side.lines.data());
  };
  return table.count(index(table.rows, row), index(table.columns, column));
}

CrossTab crossed(Sample& sample, const std::string& row, const std::string& column,
                 const std::vector<Only>& only = {}) {
  return reference_case::unwrapped(cross_tab(sample.columns(), row, column, only));
}

TEST(ACrossTab, CountsWhoAnsweredThisToTheOneAndThatToTheOther) {
  Sample sample;
  sample.add("red", "low", {}).add("red", "high", {}).add("red", "high", {}).add("blue", "high", {});
  const auto table = crossed(sample, "colour", "mood");
  EXPECT_EQ(count_of(table, "red", "high"), 2);
  EXPECT_EQ(count_of(table, "red", "low"), 1);
  EXPECT_EQ(count_of(table, "blue", "low"), 0);
  EXPECT_EQ(table.people, 4);
}

TEST(ACrossTab, HasALineForEachReasonWhyAnAnswerIsMissing) {
  Sample sample;
  sample.add("red", "", {}).add("blue", "", {});
  sample.last().answers.erase("colour");
  sample.last().absent["colour"] = survey::Absence::not_reached;
  sample.last().absent["mood"] = survey::Absence::not_asked;
  ASSERT_TRUE(sample.columns().append(sample.last()));
  const auto table = crossed(sample, "colour", "mood");
  EXPECT_EQ(count_of(table, "red", "skipped"), 1);
  EXPECT_EQ(count_of(table, "blue", "skipped"), 1);
  EXPECT_EQ(count_of(table, "not reached", "not asked"), 1);
  EXPECT_EQ(std::accumulate(table.counts.begin(), table.counts.end(), std::int64_t{0}), 3);
}

TEST(ACrossTab, HasBasesOfThoseWhoAnsweredTheOtherInsideItsBase) {
  Sample sample;
  sample.add("red", "low", {}).add("red", "pass", {}).add("red", "", {}).add("none", "high", {}).add("", "high", {});
  const auto table = crossed(sample, "colour", "mood");
  EXPECT_EQ(line_of(table.rows, "red").base, 1);
  EXPECT_EQ(line_of(table.rows, "none").base, 1);
  EXPECT_EQ(line_of(table.columns, "low").base, 1);
  EXPECT_EQ(line_of(table.columns, "high").base, 0);
  EXPECT_EQ(line_of(table.columns, "pass").base, 1);
  EXPECT_EQ(table.base, 1);
}

TEST(ACrossTab, CountsAPersonInEachOptionOfAMultipleChoiceAndOnceInItsBase) {
  Sample sample;
  sample.add("red", "", {"cat", "dog"}).add("red", "", {"dog"}).add("blue", "", {"no_pets"});
  const auto table = crossed(sample, "colour", "pets");
  EXPECT_EQ(count_of(table, "red", "cat"), 1);
  EXPECT_EQ(count_of(table, "red", "dog"), 2);
  EXPECT_EQ(line_of(table.rows, "red").base, 2);
  EXPECT_EQ(line_of(table.rows, "blue").base, 0);
  EXPECT_EQ(table.base, 2);
}

TEST(ACrossTab, KnowsOfATextOnlyWhetherThereIsOne) {
  Sample sample;
  sample.add("red", "low", {}, "some words").add("red", "low", {}).add("blue", "low", {});
  const auto table = crossed(sample, "words", "mood");
  EXPECT_EQ(count_of(table, "answered", "low"), 1);
  EXPECT_EQ(count_of(table, "skipped", "low"), 1);
  EXPECT_EQ(count_of(table, "not asked", "low"), 1);
}

TEST(ACrossTab, OfSomePeopleLooksAtNobodyElse) {
  Sample sample;
  sample.add("red", "low", {"cat"}).add("red", "low", {"dog"}).add("red", "low", {"cat", "dog"}).add("red", "low", {});
  const auto cats = crossed(sample, "colour", "mood", {{"pets", {"cat"}}});
  EXPECT_EQ(count_of(cats, "red", "low"), 2);
  EXPECT_EQ(cats.people, 2);
  EXPECT_EQ(line_of(cats.columns, "low").base, 2);
  const auto any = crossed(sample, "colour", "mood", {{"pets", {"cat", "dog"}}});
  EXPECT_EQ(any.people, 3);
  EXPECT_EQ(crossed(sample, "colour", "mood", {{"words"}}).people, 0);
}

TEST(ACrossTab, OfSeveralItemsLooksAtThoseWhoChoseSoInEach) {
  Sample sample;
  sample.add("red", "low", {"cat"}).add("red", "high", {"cat"}).add("blue", "low", {"cat"}).add("red", "low", {"dog"});
  const auto both = crossed(sample, "colour", "mood", {{"pets", {"cat"}}, {"mood", {"low"}}});
  EXPECT_EQ(both.people, 2);
  EXPECT_EQ(count_of(both, "red", "low"), 1);
  EXPECT_EQ(count_of(both, "red", "high"), 0);
  EXPECT_EQ(crossed(sample, "colour", "mood", {{"pets", {"cat", "dog"}}, {"mood", {"low"}}}).people, 3);
  EXPECT_EQ(crossed(sample, "colour", "mood", {{"mood", {"low"}}, {"mood", {"high"}}}).people, 0);
}

TEST(ACrossTab, OfAnItemWithItselfIsItsTally) {
  Sample sample;
  sample.add("red", "low", {}).add("red", "low", {}).add("none", "low", {}).add("", "low", {});
  const auto table = crossed(sample, "colour", "colour");
  const auto item = sample.item("colour");
  for (const auto& option : item.options) EXPECT_EQ(count_of(table, option.option, option.option), option.count);
  EXPECT_EQ(table.base, item.base);
  EXPECT_EQ(count_of(table, "skipped", "skipped"), item.skipped);
  EXPECT_EQ(count_of(table, "red", "blue"), 0);
}

TEST(ACrossTab, SaysWhichItemOrOptionThereIsNot) {
  Sample sample;
  sample.add("red", "low", {});
  const auto refusal = [&](const char* row, const char* column, const std::vector<Only>& only = {}) {
    const auto table = cross_tab(sample.columns(), row, column, only);
    return table ? std::string() : table.error().what;
  };
  EXPECT_THAT(refusal("shape", "mood"), testing::HasSubstr("no item 'shape'"));
  EXPECT_THAT(refusal("mood", "shape"), testing::HasSubstr("no item 'shape'"));
  EXPECT_THAT(refusal("mood", "colour", {{"shape"}}), testing::HasSubstr("no item 'shape'"));
  EXPECT_THAT(refusal("mood", "colour", {{"pets", {"fish"}}}), testing::HasSubstr("no option 'fish'"));
}

// The plain way: one submission after the other, by the names of what was answered.
using Names = std::vector<std::string>;

struct Person {
  std::string colour, mood;
  Names pets;
  std::string words;
};

Names names_of(const Person& person, const std::string& variable) {
  const auto or_skipped = [](const std::string& answer) { return Names{answer.empty() ? "skipped" : answer}; };
  if (variable == "colour") return or_skipped(person.colour);
  if (variable == "mood") return or_skipped(person.mood);
  if (variable == "pets") return person.pets.empty() ? Names{"skipped"} : person.pets;
  if (person.colour != "red") return {"not asked"};
  return {person.words.empty() ? "skipped" : "answered"};
}

bool is_in_base(const Names& names) {
  const Names outside{"none", "pass", "no_pets", "skipped", "not asked"};
  return std::ranges::find_first_of(names, outside) == names.end();
}

bool contains(const Names& names, const std::string& name) { return std::ranges::find(names, name) != names.end(); }

Person anybody(std::mt19937& draw) {
  const auto one_of = [&](const Names& names) { return names[draw() % names.size()]; };
  Person person{.colour = one_of({"red", "blue", "none", ""}),
                .mood = one_of({"low", "mid", "high", "pass", ""}),
                .pets = {},
                .words = {}};
  const auto pets = std::vector<Names>{{}, {"cat"}, {"dog"}, {"cat", "dog"}, {"no_pets"}};
  person.pets = pets[draw() % pets.size()];
  if (person.colour == "red" && draw() % 2 == 0) person.words = "some words";
  return person;
}

void expect_as_the_plain_way(const CrossTab& table, const std::vector<Person>& people) {
  const auto count_if = [&](auto holds) { return std::ranges::count_if(people, holds); };
  const auto& [rows, columns] = std::tie(table.rows.variable, table.columns.variable);
  for (const auto& row : table.rows.lines) {
    for (const auto& column : table.columns.lines) {
      EXPECT_EQ(count_of(table, name_of(row), name_of(column)), count_if([&](const Person& person) {
                  return contains(names_of(person, rows), name_of(row)) &&
                         contains(names_of(person, columns), name_of(column));
                }))
          << rows << " " << name_of(row) << ", " << columns << " " << name_of(column);
    }
    EXPECT_EQ(row.base, count_if([&](const Person& person) {
                return contains(names_of(person, rows), name_of(row)) && is_in_base(names_of(person, columns));
              }));
  }
  EXPECT_EQ(table.base, count_if([&](const Person& person) {
              return is_in_base(names_of(person, rows)) && is_in_base(names_of(person, columns));
            }));
  EXPECT_EQ(table.people, std::ssize(people));
}

TEST(ACrossTab, OfAnyItemsOfAnyPeopleIsWhatThePlainWayCounts) {
  std::mt19937 draw(20261126);
  std::vector<Person> people;
  Sample sample;
  for (int i = 0; i < 1000; ++i) {
    people.push_back(anybody(draw));
    sample.add(people.back().colour, people.back().mood, people.back().pets, people.back().words);
  }
  std::vector<Person> happy;
  std::ranges::copy_if(people, std::back_inserter(happy),
                       [](const Person& person) { return person.mood == "mid" || person.mood == "high"; });
  const Names variables{"colour", "mood", "pets", "words"};
  for (const auto& row : variables) {
    for (const auto& column : variables) {
      expect_as_the_plain_way(crossed(sample, row, column), people);
      expect_as_the_plain_way(crossed(sample, row, column, {{"mood", {"mid", "high"}}}), happy);
    }
  }
}

TEST(TheTestOfACrossTab, LeavesOutWhoIsOutsideOrGaveNoAnswer) {
  Sample sample;
  for (int i = 0; i < 6; ++i) sample.add("red", "low", {}).add("blue", "high", {});
  std::string why_not;
  const auto found = association_of(crossed(sample, "colour", "mood"), why_not);
  ASSERT_TRUE(found) << why_not;
  EXPECT_EQ(why_not, "");
  EXPECT_DOUBLE_EQ(found->cramers_v, 1);
  sample.add("red", "", {}).add("blue", "", {});
  EXPECT_EQ(association_of(crossed(sample, "colour", "mood"), why_not)->p, found->p);
}

TEST(TheTestOfACrossTab, IsNotMadeWhereLinesOverlapAndSaysWhy) {
  Sample sample;
  sample.add("red", "low", {"cat", "dog"}).add("blue", "high", {"cat"});
  std::string why_not;
  EXPECT_FALSE(association_of(crossed(sample, "pets", "mood"), why_not));
  EXPECT_THAT(why_not, testing::HasSubstr("'pets'"));
  EXPECT_THAT(why_not, testing::HasSubstr("overlap"));
  EXPECT_FALSE(association_of(crossed(sample, "mood", "mood"), why_not));
  EXPECT_THAT(why_not, testing::HasSubstr("same question"));
}

TEST(ACrossTabAsJson, HasEachCountWithItsShareAndInterval) {
  Sample sample;
  sample.add("red", "low", {}).add("red", "high", {}).add("red", "high", {}).add("blue", "high", {});
  const auto json = cross_tab_to_json("sample", crossed(sample, "colour", "mood"));
  EXPECT_THAT(json, testing::HasSubstr(R"({"count":2,"percent":67,"interval":[2.076596008E-1,9.385080553E-1]})"));
  EXPECT_THAT(json, testing::HasSubstr(R"("people":4,"base":4)"));
  EXPECT_THAT(json, testing::HasSubstr(R"("why_no_association":null)"));
}

TEST(ACrossTabAsJson, NamesTheLinesOfAText) {
  Sample sample;
  sample.add("red", "low", {}, "some words").add("blue", "high", {});
  const auto json = boost::json::parse(cross_tab_to_json("sample", crossed(sample, "words", "mood")));
  std::vector<std::string> kinds;
  for (const auto& line : json.at("rows").at("lines").as_array()) kinds.emplace_back(line.at("kind").as_string());
  EXPECT_THAT(kinds, testing::ElementsAre("answered", "skipped", "not_asked", "not_reached"));
  EXPECT_TRUE(json.at("rows").at("lines").at(0).at("option").is_null());
}

TEST(ACrossTabAsJson, HasTheTestOrSaysWhyThereIsNone) {
  Sample sample;
  sample.add("red", "low", {"cat"}).add("red", "low", {"dog"});
  const auto json_of = [&](const char* row, const char* column) {
    return boost::json::parse(cross_tab_to_json("sample", crossed(sample, row, column)));
  };
  EXPECT_TRUE(json_of("colour", "mood").at("association").is_null());
  EXPECT_THAT(std::string(json_of("colour", "mood").at("why_no_association").as_string()),
              testing::HasSubstr("the same answer"));
  EXPECT_THAT(std::string(json_of("mood", "pets").at("why_no_association").as_string()), testing::HasSubstr("'pets'"));
  for (int i = 0; i < 6; ++i) sample.add("blue", "high", {});
  EXPECT_EQ(json_of("colour", "mood").at("association").at("test").as_string(), "fisher_exact");
  for (int i = 0; i < 40; ++i) sample.add("red", "low", {}).add("blue", "high", {}).add("red", "high", {});
  EXPECT_EQ(json_of("colour", "mood").at("association").at("test").as_string(), "chi_squared");
  EXPECT_TRUE(json_of("colour", "mood").at("why_no_association").is_null());
}

}  // namespace
}  // namespace perspective::tally

// A row goes: what is left counts as if it had never been there.
#include <gtest/gtest.h>

#include <random>

#include "sample.h"

namespace perspective::tally {
namespace {

struct Person {
  std::string colour;
  std::string mood;
  std::vector<std::string> pets;
  std::string words;
  bool is_on_paper = false;
};

survey::Submission submission_of(const Person& person) {
  Sample one;
  one.add(person.colour, person.mood, person.pets, person.words);
  auto submission = one.last();
  if (person.is_on_paper) submission.mode = "paper";
  return submission;
}

TEST(ARowThatIsRemoved, LeavesTheOthersAsIfItHadNeverBeenThere) {
  std::mt19937 chance(11);
  const auto one_of = [&](std::vector<std::string> of) { return of[chance() % of.size()]; };
  std::vector<survey::Submission> people;
  for (int i = 0; i < 60; ++i) {
    people.push_back(submission_of({one_of({"red", "blue", "none", ""}),
                                    one_of({"low", "mid", "high", "pass", ""}),
                                    {one_of({"cat", "dog"})},
                                    "",
                                    chance() % 3 == 0}));
  }
  Sample sample;
  auto& columns = sample.columns();
  for (const auto& person : people) ASSERT_TRUE(columns.append(person));
  while (!people.empty()) {
    const std::size_t row = chance() % people.size();
    columns.remove(row);
    people.erase(people.begin() + static_cast<std::ptrdiff_t>(row));
    Sample anew;
    for (const auto& person : people) ASSERT_TRUE(anew.columns().append(person));
    ASSERT_EQ(columns.rows(), anew.columns().rows());
    ASSERT_EQ(columns.on_paper(), anew.columns().on_paper());
    for (std::size_t item = 0; item < columns.questionnaire().items.size(); ++item) {
      ASSERT_EQ(columns.column(item).codes, anew.columns().column(item).codes);
      ASSERT_EQ(columns.column(item).chosen, anew.columns().column(item).chosen);
    }
  }
}

}  // namespace
}  // namespace perspective::tally

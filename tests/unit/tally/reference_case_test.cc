#include <gtest/gtest.h>

#include <map>

#include "support/reference_case.h"

namespace perspective::tally {
namespace {

namespace rc = reference_case;

struct Figures {
  boost::json::value all = rc::read_json(rc::kFigures);
  std::map<std::string, survey::Questionnaire> questionnaires;
  std::map<std::string, Tally> tallies;

  Figures() {
    for (const std::string id : {"children-and-young-people", "victims"}) {
      const auto questionnaire = rc::questionnaire(id);
      tallies.emplace(id, rc::tally_of(questionnaire, rc::submissions(questionnaire, rc::kResponses)));
      questionnaires.emplace(id, questionnaire);
    }
  }

  // The finding that counts just these options of this item.
  const FindingCount* finding(const boost::json::value& figure) const {
    const std::string questionnaire(figure.at("questionnaire").as_string());
    for (const auto& finding : questionnaires.at(questionnaire).findings)
      if (finding.item == figure.at("variable").as_string() && has_options(finding, figure.at("counted").as_array()))
        return tallies.at(questionnaire).finding(finding.id);
    return nullptr;
  }

 private:
  static bool has_options(const survey::Finding& finding, const boost::json::array& counted) {
    const std::set<std::string> ours(finding.counted.begin(), finding.counted.end());
    std::set<std::string> theirs;
    for (const auto& option : counted) theirs.emplace(option.as_string());
    return ours == theirs;
  }
};

std::int64_t sum_of(const ItemCount& item, const boost::json::array& counted) {
  std::int64_t sum = 0;
  for (const auto& option : item.options)
    for (const auto& id : counted)
      if (option.option == id.as_string()) sum += option.count;
  return sum;
}

TEST(ReferenceCase, HasAllThirtyOneFiguresAsItemCounts) {
  const Figures figures;
  const auto& list = figures.all.at("figures").as_array();
  ASSERT_EQ(list.size(), 31U);
  for (const auto& figure : list) {
    const auto* item = figures.tallies.at(std::string(figure.at("questionnaire").as_string()))
                           .item(std::string(figure.at("variable").as_string()));
    EXPECT_EQ(item->base, figure.at("item_base").as_int64()) << figure.at("id");
    EXPECT_EQ(sum_of(*item, figure.at("counted").as_array()), figure.at("item_count").as_int64()) << figure.at("id");
  }
}

TEST(ReferenceCase, HasAllThirtyOneFiguresAsFindings) {
  const Figures figures;
  for (const auto& figure : figures.all.at("figures").as_array()) {
    const auto* finding = figures.finding(figure);
    ASSERT_NE(finding, nullptr) << figure.at("id");
    EXPECT_EQ(finding->count, figure.at("finding_count").as_int64()) << figure.at("id");
    EXPECT_EQ(finding->base, figure.at("finding_base").as_int64()) << figure.at("id");
    EXPECT_EQ(finding->missing, 0) << figure.at("id");
  }
}

TEST(ReferenceCase, FindingsHangOnEachOtherAsTheFiguresDo) {
  const Figures figures;
  std::map<std::string, std::string> finding_of;
  for (const auto& figure : figures.all.at("figures").as_array()) {
    const auto* finding = figures.finding(figure);
    finding_of[std::string(figure.at("id").as_string())] = finding->id;
    const auto* parent = figure.as_object().if_contains("nested_in");
    if (parent == nullptr) parent = figure.as_object().if_contains("joint_with");
    EXPECT_EQ(finding->hangs_on, parent == nullptr ? "" : finding_of[std::string(parent->as_string())])
        << figure.at("id");
  }
}

TEST(ReferenceCase, AbsencesAreThoseOfTheFixture) {
  for (const std::string id : {"children-and-young-people", "victims"}) {
    const auto submissions = rc::submissions(rc::questionnaire(id), rc::kResponses);
    const auto responses = rc::read_json(rc::kResponses);
    for (std::size_t i = 0; i < submissions.size(); ++i) {
      for (const auto& pair : responses.at(id).at(i).at("absent").as_object()) {
        const auto expected = pair.value() == "skipped" ? survey::Absence::skipped : survey::Absence::not_asked;
        EXPECT_EQ(submissions[i].absent.at(std::string(pair.key())), expected) << id << ' ' << i << ' ' << pair.key();
      }
    }
  }
}

}  // namespace
}  // namespace perspective::tally

// What was published never changes: the same name and version mean the same questionnaire in every inspection.
#include "unit/inspection/collector.h"

namespace perspective::inspection {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class AQuestionnaireThatWasPublished : public Collector {
 protected:
  void SetUp() override {
    Collector::SetUp();
    create("first");
  }
  static void put(std::string& text, const std::string& piece, const std::string& other) {
    const auto at = text.find(piece);
    ASSERT_NE(at, std::string::npos) << piece;
    text.replace(at, piece.size(), other);
  }
  // Of a second inspection with the same questionnaire, after `change`.
  template <typename Change>
  Error refusal(Change change) {
    auto second = new_inspection("second");
    change(second.questionnaires.front());
    const auto created = inspections_->create(second);
    return created ? Error{ErrorCode::io, "taken"} : created.error();
  }
};

TEST_F(AQuestionnaireThatWasPublished, MayBeUsedAgainAsItIs) {
  EXPECT_EQ(refusal([](NewQuestionnaire&) {}).what, "taken");
}

TEST_F(AQuestionnaireThatWasPublished, MayBeLaidOutAnew) {
  EXPECT_EQ(refusal([](NewQuestionnaire& again) { again.definition.insert(0, "\n\n"); }).what, "taken");
}

TEST_F(AQuestionnaireThatWasPublished, IsRefusedWithOtherRoutingOrWordsAndTheFileIsNamed) {
  const auto definition = refusal([](NewQuestionnaire& again) {
    const std::string last = "}";
    again.definition.insert(again.definition.rfind(last), ", \"long_sentences\": {\"title\": \"for a test\"}");
  });
  EXPECT_EQ(definition.code, ErrorCode::conflict);
  EXPECT_THAT(definition.what, AllOf(HasSubstr("readers, version "), HasSubstr("in the inspection 'first'"),
                                     HasSubstr("another definition.json"), HasSubstr("Give it the next \"version\"")));
  const auto words = refusal([](NewQuestionnaire& again) {
    std::string& text = again.texts.at("en");
    text.insert(text.rfind('}'), ", \"item.comes.help\": \"Another line.\"");
  });
  EXPECT_THAT(words.what, HasSubstr("another texts/en.json"));
  const auto sentences = refusal([](NewQuestionnaire& again) {
    std::string& text = again.section.at("en");
    text.insert(text.rfind('}'), ", \"section.respondents\": \"Some people answered.\"");
  });
  EXPECT_THAT(sentences.what, HasSubstr("another section/en.json"));
  EXPECT_EQ(inspections_->list()->size(), 1U);  // and nothing of it is left
}

TEST_F(AQuestionnaireThatWasPublished, MayBeMarkedAsChecked) {
  const auto marked = refusal([](NewQuestionnaire& again) {
    std::string& text = again.texts.at("en");
    if (text.find("\"draft\"") != std::string::npos) {
      put(text, "\"draft\"", "\"checked\"");
    } else {
      put(text, "\"checked\"", "\"draft\"");
    }
  });
  EXPECT_EQ(marked.what, "taken");
}

TEST_F(AQuestionnaireThatWasPublished, MayChangeUnderANewVersion) {
  const auto next = refusal([](NewQuestionnaire& again) {
    const auto at = again.definition.find("\"version\": ");
    ASSERT_NE(at, std::string::npos);
    again.definition.replace(at, std::string("\"version\": 1").size(), "\"version\": 9");
    std::string& text = again.texts.at("en");
    text.insert(text.rfind('}'), ", \"item.comes.help\": \"Another line.\"");
  });
  EXPECT_EQ(next.what, "taken");
}

}  // namespace
}  // namespace perspective::inspection

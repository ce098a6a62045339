#include "survey/submission.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "small_questionnaire.h"
#include "survey/routing.h"

namespace perspective::survey {
namespace {

using testing::HasSubstr;
using testing::Not;

class AnOwnersSubmission : public testing::Test {
 protected:
  AnOwnersSubmission() {
    submission_.envelope = std::string(32, 'a');
    submission_.inspection = "street-2026";
    submission_.questionnaire = "pets";
    submission_.version = 2;
    submission_.language = "cy";
    submission_.mode = "kiosk";
    submission_.answers = {
        {"has_pet", Choice{"yes"}}, {"which", Choices{{"cat", "other"}}}, {"more", Words{"\"wŷn\"\n"}}};
    submission_.absent = absences(pets_, submission_.answers, {0, 1, 2, 3});
  }

  const Questionnaire pets_ = small_questionnaire();
  Submission submission_;
};

TEST_F(AnOwnersSubmission, ComesBackFromJsonAsItWas) {
  const std::string json = to_json(submission_);
  const auto again = from_json(json + "     ");
  ASSERT_TRUE(again) << again.error().what;
  EXPECT_EQ(again->answers, submission_.answers);
  EXPECT_EQ(again->absent, submission_.absent);
  EXPECT_EQ(to_json(*again), json);
}

TEST_F(AnOwnersSubmission, BelongsToItsQuestionnaire) {
  submission_.answers["more"] = Words{"a"};
  EXPECT_TRUE(check(submission_, pets_)) << check(submission_, pets_).error().what;
}

TEST_F(AnOwnersSubmission, IsRefusedWhenItAnswersOffTheRoute) {
  submission_.answers["more"] = Words{"a"};
  submission_.answers["has_pet"] = Choice{"no"};
  EXPECT_FALSE(check(submission_, pets_));
}

TEST_F(AnOwnersSubmission, IsRefusedWhenAnAnswerIsOffTheRouteAndAllElseIsAccountedFor) {
  submission_.answers = {{"has_pet", Choice{"no"}}, {"which", Choices{{"cat"}}}};
  submission_.absent = absences(pets_, prune(pets_, submission_.answers), {0, 4});
  submission_.absent.erase("which");
  EXPECT_THAT(check(submission_, pets_).error().what, HasSubstr("which does not follow the route"));
}

TEST_F(AnOwnersSubmission, IsRefusedWhenAnItemIsUnaccountedFor) {
  submission_.answers["more"] = Words{"a"};
  submission_.absent.erase("joy");
  EXPECT_THAT(check(submission_, pets_).error().what, HasSubstr("joy"));
}

TEST_F(AnOwnersSubmission, IsRefusedForAnotherVersion) {
  submission_.version = 3;
  EXPECT_FALSE(check(submission_, pets_));
}

TEST_F(AnOwnersSubmission, IsRefusedForAnotherQuestionnaire) {
  submission_.questionnaire = "cars";
  EXPECT_THAT(check(submission_, pets_).error().what, HasSubstr("another questionnaire"));
}

TEST_F(AnOwnersSubmission, IsRefusedWhereItSpeaksOfAnItemThatThereIsNot) {
  submission_.answers["more"] = Words{"a"};
  auto changed = submission_;
  changed.answers["colour"] = Choice{"red"};
  EXPECT_THAT(check(changed, pets_).error().what, HasSubstr("an item that the questionnaire has not"));
  changed = submission_;
  changed.absent["colour"] = Absence::skipped;
  EXPECT_THAT(check(changed, pets_).error().what, HasSubstr("an item that the questionnaire has not"));
}

TEST_F(AnOwnersSubmission, IsRefusedWhereAnAnswerIsOfAnotherKindThanItsItem) {
  submission_.answers["more"] = Words{"a"};
  const auto is_refused = [&](const std::string& variable, const Answer& answer) {
    auto changed = submission_;
    changed.answers[variable] = answer;
    return !check(changed, pets_);
  };
  EXPECT_FALSE(is_refused("more", Words{"b"}));
  EXPECT_TRUE(is_refused("more", Words{}));
  EXPECT_TRUE(is_refused("more", Words{"delete\x7f"}));
  EXPECT_TRUE(is_refused("more", Choice{"yes"}));
  EXPECT_TRUE(is_refused("which", Choice{"cat"}));
  EXPECT_TRUE(is_refused("which", Choices{}));
  EXPECT_TRUE(is_refused("which", Words{"cat"}));
  EXPECT_TRUE(is_refused("has_pet", Choices{{"yes"}}));
}

TEST_F(AnOwnersSubmission, SaysForEachItemWhyThereIsNoAnswer) {
  submission_.answers.clear();
  submission_.absent = {{"has_pet", Absence::skipped}, {"which", Absence::not_asked}, {"more", Absence::not_reached}};
  const std::string json = to_json(submission_);
  EXPECT_THAT(json, HasSubstr(R"("has_pet":"skipped")"));
  EXPECT_EQ(from_json(json)->absent, submission_.absent);
}

TEST(SubmissionText, OfAnotherShapeIsCalledCorrupt) {
  for (const char* text : {"", "   ", "[]", "{}}", R"([{"format":1}])", R"(x{"format":1})", R"({"format":"1"})",
                           R"({"format":1,"absent":{"a":"mislaid"}})"}) {
    EXPECT_EQ(from_json(text).error().code, ErrorCode::corrupt) << text;
  }
}

TEST_F(AnOwnersSubmission, IsNoneWithAReasonThatThereIsNot) {
  std::string json = to_json(submission_);
  const auto at = json.find("skipped") != std::string::npos ? json.find("skipped") : json.find("not_asked");
  json.replace(at, 7, "mislaid");
  EXPECT_EQ(from_json(json).error().code, ErrorCode::corrupt);
}

TEST(SubmissionText, ThatIsNoneIsCalledCorruptWithoutBeingQuoted) {
  for (const std::string_view text : {"", "{}", "[]", "{\"format\":1,\"answers\":{\"a\":7}}", "secret words"}) {
    const auto read = from_json(text);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::corrupt);
    EXPECT_THAT(read.error().what, Not(HasSubstr("secret")));
  }
  EXPECT_THAT(from_json("{\"format\":2}").error().what, HasSubstr("newer"));
}

TEST_F(AnOwnersSubmission, IsNeverLongerThanTheLongest) {
  const std::size_t longest = longest_submission_bytes(std::span(&pets_, 1), submission_.inspection);
  submission_.answers["which"] = Choices{{"cat", "dog", "other"}};
  submission_.answers["other_which"] = Words{std::string(20, '"')};
  submission_.answers["joy"] = Choice{"little"};
  submission_.answers["more"] = Words{std::string(1000, '\\')};
  submission_.absent = absences(pets_, submission_.answers, {0, 1, 2, 3, 4});
  EXPECT_TRUE(check(submission_, pets_));
  EXPECT_LE(to_json(submission_).size(), longest);
  EXPECT_GE(to_json(submission_).size() + 100, longest) << "the padded size is larger than it need be";
}

}  // namespace
}  // namespace perspective::survey

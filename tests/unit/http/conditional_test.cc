#include "http/conditional.h"

#include <gtest/gtest.h>

namespace perspective::http {
namespace {

using enum Comparison;

TEST(EntityTags, AreFoundInAList) {
  EXPECT_TRUE(is_among("\"a\"", "\"a\"", strong));
  EXPECT_TRUE(is_among("\"x\", \"a,b\" ,\"a\"", "\"a\"", strong));
  EXPECT_TRUE(is_among("\"a,b\"", "\"a,b\"", strong));
  EXPECT_TRUE(is_among("*", "\"a\"", strong));
  EXPECT_FALSE(is_among("\"A\"", "\"a\"", weak));
  EXPECT_FALSE(is_among("", "\"a\"", weak));
  EXPECT_FALSE(is_among("*", "", weak)) << "what has no tag matches nothing";
}

TEST(EntityTags, ThatAreWeakAreGoodForReadingAndNotForChanging) {
  for (const char* const field : {"W/\"a\"", "\"x\", W/\"a\""}) {
    EXPECT_TRUE(is_among(field, "\"a\"", weak)) << field;
    EXPECT_FALSE(is_among(field, "\"a\"", strong)) << field;
  }
  EXPECT_TRUE(is_among("\"a\"", "W/\"a\"", weak));
  EXPECT_FALSE(is_among("\"a\"", "W/\"a\"", strong));
  EXPECT_FALSE(is_among("W/\"a\"", "W/\"a\"", strong));
}

TEST(EntityTags, ThatAreNoneMatchNothing) {
  for (const char* const field : {"a", "'a'", "\"a", "W/", "W/a", "x \"a\"", ", ,"}) {
    EXPECT_FALSE(is_among(field, "\"a\"", weak)) << field;
  }
}

class AnAnswer : public testing::Test {
 protected:
  static Response found() {
    Response response = json_response(200, "{}");
    response.headers = {{"Audit-Head", "7"}, {"Content-Disposition", "attachment"}};
    set_tag(response, "\"now\"");
    return response;
  }
  static Response asked(const std::string& name, const std::string& value) {
    Request request;
    request.headers[name] = value;
    return unless_known(request, found());
  }
};

TEST_F(AnAnswer, IsGivenToWhoeverHasNotGotIt) {
  EXPECT_EQ(unless_known({}, found()).body, "{}");
  EXPECT_EQ(asked("if-none-match", "\"before\"").body, "{}");
}

TEST_F(AnAnswer, IsNotGivenTwice) {
  const auto response = asked("if-none-match", "\"now\"");
  EXPECT_EQ(response.status, 304);
  EXPECT_EQ(response.body + response.content_type, "");
  EXPECT_EQ(tag_of(response), "\"now\"");
  EXPECT_EQ(response.headers.front().second, "7") << "that it was read stands in the audit all the same";
  EXPECT_EQ(response.headers.size(), 2U);
}

TEST_F(AnAnswer, IsRefusedWhereAnotherIsMeant) {
  EXPECT_EQ(asked("if-match", "\"before\"").status, 412);
  EXPECT_EQ(asked("if-match", "W/\"now\"").status, 412);
  EXPECT_EQ(asked("if-match", "\"now\"").status, 200);
}

TEST_F(AnAnswer, ThatIsAProblemStaysOne) {
  Request request;
  request.headers["if-none-match"] = "*";
  Response response = found();
  response.status = 404;
  EXPECT_EQ(unless_known(request, response).status, 404);
}

}  // namespace
}  // namespace perspective::http

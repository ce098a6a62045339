#include "resources/json_body.h"

#include <gmock/gmock.h>

namespace perspective::resources {
namespace {

using ::testing::HasSubstr;

// An array of so many, as the value of "id".
std::string body_of(std::size_t values) {
  std::string body = R"({"id":[0)";
  for (std::size_t i = 1; i < values; ++i) body += ",0";
  return body + "]}";
}

TEST(ABody, OfMoreValuesThanAnyNeedsIsRefusedBeforeItIsRead) {
  EXPECT_TRUE(JsonBody::parse(as_bytes(body_of(199'000))));
  const auto refused = JsonBody::parse(as_bytes(body_of(201'000)));
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().what, HasSubstr("more than 200,000 values"));
}

TEST(ABody, MayHaveAnySignsInItsTexts) {
  std::string text = R"(\"[{,)";
  for (int i = 0; i < 100'000; ++i) text += ",,[";
  EXPECT_TRUE(JsonBody::parse(as_bytes(R"({"words":")" + text + R"(\\"})")));
}

}  // namespace
}  // namespace perspective::resources

#include "authoring/json_places.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace perspective::authoring {
namespace {

using testing::HasSubstr;

constexpr std::string_view kText = "{\n  \"a\": 1,\n  \"b/c\": [\n    true,\n    { \"d~\": \"x\\ny\" }\n  ]\n}\n";

TEST(JsonPlaces, KnowTheLineOfEverything) {
  const JsonPlaces places(kText);
  EXPECT_TRUE(places.is_json());
  EXPECT_EQ(places.of(""), (Place{1, 1}));
  EXPECT_EQ(places.of("/a"), (Place{2, 3}));
  EXPECT_EQ(places.of("/b~1c"), (Place{3, 3}));
  EXPECT_EQ(places.of("/b~1c/0"), (Place{4, 5}));
  EXPECT_EQ(places.of("/b~1c/1/d~0"), (Place{5, 7}));
}

TEST(JsonPlaces, PutWhatIsNotThereBesideWhatIsAroundIt) {
  const JsonPlaces places(kText);
  EXPECT_EQ(places.of("/b~1c/1/missing/deeper"), (Place{5, 5}));
  EXPECT_EQ(places.of("/missing"), (Place{1, 1}));
}

TEST(JsonPlaces, NoteANameThatIsThereTwiceInOneObjectOnly) {
  const JsonPlaces places("{\"a\": {\"b\": 1, \"\\u0062\": 2}, \"c\": {\"b\": 3}}");
  EXPECT_TRUE(places.is_json());
  ASSERT_EQ(places.mistakes().size(), 1U);
  EXPECT_EQ(places.mistakes()[0].pointer, "/a/b");
}

struct Broken {
  const char* text;
  Place place;
  const char* what;
};
class JsonBroken : public testing::TestWithParam<Broken> {};

TEST_P(JsonBroken, IsToldWithItsPlace) {
  const JsonPlaces places(GetParam().text);
  EXPECT_FALSE(places.is_json());
  ASSERT_EQ(places.mistakes().size(), 1U);
  EXPECT_EQ(places.mistakes()[0].place, GetParam().place)
      << places.mistakes()[0].place.line << ":" << places.mistakes()[0].place.column;
  EXPECT_THAT(places.mistakes()[0].what, HasSubstr(GetParam().what));
}

INSTANTIATE_TEST_SUITE_P(Forms, JsonBroken,
                         testing::Values(Broken{"", {1, 1}, "ends too early"}, Broken{"{", {1, 2}, "ends too early"},
                                         Broken{"[1,\n]", {1, 3}, "after a comma"},
                                         Broken{"{\"a\" 1}", {1, 6}, "colon"}, Broken{"[1\n 2]", {1, 3}, "comma or ]"},
                                         Broken{"[\n tru]", {2, 2}, "no value"}, Broken{"[01]", {1, 2}, "no value"},
                                         Broken{"[\"a\nb\"]", {1, 2}, "does not end in its line"},
                                         Broken{"[\"a", {1, 2}, "does not end"}, Broken{"[\"\\q\"]", {1, 2}, "escape"},
                                         Broken{"[\"\t\"]", {1, 3}, "control character"},
                                         Broken{"[\"\xff\"]", {1, 3}, "is not JSON"}, Broken{"{a: 1}", {1, 2}, "name"},
                                         Broken{"\xEF\xBB\xBF{}", {1, 1}, "byte order mark"},
                                         Broken{"[] x", {1, 4}, "after its end"}));

TEST(JsonPlaces, OfBracketsWithoutEndAreRefusedInTime) {
  const JsonPlaces places(std::string(1'000'000, '['));
  ASSERT_EQ(places.mistakes().size(), 1U);
  EXPECT_THAT(places.mistakes()[0].what, HasSubstr("brackets inside each other"));
}

}  // namespace
}  // namespace perspective::authoring

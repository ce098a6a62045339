#include "resources/paging.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace perspective::resources {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class AList : public testing::Test {
 protected:
  Services services_;
  std::vector<std::string> items_{"fig", "ash", "elm", "box", "oak"};

  Result<http::Response> page(const std::string& limit, const std::string& after = {},
                              const std::string& path = "/v1/trees") {
    http::Request request;
    request.path = path;
    request.query = {{"limit", limit}, {"after", after}, {"kind", "a b"}};
    return paged(
        services_, request, "trees", items_, [](const auto& item) { return item; },
        [](const auto& item) { return boost::json::value(item); }, {{"all", items_.size()}});
  }
  static std::vector<std::string> shown(const http::Response& response) {
    return boost::json::value_to<std::vector<std::string>>(boost::json::parse(response.body).at("trees"));
  }
  static std::string next(const http::Response& response) {
    const auto next = boost::json::parse(response.body).at("next");
    return next.is_null() ? "" : std::string(next.as_string());
  }
  // From the first page to the last; between two of them something may be done.
  std::vector<std::string> walk(
      const std::string& limit, const std::function<void()>& between = [] {}) {
    std::vector<std::string> all;
    std::string after;
    do {
      const auto one = page(limit, after).value();
      std::ranges::copy(shown(one), std::back_inserter(all));
      after = next(one);
      between();
    } while (!after.empty());
    return all;
  }
};

TEST_F(AList, IsShownInItsOrderOnceEach) {
  for (const char* const limit : {"1", "2", "3", "5", "500", ""}) {
    EXPECT_THAT(walk(limit), ElementsAre("ash", "box", "elm", "fig", "oak")) << limit;
  }
}

TEST_F(AList, SaysWhatElseThereIsAndWhereToGoOn) {
  const auto first = page("2").value();
  EXPECT_THAT(shown(first), ElementsAre("ash", "box"));
  EXPECT_EQ(boost::json::parse(first.body).at("all"), 5);
  ASSERT_EQ(first.headers.size(), 1U);
  EXPECT_EQ(first.headers[0].first, "Link");
  EXPECT_EQ(first.headers[0].second, "</v1/trees?kind=a%20b&limit=2&after=" + next(first) + ">; rel=\"next\"");
  EXPECT_TRUE(page("5").value().headers.empty()) << "nothing comes after the last page";
}

TEST_F(AList, LosesNothingThatStaysWhileOthersComeAndGo) {
  int time = 0;
  const auto all = walk("2", [&] {
    if (time++ > 0) return;
    std::erase(items_, "box");  // where the first page ended
    items_.insert(items_.end(), {"asp", "fir"});
  });
  EXPECT_THAT(all, ElementsAre("ash", "box", "elm", "fig", "fir", "oak"));
}

TEST_F(AList, ShowsEqualOnesEachOnce) {
  items_ = {"elm", "elm", "ash", "elm"};
  EXPECT_THAT(walk("1"), ElementsAre("ash", "elm", "elm", "elm"));
}

TEST_F(AList, OfNothingIsOnePage) {
  items_.clear();
  EXPECT_TRUE(walk("1").empty());
}

TEST_F(AList, RefusesALimitThatIsNone) {
  for (const char* const limit : {"0", "501", "-1", "+1", "1.5", "ten", " 1", "99999999999999999999"}) {
    const auto answer = page(limit);
    ASSERT_FALSE(answer) << limit;
    EXPECT_EQ(answer.error().code, ErrorCode::invalid);
    EXPECT_THAT(answer.error().what, HasSubstr("\"limit\""));
  }
}

TEST_F(AList, RefusesAPlaceThatItNeverGave) {
  const std::string good = next(page("2").value());
  std::string changed = good;
  changed.back() = changed.back() == '0' ? '1' : '0';
  for (const std::string& after : {changed, good.substr(1), good + "00", std::string("x"), to_hex(as_bytes("box"))}) {
    const auto answer = page("2", after);
    ASSERT_FALSE(answer) << after;
    EXPECT_EQ(answer.error().code, ErrorCode::invalid);
    EXPECT_THAT(answer.error().what, HasSubstr("\"after\""));
  }
  EXPECT_FALSE(page("2", good, "/v1/shrubs")) << "it is of another list";
}

TEST(Stamps, OfOneRootAreTheSameAndThoseOfAStartAreNot) {
  const auto one = Stamps::of(as_bytes("root")).value();
  const auto two = Stamps::of(as_bytes("root")).value();
  const auto other = Stamps::of(as_bytes("another")).value();
  using enum Reach;
  EXPECT_EQ(one.tag(of_every_collector, "text/plain", "x"), two.tag(of_every_collector, "text/plain", "x"));
  EXPECT_NE(one.tag(of_every_collector, "text/plain", "x"), other.tag(of_every_collector, "text/plain", "x"));
  EXPECT_NE(one.tag(of_this_start, "text/plain", "x"), two.tag(of_this_start, "text/plain", "x"))
      << "with a key that lasts, a tag of answers could be tried out later";
  EXPECT_NE(one.tag(of_this_start, "text/plain", "x"), one.tag(of_this_start, "text/plain", "y"));
  EXPECT_NE(one.tag(of_this_start, "text/plain", "x"), one.tag(of_this_start, "text/html", "x"));
}

}  // namespace
}  // namespace perspective::resources

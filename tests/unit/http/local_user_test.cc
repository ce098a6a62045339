#include "http/local_user.h"

#include <gtest/gtest.h>

namespace perspective::http {
namespace {

constexpr uid_t kNobodys = 4'000'000;  // a number that no machine gives
constexpr uid_t kAnother = 4'000'001;

TEST(WhoeverAsksAtTheSocket, IsNamedWithWhoLoggedIn) {
  EXPECT_EQ(user_in_words(0, std::nullopt), "root (uid 0)");
  EXPECT_EQ(user_in_words(0, 0), "root (uid 0)");
  EXPECT_EQ(user_in_words(0, kNobodys), "root (uid 0), logged in as unnamed (uid 4000000)");
}

TEST(WhoeverAsksAtTheSocket, IsOnePersonWhicheverUserTheyBecame) {
  const auto person = person_in_words(kNobodys, kNobodys);
  EXPECT_EQ(person_in_words(0, kNobodys), person) << "by sudo";
  EXPECT_EQ(person_in_words(kAnother, kNobodys), person) << "as the service's user";
  EXPECT_EQ(person_in_words(kNobodys, std::nullopt), person) << "where the kernel knows of no log-in";
  EXPECT_NE(person_in_words(0, kAnother), person);
}

}  // namespace
}  // namespace perspective::http

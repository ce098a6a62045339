#include "base/sqlite.h"

#include <gtest/gtest.h>

namespace perspective::sqlite {
namespace {

class AConnection : public testing::Test {
 protected:
  Statement prepared(std::string_view sql) { return std::move(*database_.prepare(sql)); }
  Database database_ = std::move(*Database::open(":memory:"));
};

TEST_F(AConnection, GivesAStatementThatKnowsNothingOfTheOneBeforeOfTheSameWords) {
  {
    auto first = prepared("SELECT ?");
    ASSERT_TRUE(*first.bind(1, std::int64_t{7}).step());
    EXPECT_EQ(first.integer(0), 7);
  }
  auto second = prepared("SELECT ?");
  ASSERT_TRUE(*second.step());
  EXPECT_TRUE(second.is_null(0));
}

TEST_F(AConnection, GivesTwoStatementsOfTheSameWordsAtOnce) {
  auto first = prepared("SELECT ?");
  auto second = prepared("SELECT ?");
  ASSERT_TRUE(*first.bind(1, std::int64_t{1}).step());
  ASSERT_TRUE(*second.bind(1, std::int64_t{2}).step());
  EXPECT_EQ(first.integer(0), 1);
  EXPECT_EQ(second.integer(0), 2);
}

TEST_F(AConnection, IsHeldUpByNoStatementThatWasNotReadToItsEnd) {
  ASSERT_TRUE(database_.execute("CREATE TABLE rows (number INTEGER); INSERT INTO rows VALUES (1), (2), (3)"));
  { ASSERT_TRUE(*prepared("SELECT number FROM rows").step()); }
  ASSERT_TRUE(database_.execute("DROP TABLE rows")) << "a statement that is still at a row would keep it";
  EXPECT_FALSE(database_.prepare("SELECT number FROM rows")->step()) << "and what was compiled before is not believed";
}

TEST_F(AConnection, GoesOnWithMoreStatementsThanItKeeps) {
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 200; ++i) {
      auto statement = prepared("SELECT " + std::to_string(i));
      ASSERT_TRUE(*statement.step());
      ASSERT_EQ(statement.integer(0), i);
    }
  }
}

TEST_F(AConnection, MovedTakesItsStatementsAlong) {
  { ASSERT_TRUE(*prepared("SELECT 1").step()); }
  Database other = std::move(database_);
  auto statement = std::move(*other.prepare("SELECT 1"));
  EXPECT_TRUE(*statement.step());
}

}  // namespace
}  // namespace perspective::sqlite

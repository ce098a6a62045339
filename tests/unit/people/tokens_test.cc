#include "people/tokens.h"

#include "people/sessions.h"
#include "unit/people/stand.h"

namespace perspective::people {
namespace {

class AToken : public People {
 protected:
  void SetUp() override {
    People::SetUp();
    have("ada", {Role::inspector, Role::analyst});
    tokens_.emplace(*store_, clock_);
    const auto made = tokens_->make("ada", "nightly", {Right::read_releases, Right::see_inspections}, 30);
    ASSERT_TRUE(made) << made.error().what;
    token_ = *made;
  }
  std::optional<Tokens> tokens_;
  std::string token_;
};

TEST_F(AToken, HasTheRightsThatWereChosenAndItsName) {
  EXPECT_THAT(token_, testing::StartsWith("pct_"));
  EXPECT_EQ(token_.size(), 4U + 64U);
  const auto person = tokens_->person(token_);
  ASSERT_TRUE(person);
  EXPECT_EQ(person->name, "ada");
  EXPECT_EQ(person->token, "nightly");
  EXPECT_EQ(person->rights, bit_of(Right::read_releases) | bit_of(Right::see_inspections));
  for (const auto& record : records("token")) EXPECT_EQ(record.body.find(token_.substr(4)), std::string::npos);
}

TEST_F(AToken, MayNeverMoreThanItsOwner) {
  EXPECT_EQ(tokens_->make("ada", "more", {Right::run_people}, 30).error().code, ErrorCode::invalid);
  EXPECT_EQ(tokens_->make("ada", "more", {Right::own_account}, 30).error().code, ErrorCode::invalid);
  ASSERT_TRUE(accounts_->set_roles("ada", {Role::administrator}));
  EXPECT_EQ(tokens_->make("ada", "more", {Right::run_people}, 30).error().code, ErrorCode::invalid)
      << "with that it could make itself anybody";
  EXPECT_EQ(tokens_->make("ada", "none", {}, 30).error().code, ErrorCode::invalid);
  ASSERT_TRUE(accounts_->set_roles("ada", {Role::data_entry}));
  EXPECT_EQ(tokens_->person(token_)->rights, bit_of(Right::see_inspections)) << "what its owner lost, it lost";
}

TEST_F(AToken, Ends) {
  EXPECT_FALSE(tokens_->make("ada", "long", {Right::read_releases}, 366));
  EXPECT_FALSE(tokens_->make("ada", "short", {Right::read_releases}, 0));
  pass(30 * 86'400 - 1);
  EXPECT_TRUE(tokens_->person(token_));
  EXPECT_EQ(tokens_->all()->size(), 1U);
  pass(1);
  EXPECT_EQ(tokens_->person(token_).error().code, ErrorCode::refused);
  EXPECT_TRUE(tokens_->all()->empty());
}

TEST_F(AToken, IsRevokedByItsName) {
  EXPECT_EQ(tokens_->revoke("bob", "nightly").error().code, ErrorCode::not_found);
  ASSERT_TRUE(tokens_->revoke("ada", "nightly"));
  EXPECT_FALSE(tokens_->person(token_));
  EXPECT_TRUE(tokens_->make("ada", "nightly", {Right::read_releases}, 1)) << "the name is free again";
  EXPECT_EQ(tokens_->make("ada", "nightly", {Right::read_releases}, 1).error().code, ErrorCode::conflict);
}

TEST_F(AToken, IsGoodForNothingWhileItsOwnerIsDisabledOrHasToJoin) {
  ASSERT_TRUE(accounts_->disable("ada"));
  EXPECT_FALSE(tokens_->person(token_));
  ASSERT_TRUE(accounts_->enable("ada"));
  EXPECT_TRUE(tokens_->person(token_));
  ASSERT_TRUE(accounts_->reset("ada"));
  EXPECT_FALSE(tokens_->person(token_));
}

TEST_F(AToken, EndsWithItsOwnersPassword) {
  ASSERT_TRUE(accounts_->change_password("ada", bytes(kGood), bytes(kOther)));
  EXPECT_FALSE(tokens_->person(token_));
  EXPECT_TRUE(tokens_->all()->empty()) << "nor is it listed, though nobody has taken it out of the store";
  const auto next = tokens_->make("ada", "nightly", {Right::read_releases}, 30);
  ASSERT_TRUE(next) << "its name is free again";
  EXPECT_TRUE(tokens_->person(*next));
  ASSERT_TRUE(accounts_->join("ada", *accounts_->reset("ada"), bytes(kGood)));
  EXPECT_FALSE(tokens_->person(*next));
  EXPECT_FALSE(tokens_->person(token_));
}

TEST_F(AToken, IsNoSessionAndASessionIsNone) {
  Sessions sessions(*store_, clock_);
  EXPECT_FALSE(sessions.person(token_));
  EXPECT_FALSE(tokens_->person(*sessions.begin(account("ada"))));
  EXPECT_FALSE(tokens_->person(""));
}

}  // namespace
}  // namespace perspective::people

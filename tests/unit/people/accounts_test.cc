#include "people/accounts.h"

#include <fstream>
#include <iterator>

#include "unit/people/stand.h"

namespace perspective::people {
namespace {

class SomeoneInvited : public People {};

TEST_F(SomeoneInvited, JoinsWithTheLinkAndAPasswordOfTheirs) {
  const auto link = *accounts_->invite({"ada", "Ada Lovelace", {Role::inspector, Role::analyst}});
  EXPECT_EQ(link.size(), 64U) << "256 bits";
  EXPECT_FALSE(account("ada").has_joined());
  ASSERT_TRUE(accounts_->join("ada", link, bytes(kGood)));
  EXPECT_TRUE(account("ada").has_joined());
  EXPECT_THAT(account("ada").roles, testing::ElementsAre(Role::inspector, Role::analyst));
}

TEST_F(SomeoneInvited, JoinsOnce) {
  const auto link = *accounts_->invite({"ada", "", {Role::inspector}});
  ASSERT_TRUE(accounts_->join("ada", link, bytes(kGood)));
  EXPECT_EQ(accounts_->join("ada", link, bytes(kOther)).error().code, ErrorCode::refused);
}

TEST_F(SomeoneInvited, JoinsWithinADayWithTheirOwnLink) {
  const auto link = *accounts_->invite({"ada", "", {Role::inspector}});
  const auto other = *accounts_->invite({"bob", "", {Role::inspector}});
  const auto refusal = accounts_->join("ada", other, bytes(kGood)).error().what;
  EXPECT_EQ(accounts_->join("nobody", link, bytes(kGood)).error().what, refusal) << "who there is, nobody learns";
  pass(kLinkLasts_s);
  EXPECT_EQ(accounts_->join("ada", link, bytes(kGood)).error().what, refusal);
  pass(-1);
  EXPECT_TRUE(accounts_->join("ada", link, bytes(kGood)));
}

TEST_F(SomeoneInvited, KeepsTheLinkWhereThePasswordIsRefused) {
  const auto link = *accounts_->invite({"ada", "Ada Lovelace", {Role::inspector}});
  EXPECT_EQ(accounts_->join("ada", link, bytes("short")).error().code, ErrorCode::invalid);
  EXPECT_FALSE(accounts_->join("ada", link, bytes("lovelace tin ladder"))) << "a name of theirs";
  EXPECT_TRUE(accounts_->join("ada", link, bytes(kGood)));
}

TEST_F(SomeoneInvited, HasANameOfTheirOwnForGood) {
  have("ada");
  EXPECT_EQ(accounts_->invite({"ada", "", {Role::analyst}}).error().code, ErrorCode::conflict);
  for (const char* const bad : {"", "a", "Ada", "ada lovelace", ".ada", "ada\n", "adä"}) {
    EXPECT_EQ(accounts_->invite({bad, "", {Role::analyst}}).error().code, ErrorCode::invalid) << bad;
  }
  EXPECT_EQ(accounts_->invite({"bob", "", {}}).error().code, ErrorCode::invalid) << "no role";
  EXPECT_EQ(accounts_->invite({"bob", "two\nlines", {Role::analyst}}).error().code, ErrorCode::invalid);
}

class AnAccountThatJoined : public People {
  void SetUp() override {
    People::SetUp();
    have("ada");
  }
};

TEST_F(AnAccountThatJoined, ChangesItsPasswordKnowingTheOneOfNow) {
  const auto before = account("ada");
  EXPECT_EQ(accounts_->change_password("ada", bytes(kOther), bytes(kOther)).error().code, ErrorCode::refused);
  ASSERT_TRUE(accounts_->change_password("ada", bytes(kGood), bytes(kOther)));
  EXPECT_NE(account("ada").password, before.password);
  EXPECT_GT(account("ada").epoch, before.epoch) << "whoever was signed in is not any more";
}

TEST_F(AnAccountThatJoined, EndsItsSessionsWithEachChangeOfWhatItMay) {
  std::int64_t epoch = account("ada").epoch;
  const auto expect_later = [&](const Result<void>& done) {
    EXPECT_TRUE(done);
    EXPECT_GT(account("ada").epoch, epoch);
    epoch = account("ada").epoch;
  };
  expect_later(accounts_->set_roles("ada", {Role::analyst}));
  expect_later(accounts_->disable("ada"));
  EXPECT_TRUE(account("ada").is_disabled);
  ASSERT_TRUE(accounts_->enable("ada"));
  EXPECT_FALSE(account("ada").is_disabled);
  const auto link = accounts_->reset("ada");
  ASSERT_TRUE(link);
  EXPECT_GT(account("ada").epoch, epoch);
  EXPECT_FALSE(account("ada").has_joined()) << "the password is gone";
  EXPECT_TRUE(accounts_->join("ada", *link, bytes(kOther)));
}

TEST_F(AnAccountThatJoined, CannotBeJoinedWhileItIsDisabled) {
  const auto link = *accounts_->reset("ada");
  ASSERT_TRUE(accounts_->disable("ada"));
  EXPECT_FALSE(accounts_->join("ada", link, bytes(kOther)));
  ASSERT_TRUE(accounts_->enable("ada"));
  EXPECT_FALSE(accounts_->join("ada", link, bytes(kOther))) << "a link that was out while it was disabled";
}

TEST_F(AnAccountThatJoined, AsksForCodesFromTheFirstRightOneOn) {
  auto secret = *accounts_->begin_authenticator("ada");
  EXPECT_FALSE(account("ada").has_authenticator());
  EXPECT_EQ(accounts_->confirm_authenticator("ada", "000000").error().code, ErrorCode::refused);
  const auto codes = accounts_->confirm_authenticator("ada", *code_at(secret.view(), clock_.now_s() / kStep_s));
  ASSERT_TRUE(codes);
  EXPECT_EQ(codes->size(), 10U);
  EXPECT_TRUE(account("ada").has_authenticator());
  EXPECT_EQ(account("ada").last_step, clock_.now_s() / kStep_s) << "that code counted";
  EXPECT_FALSE(accounts_->confirm_authenticator("ada", "000000")) << "none is waiting";
  EXPECT_EQ(accounts_->begin_authenticator("ada").error().code, ErrorCode::conflict)
      << "an open session is no password";
}

TEST_F(AnAccountThatJoined, MayHaveAShorterPasswordOnlyBesideAnAuthenticator) {
  EXPECT_FALSE(accounts_->change_password("ada", bytes(kGood), bytes("tin ladd")));
  have_authenticator("ada");
  ASSERT_TRUE(accounts_->change_password("ada", bytes(kGood), bytes("tin ladd")));
  EXPECT_FALSE(accounts_->remove_authenticator("ada", bytes("tin ladd"))) << "too short to stand alone";
  EXPECT_FALSE(accounts_->remove_authenticator("ada", bytes(kGood))) << "not the password";
  ASSERT_TRUE(accounts_->change_password("ada", bytes("tin ladd"), bytes(kOther)));
  ASSERT_TRUE(accounts_->remove_authenticator("ada", bytes(kOther)));
  EXPECT_FALSE(account("ada").has_authenticator());
}

TEST_F(AnAccountThatJoined, IsReadAgainAsItWasWritten) {
  have_authenticator("ada");
  auto was = account("ada");
  was.devices = {{"abc", 7, 2}};
  const auto is = *account_of(record_of(was));
  EXPECT_EQ(record_of(is), record_of(was));
  EXPECT_EQ(is.devices, was.devices);
  EXPECT_EQ(account_of({.kind = "account", .id = "ada", .body = "{\"shown\":1}"}).error().code, ErrorCode::corrupt);
}

TEST_F(AnAccountThatJoined, LeavesNoSecretInTheStoresFile) {
  auto secret = have_authenticator("ada");
  const auto link = *accounts_->invite({"bob", "", {Role::analyst}});
  store_.reset();
  std::ifstream file(path_, std::ios::binary);
  const std::string all((std::istreambuf_iterator<char>(file)), {});
  ASSERT_NE(all.find("Ada Lovelace"), std::string::npos) << "this is where it would be";
  EXPECT_EQ(all.find(kGood), std::string::npos);
  EXPECT_EQ(all.find(link), std::string::npos);
  EXPECT_EQ(all.find(secret.text()), std::string::npos);
  EXPECT_EQ(all.find(to_hex(secret.view())), std::string::npos);
  EXPECT_EQ(all.find(base32(secret.view())), std::string::npos);
  for (const auto& code : recovery_) EXPECT_EQ(all.find(recovery_code_in_one_form(code)), std::string::npos);
}

}  // namespace
}  // namespace perspective::people

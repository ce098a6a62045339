#include "people/accounts.h"

#include <fstream>
#include <iterator>

#include "people/devices.h"
#include "people/password_rule.h"
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

TEST_F(SomeoneInvited, IsKnownFromThenOnWhereTheyJoined) {
  const auto link = *accounts_->invite({"ada", "", {Role::inspector}});
  EXPECT_TRUE(accounts_->check_link("ada", link));
  EXPECT_EQ(accounts_->check_link("ada", "another").error().code, ErrorCode::refused);
  const auto device = accounts_->join("ada", link, bytes(kGood));
  ASSERT_TRUE(device);
  auto joined = account("ada");
  EXPECT_NE(known_device(joined, *device, clock_.now_s()), nullptr);
  EXPECT_EQ(accounts_->check_link("ada", link).error().code, ErrorCode::refused) << "it was used";
  const auto next = *accounts_->reset("ada");
  ASSERT_TRUE(accounts_->join("ada", next, bytes(kOther)));
  auto anew = account("ada");
  EXPECT_EQ(known_device(anew, *device, clock_.now_s()), nullptr) << "after a reset nobody is known";
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

TEST_F(AnAccountThatJoined, RefusesMoreBytesThanAnyPasswordHasBeforeItLooksAtThem) {
  std::string syllables;  // of Hangul: 120 characters in normal form, three times as many as they were typed
  const auto add = [&](int letter) {  // of those from U+1100 on
    for (const int byte : {0xE1, 0x84 + letter / 64, 0x80 + letter % 64}) syllables += static_cast<char>(byte);
  };
  for (int i = 0; i < 120; ++i) {
    add(i % 19);
    add(0x61 + i * 5 % 21);
    add(0xA8 + i * 7 % 27);
  }
  ASSERT_GT(syllables.size(), kMostTypedBytes);
  EXPECT_EQ(accounts_->change_password("ada", bytes(kGood), bytes(syllables)).error().code, ErrorCode::invalid);
  EXPECT_EQ(accounts_->change_password("ada", bytes(syllables), bytes(kOther)).error().code, ErrorCode::invalid);
  EXPECT_TRUE(accounts_->change_password("ada", bytes(kGood), bytes(syllables.substr(0, 9 * 100))));
}

TEST_F(AnAccountThatJoined, IsThemWhoKnowsItsPasswordAndItsCodeOfNow) {
  EXPECT_TRUE(accounts_->expect_them("ada", bytes(kGood), ""));
  EXPECT_EQ(accounts_->expect_them("ada", bytes(kOther), "").error().code, ErrorCode::refused);
  const auto secret = have_authenticator("ada");
  EXPECT_EQ(accounts_->expect_them("ada", bytes(kGood), "").error().code, ErrorCode::refused);
  pass(kStep_s);
  const auto code = *code_at(secret.view(), clock_.now_s() / kStep_s);
  EXPECT_EQ(accounts_->expect_them("ada", bytes(kOther), code).error().code, ErrorCode::refused);
  EXPECT_TRUE(accounts_->expect_them("ada", bytes(kGood), code)) << "a wrong password has taken no code";
  EXPECT_EQ(accounts_->expect_them("ada", bytes(kGood), code).error().code, ErrorCode::refused) << "it counts once";
}

TEST_F(AnAccountThatJoined, LetsNobodyInAfterARestoreUntilEachHasANewLink) {
  have("bob");
  have_authenticator("bob");
  const auto old_link = *accounts_->reset("ada");
  const auto people = accounts_->end_all_access();
  ASSERT_TRUE(people);
  EXPECT_EQ(people->size(), 2U);
  EXPECT_EQ(accounts_->join("ada", old_link, bytes(kOther)).error().code, ErrorCode::refused) << "a link of before";
  for (const auto* const name : {"ada", "bob"}) {
    const auto now = account(name);
    EXPECT_FALSE(now.has_joined()) << name;
    EXPECT_FALSE(now.has_authenticator());
    EXPECT_TRUE(now.devices.empty());
    EXPECT_EQ(now.roles, std::vector<Role>{Role::inspector}) << "which are to be looked at";
    EXPECT_TRUE(accounts_->join(name, *accounts_->reset(name), bytes(kOther)));
  }
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
  auto secret = *accounts_->begin_authenticator("ada", bytes(kGood));
  EXPECT_FALSE(account("ada").has_authenticator());
  EXPECT_EQ(accounts_->confirm_authenticator("ada", "000000").error().code, ErrorCode::refused);
  const auto codes = accounts_->confirm_authenticator("ada", *code_at(secret.view(), clock_.now_s() / kStep_s));
  ASSERT_TRUE(codes);
  EXPECT_EQ(codes->size(), 10U);
  EXPECT_TRUE(account("ada").has_authenticator());
  EXPECT_EQ(account("ada").last_step, clock_.now_s() / kStep_s) << "that code counted";
  EXPECT_FALSE(accounts_->confirm_authenticator("ada", "000000")) << "none is waiting";
  EXPECT_EQ(accounts_->begin_authenticator("ada", bytes(kGood)).error().code, ErrorCode::conflict) << "one at a time";
}

TEST_F(AnAccountThatJoined, BeginsNoAuthenticatorWithoutThePasswordOfNow) {
  EXPECT_EQ(accounts_->begin_authenticator("ada", bytes(kOther)).error().code, ErrorCode::refused);
  EXPECT_TRUE(account("ada").next_authenticator.empty());
  auto secret = *accounts_->begin_authenticator("ada", bytes(kGood));
  ASSERT_TRUE(accounts_->change_password("ada", bytes(kGood), bytes(kOther)));
  const auto code = *code_at(secret.view(), clock_.now_s() / kStep_s);
  EXPECT_EQ(accounts_->confirm_authenticator("ada", code).error().code, ErrorCode::refused)
      << "it was begun by whoever knew the password of before";
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

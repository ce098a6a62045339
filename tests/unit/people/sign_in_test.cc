#include "people/sign_in.h"

#include "people/password_rule.h"
#include "people/sessions.h"
#include "unit/people/stand.h"

namespace perspective::people {
namespace {

class SigningIn : public People {
 protected:
  void SetUp() override {
    People::SetUp();
    have("ada");
    have("bob");
    sign_in_.emplace(*store_, clock_, keys_, cheap_);
  }
  Attempt attempt(std::string_view name, std::string_view password, std::string code = {}, std::string device = {},
                  std::string address = "192.0.2.1") {
    return {.name = std::string(name),
            .password = SecretBytes(bytes(password)),
            .code = std::move(code),
            .address = std::move(address),
            .device = std::move(device)};
  }
  Outcome outcome(const Attempt& attempt) {
    auto outcome = sign_in_->attempt(attempt);
    EXPECT_TRUE(outcome) << outcome.error().what;
    return outcome ? *outcome : Outcome(Refused{});
  }
  std::optional<SignedIn> in(const Attempt& attempt) {
    const auto out = outcome(attempt);
    const auto* const signed_in = std::get_if<SignedIn>(&out);
    return signed_in != nullptr ? std::optional(*signed_in) : std::nullopt;
  }
  Refused refused(const Attempt& attempt) {
    const auto out = outcome(attempt);
    const auto* const no = std::get_if<Refused>(&out);
    EXPECT_NE(no, nullptr) << "let in";
    return no != nullptr ? *no : Refused{};
  }
  // Waits as long as it has to before each, and types something wrong.
  void fail_times(std::string_view name, int times, const std::string& device = {}) {
    for (int i = 0; i < times; ++i) {
      // From ever another address: only the name is counted.
      auto one = attempt(name, kOther, {}, device, "198.51.100." + std::to_string(i));
      auto no = refused(one);
      if (no.wait_s > 0) {
        pass(no.wait_s);
        no = refused(one);
      }
      ASSERT_EQ(no.wait_s, 0) << i;
    }
  }
  std::optional<SignIn> sign_in_;
};

TEST_F(SigningIn, LetsInWithTheRightPasswordAlone) {
  const auto ada = in(attempt("ada", kGood));
  ASSERT_TRUE(ada);
  EXPECT_EQ(ada->account.name, "ada");
  EXPECT_FALSE(in(attempt("ada", kOther)));
  EXPECT_FALSE(in(attempt("ada", "")));
  EXPECT_FALSE(in(attempt("ada", "\xFF\xFE")));
  EXPECT_FALSE(in(attempt("nobody", kGood)));
  EXPECT_FALSE(in(attempt("Ada", kGood)));
}

TEST_F(SigningIn, LetsInNobodyWhoHasNotJoinedOrIsDisabled) {
  ASSERT_TRUE(accounts_->invite({"eve", "", {Role::analyst}}));
  EXPECT_FALSE(in(attempt("eve", "")));
  EXPECT_FALSE(in(attempt("eve", kGood)));
  ASSERT_TRUE(accounts_->disable("ada"));
  EXPECT_FALSE(in(attempt("ada", kGood)));
}

TEST_F(SigningIn, AsksForTheCodeWhereThereIsAnAuthenticator) {
  const auto secret = have_authenticator("ada");
  pass(kStep_s);
  const auto code = *code_at(secret.view(), clock_.now_s() / kStep_s);
  EXPECT_FALSE(in(attempt("ada", kGood)));
  EXPECT_FALSE(in(attempt("ada", kGood, "000000")));
  EXPECT_FALSE(in(attempt("ada", kOther, code)));
  EXPECT_TRUE(in(attempt("ada", kGood, code)));
  EXPECT_FALSE(in(attempt("ada", kGood, code))) << "a code counts once";
  pass(kStep_s);
  EXPECT_TRUE(in(attempt("ada", kGood, *code_at(secret.view(), clock_.now_s() / kStep_s))));
}

TEST_F(SigningIn, TakesEachRecoveryCodeOnce) {
  have_authenticator("ada");
  EXPECT_TRUE(in(attempt("ada", kGood, recovery_[3])));
  EXPECT_FALSE(in(attempt("ada", kGood, recovery_[3])));
  EXPECT_TRUE(in(attempt("ada", kGood, recovery_[4])));
  EXPECT_EQ(account("ada").recovery_codes.size(), 8U);
}

TEST_F(SigningIn, HashesAPasswordAnewWhenTheCostHasRisen) {
  const auto before = account("ada").password;
  sign_in_.emplace(*store_, clock_, keys_, Cost{.log2_n = 5, .r = 8, .p = 1});
  ASSERT_TRUE(in(attempt("ada", kGood)));
  EXPECT_THAT(account("ada").password, testing::StartsWith("scrypt:5:8:1:"));
  EXPECT_NE(account("ada").password, before);
  EXPECT_TRUE(in(attempt("ada", kGood)));
}

TEST_F(SigningIn, SaysOfANameThatNobodyHasWhatItSaysOfAWrongPassword) {
  for (int i = 0; i < kFree; ++i) {
    EXPECT_EQ(refused(attempt("ada", kOther)).wait_s, 0);
    EXPECT_EQ(refused(attempt("nobody", kOther)).wait_s, 0);
  }
  EXPECT_EQ(refused(attempt("ada", kOther)).wait_s, 1);
  EXPECT_EQ(refused(attempt("nobody", kOther)).wait_s, 1) << "it waits as well";
}

TEST_F(SigningIn, DoesNotLookWhileSomebodyHasToWait) {
  fail_times("ada", kFree + 3);
  EXPECT_GT(refused(attempt("ada", kGood)).wait_s, 0) << "not even at the right one";
  const auto wait_s = refused(attempt("ada", kGood)).wait_s;
  EXPECT_EQ(refused(attempt("ada", kGood)).wait_s, wait_s) << "what comes too early makes it no longer";
  EXPECT_TRUE(in(attempt("bob", kGood))) << "another person does not wait";
  pass(wait_s);
  EXPECT_TRUE(in(attempt("ada", kGood)));
  EXPECT_EQ(refused(attempt("ada", kOther)).failures, 1) << "counted anew";
}

TEST_F(SigningIn, LetsNobodyBeShutOutWhereTheySignedInBefore) {
  const auto device = in(attempt("ada", kGood))->device;
  fail_times("ada", kMost);
  EXPECT_EQ(refused(attempt("ada", kGood)).wait_s, kLongestWait_s) << "a stranger, with the right password";
  pass(kLongestWait_s * 100);
  EXPECT_EQ(refused(attempt("ada", kGood)).wait_s, kLongestWait_s) << "and stays one";
  EXPECT_TRUE(in(attempt("ada", kGood, {}, device)));
  EXPECT_TRUE(in(attempt("ada", kGood))) << "they are there: the count is over";
}

TEST_F(SigningIn, TakesFromADeviceThatGuessesWhatItWasKnownFor) {
  const auto device = in(attempt("ada", kGood))->device;
  for (int i = 0; i < kMostOfDevice; ++i) EXPECT_EQ(refused(attempt("ada", kOther, {}, device)).failures, i + 1);
  fail_times("ada", kFree + 1);
  EXPECT_GT(refused(attempt("ada", kGood, {}, device)).wait_s, 0) << "a stranger again";
  EXPECT_EQ(refused(attempt("bob", kOther, {}, device)).failures, 1) << "and to others it always was";
}

TEST_F(SigningIn, RemembersFiveDevicesForThreeMonths) {
  std::vector<std::string> devices;
  for (int i = 0; i <= kMostDevices; ++i) {
    devices.push_back(in(attempt("ada", kGood))->device);
    pass(1);
  }
  EXPECT_EQ(account("ada").devices.size(), static_cast<std::size_t>(kMostDevices));
  fail_times("ada", kFree + 1);
  EXPECT_GT(refused(attempt("ada", kGood, {}, devices.front())).wait_s, 0) << "the oldest is forgotten";
  EXPECT_TRUE(in(attempt("ada", kGood, {}, devices.back())));
}

TEST_F(SigningIn, MakesAnAddressWaitThatTriesManyNames) {
  for (int i = 0; i < kFreeOfAddress; ++i) {
    EXPECT_EQ(refused(attempt("name" + std::to_string(i), kOther)).wait_s, 0) << i;
  }
  EXPECT_GT(refused(attempt("bob", kGood)).wait_s, 0);
  EXPECT_TRUE(in(attempt("bob", kGood, {}, {}, "192.0.2.2"))) << "another address does not wait";
  pass(kForgetAddress_s);
  EXPECT_TRUE(in(attempt("bob", kGood)));
}

TEST_F(SigningIn, KeepsOnlySoManyCountsOfUnknownNames) {
  for (int i = 0; i < 300; ++i) {
    refused(attempt("name" + std::to_string(i), kOther, {}, {}, "10.0.0." + std::to_string(i % 250)));
  }
  for (const auto& record : records(kFailuresKind)) {
    EXPECT_EQ(record.id.find("name1"), std::string::npos) << "what was typed may be a password";
    EXPECT_TRUE(!record.id.starts_with("unknown:") || record.id.size() == 11) << "one of 4 096";
  }
}

TEST_F(SigningIn, CountsOnAllCollectorsOfOneStoreTogether) {
  SignIn other(*store_, clock_, keys_, cheap_);
  for (int i = 0; i < kFree; i += 2) {
    refused(attempt("ada", kOther));
    EXPECT_TRUE(other.attempt(attempt("ada", kOther)));
  }
  EXPECT_GT(refused(attempt("ada", kGood)).wait_s, 0);
}

TEST_F(SigningIn, LetsInAgainWhomAnAdministratorEnabled) {
  fail_times("ada", kMost);
  ASSERT_TRUE(accounts_->enable("ada"));
  EXPECT_TRUE(in(attempt("ada", kGood)));
}

TEST_F(SigningIn, SaysWithoutALookAtThePasswordWhoHasToWaitAndWhoIsKnown) {
  const auto device = in(attempt("ada", kGood))->device;
  EXPECT_EQ(sign_in_->look(attempt("ada", kOther))->wait_s, 0);
  EXPECT_FALSE(sign_in_->look(attempt("ada", kOther))->is_known);
  fail_times("ada", kMost);
  const auto stranger = sign_in_->look(attempt("ada", kGood));
  EXPECT_EQ(stranger->wait_s, kLongestWait_s);
  const auto known = sign_in_->look(attempt("ada", kOther, {}, device));
  EXPECT_EQ(known->wait_s, 0);
  EXPECT_TRUE(known->is_known);
  EXPECT_FALSE(sign_in_->look(attempt("bob", kGood, {}, device))->is_known) << "not where he signed in";
  EXPECT_EQ(sign_in_->look(attempt("nobody", kGood))->wait_s, 0) << "as of one that somebody has";
}

TEST_F(SigningIn, RefusesMoreBytesThanAnyPasswordHasLikeAWrongOne) {
  EXPECT_EQ(refused(attempt("ada", std::string(kMostTypedBytes + 1, 'x'))).failures, 1);
}

class ASession : public SigningIn {
 protected:
  void SetUp() override {
    SigningIn::SetUp();
    sessions_.emplace(*store_, clock_);
    session_ = *sessions_->begin(account("ada"));
  }
  std::optional<Sessions> sessions_;
  std::string session_;
};

TEST_F(ASession, KnowsItsPersonAndWhatTheyMay) {
  const auto ada = sessions_->person(session_);
  ASSERT_TRUE(ada);
  EXPECT_EQ(ada->name, "ada");
  EXPECT_EQ(ada->rights, rights_of({Role::inspector}));
  EXPECT_EQ(session_.size(), 64U);
  for (const auto& record : records("session")) EXPECT_NE(record.id, session_) << "only its hash";
  EXPECT_EQ(sessions_->person("").error().code, ErrorCode::refused);
  EXPECT_FALSE(sessions_->person(std::string(64, '0')));
}

TEST_F(ASession, CountsAtTheOtherCollector) {
  Sessions other(*store_, clock_);
  EXPECT_TRUE(other.person(session_));
  ASSERT_TRUE(other.end(session_));
  EXPECT_FALSE(sessions_->person(session_));
}

TEST_F(ASession, EndsWhenNobodyAsksForAWhile) {
  pass(kIdle_s - 1);
  EXPECT_TRUE(sessions_->person(session_));
  pass(kIdle_s - 1);
  EXPECT_TRUE(sessions_->person(session_)) << "each request is one";
  pass(kIdle_s);
  EXPECT_FALSE(sessions_->person(session_));
}

TEST_F(ASession, IsNotKeptAliveByAPageThatWaits) {
  pass(kIdle_s - 1);
  EXPECT_TRUE(sessions_->person(session_, false));
  pass(1);
  EXPECT_FALSE(sessions_->person(session_, false));
}

TEST_F(ASession, EndsAfterTwelveHoursHoweverBusy) {
  for (std::int64_t passed = 0; passed + 600 < kLasts_s; passed += 600) {
    pass(600);
    ASSERT_TRUE(sessions_->person(session_)) << passed;
  }
  pass(600);
  EXPECT_FALSE(sessions_->person(session_));
}

TEST_F(ASession, ThatAPasswordChangeBeginsEndsWithAResetThatCameInBetween) {
  const auto changed = accounts_->change_password("ada", bytes(kGood), bytes(kOther));
  ASSERT_TRUE(changed);
  EXPECT_TRUE(sessions_->person(*sessions_->begin(*changed)));
  ASSERT_TRUE(accounts_->reset("ada"));
  EXPECT_FALSE(sessions_->person(*sessions_->begin(*changed)));
}

TEST_F(ASession, IsNobodysOfAnAccountWithoutAPassword) {
  ASSERT_TRUE(accounts_->reset("ada"));
  EXPECT_FALSE(sessions_->person(*sessions_->begin(account("ada"))));
}

TEST_F(ASession, EndsWithWhatEndsTheAccountsSessions) {
  ASSERT_TRUE(accounts_->change_password("ada", bytes(kGood), bytes(kOther)));
  EXPECT_FALSE(sessions_->person(session_));
  const auto next = *sessions_->begin(account("ada"));
  EXPECT_TRUE(sessions_->person(next));
  ASSERT_TRUE(accounts_->disable("ada"));
  ASSERT_TRUE(accounts_->enable("ada"));
  EXPECT_FALSE(sessions_->person(next));
}

}  // namespace
}  // namespace perspective::people

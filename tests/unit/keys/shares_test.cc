#include "keys/shares.h"

#include <gmock/gmock.h>

#include "envelope/key_pair.h"
#include "keys/locked_key.h"
#include "support/cheap_keys.h"
#include "unit/envelope/shell.h"

namespace perspective::keys {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kLocked =
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----\n";

class SharesOfFive : public ::testing::Test {
 protected:
  std::vector<SecretBytes> some(const std::vector<std::size_t>& numbers) const {
    std::vector<SecretBytes> chosen;
    for (const std::size_t number : numbers) chosen.emplace_back(texts_[number - 1].view());
    return chosen;
  }
  std::string text(std::size_t number) const { return std::string(texts_[number - 1].text()); }
  // Share 1 as somebody changed it, with the others that are needed.
  Result<Combined> combined_with(const std::string& changed) const {
    auto shares = some({1, 2, 3});
    shares[0] = SecretBytes(as_bytes(changed));
    return combine(shares);
  }
  static std::string replaced(std::string text, std::string_view old, std::string_view fresh) {
    return text.replace(text.find(old), old.size(), fresh);
  }

  const ShareSet set_{"croydon", "0a1b2c3d", 3, {"Ann", "Bob", "Cal", "Dee", "Eve"}, std::string(kLocked)};
  const SecretBytes passphrase_ = draw_shared_passphrase();
  const std::vector<SecretBytes> texts_ = *split(set_, passphrase_);
};

TEST_F(SharesOfFive, OpenByAnyThreeInAnyOrder) {
  for (const std::vector<std::size_t>& numbers :
       {std::vector<std::size_t>{1, 2, 3}, {5, 3, 1}, {4, 5, 2}, {1, 2, 3, 4}, {5, 4, 3, 2, 1}}) {
    const auto combined = combine(some(numbers));
    ASSERT_TRUE(combined) << combined.error().what;
    EXPECT_EQ(combined->passphrase.text(), passphrase_.text());
    EXPECT_EQ(combined->set.locked_key_pem, kLocked);
    EXPECT_EQ(combined->set.holders, set_.holders);
  }
}

TEST_F(SharesOfFive, AreToldHowManyAreWanting) {
  const auto combined = combine(some({4, 2}));
  EXPECT_EQ(combined.error().code, ErrorCode::conflict);
  EXPECT_EQ(combined.error().what, "3 shares are needed, and 2 are here");
  EXPECT_EQ(combine({}).error().what, "no share was given");
  EXPECT_EQ(combine(some({2, 2, 3})).error().what, "share 2 is here twice");
}

TEST_F(SharesOfFive, AreDrawnAnewEachTimeAndNoneIsThePassphrase) {
  const auto again = *split(set_, passphrase_);
  for (std::size_t i = 0; i < texts_.size(); ++i) {
    EXPECT_NE(again[i].text(), texts_[i].text());
    EXPECT_THAT(text(i + 1), Not(HasSubstr(std::string(passphrase_.text()))));
  }
}

TEST_F(SharesOfFive, AreKnownFromThoseOfAnotherSplittingAndOfAnotherInspection) {
  auto shares = some({1, 2, 3});
  ShareSet other = set_;
  other.set = "ffffffff";
  shares[2] = SecretBytes((*split(other, passphrase_))[2].view());
  EXPECT_THAT(combine(shares).error().what, HasSubstr("of another splitting than share 1: sets ffffffff and 0a1b2c3d"));
  other.inspection = "leeds";
  shares[2] = SecretBytes((*split(other, passphrase_))[2].view());
  EXPECT_THAT(combine(shares).error().what, HasSubstr("two inspections, 'croydon' and 'leeds'"));
}

TEST_F(SharesOfFive, AreReadFromAFileOfAnotherSystem) {
  std::string dos;
  for (const char c : text(1)) dos += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const auto combined = combined_with(dos);
  ASSERT_TRUE(combined) << combined.error().what;
  EXPECT_EQ(combined->passphrase.text(), passphrase_.text());
}

TEST_F(SharesOfFive, SayWhereASlipOfThePenIs) {
  const std::string share = text(1);
  const auto at = share.find("secret: ") + 8;
  std::string slip = share;
  slip[at] = slip[at] == '0' ? '1' : '0';
  EXPECT_THAT(combined_with(slip).error().what, HasSubstr("the 1. of these files is no share: its check does not fit"));
  EXPECT_THAT(combined_with(replaced(share, "secret: ", "")).error().what, HasSubstr("a line is missing"));
  EXPECT_THAT(combined_with(replaced(share, "needed: 3", "needed: 2")).error().what, HasSubstr("check does not fit"));
  EXPECT_THAT(combined_with(replaced(share, "share: 1", "share: 9")).error().what, HasSubstr("none of its set"));
  EXPECT_THAT(combined_with(replaced(share, "-----BEGIN", "")).error().what, HasSubstr("key at its end is missing"));
  EXPECT_THAT(combined_with("share: 1\nshare: 1\n").error().what, HasSubstr("a line is missing"));
  EXPECT_THAT(combined_with(std::string(20'000, 'a')).error().what, HasSubstr("too long"));
  EXPECT_THAT(combined_with("").error().what, HasSubstr("a line is missing"));
  EXPECT_THAT(combined_with(slip).error().what, Not(HasSubstr(share.substr(at + 1, 20)))) << "no share in an error";
}

TEST_F(SharesOfFive, SayWhichLineIsNotAsItWas) {
  const std::string share = text(1);
  const auto secret = share.find("secret: ") + 8;
  for (const std::size_t digit : {0U, 1U}) {
    std::string slip = share;
    slip[secret + digit] = 'g';
    EXPECT_THAT(combined_with(slip).error().what, HasSubstr("a line is missing"));
  }
  for (const auto& [line, other] : {std::pair{"share: 1\n", "share: 1x\n"},
                                    {"needed: 3\n", ""},
                                    {"inspection: croydon\n", "inspection: \n"},
                                    {"set: 0a1b2c3d\n", ""}}) {
    EXPECT_THAT(combined_with(replaced(share, line, other)).error().what, HasSubstr("a line is missing")) << line;
  }
  EXPECT_THAT(combined_with(replaced(share, "share: 1\n", "share: 0\n")).error().what, HasSubstr("none of its set"));
  EXPECT_THAT(combined_with(replaced(share, "holder: Bob\n", "holder: Ann\n")).error().what,
              HasSubstr("'Ann' is named twice"));
  EXPECT_THAT(combined_with(replaced(share, "-----END", "")).error().what, HasSubstr("key at its end is missing"));
}

TEST_F(SharesOfFive, AreOfOneKeyAndOneNumberThatIsNeeded) {
  auto shares = some({1, 2, 3});
  ShareSet other = set_;
  other.needed = 2;
  shares[2] = SecretBytes((*split(other, passphrase_))[2].view());
  EXPECT_THAT(combine(shares).error().what, HasSubstr("of another splitting"));
  other = set_;
  other.locked_key_pem = replaced(std::string(kLocked), "MIIB", "MIIC");
  shares[2] = SecretBytes((*split(other, passphrase_))[2].view());
  EXPECT_THAT(combine(shares).error().what, HasSubstr("of another splitting"));
  other.needed = 6;
  EXPECT_EQ(split(other, passphrase_).error().code, ErrorCode::invalid);
}

TEST(Holders, AreTwoToTwentyNamedOnceEach) {
  EXPECT_FALSE(check_holders({"Ann"}, 1));
  EXPECT_FALSE(check_holders({"Ann", "Bob"}, 1));
  EXPECT_FALSE(check_holders({"Ann", "Bob"}, 3));
  EXPECT_TRUE(check_holders({"Ann", "Bob"}, 2));
  EXPECT_FALSE(check_holders({"Ann", "Ann"}, 2));
  EXPECT_FALSE(check_holders({"Ann", ""}, 2));
  EXPECT_FALSE(check_holders({"Ann", std::string(kMaxHolderCharacters + 1, 'x')}, 2));
  EXPECT_FALSE(check_holders({"Ann", "Bob\nshare: 2"}, 2));
  EXPECT_FALSE(check_holders(std::vector<std::string>(21, "x"), 2));
}

// As README.md tells it: `gfcombine` and `openssl`, and nothing of ours.
TEST(SharesWithoutUs, OpenTheKeyWithStockToolsAndOneTooFewDoesNot) {
  const auto pair = envelope::make_key_pair("recovery", 1'700'000'000);
  const SecretBytes passphrase = draw_shared_passphrase();
  const ShareSet set{
      "croydon", draw_set(), 3, {"Ann", "Bob", "Cal", "Dee"}, *lock(pair->key.key(), passphrase.text(), kCheap)};
  const auto texts = *split(set, passphrase);
  testing::Shell shell;
  for (const std::size_t number : {1U, 3U, 4U}) {
    shell.write("share-" + std::to_string(number) + ".txt", texts[number - 1].view());
  }
  shell.write("recovery.pem", as_bytes(pair->certificate_pem));
  ASSERT_TRUE(shell.run(R"(
for n in 1 3 4; do
  sed -n 's/^secret: //p' share-$n.txt | perl -ne 'chomp; print pack "H*", $_' > secret.00$n
done
gfcombine -o passphrase secret.001 secret.003 secret.004
gfcombine -o too-few secret.001 secret.004
sed -n '/BEGIN ENCRYPTED/,/END ENCRYPTED/p' share-1.txt > recovery.key
openssl pkey -in recovery.key -passin file:passphrase -pubout > public.pem
openssl x509 -in recovery.pem -pubkey -noout | cmp - public.pem
)")) << shell.output();
  EXPECT_EQ(shell.text("passphrase"), passphrase.text());
  EXPECT_EQ(shell.text("too-few").size(), passphrase.size());
  EXPECT_NE(shell.text("too-few"), passphrase.text());
}

}  // namespace
}  // namespace perspective::keys

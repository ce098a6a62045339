#include "protocol/bundle.h"

#include <gmock/gmock.h>

#include <cstdio>
#include <filesystem>

#include "base/file.h"
#include "base/random.h"
#include "envelope/openssl.h"
#include "packed.h"
#include "protocol/end_of_fieldwork.h"
#include "protocol/signed_message.h"

namespace perspective::protocol {
namespace {

using ::testing::HasSubstr;

std::vector<SealedEnvelope> envelopes(std::uint8_t count) {
  std::vector<SealedEnvelope> made;
  for (std::uint8_t i = 1; i <= count; ++i) {
    auto& one = made.emplace_back();
    one.id.fill(i);
    one.body.assign(40, i);
  }
  return made;
}

class ABundle : public ::testing::Test {
 protected:
  KeyAndCertificate kiosk_of(const KeyAndCertificate& authority) const {
    const auto made = make_device_key();
    return {made->key_pem, *issue_kiosk(authority, made->request_pem, "kiosk-7", kNow, kKioskCertificateDays)};
  }
  Bytes signed_by(const KeyAndCertificate& signer, std::uint8_t count = 2) const {
    return *sign_bundle({.inspection = "croydon-2012", .envelopes = envelopes(count)}, signer.key_pem,
                        signer.certificate_pem);
  }
  Bytes signed_with(const Cargo& cargo) const { return *sign_bundle(cargo, kiosk_.key_pem, kiosk_.certificate_pem); }
  Bytes saying(std::string_view content, Attributes attributes = Attributes::none) const {
    const SignedKind kind{.what = "trial", .most_bytes = 1000, .use = 0, .other_use = "", .may_have_attributes = true};
    return *signed_message(as_bytes(content), kiosk_.key_pem, kiosk_.certificate_pem, attributes, kind);
  }
  Result<Bundle> opened(ByteView bytes) const { return open_bundle(bytes, authority_.certificate_pem); }
  std::string why(ByteView bytes) const {
    const auto bundle = opened(bytes);
    return bundle ? "" : bundle.error().what;
  }

  KeyAndCertificate authority_ = *make_authority("collector", kNow, 3650);
  KeyAndCertificate kiosk_ = kiosk_of(authority_);
};

TEST_F(ABundle, ComesBackAsItWasAndSaysWhichKioskSignedIt) {
  const auto bundle = opened(signed_by(kiosk_));
  ASSERT_TRUE(bundle) << bundle.error().what;
  EXPECT_EQ(bundle->inspection, "croydon-2012");
  EXPECT_EQ(serial_of(bundle->kiosk_certificate_pem).value(), serial_of(kiosk_.certificate_pem).value());
  EXPECT_EQ(bundle->envelopes, encode_batch(envelopes(2)));
  EXPECT_TRUE(bundle->tokens.empty());
  EXPECT_FALSE(bundle->ledger);
}

TEST_F(ABundle, BringsTokensAndLedgerAlsoWithoutAnEnvelope) {
  const std::vector<TokenProof> tokens{TokenProof{1}, TokenProof{'\n', '\n'}};
  const Ledger ledger{.started = 3, .stopped = 1, .sent = 2};
  const auto both = opened(signed_with({.inspection = "croydon-2012", .tokens = tokens, .ledger = ledger}));
  ASSERT_TRUE(both) << both.error().what;
  EXPECT_EQ(both->tokens, tokens);
  EXPECT_EQ(both->ledger, ledger);
  EXPECT_TRUE(both->envelopes.empty());
  const auto all = opened(signed_with({"croydon-2012", envelopes(2), tokens, ledger}));
  ASSERT_TRUE(all) << all.error().what;
  EXPECT_EQ(all->tokens, tokens);
  EXPECT_EQ(all->envelopes, encode_batch(envelopes(2)));
}

TEST_F(ABundle, OfAsManyTokensAsAnInspectionHasIsTakenAndNoMore) {
  Cargo cargo{.inspection = "croydon-2012", .tokens = std::vector(kMaxTokens, TokenProof{})};
  EXPECT_EQ(opened(signed_with(cargo)).value().tokens.size(), kMaxTokens);
  cargo.tokens.emplace_back();
  EXPECT_THAT(why(signed_with(cargo)), HasSubstr("its tokens are none"));
}

// Somebody sits there still: it was not to be told.
TEST_F(ABundle, WithALedgerThatDoesNotBalanceIsNone) {
  EXPECT_THAT(why(signed_with({.inspection = "croydon-2012", .ledger = Ledger{.started = 3, .sent = 2}})),
              HasSubstr("what began is not what ended"));
}

TEST_F(ABundle, IsRefusedWhereAByteIsChangedAnywhere) {
  const Bytes good = signed_by(kiosk_);
  ASSERT_TRUE(opened(good));
  for (std::size_t i = 0; i < good.size(); ++i) {
    Bytes changed = good;
    changed[i] ^= 0x01;
    EXPECT_FALSE(opened(changed)) << "byte " << i;
  }
}

TEST_F(ABundle, IsRefusedCutShortOrWithAByteBehindIt) {
  Bytes bytes = signed_by(kiosk_);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_THAT(why(ByteView(bytes).first(size)), HasSubstr("it is cut short")) << size;
  }
  bytes.push_back(0);
  EXPECT_EQ(opened(bytes).error().code, ErrorCode::refused);
}

TEST_F(ABundle, LargerThanAnyIsNotEvenRead) {
  EXPECT_THAT(why(Bytes(kMaxBundleBytes + 1, 0)), HasSubstr("larger than any bundle"));
}

TEST_F(ABundle, OfAKioskOfAnotherCollectorIsRefused) {
  EXPECT_THAT(why(signed_by(kiosk_of(*make_authority("collector", kNow, 3650)))),
              HasSubstr("signed, but not by this collector"));
}

TEST_F(ABundle, SignedByWhoIsNoKioskIsRefused) {
  EXPECT_THAT(why(signed_by(*issue(authority_, Use::package_signing, {}, kNow, 3650))), HasSubstr("is not a kiosk's"));
  EXPECT_THAT(why(signed_by(*issue(authority_, Use::server, {"h"}, kNow, 3650))), HasSubstr("is not a kiosk's"));
}

TEST_F(ABundle, ThatTellsWhenItWasSignedIsRefused) {
  const std::string content = "perspective bundle 2\ncroydon-2012\n\n\nxxxx";
  EXPECT_EQ(why(saying(content)), "");
  EXPECT_THAT(why(saying(content, Attributes::signed_too)), HasSubstr("says more than its content"));
}

TEST_F(ABundle, OfSomethingElseThatAKioskSignedIsNone) {
  EXPECT_EQ(opened(saying("{}")).error().code, ErrorCode::corrupt);
  EXPECT_THAT(why(saying("perspective bundle 1\ncroydon-2012\nx")), HasSubstr("another format"));
  EXPECT_THAT(why(saying("perspective bundle 3\ncroydon-2012\nx")), HasSubstr("another format"));
  EXPECT_THAT(why(saying("perspective bundle 2\n")), HasSubstr("names no inspection"));
  EXPECT_THAT(why(saying("perspective bundle 2\n\nxxx")), HasSubstr("names no inspection"));
  EXPECT_THAT(why(saying("perspective bundle 2\n" + std::string(80, 'a') + "\nxxx")), HasSubstr("names no inspection"));
  const std::string named = "perspective bundle 2\ncroydon-2012\n";
  EXPECT_THAT(why(saying(named)), HasSubstr("its tokens are none"));
  EXPECT_THAT(why(saying(named + "ab\n\nx")), HasSubstr("its tokens are none"));
  EXPECT_THAT(why(saying(named + std::string(64, 'X') + "\n\nx")), HasSubstr("its tokens are none"));
  EXPECT_THAT(why(saying(named + "\n")), HasSubstr("its tokens are none"));
  EXPECT_THAT(why(saying(named + "\n{}\n")), HasSubstr("ledger"));
  EXPECT_THAT(why(saying(named + "\n\n")), HasSubstr("nothing in it"));
}

TEST_F(ABundle, OfTheLargestEnvelopesStillFits) {
  EXPECT_LT(kMaxBundleEnvelopes * (16 + kMaxEnvelopeBytes) + kMaxTokens * 64 + 8192, kMaxBundleBytes);
}

TEST_F(ABundle, IsCheckedByStockOpensslToo) {
  const auto folder = std::filesystem::temp_directory_path() / ("bundle-" + to_hex(random_bytes(8)));
  std::filesystem::create_directory(folder);
  ASSERT_TRUE(write_file(folder / "bundle", signed_by(kiosk_)));
  ASSERT_TRUE(write_file(folder / "authority.pem", as_bytes(authority_.certificate_pem)));
  const std::string at = folder.string();
  const std::string command = "openssl cms -verify -binary -inform DER -in " + at + "/bundle -CAfile " + at +
                              "/authority.pem -purpose any -no_check_time -out " + at + "/content 2>" + at + "/said";
  EXPECT_EQ(std::system(command.c_str()), 0) << read_text(folder / "said").value_or("");
  const auto batch = encode_batch(envelopes(2));
  EXPECT_EQ(read_text(folder / "content").value(),
            "perspective bundle 2\ncroydon-2012\n\n\n" + std::string(as_text(batch)));
  std::filesystem::remove_all(folder);
}

TEST(CourierReceiptsFile, ComesBackAsItWas) {
  CourierReceipts receipts{.inspection = "croydon-2012", .outcomes = {{{}, 201, Receipt{}, ""}}};
  const auto back = courier_receipts_from_json(to_json(receipts));
  ASSERT_TRUE(back) << back.error().what;
  EXPECT_EQ(back->inspection, "croydon-2012");
  EXPECT_EQ(back->outcomes.at(0).receipt, Receipt{});
  EXPECT_FALSE(back->end_of_fieldwork);
  receipts.end_of_fieldwork = Receipt{7};
  EXPECT_EQ(courier_receipts_from_json(to_json(receipts)).value().end_of_fieldwork, Receipt{7});
}

TEST(WordOfTheEndOfFieldwork, IsForOneInspectionOfOneCollector) {
  const auto key = ReceiptKey::parse(*ReceiptKey::generate_pem()).value();
  const auto other = ReceiptKey::parse(*ReceiptKey::generate_pem()).value();
  const auto word = sign_end_of_fieldwork(key, "croydon-2012").value();
  EXPECT_TRUE(is_end_of_fieldwork(word, "croydon-2012", key.public_key()));
  EXPECT_FALSE(is_end_of_fieldwork(word, "croydon-2013", key.public_key()));
  EXPECT_FALSE(is_end_of_fieldwork(word, "croydon-2012", other.public_key()));
  EXPECT_EQ(word, sign_end_of_fieldwork(key, "croydon-2012").value());  // tells no time
}

TEST(CourierReceiptsFile, ThatIsNoneOfOursIsRefused) {
  for (const std::string_view text :
       {"", "[]", "{}", R"({"format":1})", R"({"format":1,"inspection":"a","receipts":1})",
        R"({"format":1,"inspection":"a","receipts":[{"id":"x"}]})",
        R"({"format":1,"inspection":"a","receipts":[],"end_of_fieldwork":true})",
        R"({"format":1,"inspection":"a","receipts":[],"end_of_fieldwork":"ab"})"}) {
    EXPECT_EQ(courier_receipts_from_json(text).error().code, ErrorCode::corrupt) << text;
  }
  EXPECT_EQ(courier_receipts_from_json(R"({"format":2,"inspection":"a","receipts":[]})").error().code,
            ErrorCode::refused);
}

}  // namespace
}  // namespace perspective::protocol

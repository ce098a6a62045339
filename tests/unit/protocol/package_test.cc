#include "protocol/package.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <functional>

#include "base/file.h"
#include "packed.h"
#include "support/opus_file.h"
#include "survey/recording.h"
#include "unit/envelope/shell.h"

namespace perspective::protocol {
namespace {

using ::testing::HasSubstr;

std::string why(const Result<Package>& package) { return package ? "" : package.error().what; }

// What is wrong with the sample once `change` has been at it?
std::string broken_by(const std::function<void(Package&)>& change) {
  Package package = sample_package();
  change(package);
  return why(package_from_json(to_json(package)));
}

class ASignedPackage : public ::testing::Test {
 protected:
  Bytes signed_by(const KeyAndCertificate& signer) const {
    return *sign_package(sample_package(), signer.key_pem, signer.certificate_pem);
  }
  Result<Package> verified(ByteView bytes) const { return verify_package(bytes, authority_.certificate_pem); }

  KeyAndCertificate authority_ = *make_authority("collector", kNow, 3650);
  KeyAndCertificate signer_ = *issue(authority_, Use::package_signing, {}, kNow, 3650);
};

TEST_F(ASignedPackage, ComesBackAsItWas) {
  const auto package = verified(signed_by(signer_));
  ASSERT_TRUE(package) << package.error().what;
  EXPECT_EQ(package->inspection, "croydon-2012");
  EXPECT_EQ(package->questionnaires.at("readers").definition, kDefinition);
  EXPECT_EQ(package->questionnaires.at("readers").texts.at("en"), R"({"title":"Readers"})");
}

TEST(APackage, OfBeforeThereWasASmallestBatchHasFive) {
  auto package = sample_package();
  package.smallest_batch = 7;
  auto json = to_json(package);
  EXPECT_EQ(package_from_json(json)->smallest_batch, 7U);
  const std::string member = "\"smallest_batch\":7,";
  ASSERT_NE(json.find(member), std::string::npos);
  json.erase(json.find(member), member.size());
  EXPECT_EQ(package_from_json(json)->smallest_batch, 5U);
}

TEST(APackage, LetsAWorkerBeAskedOnlyWhereItSaysSo) {
  auto package = sample_package();
  package.may_ask_worker = true;
  auto json = to_json(package);
  EXPECT_TRUE(package_from_json(json)->may_ask_worker);
  const std::string member = "\"may_ask_worker\":true,";
  ASSERT_NE(json.find(member), std::string::npos);
  json.erase(json.find(member), member.size());
  EXPECT_FALSE(package_from_json(json)->may_ask_worker);
}

TEST(APackage, SaysOfEachQuestionnaireWhatMustBeSoOfAParentOrCarer) {
  for (const auto policy :
       {GuardianPolicy::local, GuardianPolicy::informed, GuardianPolicy::consent, GuardianPolicy::not_needed}) {
    auto package = sample_package();
    package.questionnaires.begin()->second.guardian_policy = policy;
    EXPECT_EQ(package_from_json(to_json(package))->questionnaires.begin()->second.guardian_policy, policy);
  }
}

TEST(APackage, OfBeforeThereWasAPolicyLeavesItToThePlace) {
  auto package = sample_package();
  package.questionnaires.begin()->second.guardian_policy = GuardianPolicy::not_needed;
  auto json = to_json(package);
  const std::string member = ",\"guardian_policy\":\"not-needed\"";
  ASSERT_NE(json.find(member), std::string::npos);
  json.erase(json.find(member), member.size());
  EXPECT_EQ(package_from_json(json)->questionnaires.begin()->second.guardian_policy, GuardianPolicy::local);
}

TEST(APackage, WithAPolicyThatIsNotKnownIsRefused) {
  auto package = sample_package();
  package.questionnaires.begin()->second.guardian_policy = GuardianPolicy::not_needed;
  auto json = to_json(package);
  const std::string policy = "\"not-needed\"";
  json.replace(json.find(policy), policy.size(), "\"asked\"");
  EXPECT_EQ(package_from_json(json).error().code, ErrorCode::corrupt);
}

TEST_F(ASignedPackage, IsRefusedWhereAByteIsChangedAnywhere) {
  const Bytes good = signed_by(signer_);
  ASSERT_TRUE(verified(good));
  for (std::size_t i = 0; i < good.size(); ++i) {
    Bytes changed = good;
    changed[i] ^= 0x01;
    EXPECT_FALSE(verified(changed)) << "byte " << i;
  }
}

TEST_F(ASignedPackage, IsRefusedCutShortOrWithAByteBehindIt) {
  Bytes bytes = signed_by(signer_);
  bytes.push_back(0);
  EXPECT_EQ(verified(bytes).error().code, ErrorCode::refused);
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, bytes.size() / 2, bytes.size() - 2}) {
    EXPECT_EQ(verified(ByteView(bytes).first(size)).error().code, ErrorCode::refused) << size;
  }
}

TEST_F(ASignedPackage, OfAnotherAuthorityIsRefusedEvenIfThatHasTheSameName) {
  const auto other = make_authority("collector", kNow, 3650);
  const auto package = verified(signed_by(*issue(*other, Use::package_signing, {}, kNow, 3650)));
  EXPECT_EQ(package.error().code, ErrorCode::refused);
  EXPECT_THAT(package.error().what, HasSubstr("not by this collector"));
}

TEST_F(ASignedPackage, SignedWithTheServersCertificateIsRefused) {
  EXPECT_THAT(why(verified(signed_by(*issue(authority_, Use::server, {"h"}, kNow, 3650)))),
              HasSubstr("not one for packages"));
}

TEST_F(ASignedPackage, SignedByAnEnrolledKioskIsRefused) {
  const auto device = make_device_key();
  const auto certificate = issue_kiosk(authority_, device->request_pem, "kiosk-1", kNow, 397);
  EXPECT_THAT(why(verified(signed_by({device->key_pem, *certificate}))), HasSubstr("not one for packages"));
}

TEST_F(ASignedPackage, SignedByTheAuthorityItselfIsRefused) { EXPECT_FALSE(verified(signed_by(authority_))); }

TEST_F(ASignedPackage, StaysGoodWhenTheClockOfTheKioskIsWrong) {
  const auto expired = issue(authority_, Use::package_signing, {}, kNow - 5000 * 86400LL, 1);
  EXPECT_EQ(why(verified(signed_by(*expired))), "");
}

TEST_F(ASignedPackage, IsVerifiedByStockOpenSslToo) {
  testing::Shell shell;
  shell.write("p7", signed_by(signer_));
  shell.write("a.pem", as_bytes(authority_.certificate_pem));
  EXPECT_TRUE(
      shell.run("openssl cms -verify -binary -inform DER -in p7 -CAfile a.pem -purpose any -no_check_time "
                "-out package.json"))
      << shell.output();
  EXPECT_EQ(why(package_from_json(shell.text("package.json"))), "");
}

TEST_F(ASignedPackage, WhoseContentWasLeftOutIsRefused) {
  testing::Shell shell;
  shell.write("k", as_bytes(signer_.key_pem));
  shell.write("c.pem", as_bytes(signer_.certificate_pem));
  shell.write("j", as_bytes(to_json(sample_package())));
  ASSERT_TRUE(shell.run("openssl cms -sign -binary -in j -signer c.pem -inkey k -outform DER -out p7"));
  EXPECT_THAT(why(verified(shell.read("p7"))), HasSubstr("content is not in it"));
  ASSERT_TRUE(shell.run("openssl cms -sign -nodetach -binary -in j -signer c.pem -inkey k -outform DER -out p7"));
  EXPECT_EQ(why(verified(shell.read("p7"))), "");
}

TEST(APackage, InJsonComesBackAsItWas) {
  const Package package = sample_package();
  const auto again = package_from_json(to_json(package));
  ASSERT_TRUE(again) << again.error().what;
  EXPECT_EQ(to_json(*again), to_json(package));
}

TEST(APackage, ThatIsNoJsonOrLacksAMemberIsCorrupt) {
  for (const char* json : {"", "[]", "{}", R"({"format":1})", R"({"format":1,"inspection":7})"}) {
    EXPECT_EQ(package_from_json(json).error().code, ErrorCode::corrupt) << json;
  }
}

TEST(APackage, OfANewerFormatIsRefusedWithAdvice) {
  const auto package = package_from_json(R"({"format":2})");
  EXPECT_EQ(package.error().code, ErrorCode::refused);
  EXPECT_THAT(package.error().what, HasSubstr("install the newer one"));
}

TEST(APackage, IsInvalidWhereOneThingIsWrongAndSaysWhich) {
  EXPECT_EQ(broken_by([](Package&) {}), "");
  EXPECT_THAT(broken_by([](Package& p) { p.inspection = "../etc"; }), HasSubstr("inspection's id"));
  EXPECT_THAT(broken_by([](Package& p) { p.version = 0; }), HasSubstr("version"));
  EXPECT_THAT(broken_by([](Package& p) { p.languages.clear(); }), HasSubstr("no language"));
  EXPECT_THAT(broken_by([](Package& p) { p.languages = {"en", "cy"}; }), HasSubstr("no texts in language 'cy'"));
  EXPECT_THAT(broken_by([](Package& p) { p.salt.resize(15); }), HasSubstr("salt"));
  EXPECT_THAT(broken_by([](Package& p) { p.receipt_key.resize(31); }), HasSubstr("receipt key"));
  EXPECT_THAT(broken_by([](Package& p) { p.padded_bytes += 1; }), HasSubstr("no multiple of 1024"));
  EXPECT_THAT(broken_by([](Package& p) { p.envelope_bytes = p.padded_bytes; }), HasSubstr("envelope_bytes"));
  EXPECT_THAT(broken_by([](Package& p) { p.inspection_certificate = "x"; }), HasSubstr("inspection_certificate"));
  EXPECT_THAT(broken_by([](Package& p) { p.recovery_certificate = "x"; }), HasSubstr("recovery_certificate"));
  EXPECT_THAT(broken_by([](Package& p) { p.smallest_batch = 0; }), HasSubstr("smallest_batch"));
  EXPECT_THAT(broken_by([](Package& p) { p.smallest_batch = kMaxBatchEnvelopes + 1; }), HasSubstr("smallest_batch"));
  EXPECT_THAT(broken_by([](Package& p) { p.recovery_certificate = p.inspection_certificate; }), HasSubstr("are one"));
}

TEST(APackage, WithAQuestionnaireThatIsNotInOrderIsInvalid) {
  EXPECT_THAT(broken_by([](Package& p) { p.questionnaires.clear(); }), HasSubstr("no questionnaire"));
  EXPECT_THAT(broken_by([](Package& p) { p.questionnaires["other"] = p.questionnaires["readers"]; }),
              HasSubstr("calls itself 'readers'"));
  EXPECT_THAT(broken_by([](Package& p) { p.questionnaires["readers"].definition = "{}"; }),
              HasSubstr("questionnaire 'readers'"));
  EXPECT_THAT(broken_by([](Package& p) { p.questionnaires["readers"].texts["en"] = "not JSON"; }),
              HasSubstr("no texts in language 'en'"));
}

TEST(ThePaddedSize, IsTheNextMultipleOfTheStep) {
  EXPECT_EQ(padded_size(1), 1024U);
  EXPECT_EQ(padded_size(1024), 1024U);
  EXPECT_EQ(padded_size(1025), 2048U);
}

const std::string kPictured = R"({"format":1,"id":"readers","version":1,"languages":["en"],
  "welcome":["welcome.1"],
  "items":[{"type":"single_choice","variable":"found_book",
            "options":[{"id":"yes","picture":"tick"},{"id":"no"}]}],
  "findings":[],"section":[]})";
const std::string kTick =
    R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><path d="M9 9 L20 20" stroke="currentColor"/></svg>)";

TEST(APackageWithPictures, BringsThemAsTheyWereDrawn) {
  Package package = sample_package();
  package.questionnaires["readers"] = {kPictured, {{"en", "{}"}}, {{"tick", kTick}}};
  const auto back = package_from_json(to_json(package));
  ASSERT_TRUE(back) << back.error().what;
  EXPECT_EQ(back->questionnaires.at("readers").pictures, (survey::Pictures{{"tick", kTick}}));
}

TEST(APackageWithPictures, IsRefusedWhereOneIsMissing) {
  EXPECT_THAT(broken_by([](Package& package) { package.questionnaires["readers"].definition = kPictured; }),
              HasSubstr("questionnaire 'readers' has no picture 'tick'"));
}

TEST(APackageWithPictures, IsRefusedWhereOneIsMoreThanADrawing) {
  for (const auto& [spoilt, why] : std::map<std::string, std::string>{
           {"<svg><script/></svg>", "the picture 'tick' has no xmlns"},
           {kTick.substr(0, kTick.size() - 6) + "<script/></svg>", "the picture 'tick' has the element <script>"},
           {kTick + std::string(20'000, ' '), "bytes, where 16384 are the most"}}) {
    EXPECT_THAT(broken_by([&](Package& package) {
                  package.questionnaires["readers"] = {kPictured, {{"en", "{}"}}, {{"tick", spoilt}}};
                }),
                HasSubstr(why));
  }
}

TEST(APackageWithPictures, IsRefusedWhereANameCouldBeAPath) {
  EXPECT_THAT(broken_by([](Package& package) { package.questionnaires["readers"].pictures["../tick"] = kTick; }),
              HasSubstr("a picture's name"));
}

class APackageWithRecordings : public ::testing::Test {
 protected:
  APackageWithRecordings() {
    const auto path = std::filesystem::path(::testing::TempDir()) / ("package-" + std::to_string(::getpid()) + ".opus");
    trial::record(path, "en", "Yes", 100);
    file_ = *read_file(path);
    std::filesystem::remove(path);
  }
  Bytes file_;
};

TEST_F(APackageWithRecordings, BringsThemAsTheyWereMade) {
  Package package = sample_package();
  package.questionnaires["readers"].recordings = {file_};
  const auto back = package_from_json(to_json(package));
  ASSERT_TRUE(back) << back.error().what;
  EXPECT_EQ(back->questionnaires.at("readers").recordings, std::vector<Bytes>{file_});
}

TEST_F(APackageWithRecordings, IsRefusedWhereOneCanNotBePlayedOrThereAreTooMany) {
  Bytes cut = file_;
  cut.resize(cut.size() - 1);
  EXPECT_THAT(broken_by([&](Package& package) {
                package.questionnaires["readers"].recordings = {file_, cut};
              }),
              HasSubstr("questionnaire 'readers': a recording is cut short, or broken"));
  EXPECT_THAT(broken_by([&](Package& package) {
                package.questionnaires["readers"].recordings.assign(survey::kMaxRecordings + 1, file_);
              }),
              HasSubstr("has more than 1000 recordings"));
}

TEST(APackageWithoutRecordings, IsWrittenAsBeforeThereWereAny) {
  EXPECT_EQ(to_json(sample_package()).find("recordings"), std::string::npos);
}

TEST(APackageWithoutPictures, IsWrittenAsBeforeThereWereAny) {
  EXPECT_EQ(to_json(sample_package()).find("pictures"), std::string::npos);
}

}  // namespace
}  // namespace perspective::protocol

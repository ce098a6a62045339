// What the supervisor hears of enrolment, clock and packages.
#include "upload/standing.h"

#include "kiosk_folder.h"
#include "signed_packages.h"

namespace perspective::upload {
namespace {

using protocol::kNow;
using readiness::Reason;
using readiness::Reasons;
constexpr std::int64_t kDay = 86400;

class KiosksStanding : public ::testing::Test {
 protected:
  Result<Enrolment> enrolment(std::int64_t issued_s = kNow, int days = 397) {
    const auto key = protocol::make_device_key().value();
    const auto certificate = protocol::issue_kiosk(authority_, key.request_pem, "kiosk-7", issued_s, days).value();
    return Enrolment{"collector.example",        8443,        "kiosk-7",
                     authority_.certificate_pem, certificate, SecretBytes(as_bytes(key.key_pem))};
  }
  Reasons reasons_at(std::int64_t now_s) {
    clock_.set(now_s);
    return standing_.reasons();
  }

  protocol::KeyAndCertificate authority_ = protocol::make_authority("Test", kNow, 3650).value();
  HandSetClock clock_{kNow};
  Standing standing_{enrolment(), clock_};
};

TEST_F(KiosksStanding, NeedsNoWordsWhenAllIsWell) { EXPECT_EQ(standing_.reasons(), Reasons{}); }

TEST_F(KiosksStanding, DamagedEnrolmentIsSaidAlone) {
  Standing damaged(fail(ErrorCode::corrupt, "no key"), clock_);
  damaged.take_over({.packages = {}, .problems = {{ErrorCode::refused, "whose is it", false}}});
  EXPECT_EQ(damaged.reasons(), Reasons{Reason::enrolment_damaged});
}

TEST_F(KiosksStanding, ClockBeforeTheCertificateIsWrong) {
  EXPECT_EQ(reasons_at(kNow - kDay), Reasons{Reason::clock_wrong});
  EXPECT_EQ(reasons_at(kNow), Reasons{});
}

TEST_F(KiosksStanding, ClockBeforeTheInspectionsKeysIsWrong) {
  auto package = protocol::sample_package();
  package.inspection_certificate = envelope::make_key_pair("inspection", kNow + 30 * kDay)->certificate_pem;
  standing_.take_over({.packages = {package}, .problems = {}});
  EXPECT_EQ(reasons_at(kNow), Reasons{Reason::clock_wrong});
  EXPECT_EQ(reasons_at(kNow + 31 * kDay), Reasons{});
}

TEST_F(KiosksStanding, HidesVisitsUnlessEachAnswerOfTheirInspectionGoesAtOnce) {
  auto package = protocol::sample_package();
  EXPECT_TRUE(standing_.hides_visits(package.inspection)) << "nothing is known of it";
  package.smallest_batch = 1;
  standing_.take_over({.packages = {package}, .problems = {}});
  EXPECT_FALSE(standing_.hides_visits(package.inspection));
  package.smallest_batch = 2;
  standing_.take_over({.packages = {package}, .problems = {}});
  EXPECT_TRUE(standing_.hides_visits(package.inspection));
}

TEST_F(KiosksStanding, InspectionInEarnestWithoutAPinIsSaidAndATrialIsNot) {
  const auto reasons = [this](bool is_pin_set, std::size_t smallest_batch, bool is_open) {
    auto package = protocol::sample_package();
    package.smallest_batch = smallest_batch;
    package.is_fieldwork_open = is_open;
    Standing standing(enrolment(), clock_, is_pin_set);
    standing.take_over({.packages = {package}, .problems = {}});
    return standing.reasons();
  };
  EXPECT_EQ(reasons(false, 5, true), Reasons{Reason::pin_missing});
  EXPECT_EQ(reasons(true, 5, true), Reasons{});
  EXPECT_EQ(reasons(false, 1, true), Reasons{});
  EXPECT_EQ(reasons(false, 5, false), Reasons{});
}

TEST_F(KiosksStanding, ClockAfterTheCertificateSaysThatOneOfThemIsWrong) {
  EXPECT_EQ(reasons_at(kNow + 398 * kDay), Reasons{Reason::certificate_ended});
}

TEST_F(KiosksStanding, RenewedCertificateIsTheOneThatCounts) {
  standing_.renew(enrolment(kNow + 300 * kDay).value());
  EXPECT_EQ(reasons_at(kNow + 398 * kDay), Reasons{});
}

TEST_F(KiosksStanding, PackagesThatWereRefusedAreSaidByTheirKindUntilTheyAreReplaced) {
  standing_.take_over({.packages = {}, .problems = {{ErrorCode::refused, "signature", false}}});
  EXPECT_EQ(standing_.reasons(), Reasons{Reason::package_not_genuine});
  standing_.take_over({.packages = {}, .problems = {{ErrorCode::invalid, "keys", false}}});
  EXPECT_EQ(standing_.reasons(), Reasons{Reason::package_damaged});
  standing_.take_over({});
  EXPECT_EQ(standing_.reasons(), Reasons{});
}

class ListenedTo : public KiosksStanding {
 protected:
  void answer(std::map<std::string, std::string> headers) {
    auto owned = std::make_unique<ScriptedCollector>();
    owned->then_answer(503, "", std::move(headers));
    ASSERT_TRUE(
        listening(std::move(owned), standing_.collector_time())->send({.path = "/", .headers = {}, .body = {}}));
  }
};

TEST_F(ListenedTo, CollectorWithAnotherTimeShowsThatTheClockIsWrong) {
  answer({{"date", http_date(kNow + 20 * 60)}});
  EXPECT_EQ(reasons_at(kNow), Reasons{Reason::clock_wrong});
  EXPECT_EQ(reasons_at(kNow + 20 * 60), Reasons{}) << "and corrected without another answer";
}

TEST_F(ListenedTo, CollectorWithTheSameTimeShowsNothing) {
  answer({{"date", http_date(kNow + 5 * 60)}});
  EXPECT_EQ(reasons_at(kNow), Reasons{});
}

TEST_F(ListenedTo, AnswerWithoutADateOrWithNonsenseIsPassedOver) {
  answer({});
  answer({{"date", "yesterday, about noon"}});
  answer({{"date", ""}});
  EXPECT_FALSE(standing_.collector_time().now_s());
}

TEST_F(ListenedTo, WhoIsNotTheCollectorHasNoTime) {
  auto owned = std::make_unique<ScriptedCollector>();
  owned->then_fail(ErrorCode::refused);
  EXPECT_FALSE(listening(std::move(owned), standing_.collector_time())->send({.path = "/", .headers = {}, .body = {}}));
  EXPECT_FALSE(standing_.collector_time().now_s());
}

}  // namespace
}  // namespace perspective::upload

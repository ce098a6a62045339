#include "inspection/kiosks.h"

#include <time.h>

#include <utility>

#include "base/file.h"
#include "protocol/limits.h"
#include "unit/inspection/collector.h"

namespace perspective::inspection {
namespace {

constexpr std::int64_t kDay = 24 * 60 * 60;

class InvitedKiosk : public Collector {
 protected:
  void SetUp() override {
    Collector::SetUp();
    ASSERT_TRUE(store_->add_inspection(
        {.head = {.id = "lewes", .area = "Lewes", .state = "open"}, .definition = "{}", .package = {1}}));
    kiosks_ = std::make_unique<Kiosks>(*store_, clock_, authority_, Kiosks::Address{"collector.example", 8443});
  }
  std::string invited_secret() {
    const auto line = kiosks_->invite("lewes", "Front desk");
    EXPECT_TRUE(line);
    return protocol::parse_invite(*line)->secret;
  }
  Result<Kiosks::Enrolled> enrol(const std::string& secret) {
    return kiosks_->enrol(secret, protocol::make_device_key()->request_pem);
  }

  std::unique_ptr<Kiosks> kiosks_;
};

TEST_F(InvitedKiosk, HasALineWithAddressAuthorityAndSecret) {
  const auto invite = protocol::parse_invite(*kiosks_->invite("lewes", "Front desk"));
  ASSERT_TRUE(invite);
  EXPECT_EQ(invite->host, "collector.example");
  EXPECT_EQ(invite->port, 8443);
  EXPECT_EQ(invite->authority_sha256, *protocol::sha256_of_certificate(authority_.certificate_pem));
}

TEST_F(InvitedKiosk, GetsACertificateInItsOwnNameAndIsKnownByIt) {
  const auto enrolled = enrol(invited_secret());
  ASSERT_TRUE(enrolled) << enrolled.error().what;
  EXPECT_EQ(*protocol::common_name_of(enrolled->certificate), enrolled->kiosk);
  const auto serial = *protocol::serial_of(enrolled->certificate);
  EXPECT_TRUE(kiosks_->is_kiosk_allowed(serial));
  const auto known = kiosks_->kiosk(serial);
  EXPECT_EQ(known->id, enrolled->kiosk);
  EXPECT_EQ(known->name, "Front desk");
  EXPECT_TRUE(may_serve(*known, "lewes"));
  EXPECT_FALSE(may_serve(*known, "croydon"));
}

TEST_F(InvitedKiosk, EnrolsOnce) {
  const auto secret = invited_secret();
  ASSERT_TRUE(enrol(secret));
  EXPECT_EQ(enrol(secret).error().code, ErrorCode::refused);
  EXPECT_EQ(kiosks_->list()->size(), 1U);
}

TEST_F(InvitedKiosk, WhoseAnswerWasLostAsksAgainWithTheSameKey) {
  const auto secret = invited_secret();
  const auto request = protocol::make_device_key()->request_pem;
  const auto lost = *kiosks_->enrol(secret, request);
  const auto again = kiosks_->enrol(secret, request);
  ASSERT_TRUE(again) << again.error().what;
  EXPECT_EQ(again->kiosk, lost.kiosk);
  EXPECT_TRUE(kiosks_->is_kiosk_allowed(*protocol::serial_of(again->certificate)));
  EXPECT_EQ(kiosks_->list()->size(), 1U);
  EXPECT_EQ(enrol(secret).error().code, ErrorCode::refused) << "whoever else has the invite";
  for (int i = 0; i < 9; ++i) EXPECT_TRUE(kiosks_->enrol(secret, request)) << i;
  EXPECT_THAT(kiosks_->enrol(secret, request).error().what, testing::HasSubstr("too often"));
  clock_.set(kNow + kDay);
  EXPECT_TRUE(kiosks_->enrol(secret, request));
  ASSERT_TRUE(kiosks_->revoke(lost.kiosk));
  EXPECT_EQ(kiosks_->enrol(secret, request).error().code, ErrorCode::refused);
}

TEST_F(InvitedKiosk, CanEnrolForSevenDays) {
  const auto secret = invited_secret();
  clock_.set(kNow + protocol::kInviteDays * kDay);
  EXPECT_EQ(enrol(secret).error().code, ErrorCode::refused);
  clock_.set(kNow + protocol::kInviteDays * kDay - 1);
  EXPECT_TRUE(enrol(secret));
}

TEST_F(InvitedKiosk, HearsTheSameOfAWrongAUsedAndAnExpiredSecret) {
  const auto used = invited_secret();
  const auto expired = invited_secret();
  ASSERT_TRUE(enrol(used));
  clock_.set(kNow + 8 * kDay);
  const auto wrong = enrol(protocol::draw_invite_secret()).error().what;
  EXPECT_EQ(enrol(used).error().what, wrong);
  EXPECT_EQ(enrol(expired).error().what, wrong);
}

// Of this thread, so that it makes no difference what else the machine does.
std::int64_t work_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

TEST_F(InvitedKiosk, CostsNextToNothingWhereTheSecretIsAGuess) {
  const auto secret = invited_secret();
  const auto request = protocol::make_device_key()->request_pem;
  const auto before = work_ns();
  for (int guess = 0; guess < 20; ++guess) {
    EXPECT_EQ(kiosks_->enrol(protocol::draw_invite_secret(), request).error().code, ErrorCode::refused);
  }
  const auto of_guesses = work_ns() - before;
  EXPECT_TRUE(kiosks_->enrol(secret, request));
  EXPECT_LT(of_guesses, work_ns() - before - of_guesses) << "twenty guesses cost more than one invite";
}

TEST_F(InvitedKiosk, IsKnownOnlyWithTheKeyOfItsAuthorityAndAllOfItsSecret) {
  auto secret = invited_secret();
  Kiosks other(*store_, clock_, *protocol::make_authority("another", kNow, 10), {"collector.example", 8443});
  EXPECT_EQ(other.enrol(secret, protocol::make_device_key()->request_pem).error().code, ErrorCode::refused);
  for (auto& character : secret) {
    const char was = std::exchange(character, character == '7' ? '8' : '7');
    EXPECT_EQ(enrol(secret).error().code, ErrorCode::refused);
    character = was;
  }
  EXPECT_TRUE(enrol(secret));
}

TEST_F(InvitedKiosk, KeepsItsInviteWhenItsRequestIsBroken) {
  const auto secret = invited_secret();
  EXPECT_FALSE(kiosks_->enrol(secret, "no request"));
  EXPECT_TRUE(enrol(secret));
}

TEST_F(InvitedKiosk, LeavesNoSecretInTheStore) {
  const auto secret = invited_secret();
  store_.reset();
  for (const auto& file : std::filesystem::directory_iterator(folder_)) {
    if (!file.is_regular_file()) continue;
    const auto content = *read_file(file.path());
    EXPECT_EQ(as_text(content).find(secret), std::string_view::npos) << file.path();
  }
}

TEST_F(InvitedKiosk, IsRefusedOnceRevoked) {
  const auto enrolled = *enrol(invited_secret());
  const auto serial = *protocol::serial_of(enrolled.certificate);
  ASSERT_TRUE(kiosks_->revoke(enrolled.kiosk));
  EXPECT_FALSE(kiosks_->is_kiosk_allowed(serial));
  EXPECT_EQ(kiosks_->kiosk(serial).error().code, ErrorCode::refused);
  EXPECT_TRUE(kiosks_->list()->front().is_revoked);
}

TEST_F(InvitedKiosk, ThatIsInvitedAgainIsTheSameKioskWithAnotherKey) {
  const auto first = *enrol(invited_secret());
  const auto secret = protocol::parse_invite(*kiosks_->invite_again("Front desk"))->secret;
  EXPECT_TRUE(kiosks_->is_kiosk_allowed(*protocol::serial_of(first.certificate))) << "until the invite is used";
  const auto again = enrol(secret);
  ASSERT_TRUE(again) << again.error().what;
  EXPECT_EQ(again->kiosk, first.kiosk);
  EXPECT_EQ(*protocol::common_name_of(again->certificate), first.kiosk);
  EXPECT_FALSE(kiosks_->is_kiosk_allowed(*protocol::serial_of(first.certificate)));
  EXPECT_TRUE(kiosks_->is_kiosk_allowed(*protocol::serial_of(again->certificate)));
  EXPECT_EQ(kiosks_->list()->size(), 1U);
  EXPECT_EQ(enrol(secret).error().code, ErrorCode::refused);
}

TEST_F(InvitedKiosk, ThatIsInvitedAgainWhereThereIsNoneIsNotFound) {
  EXPECT_EQ(kiosks_->invite_again("nobody").error().code, ErrorCode::not_found);
}

class KioskInContact : public InvitedKiosk {
 protected:
  void SetUp() override {
    InvitedKiosk::SetUp();
    const auto enrolled = *enrol(invited_secret());
    certificate_ = enrolled.certificate;
    serial_ = *protocol::serial_of(certificate_);
  }
  void contact(std::optional<bool> is_waiting, std::optional<std::int64_t> clock_s = {}) {
    const auto noted = kiosks_->note_contact(*kiosks_->kiosk(serial_), certificate_, {"0.4.0", clock_s, is_waiting});
    ASSERT_TRUE(noted) << noted.error().what;
  }
  store::Contact last() { return kiosks_->kiosk(serial_)->last_contact.value(); }
  void end_fieldwork() {
    auto inspection = *store_->inspection("lewes");
    inspection.head.state = "fieldwork-ended";
    ASSERT_TRUE(store_->update_inspection(inspection));
  }

  std::string certificate_;
  std::string serial_;
};

TEST_F(KioskInContact, SaysOnceADayWhetherAnythingWaitsWhileVisitsGoOn) {
  contact(false);
  clock_.set(kNow + 6 * 60 * 60);
  contact(true);  // who sat there since the last word would have sent
  EXPECT_EQ(last().is_waiting, false);
  clock_.set(kNow + kDay);
  contact(true);
  EXPECT_EQ(last().is_waiting, true);
  contact(false);
  EXPECT_EQ(last().is_waiting, true);
  EXPECT_EQ(last().day, "2012-11-23");
}

TEST_F(KioskInContact, SaysItEachTimeOnceFieldworkHasEnded) {
  contact(true);
  end_fieldwork();
  contact(false);
  EXPECT_EQ(last().is_waiting, false);
}

TEST_F(KioskInContact, ThatSaidNothingAtFirstIsHeardOnTheSameDay) {
  contact({});
  contact(true);
  EXPECT_EQ(last().is_waiting, true);
}

TEST_F(KioskInContact, IsToldApartFromOurClockInMinutes) {
  contact({}, kNow - 20);
  EXPECT_EQ(last().clock_offset_min, 0) << "a request takes that long";
  contact({}, kNow + 200);
  EXPECT_EQ(last().clock_offset_min, 3);
  contact({}, kNow - 365 * kDay);
  EXPECT_EQ(last().clock_offset_min, -365 * 24 * 60);
}

TEST_F(KioskInContact, ShowsHowLongItsCertificateIsGood) {
  contact({});
  EXPECT_EQ(kiosks_->certificate_days_left(*kiosks_->kiosk(serial_)), protocol::kKioskCertificateDays - 1);
  clock_.set(kNow + (protocol::kKioskCertificateDays + 1) * kDay);
  EXPECT_EQ(kiosks_->certificate_days_left(*kiosks_->kiosk(serial_)), -2);
}

TEST_F(KioskInContact, HasItsCertificateRenewedAfterTwoThirdsOfItsLife) {
  const auto early = kiosks_->renew(*kiosks_->kiosk(serial_), certificate_);
  EXPECT_EQ(early.error().code, ErrorCode::conflict);
  clock_.set(kNow + 265 * kDay);
  const auto renewed = kiosks_->renew(*kiosks_->kiosk(serial_), certificate_);
  ASSERT_TRUE(renewed) << renewed.error().what;
  const auto id = kiosks_->kiosk(serial_)->id;
  EXPECT_EQ(*protocol::common_name_of(*renewed), id);
  EXPECT_EQ(kiosks_->kiosk(*protocol::serial_of(*renewed))->id, id);
  EXPECT_TRUE(kiosks_->is_kiosk_allowed(serial_)) << "the answer may be lost on its way";
  std::string last;
  for (int i = 0; i < store::kMaxCertificates + 2; ++i) {
    const auto again = kiosks_->renew(*kiosks_->kiosk(serial_), certificate_);
    ASSERT_TRUE(again) << again.error().what;
    last = *protocol::serial_of(*again);
    ASSERT_TRUE(kiosks_->is_kiosk_allowed(last));
    ASSERT_TRUE(kiosks_->is_kiosk_allowed(serial_)) << "it asks with this one";
  }
  EXPECT_FALSE(kiosks_->is_kiosk_allowed(*protocol::serial_of(*renewed))) << "of so many the old ones go";
  // A year later it asks with one of those.
  const auto shown = kiosks_->renew(*kiosks_->kiosk(serial_), certificate_);
  ASSERT_TRUE(shown);
  const auto serial = *protocol::serial_of(*shown);
  clock_.set(kNow + 2 * 265 * kDay);
  for (int i = 0; i < store::kMaxCertificates + 2; ++i) {
    const auto again = kiosks_->renew(*kiosks_->kiosk(serial), *shown);
    ASSERT_TRUE(again) << again.error().what;
    last = *protocol::serial_of(*again);
    ASSERT_TRUE(kiosks_->is_kiosk_allowed(serial)) << "it asks with this one";
  }
  ASSERT_TRUE(kiosks_->revoke(id));
  EXPECT_FALSE(kiosks_->is_kiosk_allowed(last));
}

TEST_F(KioskInContact, IsGivenNoCertificatesOnAndOn) {
  clock_.set(kNow + 265 * kDay);
  int given = 0;
  while (given < 1000 && kiosks_->renew(*kiosks_->kiosk(serial_), certificate_)) ++given;
  EXPECT_EQ(given, 30);
  EXPECT_EQ(kiosks_->renew(*kiosks_->kiosk(serial_), certificate_).error().code, ErrorCode::conflict);
  EXPECT_TRUE(kiosks_->is_kiosk_allowed(serial_));
  clock_.set(kNow + 266 * kDay);
  EXPECT_TRUE(kiosks_->renew(*kiosks_->kiosk(serial_), certificate_));
}

TEST_F(KioskInContact, IsHeardOutThoughItHasSaidTheSameAThousandTimes) {
  for (int i = 0; i < 1000; ++i) contact(false);
  contact({}, kNow - 120);
  EXPECT_EQ(last().clock_offset_min, -2);
}

TEST_F(KioskInContact, ThatNeverSaysTheSameIsNotWrittenDownEachTime) {
  int written = 0;
  for (int minutes = 1; minutes <= 1000; ++minutes) {
    contact({}, kNow + 60 * minutes);
    if (last().clock_offset_min == minutes) ++written;
  }
  EXPECT_EQ(written, 100);
  clock_.set(kNow + kDay);
  contact({}, kNow + kDay + 7 * 60);
  EXPECT_EQ(last().clock_offset_min, 7);
}

TEST_F(InvitedKiosk, IsUnknownWithoutEnrolment) {
  EXPECT_FALSE(kiosks_->is_kiosk_allowed("0badcafe"));
  EXPECT_EQ(kiosks_->revoke("kiosk-none").error().code, ErrorCode::not_found);
  EXPECT_EQ(kiosks_->invite("nowhere", "x").error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace perspective::inspection

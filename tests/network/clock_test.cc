// A clock a year back and ten years forward, on the kiosk and at the collector, during each thing that the two do:
// nothing is lost, nothing is refused for ever, and the supervisor is told.
#include "base/file.h"
#include "network/hostile_line.h"
#include "network/wrong_clock.h"
#include "upload/renewal.h"
#include "upload/standing.h"

namespace perspective::network {
namespace {

constexpr std::int64_t kYear_s = 365 * 86'400;
constexpr std::int64_t kWrong_s[] = {-kYear_s, 10 * kYear_s};

class WrongTime : public HostileLine {
 protected:
  std::filesystem::path state() const { return folder_ / "kiosk"; }
  // Connections of its own, as after a night: one that is open is not looked at again.
  void begin_anew() { kiosk_ = std::make_unique<Kiosk>(state(), *enrolment_); }

  readiness::Reasons told() {
    upload::Standing standing(upload::load_enrolment(state()), clock_);
    standing.take_over(kiosk_->shelf.load());
    return standing.reasons();
  }
  void expect_all_kept(const Step& step, Reason notice) {
    EXPECT_EQ(step.next, Next::later);
    EXPECT_EQ(step.notice, notice);
    EXPECT_TRUE(kiosk_->is_waiting());
  }
  void expect_kiosk_whole() {
    const auto enrolment = upload::load_enrolment(state());
    EXPECT_TRUE(enrolment) << enrolment.error().what;
    const auto shelf = kiosk_->shelf.load();
    EXPECT_TRUE(shelf.problems.empty()) << shelf.problems.front().what;
    EXPECT_EQ(shelf.packages.size(), 1U);
  }
  // What else a kiosk does: none of it works, and none of it breaks anything.
  void expect_asking_is_in_vain() {
    const auto certificate = read_text(state() / "device.pem").value();
    EXPECT_FALSE(kiosk_->shelf.fetch(kiosk_->transport));
    const auto renewed = upload::renew_if_due(state(), clock_.now_s(), kiosk_->transport);
    EXPECT_TRUE(!renewed || !*renewed);
    EXPECT_EQ(read_text(state() / "device.pem").value(), certificate);
  }
  void expect_all_well() {
    begin_anew();
    ASSERT_TRUE(kiosk_->shelf.fetch(kiosk_->transport));
    expect_kiosk_whole();
    EXPECT_EQ(told(), readiness::Reasons());
    EXPECT_FALSE(upload::renew_if_due(state(), clock_.now_s(), kiosk_->transport).value());
    send_all(*kiosk_);
  }

  SystemClock clock_;
};

TEST_F(WrongTime, OnTheKioskKeepsAllAndIsSaid) {
  for (const auto wrong_s : kWrong_s) {
    SCOPED_TRACE(wrong_s);
    {
      const WrongClock wrong(Side::kiosk, wrong_s);
      begin_anew();
      expect_kiosk_whole();
      put(3);  // answers are sealed and kept whatever the clock says
      expect_all_kept(kiosk_->step(), Reason::collector_unproven);
      EXPECT_EQ(told(), readiness::Reasons{wrong_s < 0 ? Reason::clock_wrong : Reason::certificate_ended});
      expect_asking_is_in_vain();
      expect_kiosk_whole();
    }
    expect_all_well();
  }
  expect_every_envelope_exactly_once();
}

TEST_F(WrongTime, AtTheCollectorKeepsAllAndIsSaid) {
  for (const auto wrong_s : kWrong_s) {
    SCOPED_TRACE(wrong_s);
    {
      const WrongClock wrong(Side::collector, wrong_s);
      begin_anew();
      put(3);
      expect_all_kept(kiosk_->step(), Reason::kiosk_not_accepted);
      expect_asking_is_in_vain();
      expect_kiosk_whole();
    }
    expect_all_well();
  }
  expect_every_envelope_exactly_once();
}

// On a connection that is open nobody looks at certificates: it goes on, either way and back.
TEST_F(WrongTime, BetweenTwoBatchesOfOneConnectionLosesNothing) {
  for (const Side side : {Side::kiosk, Side::collector}) {
    for (const auto wrong_s : kWrong_s) {
      put(1);
      ASSERT_EQ(kiosk_->step().next, Next::again);
      const WrongClock wrong(side, wrong_s);
      put(2);
      kiosk_->step();
      put(1);
      kiosk_->step();
    }
  }
  expect_all_well();
  expect_every_envelope_exactly_once();
}

// What was signed on a wrong day is as good as any: versions keep old packages out, not dates.
TEST_F(WrongTime, AtTheCollectorWhenFieldworkEndsRefusesNoPackageForEver) {
  {
    const WrongClock wrong(Side::collector, 10 * kYear_s);
    ASSERT_EQ(inspector().post("/v1/inspections/lewes/end-fieldwork", "{}").status, 200);
  }
  expect_all_well();
  EXPECT_EQ(kiosk_->shelf.load().packages.at(0).version, 2);
  EXPECT_FALSE(kiosk_->shelf.load().packages.at(0).is_fieldwork_open);
}

// Enrolled under a wrong clock of the collector's: the certificate is of no use, and the way back is.
TEST_F(WrongTime, AtTheCollectorWhenItEnrolsCostsOneMoreInvite) {
  for (const auto wrong_s : {-2 * kYear_s, 10 * kYear_s}) {
    SCOPED_TRACE(wrong_s);
    {
      const WrongClock wrong(Side::collector, wrong_s);
      kiosk_ = enrolled_kiosk("kiosk");
    }
    put(2);
    expect_all_kept(kiosk_->step(), Reason::kiosk_not_accepted);
    EXPECT_EQ(told(), readiness::Reasons{wrong_s < 0 ? Reason::certificate_ended : Reason::clock_wrong});
    kiosk_ = enrolled_kiosk("kiosk");
    expect_all_well();
  }
  expect_every_envelope_exactly_once();
}

}  // namespace
}  // namespace perspective::network

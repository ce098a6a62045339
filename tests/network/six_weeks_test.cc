// Six weeks without network; then a line that loses, delays and cuts. Meanwhile two thirds of the certificate's life
// went by. PERSPECTIVE_WAITING=500 is the full size.
#include <chrono>
#include <iostream>
#include <random>

#include "base/file.h"
#include "network/hostile_line.h"
#include "upload/renewal.h"

namespace perspective::network {
namespace {

constexpr std::uint64_t kWaiting = 60;
constexpr int kMostTries = 3'000;
constexpr std::int64_t kDay = 86'400;

class SixWeeks : public HostileLine {
 protected:
  int below(int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(chance_); }

  // The kiosk's certificate, made so many days ago and known to the collector.
  void age_certificate(int days) {
    const auto authority = collector_keys().authority;
    const auto device = protocol::make_device_key().value();
    enrolment_->certificate_pem =
        protocol::issue_kiosk({authority.key_pem, authority.certificate_pem}, device.request_pem, enrolment_->kiosk,
                              SystemClock().now_s() - days * kDay, protocol::kKioskCertificateDays)
            .value();
    enrolment_->key_pem = SecretBytes(as_bytes(device.key_pem));
    ASSERT_TRUE(write_file(folder_ / "kiosk" / "device.pem", as_bytes(enrolment_->certificate_pem)));
    ASSERT_TRUE(write_file(folder_ / "kiosk" / "device.key", enrolment_->key_pem.view()));
    auto database = sqlite::Database::open(folder_ / "c" / "collector.sqlite");
    auto added = database->prepare("INSERT INTO kiosk_certificates (serial, kiosk) VALUES (?, ?)");
    ASSERT_TRUE(added);
    const auto serial = protocol::serial_of(enrolment_->certificate_pem).value();
    ASSERT_TRUE(added->bind(1, serial).bind(2, enrolment_->kiosk).run());
    kiosk_ = std::make_unique<Kiosk>(folder_ / "kiosk", *enrolment_);
  }
  // Of two connections one breaks, somewhere.
  void worsen_line() {
    constexpr Where kPlaces[] = {Where::connect, Where::greeting, Where::request, Where::request, Where::answer};
    constexpr Happens kWays[] = {Happens::cut, Happens::reset, Happens::flip};
    if (below(2) == 0) {
      gate_->next({.where = kPlaces[below(5)],
                   .happens = kWays[below(3)],
                   .after_bytes = static_cast<std::size_t>(below(40'000))});
    }
    if (below(2) == 0) gate_->reset_all();
    gate_->use({.slice_bytes = static_cast<std::size_t>(1'000 + below(8'000)), .delay_ms = below(3)});
  }
  void renew_on_a_bad_line() {
    for (int i = 0; i < kMostTries; ++i) {
      worsen_line();
      auto renewed = upload::renew_if_due(folder_ / "kiosk", SystemClock().now_s(), kiosk_->transport);
      if (!renewed) continue;
      ASSERT_TRUE(*renewed) << "two thirds of its life are over";
      enrolment_.emplace(std::move(**renewed));
      return kiosk_->transport.use(enrolment_->identity());
    }
    FAIL() << "the certificate was not renewed";
  }

  std::uint64_t seed_ = number_from("PERSPECTIVE_SEED", std::random_device()());
  std::mt19937_64 chance_{seed_};
};

TEST_F(SixWeeks, WithoutNetworkEndWithEachResponseArrivedOnce) {
  const auto waiting = static_cast<int>(number_from("PERSPECTIVE_WAITING", kWaiting));
  age_certificate(300);
  gate_->always({.where = Where::connect, .happens = Happens::reset});
  put(waiting);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(kiosk_->step().notice, Reason::collector_unreachable);
  EXPECT_TRUE(kiosk_->is_waiting());

  gate_->forgive();
  const auto old = enrolment_->certificate_pem;
  renew_on_a_bad_line();
  EXPECT_NE(enrolment_->certificate_pem, old);
  const auto began = std::chrono::steady_clock::now();
  const auto connections = gate_->accepted();
  std::int64_t paused_s = 0;
  int steps = 0;
  for (Step step; step.next != Next::idle || steps == 0; ++steps) {
    ASSERT_LT(steps, kMostTries);
    worsen_line();
    step = kiosk_->step();
    ASSERT_NE(step.notice, Reason::kiosk_not_accepted) << "the line was bad, not the kiosk";
    if (step.next == Next::later) paused_s += step.wait_s;
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  std::cout << "PERSPECTIVE_SEED=" << seed_ << ": " << waiting << " waiting, drained by " << steps << " requests on "
            << gate_->accepted() - connections << " connections with " << gate_->happened() << " faults in "
            << took.count() << " s; between them a kiosk pauses " << paused_s << " s" << std::endl;
  gate_->use({});
  gate_->forgive();
  expect_every_envelope_exactly_once();
}

}  // namespace
}  // namespace perspective::network

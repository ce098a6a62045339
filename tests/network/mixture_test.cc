// Everything at once, by chance: each new connection meets another fault on another line, while envelopes come in.
#include <iostream>
#include <random>

#include "network/hostile_line.h"

namespace perspective::network {
namespace {

constexpr int kRounds = 60;
constexpr upload::Patience kImpatience{std::chrono::milliseconds(2000), std::chrono::milliseconds(20'000),
                                       std::chrono::seconds(1)};

class Mixture : public HostileLine {
 protected:
  int below(int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(chance_); }

  Fault any_fault() {
    constexpr Where kPlaces[] = {Where::connect, Where::hello,  Where::greeting, Where::request,
                                 Where::request, Where::answer, Where::answer};
    // Silence and hold cost seconds each: rare.
    constexpr Happens kWays[] = {Happens::nothing, Happens::cut,  Happens::cut, Happens::reset,
                                 Happens::reset,   Happens::flip, Happens::cut, Happens::reset};
    Fault fault{.where = kPlaces[below(7)], .happens = kWays[below(8)], .exchange = below(4) == 0 ? below(3) : 0};
    if (below(12) == 0) fault.happens = below(2) == 0 ? Happens::silence : Happens::hold;
    fault.after_bytes = static_cast<std::size_t>(below(fault.where == Where::request ? 6'000 : 800));
    return fault;
  }
  gate::Line any_line() {
    if (below(3) != 0) return {};
    return {.slice_bytes = static_cast<std::size_t>(200 + below(4000)), .delay_ms = below(4)};
  }

  void one_round() {
    gate_->next(any_fault());
    gate_->use(any_line());
    put(1 + below(3));
    if (below(2) == 0) gate_->reset_all();
    if (below(6) == 0) gate_->release();
    if (below(10) == 0) kiosk_ = std::make_unique<Kiosk>(folder_ / "kiosk", *enrolment_, kImpatience);
    const auto step = kiosk_->step();
    if (step.next != Next::later) return;
    EXPECT_TRUE(kiosk_->is_waiting());
    EXPECT_TRUE(step.notice);
    EXPECT_NE(step.notice, Reason::kiosk_not_accepted) << "the line was bad, not the kiosk";
  }

  std::uint64_t seed_ = number_from("PERSPECTIVE_SEED", std::random_device()());
  std::mt19937_64 chance_{seed_};
};

TEST_F(Mixture, LosesNothingAndSendsNothingTwice) {
  const auto rounds = number_from("PERSPECTIVE_SWEEP", kRounds);
  std::cout << "PERSPECTIVE_SEED=" << seed_ << " PERSPECTIVE_SWEEP=" << rounds << std::endl;
  kiosk_ = std::make_unique<Kiosk>(folder_ / "kiosk", *enrolment_, kImpatience);
  put(20);
  for (std::uint64_t i = 0; i < rounds && !HasFailure(); ++i) one_round();
  std::cout << gate_->happened() << " faults on " << gate_->accepted() << " connections, " << put_.size()
            << " envelopes" << std::endl;
  EXPECT_GT(gate_->happened(), rounds / 5);
  gate_->use({});
  gate_->forgive();
  gate_->release();
  send_all(*kiosk_);
  expect_every_envelope_exactly_once();
}

}  // namespace
}  // namespace perspective::network

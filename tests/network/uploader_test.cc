// The kiosk's own thread on a bad line: it says why, tries again by itself, and ends when it is told to.
#include <condition_variable>

#include "network/hostile_line.h"
#include "upload/uploader.h"

namespace perspective::network {
namespace {

// Who is not interrupted waits longer than any test may take.
constexpr upload::Patience kForEver{std::chrono::hours(1), std::chrono::hours(1), std::chrono::seconds(3600)};

class UploaderOnABadLine : public HostileLine {
 protected:
  void start(const upload::Patience& patience = kPatience) {
    uploader_ = std::make_unique<upload::Uploader>(
        *kiosk_->outbox, std::make_unique<upload::CurlTransport>(enrolment_->identity(), patience),
        upload::PackageShelf(folder_ / "kiosk" / "packages", enrolment_->authority_pem),
        upload::Uploader::About{"0.4.0", clock_},
        upload::Uploader::Told{.outbox_changed = [this] { changed_.notify_all(); }, .packages_changed = {}});
  }
  bool await(const std::function<bool()>& is_so) {
    std::unique_lock lock(mutex_);
    for (int i = 0; i < 600; ++i) {
      if (is_so()) return true;
      changed_.wait_for(lock, std::chrono::milliseconds(100));
    }
    return false;
  }
  void TearDown() override {
    uploader_.reset();
    HostileLine::TearDown();
  }

  SystemClock clock_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::unique_ptr<upload::Uploader> uploader_;
};

TEST_F(UploaderOnABadLine, SaysWhyAndSendsAllByItselfWhenTheLineIsBack) {
  put(5);
  gate_->always({.where = Where::answer, .happens = Happens::cut});
  start();
  const auto why = readiness::code_of(Reason::collector_unreachable);
  ASSERT_TRUE(await([&] { return kiosk_->outbox->notice().value() == why; }));
  EXPECT_TRUE(kiosk_->is_waiting());
  gate_->forgive();
  ASSERT_TRUE(await([&] { return kiosk_->outbox->state().value() == outbox::State::empty; }));
  ASSERT_TRUE(await([&] { return kiosk_->outbox->notice().value().empty(); })) << "a reason that holds no longer stays";
  uploader_.reset();
  expect_every_envelope_exactly_once();
}

TEST_F(UploaderOnABadLine, EndsWhenItIsToldToAlsoWhileNobodyAnswers) {
  put(1);
  gate_->always({.where = Where::hello, .happens = Happens::silence});
  start(kForEver);
  ASSERT_TRUE(gate_->await_happened(1));
  uploader_.reset();
  EXPECT_TRUE(kiosk_->is_waiting());
}

}  // namespace
}  // namespace perspective::network

// A thousand connections that say a letter now and then, of a kiosk's own certificate or of none: another kiosk's
// upload goes through. Prints how long it took beside one that has the collector for itself.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <list>
#include <thread>

#include "network/hostile_line.h"
#include "unit/http/raw_tls.h"

namespace perspective::network {
namespace {

using std::chrono::steady_clock;

constexpr int kCrowd = 1000;
constexpr int kAtLeastOpened = 600;  // more than twice what the collector has room for

class BesideACrowd : public HostileLine {
 protected:
  void SetUp() override {
    rlimit files{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &files), 0);
    if (files.rlim_max < 4096) GTEST_SKIP() << "the system does not let a test open 2 000 connections";
    files.rlim_cur = std::max<rlim_t>(files.rlim_cur, 4096);
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &files), 0);
    HostileLine::SetUp();
  }
  void TearDown() override {
    leave();
    HostileLine::TearDown();
  }

  // With these certificates; none where they are empty. Comes back whenever it is shown out.
  void come(const std::string& certificate_pem, const std::string& key_pem) {
    crowd_ = std::thread([this, certificate_pem, key_pem] {
      std::list<http::RawTls> clients;
      while (!is_over_) {
        if (clients.size() >= kCrowd) clients.pop_front();
        auto& client = clients.emplace_back(collector_port());
        if (!certificate_pem.empty()) client.show(certificate_pem, key_pem, folder_);
        if (client.shake_hands()) client.say("GET /v1/authority HTTP/1.1\r\nX-Slow: ");
        ++opened_;
      }
    });
    await(opened_, kAtLeastOpened);
  }
  static void await(const std::atomic<int>& count, int wanted) {
    const auto end = steady_clock::now() + std::chrono::seconds(60);
    while (count < wanted && steady_clock::now() < end) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    ASSERT_GE(count, wanted);
  }
  void leave() {
    is_over_ = true;
    if (crowd_.joinable()) crowd_.join();
  }

  std::chrono::milliseconds time_to_send_five() {
    put(5);
    const auto began = steady_clock::now();
    send_all(*kiosk_);
    return std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - began);
  }
  void tell(std::chrono::milliseconds alone, std::chrono::milliseconds beside) const {
    std::printf("five responses: %lld ms alone, %lld ms beside %d slow connections (aim: under 1000 ms)\n",
                static_cast<long long>(alone.count()), static_cast<long long>(beside.count()), opened_.load());
  }

  std::atomic<bool> is_over_ = false;
  std::atomic<int> opened_ = 0;
  std::thread crowd_;
};

TEST_F(BesideACrowd, OfOneKiosksOwnConnectionsAnotherIsServed) {
  const auto alone = time_to_send_five();
  const auto loud = enrolled();
  come(loud.certificate_pem, loud.key_pem);
  const auto beside = time_to_send_five();
  tell(alone, beside);
  leave();
  EXPECT_EQ(stored_count(), 10);
}

TEST_F(BesideACrowd, OfStrangersAKioskIsServed) {
  const auto alone = time_to_send_five();
  come({}, {});
  const auto beside = time_to_send_five();
  tell(alone, beside);
  leave();
  EXPECT_EQ(stored_count(), 10);
}

TEST_F(BesideACrowd, OfRequestsOfOneKioskAnotherIsServed) {
  const auto alone = time_to_send_five();
  auto loud = enrolled();
  std::atomic<int> refused = 0;
  crowd_ = std::thread([&] {
    while (!is_over_) {
      if (loud.get("/v1/packages/lewes").status == 429) ++refused;
      ++opened_;
    }
  });
  await(refused, 50);
  const auto beside = time_to_send_five();
  tell(alone, beside);
  leave();
  EXPECT_EQ(stored_count(), 10);
}

}  // namespace
}  // namespace perspective::network

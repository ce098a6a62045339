// A keeper at work on a thread of its own, with real children on strings.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "keeper/keeper.h"
#include "puppet.h"

namespace perspective::keeper {

class KeeperWithChildren : public ::testing::Test {
 protected:
  void SetUp() override {
    block_signals();
    theatre_ = std::make_unique<Theatre>();
    if (pin_) {
      ASSERT_TRUE(PinLock::set(theatre_->folder(), as_bytes(*pin_)));
    }
    outbox::Options options;
    options.reserve = [this](const auto&, auto) { return has_room_.load(); };
    outbox_ = outbox::Outbox::open(theatre_->folder() / "outbox.sqlite", options).value();
    Keeper::Parts parts;
    parts.outbox = outbox_.get();
    parts.envelope_waits = [this] { ++told_uploader_; };
    parts.send_now = [this] {
      ++asked_to_send_;
      return has_uploader_;
    };
    parts.use_stick = [this] {
      ++asked_for_stick_;
      return has_uploader_;
    };
    parts.look_over = [] { return std::string("{}"); };
    parts.child = theatre_->child();
    parts.packages = {"{}"};
    parts.others = [this] {
      return is_clock_wrong_ ? readiness::Reasons{readiness::Reason::clock_wrong} : readiness::Reasons{};
    };
    if (pin_) parts.pin = PinLock::open(theatre_->folder(), std::chrono::steady_clock::now()).value();
    parts.look_again = std::chrono::milliseconds(20);
    keeper_ = Keeper::create(std::move(parts)).value();
    thread_ = std::thread([this] { outcome_ = keeper_->run(); });
  }

  void TearDown() override {
    stop();
    keeper_.reset();
  }

  void stop() {
    if (!thread_.joinable()) return;
    keeper_->stop();
    thread_.join();
  }

  Puppet next_child() const { return theatre_->next_child(); }

  // The child on the screen with its window open.
  Puppet first_child() const {
    auto child = next_child();
    EXPECT_EQ(child.await("show"), "show draft=");
    child.open_window();
    return child;
  }

  std::optional<std::string> pin_;
  std::unique_ptr<Theatre> theatre_;
  std::atomic<int> told_uploader_ = 0;
  std::atomic<int> asked_to_send_ = 0;
  std::atomic<int> asked_for_stick_ = 0;
  bool has_uploader_ = true;
  std::atomic<bool> has_room_ = true;
  std::atomic<bool> is_clock_wrong_ = false;
  std::unique_ptr<outbox::Outbox> outbox_;
  std::unique_ptr<Keeper> keeper_;
  std::thread thread_;
  Result<void> outcome_;
};

}  // namespace perspective::keeper

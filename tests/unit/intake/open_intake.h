// An intake over a store in memory, of one inspection that is open.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/random.h"
#include "intake/intake.h"
#include "protocol/end_of_fieldwork.h"
#include "protocol/limits.h"
#include "protocol/token_report.h"
#include "protocol/withdrawal.h"
#include "store/sqlite_store.h"
#include "unit/intake/failing_store.h"

namespace perspective::intake {

inline constexpr std::size_t kEnvelopeBytes = 64;

inline protocol::SealedEnvelope envelope(std::uint8_t id, std::uint8_t content = 1) {
  protocol::SealedEnvelope made;
  made.id.fill(id);
  made.body = Bytes(kEnvelopeBytes, content);
  return made;
}

inline protocol::SealedEnvelope withdrawal(std::uint8_t id) {
  auto made = envelope(id);
  made.body = protocol::withdrawal_of(kEnvelopeBytes);
  return made;
}

class IntakeOfAnOpenInspection : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    auto opened = store::SqliteStore::open("/intake-" + std::to_string(::getpid()) + test->name(), "memdb");
    ASSERT_TRUE(opened) << opened.error().what;
    store_ = std::move(*opened);
    ASSERT_TRUE(store_->add_inspection(croydon()));
    auto key = protocol::ReceiptKey::parse(*protocol::ReceiptKey::generate_pem());
    ASSERT_TRUE(key);
    public_key_ = key->public_key();
    intake_ = std::make_unique<Intake>(
        *store_, *key, clock_, [](const auto& work) { work(); },
        [this](const std::string&, const auto& ids) { arrived_.insert(arrived_.end(), ids.begin(), ids.end()); },
        [this](const std::string& inspection, const std::string& kiosk, const auto& ids) {
          EXPECT_EQ(kiosk, "kiosk-a");
          return withdraw(inspection, ids);
        },
        [this](const std::string& kiosk, auto work) {
          EXPECT_EQ(kiosk, "kiosk-a");
          if (must_wishes_wait_) {
            waiting_.push_back(std::move(work));
          } else if (!are_wishes_too_many_) {
            work();
          }
          return !are_wishes_too_many_;
        },
        bounds_);
  }
  Result<std::vector<envelope::EnvelopeId>> withdraw(const std::string& inspection,
                                                     const std::vector<envelope::EnvelopeId>& ids) {
    if (cannot_withdraw_) return fail(ErrorCode::io, "disk full");
    std::vector<envelope::EnvelopeId> refused;
    for (const auto& id : ids) {
      if (refused_.contains(id)) {
        refused.push_back(id);
      } else if (auto withdrawn = store_->withdraw(inspection, id); !withdrawn) {
        return std::unexpected(withdrawn.error());
      }
    }
    return refused;
  }

  static store::Inspection croydon() {
    return {.head = {.id = "croydon", .area = "Croydon", .state = "open", .envelope_bytes = kEnvelopeBytes},
            .definition = "{}",
            .package = {1}};
  }
  Reception receive(const std::vector<protocol::SealedEnvelope>& batch, const std::string& inspection = "croydon") {
    return receive_bytes(protocol::encode_batch(batch), inspection);
  }
  Reception receive_bytes(const Bytes& body, const std::string& inspection = "croydon") {
    std::promise<Reception> told;
    intake_->receive(inspection, "kiosk-a", body, [&](Reception reception) { told.set_value(std::move(reception)); });
    return told.get_future().get();
  }
  void close() {
    auto closed = croydon();
    closed.head.is_accepting = false;
    ASSERT_TRUE(store_->update_inspection(closed));
  }
  bool is_genuine(const protocol::Outcome& outcome, const protocol::SealedEnvelope& sent) const {
    return outcome.receipt &&
           protocol::is_genuine(*outcome.receipt, sent.id, protocol::digest_of(sent.body), public_key_);
  }

  HandSetClock clock_{1353585600};  // 2012-11-22
  Bytes public_key_;
  std::vector<envelope::EnvelopeId> arrived_;
  bool cannot_withdraw_ = false;
  std::set<envelope::EnvelopeId> refused_;
  Ration::Bounds bounds_ = protocol::kMostOfOneKiosk;
  bool must_wishes_wait_ = false;
  bool are_wishes_too_many_ = false;
  std::vector<std::function<void()>> waiting_;
  std::unique_ptr<Intake> intake_;
  std::unique_ptr<store::Store> store_;  // goes first: no callback is under way when the intake goes
};

}  // namespace perspective::intake

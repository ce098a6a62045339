// A collector without its network: store, keys and service on a folder of its own; kiosks' part is played by deliver().
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "keys/key_cabinet.h"
#include "protocol/enrolment.h"
#include "protocol/package.h"
#include "protocol/receipt.h"
#include "store/sqlite_store.h"
#include "support/cheap_keys.h"
#include "support/source_folder.h"
#include "unit/inspection/readers.h"

namespace perspective::inspection {

constexpr std::int64_t kNow = 1353585600;  // 2012-11-22

class Collector : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::path(testing::TempDir()) / ("inspection-" + std::to_string(::getpid()) + test->name());
    std::filesystem::create_directories(folder_);
    authority_ = *protocol::make_authority("Test", kNow, 30);
    signer_ = *protocol::issue(authority_, protocol::Use::package_signing, {}, kNow, 30);
    start();
  }
  void TearDown() override {
    stop();
    std::filesystem::remove_all(folder_);
  }

  void start() {
    store_ = std::move(*store::SqliteStore::open(folder_ / "collector.sqlite"));
    withdrawn_ = std::move(*store::WithdrawnFile::open(folder_ / "withdrawn"));
    cabinet_ =
        std::make_unique<keys::KeyCabinet>(std::move(*keys::KeyCabinet::open(folder_ / "keys", passphrase_cost_)));
    Inspections::Setting setting{.package_key_pem = signer_.key_pem,
                                 .package_certificate_pem = signer_.certificate_pem,
                                 .receipt_public_key = Bytes(32, 9),
                                 .assets = std::filesystem::path(kSourceFolder) / "assets",
                                 .is_swap_allowed = is_swap_allowed_,
                                 .is_swap_on = [this] { return is_swap_on_; },
                                 .hands = hands_};
    inspections_ = std::make_unique<Inspections>(*store_, *withdrawn_, *cabinet_, clock_, std::move(setting));
  }
  void stop() {
    inspections_.reset();
    cabinet_.reset();
    store_.reset();
  }
  void restart() {
    stop();
    start();
  }

  void create(const std::string& id = "lewes") {
    const auto created = inspections_->create(new_inspection(id));
    ASSERT_TRUE(created) << created.error().what;
  }
  Result<Unlocked> unlock(const std::string& id = "lewes", std::string_view passphrase = kPassphrase) {
    return inspections_->unlock(id, secret(passphrase));
  }
  protocol::Package package(const std::string& id = "lewes") {
    return *protocol::verify_package(inspections_->package(id)->bytes, authority_.certificate_pem);
  }

  // Sealed as a kiosk does it, under an id of its own.
  store::Envelope sealed(survey::Submission submission, const std::string& id = "lewes") {
    store::Envelope envelope;
    std::ranges::copy(random_bytes(envelope.id.size()), envelope.id.begin());
    if (submission.envelope.empty()) submission.envelope = to_hex(ByteView(envelope.id));
    if (submission.inspection.empty()) submission.inspection = id;
    const auto plain = survey::to_json(submission);
    return sealed_bytes(as_bytes(plain), envelope, id);
  }
  store::Envelope sealed_bytes(ByteView plain, store::Envelope envelope, const std::string& id = "lewes") {
    const auto sealing = package(id);
    envelope.body =
        *envelope::seal(plain, sealing.padded_bytes, *envelope::Recipient::parse(sealing.inspection_certificate),
                        *envelope::Recipient::parse(sealing.recovery_certificate));
    envelope.digest = protocol::digest_of(envelope.body);
    return envelope;
  }
  // As the intake does: stored, then told of.
  void deliver(const store::Envelope& envelope, const std::string& id = "lewes") {
    std::promise<void> stored;
    store_->put({id, "kiosk-a", "2012-11-22", {envelope}}, [&](const auto& outcomes) {
      EXPECT_THAT(*outcomes, testing::ElementsAre(store::PutOutcome::stored));
      stored.set_value();
    });
    stored.get_future().wait();
    inspections_->note_arrivals(id, {envelope.id});
  }
  void deliver(const survey::Submission& submission) { deliver(sealed(submission)); }
  std::string reference_of(const std::string& text) {
    const auto comments = *inspections_->comments("lewes");
    for (const auto& comment : comments) {
      if (comment.text == text) return comment.reference;
    }
    return "none";
  }

  std::filesystem::path folder_;
  HandSetClock clock_{kNow};
  bool is_swap_on_ = false;
  keys::Cost passphrase_cost_ = keys::kCheap;
  bool is_swap_allowed_ = false;
  Hands hands_;
  protocol::KeyAndCertificate authority_;
  protocol::KeyAndCertificate signer_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<store::WithdrawnFile> withdrawn_;
  std::unique_ptr<keys::KeyCabinet> cabinet_;
  std::unique_ptr<Inspections> inspections_;
};

}  // namespace perspective::inspection

// A kiosk with a stick in it, and a collector's receipts for what was on that.
#pragma once

#include <filesystem>
#include <optional>
#include <set>

#include "base/file.h"
#include "kiosk_folder.h"
#include "protocol/bundle.h"
#include "protocol/end_of_fieldwork.h"
#include "signed_packages.h"
#include "upload/courier.h"

namespace perspective::upload {

namespace fs = std::filesystem;

class Courier : public KioskFolder {
 protected:
  void SetUp() override {
    fs::create_directory(stick_);
    enrolment_ = keys_.enrolment("kiosk-7");
    packages_ = {package("croydon-2012"), package("barnet")};
    shelve();
  }
  // As they came by network, before it went away.
  void shelve() {
    fs::create_directory(folder_ / "packages");
    for (const auto& one : packages_) {
      const auto file = folder_ / "packages" / (one.inspection + ".p7");
      ASSERT_TRUE(write_file(file, keys_.signed_package(one).body));
    }
  }
  Result<Taken> take(const fs::path& file) { return take_receipts(*outbox_, shelf_, file); }
  // Of the size that a package may name, which a shelf looks at.
  outbox::Envelope envelope(std::uint8_t number, std::string inspection = "croydon-2012") const {
    auto made = KioskFolder::envelope(number, std::move(inspection));
    made.body.assign(envelope_bytes_, number);
    return made;
  }
  void put(std::uint8_t number, const std::string& inspection = "croydon-2012") {
    ASSERT_TRUE(outbox_->put(envelope(number, inspection)));
  }
  protocol::Package package(const std::string& inspection) const {
    auto made = SignedPackages::version(1, inspection);
    made.receipt_key = collector_.receipt_key();
    made.smallest_batch = 1;
    return made;
  }
  Copied copy(Few few = Few::kept_back) {
    auto copied = copy_to_stick(*outbox_, enrolment_, packages_, stick_, few);
    EXPECT_TRUE(copied) << copied.error().what;
    return copied.value_or(Copied{});
  }
  std::optional<protocol::Bundle> bundle_on_stick(const std::string& inspection = "croydon-2012") const {
    const auto file = read_file(stick_ / ("perspective-kiosk-7-" + inspection + ".bundle"));
    if (!file) return std::nullopt;
    auto bundle = protocol::open_bundle(*file, enrolment_.authority_pem);
    EXPECT_TRUE(bundle) << bundle.error().what;
    if (!bundle) return std::nullopt;
    EXPECT_EQ(bundle->inspection, inspection);
    return *std::move(bundle);
  }
  std::vector<protocol::SealedEnvelope> on_stick(const std::string& inspection = "croydon-2012") const {
    const auto bundle = bundle_on_stick(inspection);
    if (!bundle || bundle->envelopes.empty()) return {};
    return protocol::decode_batch(bundle->envelopes, envelope_bytes_, 500).value();
  }
  std::set<protocol::TokenProof> tokens_on_stick() const {
    const auto bundle = bundle_on_stick();
    if (!bundle) return {};
    EXPECT_EQ(std::set(bundle->tokens.begin(), bundle->tokens.end()).size(), bundle->tokens.size());
    return {bundle->tokens.begin(), bundle->tokens.end()};
  }
  void spend(std::uint8_t number) {
    EXPECT_EQ(outbox_->spend({"croydon-2012", {number}}).value(), outbox::Spending::spent);
  }
  protocol::Receipt word(const std::string& inspection = "croydon-2012") const {
    return protocol::sign_end_of_fieldwork(collector_.key(), inspection).value();
  }
  bool is_open(const std::string& inspection) const {
    const auto packages = shelf_.load().packages;
    return std::ranges::find(packages, inspection, &protocol::Package::inspection)->is_fieldwork_open;
  }
  std::set<std::string> names() const {
    std::set<std::string> found;
    for (const auto& entry : fs::directory_iterator(stick_)) found.insert(entry.path().filename());
    return found;
  }
  // As the collector answers a bundle: with receipts for these.
  fs::path receipts_for(const std::vector<outbox::Envelope>& envelopes, int status = 201,
                        std::optional<protocol::Receipt> end_of_fieldwork = {}) {
    protocol::CourierReceipts receipts{.inspection = "croydon-2012", .end_of_fieldwork = end_of_fieldwork};
    for (const auto& one : envelopes) {
      receipts.outcomes.push_back({one.id, status, collector_.receipt_for({one.id, one.body}), ""});
    }
    const auto json = protocol::to_json(receipts);
    EXPECT_TRUE(write_file(stick_ / "back.receipts", as_bytes(json)));
    return stick_ / "back.receipts";
  }

  fs::path stick_ = folder_ / "stick";
  const std::size_t envelope_bytes_ = SignedPackages::version(1).envelope_bytes;
  SignedPackages keys_;
  ScriptedCollector collector_;
  Enrolment enrolment_;
  std::vector<protocol::Package> packages_;
  PackageShelf shelf_{folder_ / "packages", keys_.authority.certificate_pem};
};

}  // namespace perspective::upload

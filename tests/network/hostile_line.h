// A real collector, a gate before it, and a real kiosk that knows the collector by the gate's address alone.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/sqlite.h"
#include "keys/key_cabinet.h"
#include "outbox/outbox.h"
#include "readiness/reason.h"
#include "store/sqlite_store.h"
#include "support/gate.h"
#include "unit/resources/running_collector.h"
#include "upload/enrolment.h"
#include "upload/packages.h"
#include "upload/sender.h"
#include "upload/transport.h"

namespace perspective::network {

using gate::Fault;
using gate::Gate;
using gate::Happens;
using gate::Where;
using readiness::Reason;
using upload::Step;
using Next = upload::Step::Next;

// Shorter than a kiosk's, or each silence would cost half a minute; long enough for a machine under load.
inline constexpr upload::Patience kPatience{std::chrono::milliseconds(3000), std::chrono::milliseconds(20'000),
                                            std::chrono::seconds(2)};
inline constexpr int kMostSteps = 200;

inline std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* said = std::getenv(variable);
  return said != nullptr && *said != '\0' ? std::strtoull(said, nullptr, 10) : otherwise;
}

// The kiosk's real parts, put together as its main.cc does it, but for the thread: a test takes each step itself.
struct Kiosk {
  Kiosk(std::filesystem::path state, const upload::Enrolment& enrolment, upload::Patience patience = kPatience)
      : folder(std::move(state)),
        outbox(outbox::Outbox::open(folder / "outbox.sqlite").value()),
        transport(enrolment.identity(), patience),
        shelf(folder / "packages", enrolment.authority_pem) {}

  Step step() { return sender.step(); }
  Bytes receipt_key() const { return shelf.load().packages.at(0).receipt_key; }
  bool is_waiting() const {
    return outbox->state().value() == outbox::State::waiting && outbox->quarantined().value().empty();
  }

  std::filesystem::path folder;
  std::unique_ptr<outbox::Outbox> outbox;
  upload::CurlTransport transport;
  upload::PackageShelf shelf;
  upload::Sender sender{*outbox, transport,
                        [this](const std::string&) { return upload::Sender::Terms{.receipt_key = receipt_key()}; }};
};

class HostileLine : public resources::RunningCollector {
 protected:
  void SetUp() override {
    RunningCollector::SetUp();
    create();
    gate_.emplace(collector_port());
    kiosk_ = enrolled_kiosk("kiosk");
    upload::CurlTransport first(enrolment_->identity());  // its connection ends with it
    ASSERT_TRUE(kiosk_->shelf.fetch(first)) << "the package cannot be fetched over a good line";
  }
  void TearDown() override {
    kiosk_.reset();
    gate_.reset();
    RunningCollector::TearDown();
  }

  std::uint16_t collector_port() const {
    const std::string& address = service_->address();
    return static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(' ') + 1)));
  }
  keys::Identity collector_keys() const { return keys::KeyCabinet::open(folder_ / "c" / "keys")->identity().value(); }

  // An invite as an inspector makes it, for the address that kiosks reach the collector by: the gate's.
  std::unique_ptr<Kiosk> enrolled_kiosk(const std::string& name, upload::Patience patience = kPatience) {
    return enrolled_with(invite(), name, patience);
  }
  std::unique_ptr<Kiosk> enrolled_with(const std::string& invite, const std::string& name,
                                       upload::Patience patience = kPatience) {
    auto parts = protocol::parse_invite(invite).value();
    parts.port = gate_->port();
    auto made = upload::enrol(protocol::to_text(parts), folder_ / name, upload::make_curl_transport);
    EXPECT_TRUE(made) << made.error().what;
    enrolment_.emplace(*std::move(made));
    return std::make_unique<Kiosk>(folder_ / name, *enrolment_, patience);
  }

  void put(int count) {
    for (int i = 0; i < count; ++i) {
      const auto made = kiosk_package::sealed(kiosk_->shelf.load().packages.at(0), inspection::weekly_reader());
      ASSERT_TRUE(kiosk_->outbox->put({made.id, "lewes", made.body}));
      put_[made.id] = made.body;
    }
  }

  // Envelopes in the collector's file, behind its back.
  std::int64_t stored_count() const {
    auto database = sqlite::Database::open(folder_ / "c" / "collector.sqlite");
    auto counted = database->prepare("SELECT count(*) FROM envelopes");
    return counted->step().value() ? counted->integer(0) : -1;
  }

  // A good line again: everything goes, in as many steps as it takes.
  void send_all(Kiosk& kiosk) {
    Step step;
    for (int i = 0; i < kMostSteps; ++i) {
      step = kiosk.step();
      if (step.next == Next::idle) return;
    }
    FAIL() << "not sent after " << kMostSteps
           << " steps over a good line; the last notice: " << (step.notice ? readiness::code_of(*step.notice) : "none");
  }

  void expect_every_envelope_exactly_once() {
    EXPECT_EQ(kiosk_->outbox->state().value(), outbox::State::empty);
    EXPECT_TRUE(kiosk_->outbox->quarantined().value().empty());
    EXPECT_EQ(kiosk_->outbox->ledgers().value()["lewes"].sent, static_cast<std::int64_t>(put_.size()));
    expect_genuine_receipts();
    expect_store_holds_what_was_put();
  }

  // Asked once more, straight and by another client, the collector has each and signs for it.
  void expect_genuine_receipts() {
    auto client = stranger();
    client.authority_pem = enrolment_->authority_pem;
    client.certificate_pem = enrolment_->certificate_pem;
    client.key_pem = std::string(enrolment_->key_pem.text());
    const Bytes key = kiosk_->receipt_key();
    std::vector<protocol::SealedEnvelope> batch;
    for (const auto& [id, body] : put_) {
      batch.push_back({id, body});
      if (batch.size() < 50 && id != put_.rbegin()->first) continue;
      const auto outcomes = protocol::decode_outcomes(deliver(client, batch).body).value();
      ASSERT_EQ(outcomes.size(), batch.size());
      for (std::size_t i = 0; i < batch.size(); ++i) {
        EXPECT_EQ(outcomes[i].status, 200);
        const auto digest = protocol::digest_of(batch[i].body);
        EXPECT_TRUE(outcomes[i].receipt && protocol::is_genuine(*outcomes[i].receipt, batch[i].id, digest, key));
      }
      batch.clear();
    }
  }

  void expect_store_holds_what_was_put() {
    gate_->reset_all();  // what is half-open would be waited for
    stop();
    auto store = store::SqliteStore::open(folder_ / "c" / "collector.sqlite").value();
    std::map<envelope::EnvelopeId, Bytes> stored;
    const auto envelopes = store->envelopes("lewes", std::nullopt, 100'000).value();
    for (const auto& one : envelopes) stored[one.id] = one.body;
    EXPECT_EQ(stored, put_);
    EXPECT_EQ(store->count_envelopes("lewes").value(), static_cast<std::int64_t>(put_.size()));
    std::int64_t counted = 0;
    const auto days = store->daily_counts("lewes").value();
    for (const auto& day : days) counted += day.envelopes;
    EXPECT_EQ(counted, static_cast<std::int64_t>(put_.size()));
  }

  std::optional<Gate> gate_;
  std::optional<upload::Enrolment> enrolment_;  // of the last kiosk
  std::unique_ptr<Kiosk> kiosk_;
  std::map<envelope::EnvelopeId, Bytes> put_;
};

}  // namespace perspective::network

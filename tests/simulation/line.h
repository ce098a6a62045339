// A collector's store and intake, and a bad line to them: by chance a request is lost before it arrives, or its answer
// after, or one envelope of a batch is refused for good.
//
// Threads: one; the store's writer is its own.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <future>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "intake/intake.h"
#include "protocol/batch.h"
#include "protocol/ledger.h"
#include "protocol/receipt.h"
#include "store/sqlite_store.h"
#include "upload/transport.h"

namespace perspective::simulation {

inline constexpr const char* kInspection = "croydon-2012";
inline constexpr const char* kKiosk = "kiosk-a";
inline constexpr std::size_t kEnvelopeBytes = 1600;

class Line final : public upload::Transport {
 public:
  explicit Line(std::mt19937_64& chance) : chance_(chance) {
    store_ = std::move(*store::SqliteStore::open("/simulation-" + std::to_string(::getpid()), "memdb"));
    EXPECT_TRUE(store_->add_inspection(inspection("open")));
    EXPECT_TRUE(store_->add_invite({{1}, kInspection, "Front office", 2}));
    EXPECT_TRUE(store_->enrol(Bytes{1}, 1, {.id = kKiosk, .name = "", .serial = "1", .inspections = {}}));
    auto key = protocol::ReceiptKey::parse(*protocol::ReceiptKey::generate_pem());
    receipt_key = key->public_key();
    intake_ = std::make_unique<intake::Intake>(
        *store_, *std::move(key), clock_, [](const auto& work) { work(); }, [](const auto&, const auto&) {},
        [this](const std::string& inspection, const auto& ids) { return withdraw(inspection, ids); });
  }
  ~Line() override { store_.reset(); }

  Result<void> withdraw(const std::string& inspection, const std::vector<envelope::EnvelopeId>& ids) {
    for (const auto& id : ids) {
      if (auto withdrawn = store_->withdraw(inspection, id); !withdrawn) return withdrawn;
    }
    return {};
  }

  Result<upload::Answer> send(const upload::Request& request) override {
    if (is_lost()) return fail(ErrorCode::unreachable, "lost on the way there", true);
    if (request.method == "GET") return ok("{}");  // whether the collector is there at all
    const auto answer = request.path.ends_with("/ledger") ? take_ledger(request) : take_batch(request);
    if (is_lost()) return fail(ErrorCode::unreachable, "lost on the way back", true);
    return answer;
  }

  void end_fieldwork() { EXPECT_TRUE(store_->update_inspection(inspection("fieldwork-ended"))); }
  store::Store& store() { return *store_; }

  Bytes receipt_key;
  bool is_good = false;

 private:
  static store::Inspection inspection(const std::string& state) {
    return {.head = {.id = kInspection, .area = "Croydon", .state = state, .envelope_bytes = kEnvelopeBytes},
            .definition = "{}",
            .package = {1}};
  }
  static upload::Answer ok(const std::string& json) { return {200, {}, Bytes(json.begin(), json.end())}; }
  bool is_lost() { return !is_good && chance_() % 10 == 0; }

  upload::Answer take_ledger(const upload::Request& request) {
    const auto ledger = protocol::decode_ledger(as_text(request.body));
    EXPECT_TRUE(ledger && store_->put_ledger(kInspection, {kKiosk, *ledger}));
    return ok("{}");
  }

  upload::Answer take_batch(const upload::Request& request) {
    auto batch = protocol::decode_batch(request.body, kEnvelopeBytes).value();
    std::vector<protocol::Outcome> outcomes;
    // Not what it has: the answer to the first may have been lost, and a collector says the same again.
    if (!is_good && chance_() % 40 == 0 && store_->envelopes(kInspection, std::vector{batch.back().id})->empty()) {
      outcomes.push_back({batch.back().id, 409, std::nullopt, "refused"});
      batch.pop_back();
    }
    if (!batch.empty()) {
      std::promise<intake::Reception> told;
      intake_->receive(kInspection, kKiosk, protocol::encode_batch(batch),
                       [&](intake::Reception reception) { told.set_value(std::move(reception)); });
      auto stored = told.get_future().get().outcomes;
      outcomes.insert(outcomes.end(), stored.begin(), stored.end());
    }
    return ok(protocol::encode_outcomes(outcomes));
  }

  std::mt19937_64& chance_;
  HandSetClock clock_{1'353'585'600};
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<intake::Intake> intake_;
};

}  // namespace perspective::simulation

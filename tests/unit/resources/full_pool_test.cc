// What is done while so much waits that the pool takes nothing more up.
#include <gmock/gmock.h>

#include <future>
#include <latch>
#include <thread>

#include "keys/key_cabinet.h"
#include "protocol/bundle.h"
#include "resources/bundle_import.h"
#include "resources/fair_lane.h"
#include "resources/kiosk_api.h"
#include "store/sqlite_store.h"
#include "store/withdrawn_file.h"
#include "unit/resources/running_collector.h"

namespace perspective::resources {
namespace {

// The parts of a collector that an import asks, in hand: the collector itself has stopped.
class AFullPool : public RunningCollector {
 protected:
  void SetUp() override {
    RunningCollector::SetUp();
    create();
    auto kiosk = enrolled();
    const auto package = package_of(kiosk);
    protocol::Cargo cargo{.inspection = "lewes"};
    for (int i = 0; i < 3; ++i) cargo.envelopes.push_back(sealed(package, inspection::weekly_reader()));
    bundle_ = std::string(as_text(protocol::sign_bundle(cargo, kiosk.key_pem, kiosk.certificate_pem).value()));
    stop();
    const DataFolder data(folder_ / "c");
    store_ = *store::SqliteStore::open(data.store());
    withdrawn_ = *store::WithdrawnFile::open(data.withdrawn());
    cabinet_.emplace(*keys::KeyCabinet::open(data.keys()));
    const auto identity = *cabinet_->identity();
    const auto key = [&] { return *protocol::ReceiptKey::parse(identity.receipt_key_pem); };
    audit_.emplace(*store_, clock_, key(), "here");
    inspections_.emplace(*store_, *withdrawn_, *cabinet_, clock_,
                         inspection::Inspections::Setting{.package_key_pem = identity.package.key_pem,
                                                          .package_certificate_pem = identity.package.certificate_pem,
                                                          .receipt_public_key = key().public_key(),
                                                          .assets = {}});
    kiosks_.emplace(*store_, clock_,
                    protocol::KeyAndCertificate{identity.authority.key_pem, identity.authority.certificate_pem},
                    inspection::Kiosks::Address{.host = "127.0.0.1", .port = 1});
    intake_.emplace(
        *store_, key(), clock_, [](const Pool::Work& work) { work(); }, [this](const auto&, const auto&) { fill(); },
        [](const auto&, const auto&, const auto&) -> Result<std::vector<envelope::EnvelopeId>> { return {}; });
    services_.inspections = &*inspections_;
    services_.kiosks = &*kiosks_;
    services_.intake = &*intake_;
    services_.audit = &*audit_;
    services_.pool = &pool_;
    services_.lane = &lane_;
    services_.authority_pem = identity.authority.certificate_pem;
    std::latch is_known(1);
    pool_.offer([&] {
      of_the_pool_ = std::this_thread::get_id();
      is_known.count_down();
    });
    is_known.wait();
  }
  void TearDown() override {
    let_go();
    lane_.close();
    pool_.close();
    kiosk_lane_.close();
    intake_.reset();
    inspections_.reset();
    store_.reset();
    RunningCollector::TearDown();
  }

  // The first time that a batch is durable: on the store's own thread, or on the one that imports, whichever was done
  // last.
  void fill() {
    if (std::exchange(has_filled_, true)) return;
    if (std::this_thread::get_id() != of_the_pool_) {
      while (!pool_.offer([this] {
        has_come_.count_down();
        gone_.wait();
      })) {
        std::this_thread::yield();
      }
      has_come_.wait();
    }
    while (pool_.offer([] {})) std::this_thread::yield();
  }
  void let_go() {
    if (!std::exchange(has_gone_, true)) gone_.count_down();
  }
  void wait_for_the_pool() {
    std::latch is_done(1);
    while (!pool_.offer([&] { is_done.count_down(); })) std::this_thread::yield();
    is_done.wait();
  }
  http::Response import() {
    http::Request request;
    request.body.assign(bundle_.begin(), bundle_.end());
    request.peer.is_local = true;
    return answer_of(bundle_importer(services_), std::move(request));
  }
  static http::Response answer_of(const http::Handler& handler, http::Request request) {
    std::promise<http::Response> response;
    auto answered = response.get_future();
    handler(std::move(request), [&](http::Response said) { response.set_value(std::move(said)); });
    if (answered.wait_for(std::chrono::seconds(60)) != std::future_status::ready) {
      ADD_FAILURE() << "nobody answered";
      std::abort();  // what it holds is waited for by whoever waits for it
    }
    return answered.get();
  }

  SystemClock clock_;
  std::string bundle_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<store::WithdrawnFile> withdrawn_;
  std::optional<keys::KeyCabinet> cabinet_;
  std::optional<inspection::Audit> audit_;
  std::optional<inspection::Inspections> inspections_;
  std::optional<inspection::Kiosks> kiosks_;
  std::optional<intake::Intake> intake_;
  Pool pool_{1, 1};
  FairLane lane_{1, 1};
  FairLane kiosk_lane_{1, 1};
  Services services_;
  std::latch has_come_{1};
  std::latch gone_{1};
  std::thread::id of_the_pool_;
  bool has_filled_ = false;
  bool has_gone_ = false;
};

TEST_F(AFullPool, BreaksAnImportOffSoThatItIsDoneAgainAndCountsOnce) {
  EXPECT_EQ(import().status, 503);
  EXPECT_EQ(*store_->count_envelopes("lewes"), 3) << "what was stored stays";
  let_go();
  wait_for_the_pool();
  const auto again = import();
  ASSERT_EQ(again.status, 200) << again.body;
  EXPECT_EQ(*store_->count_envelopes("lewes"), 3);
  const auto receipts = std::string(json::parse(again.body).at("receipts").as_string());
  EXPECT_EQ(protocol::courier_receipts_from_json(receipts)->outcomes.size(), 3U);
}

// The whole bundle is read and checked first: that waits in the lane of long work, and keeps nobody waiting who is not.
TEST_F(AFullPool, ReadsABundleAllTheSame) {
  fill();
  bundle_ = "not a bundle";
  EXPECT_EQ(import().status, 403) << "it is looked at, and is none of ours";
}

// Nobody with a certificate is behind these requests: 401 or 403 by whoever looks for it, on the kiosks' own threads.
TEST_F(AFullPool, OfPeopleKeepsNoKioskWaiting) {
  services_.kiosk_lane = &kiosk_lane_;
  fill();
  const auto router = kiosk_routes(services_);
  int asked = 0;
  for (const auto& route : router.routes()) {
    if (!route.needs_certificate) continue;
    const auto answer = answer_of(route.handler, {});
    EXPECT_THAT(answer.status, testing::AnyOf(401, 403)) << route.method << " " << route.path << "\n" << answer.body;
    ++asked;
  }
  EXPECT_EQ(asked, 6);
  EXPECT_THAT(answer_of(router.recogniser(), {}).status, testing::AnyOf(401, 403));
}

}  // namespace
}  // namespace perspective::resources

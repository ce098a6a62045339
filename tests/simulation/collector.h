// A collector without its doors: the real store on a disk, and the real routes, which are asked as by TLS or by an
// inspector. It can be put back to what a backup holds.
//
// Threads: the test's; store and pool have their own.
#pragma once

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "envelope/envelope.h"
#include "inspection/reconciliation.h"
#include "inspection/record.h"
#include "protocol/bundle.h"
#include "resources/bundle_import.h"
#include "resources/fair_lane.h"
#include "resources/kiosk_api.h"
#include "store/sqlite_store.h"
#include "store/withdrawn_file.h"
#include "unit/protocol/packed.h"
#include "upload/enrolment.h"

namespace perspective::simulation {

namespace fs = std::filesystem;

inline constexpr const char* kInspection = "croydon-2012";
inline constexpr const char* kKiosk = "kiosk-a";
inline constexpr std::size_t kEnvelopeBytes = 1489;  // of the smallest package that there is

class Collector {
 public:
  // vfs: of its database; empty: files of this machine.
  explicit Collector(std::string vfs = {}) : vfs_(std::move(vfs)) {
    fs::create_directories(folder_);
    EXPECT_EQ(envelope::envelope_bytes(protocol::kPaddingStepBytes), kEnvelopeBytes);
    enrolment.kiosk = kKiosk;
    enrolment.authority_pem = authority_.certificate_pem;
    auto key = protocol::make_device_key().value();
    enrolment.certificate_pem = protocol::issue_kiosk(authority_, key.request_pem, kKiosk, clock_.now_s(), 397).value();
    enrolment.key_pem = SecretBytes(as_bytes(key.key_pem));
    open();
    EXPECT_TRUE(store_->add_inspection(inspection("open")));
    EXPECT_TRUE(store_->add_invite({{1}, kInspection, "Front office", clock_.now_s() + 1}));
    const auto serial = protocol::serial_of(enrolment.certificate_pem).value();
    EXPECT_TRUE(
        store_->enrol(Bytes{1}, clock_.now_s(), {.id = kKiosk, .name = "", .serial = serial, .inspections = {}}));
  }
  ~Collector() {
    close();
    fs::remove_all(folder_);
  }
  Collector(const Collector&) = delete;
  Collector& operator=(const Collector&) = delete;

  // As the kiosk's package says it.
  Bytes signed_package() const {
    auto package = protocol::sample_package();
    package.receipt_key = receipt_key();
    package.smallest_batch = 1;
    EXPECT_EQ(package.envelope_bytes, kEnvelopeBytes);
    const auto signer = protocol::issue(authority_, protocol::Use::package_signing, {}, clock_.now_s(), 397).value();
    return protocol::sign_package(package, signer.key_pem, signer.certificate_pem).value();
  }
  Bytes receipt_key() const { return key_.public_key(); }

  http::Response ask(const std::string& method, const std::string& path, ByteView body) {
    const auto router = resources::kiosk_routes(*services_);
    const auto match = router.find(method, path);
    if (match.route == nullptr) return {.status = 404, .content_type = {}, .body = {}, .headers = {}};
    http::Request request;
    request.method = method;
    request.path = path;
    request.parameters = match.parameters;
    request.body.assign(body.begin(), body.end());
    request.peer.certificate_pem = enrolment.certificate_pem;
    request.peer.certificate_serial = protocol::serial_of(enrolment.certificate_pem).value();
    return answer(match.route->handler, std::move(request));
  }
  http::Response ask_to_import(ByteView bundle) {
    http::Request request;
    request.body.assign(bundle.begin(), bundle.end());
    request.peer.is_local = true;
    return answer(resources::bundle_importer(*services_), std::move(request));
  }
  // What goes back on the stick.
  std::string import_bundle(ByteView bundle) {
    const auto response = ask_to_import(bundle);
    EXPECT_EQ(response.status, 200) << response.body;
    return response.status == 200 ? std::string(boost::json::parse(response.body).at("receipts").as_string()) : "";
  }
  // By an inspector who was told the words.
  void withdraw(const envelope::EnvelopeId& id) { EXPECT_TRUE(inspections_->withdraw(kInspection, std::vector{id})); }
  void end_fieldwork() { EXPECT_TRUE(store_->update_inspection(inspection("fieldwork-ended"))); }

  void back_up() {
    close();
    fs::copy_file(database(), folder_ / "backup", fs::copy_options::overwrite_existing);
    open();
  }
  void restore() {
    close();
    fs::remove(database().string() + "-wal");
    fs::copy_file(folder_ / "backup", database(), fs::copy_options::overwrite_existing);
    open();
  }

  // between: what becomes of its disk meanwhile.
  void restart(const std::function<void()>& between) {
    close();
    between();
    open();
  }

  store::Store& store() { return *store_; }
  fs::path withdrawals() const { return folder_ / "withdrawn"; }
  report::Reconciliation reconciled() { return inspection::reconcile(*store_, kInspection, {}).value(); }

  upload::Enrolment enrolment;

 private:
  store::Inspection inspection(const std::string& state) const {
    return {.head = {.id = kInspection, .area = "Croydon", .state = state, .envelope_bytes = kEnvelopeBytes},
            .definition = definition_,
            .package = {1}};
  }
  fs::path database() const { return (vfs_.empty() ? folder_ : fs::path("/")) / "collector.sqlite"; }

  static http::Response answer(const http::Handler& handler, http::Request request) {
    auto told = std::make_shared<std::promise<http::Response>>();
    handler(std::move(request), [told](http::Response response) { told->set_value(std::move(response)); });
    return told->get_future().get();
  }

  void open() {
    store_ = store::SqliteStore::open(database(), vfs_).value();
    withdrawn_ = store::WithdrawnFile::open(folder_ / "withdrawn").value();
    EXPECT_TRUE(withdrawn_->apply_to(*store_));
    pool_ = std::make_unique<resources::Pool>(1, 8);
    lane_ = std::make_unique<resources::FairLane>(1, 8);
    inspections_ =
        std::make_unique<inspection::Inspections>(*store_, *withdrawn_, cabinet_, clock_,
                                                  inspection::Inspections::Setting{.package_key_pem = {},
                                                                                   .package_certificate_pem = {},
                                                                                   .receipt_public_key = receipt_key(),
                                                                                   .assets = {},
                                                                                   .is_swap_allowed = true});
    kiosks_ = std::make_unique<inspection::Kiosks>(*store_, clock_, authority_, inspection::Kiosks::Address{"here", 1});
    intake_ = std::make_unique<intake::Intake>(
        *store_, key_, clock_, [this](resources::Pool::Work work) { lane_->run(std::move(work)); },
        [](const auto&, const auto&) {},
        [this](const std::string& inspection, const std::string& kiosk, const auto& ids) {
          return inspections_->take_wishes(inspection, kiosk, ids);
        });
    audit_ = std::make_unique<inspection::Audit>(*store_, clock_, key_, "here");
    services_ = std::make_unique<resources::Services>();
    services_->audit = audit_.get();
    services_->inspections = inspections_.get();
    services_->kiosks = kiosks_.get();
    services_->intake = intake_.get();
    services_->pool = pool_.get();
    services_->lane = services_->kiosk_lane = lane_.get();
    services_->authority_pem = authority_.certificate_pem;
  }
  void close() {
    pool_->close();
    lane_->close();
    services_.reset();
    audit_.reset();
    store_.reset();
    intake_.reset();
    kiosks_.reset();
    inspections_.reset();
    withdrawn_.reset();
  }

  std::string vfs_;
  HandSetClock clock_{1'353'585'600};
  fs::path folder_ = fs::temp_directory_path() / ("collector-" + to_hex(random_bytes(8)));
  protocol::KeyAndCertificate authority_ = protocol::make_authority("collector", clock_.now_s(), 3650).value();
  std::string definition_ = inspection::to_json({protocol::sample_package(), {"readers"}, {}});
  protocol::ReceiptKey key_ = protocol::ReceiptKey::parse(protocol::ReceiptKey::generate_pem().value()).value();
  keys::KeyCabinet cabinet_ = keys::KeyCabinet::open(folder_ / "keys").value();
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<store::WithdrawnFile> withdrawn_;
  std::unique_ptr<resources::Pool> pool_;
  std::unique_ptr<resources::FairLane> lane_;
  std::unique_ptr<inspection::Inspections> inspections_;
  std::unique_ptr<inspection::Kiosks> kiosks_;
  std::unique_ptr<intake::Intake> intake_;
  std::unique_ptr<inspection::Audit> audit_;
  std::unique_ptr<resources::Services> services_;
};

}  // namespace perspective::simulation

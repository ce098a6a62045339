// A whole collector in a folder of its own, asked as kiosks and inspectors ask it: over TLS and over its socket.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <boost/json.hpp>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/random.h"
#include "protocol/batch.h"
#include "protocol/enrolment.h"
#include "protocol/package.h"
#include "resources/data_folder.h"
#include "resources/service.h"
#include "support/cheap_keys.h"
#include "support/sealing.h"
#include "support/source_folder.h"
#include "unit/http/web_client.h"
#include "unit/inspection/readers.h"

namespace perspective::resources {

using kiosk_package::sealed;

namespace json = boost::json;

class RunningCollector : public ::testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/perspective-resources-XXXXXX";
    folder_ = ::mkdtemp(name);
    const auto made = DataFolder(folder_ / "c").make({.hosts = {"127.0.0.1"}, .port = 0}, SystemClock());
    ASSERT_TRUE(made) << made.error().what;
    start();
  }
  void TearDown() override {
    stop();
    std::filesystem::remove_all(folder_);
  }

  void start() {
    auto service = Service::open({.data = folder_ / "c",
                                  .assets = std::filesystem::path(kSourceFolder) / "assets",
                                  .listen = {},
                                  .port = {},
                                  .is_swap_allowed = true,
                                  .credentials = credentials_,
                                  .passphrase_cost = keys::kCheap});
    ASSERT_TRUE(service) << service.error().what;
    service_ = *std::move(service);
    service_->start();
  }
  void stop() { service_.reset(); }

  WebClient inspector() const {
    WebClient client("http://collector");
    client.socket = folder_ / "c" / "admin.sock";
    return client;
  }
  WebAnswer import_bundle(const std::string& bundle) const {
    auto client = inspector();
    client.headers = {"Content-Type: application/cms"};
    return client.post("/v1/bundles", bundle);
  }
  WebClient stranger() const {
    const std::string& address = service_->address();
    return WebClient("https://127.0.0.1:" + address.substr(address.rfind(' ') + 1));
  }

  static json::object parsed(const WebAnswer& answer) {
    boost::system::error_code error;
    const auto value = json::parse(answer.body, error);
    return !error && value.is_object() ? value.get_object() : json::object{};
  }
  static std::string detail(const WebAnswer& answer) {
    const auto problem = parsed(answer);
    return problem.contains("detail") ? std::string(problem.at("detail").as_string()) : std::string();
  }

  static json::object new_inspection(const std::string& id = "lewes") {
    return {{"id", id},
            {"area", "Lewes"},
            {"languages", json::array{"en"}},
            {"smallest_batch", 1},
            {"passphrase", inspection::kPassphrase},
            {"recovery_passphrase", inspection::kRecoveryPassphrase},
            {"questionnaires",
             json::array{json::object{{"definition", json::parse(inspection::kReaders)},
                                      {"texts", json::object{{"en", inspection::kReadersTexts}}},
                                      {"section", json::object{{"en", json::parse(inspection::kReadersSection)}}}}}}};
  }
  void create(const std::string& id = "lewes") {
    const auto answer = inspector().post("/v1/inspections", json::serialize(new_inspection(id)));
    ASSERT_EQ(answer.status, 201) << answer.body;
  }
  WebAnswer unlock(std::string_view passphrase = inspection::kPassphrase) {
    return inspector().post("/v1/inspections/lewes/unlock", json::serialize(json::object{{"passphrase", passphrase}}));
  }

  WebAnswer withdraw(const std::string& words) {
    return inspector().post("/v1/inspections/lewes/withdrawals", json::serialize(json::object{{"words", words}}));
  }
  // After a restart it listens at another.
  WebClient at_the_new_port(const WebClient& kiosk) {
    auto fresh = stranger();
    fresh.authority_pem = kiosk.authority_pem;
    fresh.key_pem = kiosk.key_pem;
    fresh.certificate_pem = kiosk.certificate_pem;
    return fresh;
  }
  // All that is here, opened or not. Exactly: while fieldwork is open only the tally says it, and asks why.
  std::int64_t opened() {
    EXPECT_EQ(unlock().status, 200);
    const auto tally = parsed(inspector().get("/v1/inspections/lewes/tally?format=json&reason=a%20test"));
    std::int64_t count = tally.at("set_aside").as_int64();
    for (const auto& one : tally.at("questionnaires").as_array()) count += one.at("respondents").as_int64();
    return count;
  }

  std::string invite(const std::string& inspection = "lewes") {
    const auto body = json::serialize(json::object{{"inspection", inspection}, {"name", "Front office"}});
    return std::string(parsed(inspector().post("/v1/invites", body)).at("invite").as_string());
  }
  WebAnswer enrol(const std::string& secret, const std::string& request_pem) {
    return stranger().post("/v1/enrolments",
                           json::serialize(json::object{{"secret", secret}, {"request", request_pem}}));
  }
  // As a kiosk does it: the authority first, by its digest, then the secret.
  WebClient enrolled(const std::string& inspection = "lewes") {
    const auto parts = protocol::parse_invite(invite(inspection)).value();
    const std::string authority = stranger().get("/v1/authority").body;
    EXPECT_EQ(protocol::sha256_of_certificate(authority).value(), parts.authority_sha256);
    const auto made = protocol::make_device_key().value();
    const auto answer = enrol(parts.secret, made.request_pem);
    EXPECT_EQ(answer.status, 201) << answer.body;
    auto kiosk = stranger();
    kiosk.authority_pem = authority;
    kiosk.key_pem = made.key_pem;
    kiosk.certificate_pem = std::string(parsed(answer).at("certificate").as_string());
    kiosk_id_ = std::string(parsed(answer).at("kiosk").as_string());
    return kiosk;
  }

  static protocol::Package package_of(WebClient& kiosk, const std::string& inspection = "lewes") {
    const auto answer = kiosk.get("/v1/packages/" + inspection);
    return protocol::verify_package(as_bytes(answer.body), kiosk.authority_pem).value();
  }
  static WebAnswer deliver(WebClient& kiosk, const std::vector<protocol::SealedEnvelope>& batch,
                           const std::string& inspection = "lewes") {
    return kiosk.post("/v1/inspections/" + inspection + "/envelopes",
                      std::string(as_text(protocol::encode_batch(batch))));
  }

  std::filesystem::path folder_;
  std::filesystem::path credentials_;  // of systemd; none
  std::unique_ptr<Service> service_;
  std::string kiosk_id_;
};

}  // namespace perspective::resources

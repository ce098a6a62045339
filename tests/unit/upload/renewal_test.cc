#include "upload/renewal.h"

#include <boost/json.hpp>

#include "base/file.h"
#include "kiosk_folder.h"
#include "protocol/enrolment.h"

namespace perspective::upload {
namespace {

namespace json = boost::json;

constexpr std::int64_t kNow = 1795000000;
constexpr std::int64_t kDay = 86'400;

class RenewedKiosk : public KioskFolder {
 protected:
  RenewedKiosk() {
    EXPECT_TRUE(write_file(folder_ / "authority.pem", as_bytes(authority_.certificate_pem)));
    EXPECT_TRUE(write_file(folder_ / "collector.json", as_bytes(R"({"host":"c","port":1,"kiosk":"kiosk-7"})")));
    EXPECT_TRUE(write_file(folder_ / "device.key", as_bytes(device_.key_pem)));
    EXPECT_TRUE(write_file(folder_ / "device.pem", as_bytes(issued(device_, "kiosk-7", kNow))));
  }
  std::string issued(const protocol::KeyAndRequest& device, const std::string& name, std::int64_t now_s) {
    return protocol::issue_kiosk(authority_, device.request_pem, name, now_s, 300).value();
  }
  std::string held() const { return read_text(folder_ / "device.pem").value(); }
  void then_give(const std::string& certificate) {
    collector_.then_answer(201, json::serialize(json::object{{"certificate", certificate}}));
  }
  auto renew(std::int64_t days) { return renew_if_due(folder_, kNow + days * kDay, collector_); }

  protocol::KeyAndCertificate authority_ = protocol::make_authority("Test", kNow, 3650).value();
  protocol::KeyAndRequest device_ = protocol::make_device_key().value();
  ScriptedCollector collector_;
};

TEST_F(RenewedKiosk, AsksNobodyBeforeTwoThirdsOfItsLife) {
  const auto outcome = renew(199);
  ASSERT_TRUE(outcome);
  EXPECT_FALSE(*outcome);
  EXPECT_TRUE(collector_.requests().empty());
}

TEST_F(RenewedKiosk, HasANewCertificateForItsOldKeyAfterThat) {
  const auto renewed = protocol::renew_kiosk(authority_, held(), kNow + 200 * kDay, 300).value();
  then_give(renewed);
  const auto outcome = renew(200);
  ASSERT_TRUE(outcome) << outcome.error().what;
  ASSERT_TRUE(*outcome);
  EXPECT_EQ((*outcome)->certificate_pem, renewed);
  EXPECT_EQ(load_enrolment(folder_)->certificate_pem, renewed);
  EXPECT_EQ(collector_.requests().front().path, "/v1/certificates");
  EXPECT_FALSE(renew(200).value()) << "not again at once";
}

TEST_F(RenewedKiosk, KeepsTheOldOneWhereTheNewOneIsNotToBeKept) {
  const auto old = held();
  const auto other = protocol::make_device_key().value();
  then_give(issued(other, "kiosk-7", kNow + 200 * kDay));    // another key
  then_give(issued(device_, "kiosk-8", kNow + 200 * kDay));  // another name
  then_give(issued(device_, "kiosk-7", kNow - kDay));        // ends earlier
  then_give("no certificate");
  collector_.then_answer(201, "{}");
  collector_.then_answer(409, "{}");
  collector_.then_fail(ErrorCode::unreachable);
  for (int i = 0; i < 7; ++i) {
    EXPECT_FALSE(renew(250)) << i;
    EXPECT_EQ(held(), old) << i;
  }
  EXPECT_EQ(collector_.requests().size(), 7U);
}

TEST_F(RenewedKiosk, TakesNoneOfAnotherAuthority) {
  const auto old = held();
  const auto other = protocol::make_authority("Other", kNow, 3650).value();
  then_give(protocol::issue_kiosk(other, device_.request_pem, "kiosk-7", kNow + 200 * kDay, 300).value());
  EXPECT_FALSE(renew(200));
  EXPECT_EQ(held(), old);
}

}  // namespace
}  // namespace perspective::upload

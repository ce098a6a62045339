#include "upload/enrolment.h"

#include <boost/json.hpp>

#include "base/file.h"
#include "kiosk_folder.h"
#include "protocol/enrolment.h"

namespace perspective::upload {
namespace {

namespace json = boost::json;
constexpr std::int64_t kNow = 1795000000;

// Hands every request on to one collector and notes as whom the kiosk came.
class Passing final : public Transport {
 public:
  explicit Passing(ScriptedCollector& collector) : collector_(collector) {}
  Result<Answer> send(const Request& request) override { return collector_.send(request); }

 private:
  ScriptedCollector& collector_;
};

class EnrollingKiosk : public KioskFolder {
 protected:
  EnrollingKiosk() {
    collector_.answer_at("/v1/authority", page(200, authority_.certificate_pem));
    invite_ = protocol::to_text(
        {"collector.example", 8443, protocol::sha256_of_certificate(authority_.certificate_pem).value(), secret_});
  }

  static Answer page(int status, std::string_view body) { return {status, {}, Bytes(body.begin(), body.end())}; }

  MakeTransport make() {
    return [this](Identity identity) {
      identities_.push_back({identity.host, identity.authority_pem, identity.certificate_pem});
      return std::make_unique<Passing>(collector_);
    };
  }

  // The collector's half of the enrolment, for the request after the authority's.
  Result<Answer> sign(const Request& request, const std::string& name) {
    const auto body = json::parse(std::string(as_text(request.body)));
    seen_secret_ = body.at("secret").as_string().c_str();
    const auto certificate =
        protocol::issue_kiosk(authority_, body.at("request").as_string().c_str(), "kiosk-7", kNow, 397).value();
    return page(201, json::serialize(json::object{{"kiosk", name}, {"certificate", certificate}}));
  }

  Result<Enrolment> enrol_with(const ScriptedCollector::Handler& second) {
    collector_.then([this](const Request&) { return page(200, authority_.certificate_pem); });
    collector_.then(second);
    return upload::enrol(invite_, kiosk_, make());
  }
  Result<Enrolment> enrol_well() {
    return enrol_with([this](const Request& request) { return sign(request, "kiosk-7"); });
  }

  struct Seen {
    std::string host, authority_pem, certificate_pem;
  };
  std::filesystem::path kiosk_ = folder_ / "state";
  protocol::KeyAndCertificate authority_ = protocol::make_authority("Test", kNow, 3650).value();
  std::string secret_ = protocol::draw_invite_secret();
  std::string invite_;
  std::string seen_secret_;
  std::vector<Seen> identities_;
  ScriptedCollector collector_;
};

TEST_F(EnrollingKiosk, KeepsWhatItNeedsAndLoadsItAgain) {
  ASSERT_TRUE(enrol_well());
  const auto loaded = load_enrolment(kiosk_);
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->kiosk, "kiosk-7");
  EXPECT_EQ(loaded->host, "collector.example");
  EXPECT_EQ(loaded->port, 8443);
  EXPECT_EQ(loaded->authority_pem, authority_.certificate_pem);
  EXPECT_NE(loaded->key_pem.text().find("PRIVATE KEY"), std::string_view::npos);
}

TEST_F(EnrollingKiosk, ShowsItsSecretOnlyToThePinnedAuthority) {
  ASSERT_TRUE(enrol_well());
  EXPECT_EQ(seen_secret_, secret_);
  ASSERT_EQ(identities_.size(), 2U);
  EXPECT_EQ(identities_[0].authority_pem, "");
  EXPECT_EQ(identities_[1].authority_pem, authority_.certificate_pem);
}

TEST_F(EnrollingKiosk, AnotherAuthorityIsRefusedBeforeTheSecretIsSent) {
  const auto other = protocol::make_authority("Other", kNow, 3650).value();
  collector_.answer_at("/v1/authority", page(200, other.certificate_pem));
  const auto outcome = upload::enrol(invite_, kiosk_, make());
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::refused);
  EXPECT_EQ(collector_.requests().size(), 1U);
  EXPECT_FALSE(is_enrolled(kiosk_));
}

TEST_F(EnrollingKiosk, LoginPageInPlaceOfTheAuthorityIsRefused) {
  collector_.answer_at("/v1/authority", page(200, "<html>"));
  EXPECT_EQ(upload::enrol(invite_, kiosk_, make()).error().code, ErrorCode::refused);
}

TEST_F(EnrollingKiosk, SpentInviteSaysToAskForANewOne) {
  const auto outcome = enrol_with([](const Request&) { return page(403, "{}"); });
  ASSERT_FALSE(outcome);
  EXPECT_NE(outcome.error().what.find("new one"), std::string::npos);
  EXPECT_EQ(outcome.error().what.find(secret_), std::string::npos);
  EXPECT_FALSE(is_enrolled(kiosk_));
}

TEST_F(EnrollingKiosk, CertificateForAnotherKioskIsRefused) {
  EXPECT_FALSE(enrol_with([this](const Request& request) { return sign(request, "kiosk-8"); }));
  EXPECT_FALSE(is_enrolled(kiosk_));
}

TEST_F(EnrollingKiosk, CertificateForAnotherKeyIsRefused) {
  const auto other = protocol::make_device_key().value();
  const auto outcome = enrol_with([&](const Request&) {
    const auto certificate = protocol::issue_kiosk(authority_, other.request_pem, "kiosk-7", kNow, 397).value();
    return page(201, json::serialize(json::object{{"kiosk", "kiosk-7"}, {"certificate", certificate}}));
  });
  EXPECT_FALSE(outcome);
  EXPECT_FALSE(is_enrolled(kiosk_));
}

TEST_F(EnrollingKiosk, FolderOfAnotherCollectorIsNotOverwritten) {
  ASSERT_TRUE(enrol_well());
  const auto certificate = load_enrolment(kiosk_)->certificate_pem;
  authority_ = protocol::make_authority("Other", kNow, 3650).value();
  invite_ = protocol::to_text(
      {"other.example", 8443, protocol::sha256_of_certificate(authority_.certificate_pem).value(), secret_});
  const auto requests = collector_.requests().size();
  EXPECT_EQ(enrol_well().error().code, ErrorCode::conflict);
  EXPECT_EQ(collector_.requests().size(), requests + 1) << "the secret was sent for nothing";
  EXPECT_EQ(load_enrolment(kiosk_)->certificate_pem, certificate);
}

TEST_F(EnrollingKiosk, IsEnrolledAnewInItsOwnFolderWithAnotherKey) {
  ASSERT_TRUE(enrol_well());
  ASSERT_TRUE(write_file(kiosk_ / "outbox.sqlite", as_bytes("what waits")));
  const auto before = load_enrolment(kiosk_).value();
  ASSERT_TRUE(enrol_well());
  const auto after = load_enrolment(kiosk_).value();
  EXPECT_NE(after.certificate_pem, before.certificate_pem);
  EXPECT_NE(after.key_pem.text(), before.key_pem.text());
  EXPECT_EQ(read_text(kiosk_ / "outbox.sqlite").value(), "what waits");
  EXPECT_FALSE(std::filesystem::exists(kiosk_ / "device.key.next"));
}

// Refused, unanswered, or given a certificate that is none of its: it is who it was.
TEST_F(EnrollingKiosk, ThatIsEnrolledAnewInVainIsAsItWas) {
  ASSERT_TRUE(enrol_well());
  const auto before = load_enrolment(kiosk_).value();
  EXPECT_FALSE(enrol_with([](const Request&) { return page(403, "{}"); }));
  EXPECT_FALSE(enrol_with([](const Request&) { return fail(ErrorCode::unreachable, "cut", true); }));
  EXPECT_FALSE(enrol_with([this](const Request& request) { return sign(request, "kiosk-8"); }));
  const auto after = load_enrolment(kiosk_);
  ASSERT_TRUE(after) << after.error().what;
  EXPECT_EQ(after->certificate_pem, before.certificate_pem);
  EXPECT_EQ(after->key_pem.text(), before.key_pem.text());
}

// The power goes between the certificate and the new name of its key.
TEST_F(EnrollingKiosk, KnowsItsNewKeyUnderItsOldName) {
  ASSERT_TRUE(enrol_well());
  const auto old_key = read_text(kiosk_ / "device.key").value();
  ASSERT_TRUE(enrol_well());
  std::filesystem::rename(kiosk_ / "device.key", kiosk_ / "device.key.next");
  ASSERT_TRUE(write_file(kiosk_ / "device.key", as_bytes(old_key)));
  EXPECT_TRUE(load_enrolment(kiosk_));
}

// The collector may have let it in: by its key it knows it again.
TEST_F(EnrollingKiosk, CutShortItAsksAgainWithTheSameKey) {
  std::vector<std::array<std::uint8_t, 32>> keys;
  const auto note_key = [&](const Request& request) {
    const auto body = json::parse(std::string(as_text(request.body)));
    keys.push_back(protocol::key_digest_of(body.at("request").as_string().c_str()).value());
  };
  const auto lose = [&](const Request& request) -> Result<Answer> {
    note_key(request);
    return fail(ErrorCode::unreachable, "cut", true);
  };
  const auto answer = [&](const Request& request) {
    note_key(request);
    return sign(request, "kiosk-7");
  };
  EXPECT_FALSE(enrol_with(lose));
  EXPECT_FALSE(enrol_with(lose));
  ASSERT_TRUE(enrol_with(answer));
  ASSERT_EQ(keys.size(), 3U);
  EXPECT_EQ(keys[0], keys[1]);
  EXPECT_EQ(keys[0], keys[2]);
  ASSERT_TRUE(enrol_with(answer));
  EXPECT_NE(keys[3], keys[2]) << "invited again it comes with a new key";
}

TEST_F(EnrollingKiosk, KeyIsReadableByItsOwnerAlone) {
  ASSERT_TRUE(enrol_well());
  using std::filesystem::perms;
  EXPECT_EQ(std::filesystem::status(kiosk_ / "device.key").permissions(), perms::owner_read | perms::owner_write);
  EXPECT_EQ(std::filesystem::status(kiosk_).permissions(), perms::owner_all);
}

TEST_F(EnrollingKiosk, TextThatIsNoInviteIsInvalid) {
  EXPECT_EQ(upload::enrol("hello", kiosk_, make()).error().code, ErrorCode::invalid);
}

TEST_F(EnrollingKiosk, EachFileThatIsMissingOrOfAnotherKioskIsADamagedEnrolment) {
  const auto others = protocol::make_device_key().value().key_pem;
  for (const auto* name : {"device.key", "authority.pem", "collector.json"}) {
    for (const bool is_replaced : {false, true}) {
      std::filesystem::remove_all(kiosk_);
      ASSERT_TRUE(enrol_well());
      ASSERT_TRUE(load_enrolment(kiosk_));
      std::filesystem::remove(kiosk_ / name);
      if (is_replaced) {
        ASSERT_TRUE(write_file(kiosk_ / name, as_bytes(others)));
      }
      const auto loaded = load_enrolment(kiosk_);
      ASSERT_FALSE(loaded) << name;
      EXPECT_NE(loaded.error().code, ErrorCode::not_found) << name;
      EXPECT_NE(loaded.error().what.find("Enrol this kiosk again"), std::string::npos) << loaded.error().what;
      EXPECT_EQ(loaded.error().what.find("PRIVATE"), std::string::npos);
    }
  }
}

TEST_F(EnrollingKiosk, FolderThatIsNotEnrolledSaysWhatToDo) {
  const auto loaded = load_enrolment(kiosk_);
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, ErrorCode::not_found);
  EXPECT_NE(loaded.error().what.find("perspective-kiosk enrol"), std::string::npos);
}

}  // namespace
}  // namespace perspective::upload

// Who is looked at next: handlers of a collector whose strangers' turns are all taken.
#include "resources/password_turns.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <boost/json.hpp>
#include <filesystem>
#include <future>
#include <latch>
#include <thread>

#include "people/totp.h"
#include "resources/bundle_import.h"
#include "resources/offline.h"
#include "resources/paper_api.h"
#include "resources/people_api.h"
#include "resources/people_door.h"

namespace perspective::resources {
namespace {

namespace json = boost::json;

constexpr const char* kPassword = "grey tin ladder";
constexpr people::Cost kCheap{.log2_n = 4, .r = 8, .p = 1};

class ManyStrangers : public testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/perspective-turns-XXXXXX";
    folder_ = ::mkdtemp(name);
    const DataFolder data(folder_ / "c");
    ASSERT_TRUE(data.make({.hosts = {"127.0.0.1"}, .port = 0}, clock_));
    offline_ = *Offline::open(data, {}, clock_);
    people_.emplace(offline_->store(), clock_, *people::Keys::of(as_bytes(std::string_view("root"))), kCheap);
    audit_.emplace(offline_->store(), clock_, *protocol::ReceiptKey::parse(*protocol::ReceiptKey::generate_pem()),
                   "here");
    services_.people = &*people_;
    services_.audit = &*audit_;
    services_.pool = &pool_;
    services_.short_lane = &short_lane_;
    services_.lane = &lane_;
    services_.turns = &turns_;
    add_sign_in_routes(router_, services_);
    add_own_routes(router_, services_);
    const auto link = *people_->accounts.invite({"ada", "", {people::Role::inspector}});
    device_ = *people_->accounts.join("ada", link, as_bytes(std::string_view(kPassword)));
    session_ = *people_->sessions.begin(*people_->accounts.find("ada"));
  }
  void TearDown() override {
    let_go();
    pool_.close();
    short_lane_.close();
    lane_.close();
    turns_.close();
    people_.reset();
    audit_.reset();
    offline_.reset();
    std::filesystem::remove_all(folder_);
  }

  // All places of strangers are taken by some who take their time.
  void fill() {
    ASSERT_TRUE(turns_.of_strangers().offer([this] {
      has_come_.count_down();
      gone_.wait();
    }));
    has_come_.wait();
    while (turns_.of_strangers().offer([this] { gone_.wait(); })) {
    }
  }
  void let_go() {
    if (!std::exchange(has_gone_, true)) gone_.count_down();
  }
  // What a change is answered, by whom the gate let in as one of this role.
  int status_of(const std::string& path, http::Request request, people::Role role) {
    request.method = "POST";
    request.path = path;
    request.peer.user = "ada";
    request.peer.rights = people::rights_of({role});
    std::promise<int> status;
    auto answered = status.get_future();
    router_.find("POST", path).route->handler(std::move(request), [&](const http::Response& said) {
      status.set_value(said.status);
    });
    return answered.get();
  }
  void become(people::Role role) {
    ASSERT_TRUE(people_->accounts.set_roles("ada", {role}));
    session_ = *people_->sessions.begin(*people_->accounts.find("ada"));
  }
  int ask(const std::string& path, const json::object& body, const std::string& cookies = {}) {
    http::Request request;
    const std::string text = json::serialize(body);
    request.body.assign(text.begin(), text.end());
    request.headers = {{"cookie", cookies}};
    request.peer.address = "192.0.2.1";
    return status_of(path, std::move(request), people::Role::inspector);
  }
  int sign_in(const std::string& name, const std::string& password, const std::string& device = {}) {
    return ask("/v1/people/sessions", {{"name", name}, {"password", password}},
               device.empty() ? "" : "__Host-device=" + device);
  }

  std::filesystem::path folder_;
  HandSetClock clock_{1'800'000'000};
  std::unique_ptr<Offline> offline_;
  std::optional<people::People> people_;
  std::optional<inspection::Audit> audit_;
  Pool pool_{2, 32};
  PasswordTurns turns_;
  Services services_;
  FairLane short_lane_{2, 256};
  FairLane lane_{1, 256};
  http::Router router_;
  std::latch has_come_{1};
  std::latch gone_{1};
  bool has_gone_ = false;
  std::string device_;
  std::string session_;
};

// Pages of the console, too: whoever cannot load them is shut out as well.
TEST_F(ManyStrangers, AreNotCountedWithWhoeverIsSignedIn) {
  const auto gate = people_routes(services_).gate();
  for (const bool is_open : {true, false}) {
    for (const std::string& secret : {session_, std::string("of nobody"), std::string()}) {
      http::Route route;
      route.is_open = is_open;
      http::Request head;
      head.method = "GET";
      if (!secret.empty()) head.headers["cookie"] = "__Host-session=" + secret;
      const auto peer = std::make_shared<http::Peer>();
      std::promise<int> status;
      gate(head, route, peer, [&](const http::Response& said) { status.set_value(said.status); });
      EXPECT_EQ(status.get_future().get(), is_open || secret == session_ ? 200 : 401);
      EXPECT_EQ(peer->known_as, secret == session_ ? "ada" : "");
      EXPECT_EQ(peer->user, secret == session_ && !is_open ? "ada" : "") << "at an open route nobody is anybody";
    }
  }
}

TEST_F(ManyStrangers, KeepOutNobodyWhoIsKnown) {
  fill();
  EXPECT_EQ(sign_in("ada", kPassword), 503) << "a stranger, though it is her password";
  EXPECT_EQ(sign_in("ada", kPassword, device_), 201) << "from where she joined";
  EXPECT_EQ(sign_in("ada", "wrong green kettle", device_), 401) << "she is looked at, and no more";
}

TEST_F(ManyStrangers, KeepOutNobodyWithALinkOrASession) {
  const auto link = *people_->accounts.invite({"bob", "", {people::Role::inspector}});
  fill();
  EXPECT_EQ(ask("/v1/people/joining", {{"name", "bob"}, {"secret", std::string(64, '0')}, {"password", kPassword}}),
            403);
  EXPECT_EQ(ask("/v1/people/joining", {{"name", "bob"}, {"secret", link}, {"password", kPassword}}), 201);
  EXPECT_EQ(ask("/v1/people/me/password", {{"present", kPassword}, {"next", "seven wet pianos"}},
                "__Host-session=" + session_),
            200);
}

TEST_F(ManyStrangers, AndOneWhoIsKnownAndAsksOnAndOnKeepOutNobodyElse) {
  const auto link = *people_->accounts.invite({"bob", "", {people::Role::inspector}});
  ASSERT_TRUE(turns_.of_known().offer("ada", [this] {
    has_come_.count_down();
    gone_.wait();
  }));
  has_come_.wait();
  while (turns_.of_known().offer("ada", [this] { gone_.wait(); })) {
  }
  std::promise<int> status;
  auto answered = status.get_future();
  std::jthread bob([&] {
    status.set_value(ask("/v1/people/joining", {{"name", "bob"}, {"secret", link}, {"password", kPassword}}));
  });
  EXPECT_EQ(answered.wait_for(std::chrono::milliseconds(300)), std::future_status::timeout) << "he waits, and is not "
                                                                                               "told to come again";
  EXPECT_EQ(sign_in("ada", kPassword, device_), 503) << "it is hers that wait";
  let_go();
  EXPECT_EQ(answered.get(), 201);
}

TEST_F(ManyStrangers, WhoHaveToWaitTakeNobodysTurn) {
  for (int i = 0; i < people::kFree + 1; ++i) sign_in("ada", "wrong green kettle");
  fill();
  EXPECT_EQ(sign_in("ada", kPassword), 429) << "and not 503: the lock-out is looked at first";
}

TEST_F(ManyStrangers, AreLookedAtOneAfterAnotherWhenTheirTurnComes) {
  let_go();
  EXPECT_EQ(sign_in("ada", kPassword), 201);
  EXPECT_EQ(sign_in("nobody", kPassword), 401);
}

// A body may take a minute to come: the gate let its head in before.
class ABodyThatCameLate : public ManyStrangers {
 protected:
  void SetUp() override {
    ManyStrangers::SetUp();
    add_people_routes(router_, services_);
    become(people::Role::administrator);
  }
  int invite(const std::string& name, http::Request request = {}) {
    const std::string text = json::serialize(json::object{{"name", name}, {"roles", {"administrator"}}});
    request.body.assign(text.begin(), text.end());
    if (request.headers.empty()) request.headers = {{"cookie", "__Host-session=" + session_}};
    return status_of("/v1/people", std::move(request), people::Role::administrator);
  }
};

TEST_F(ABodyThatCameLate, ChangesWhatItsPersonMayChange) { EXPECT_EQ(invite("mallory"), 201); }

TEST_F(ABodyThatCameLate, ChangesNothingForWhoWasShutOutMeanwhile) {
  ASSERT_TRUE(people_->accounts.disable("ada"));
  EXPECT_EQ(invite("mallory"), 403);
  EXPECT_FALSE(people_->accounts.find("mallory"));
}

TEST_F(ABodyThatCameLate, ChangesNothingForWhoSignedOutOrLostTheRole) {
  ASSERT_TRUE(people_->sessions.end(session_));
  EXPECT_EQ(invite("mallory"), 403);
  become(people::Role::analyst);
  EXPECT_EQ(invite("mallory"), 403) << "signed in again, as an analyst";
  EXPECT_FALSE(people_->accounts.find("mallory"));
}

TEST_F(ABodyThatCameLate, ChangesNothingByATokenThatWasRevokedMeanwhile) {
  const auto token = *people_->tokens.make("ada", "nightly", {people::Right::read_audit}, 1);
  ASSERT_TRUE(people_->tokens.revoke("ada", "nightly"));
  http::Request request;
  request.headers = {{"authorization", "Bearer " + token}};
  EXPECT_EQ(invite("mallory", std::move(request)), 403);
  EXPECT_FALSE(people_->accounts.find("mallory"));
}

// By a script, to fill the disk: each stays until it is counted.
class WhoKeysInForms : public ManyStrangers {
 protected:
  void SetUp() override {
    ManyStrangers::SetUp();
    add_paper_routes(router_, services_);
    become(people::Role::data_entry);
  }
  int key_nothing() {
    http::Request request;
    request.headers = {{"cookie", "__Host-session=" + session_}};
    return status_of("/v1/inspections/lewes/paper/keyings", std::move(request), people::Role::data_entry);
  }
};

TEST_F(WhoKeysInForms, MayDoSoAThousandTimesAndSomeMoreEachDay) {
  const auto now_s = clock_.now_s();
  EXPECT_EQ(key_nothing(), 400);
  EXPECT_EQ(services_.keyings.take("ada", 1000, now_s), Ration::Granted::yes) << "what is refused uses nothing up";
  EXPECT_EQ(key_nothing(), 429);
  EXPECT_EQ(services_.keyings.take("ada", 500, now_s + 86'400), Ration::Granted::yes);
}

TEST_F(ABodyThatCameLate, BringsInNoBundleForWhoWasShutOutMeanwhile) {
  for (const std::string name : {"sam", "kim"}) {
    const auto link = *people_->accounts.invite({name, "", {people::Role::administrator}});
    ASSERT_TRUE(people_->accounts.join(name, link, as_bytes(std::string_view(kPassword))));
  }
  const auto session = *people_->sessions.begin(*people_->accounts.find("sam"));
  const auto bring = [&] {
    http::Request request;
    request.method = "POST";
    request.headers = {{"cookie", "__Host-session=" + session}};
    request.body = {'n', 'o', 'n', 'e'};
    request.peer.user = "sam";
    std::promise<std::string> answer;
    auto answered = answer.get_future();
    bundle_importer(services_)(std::move(request), [&](const http::Response& said) {
      answer.set_value(std::string(said.body.begin(), said.body.end()));
    });
    return answered.get();
  };
  EXPECT_THAT(bring(), testing::HasSubstr("cut short")) << "it is looked at, and is none";
  ASSERT_TRUE(people_->accounts.disable("sam"));
  EXPECT_THAT(bring(), testing::HasSubstr("nobody is signed in"));
}

class AnOpenSession : public ManyStrangers {
 protected:
  int make_token(const json::object& shown) {
    json::object body{{"name", "nightly"}, {"rights", {"read-audit"}}};
    for (const auto& [name, value] : shown) body[name] = value;
    return ask("/v1/people/me/tokens", body, "__Host-session=" + session_);
  }
};

TEST_F(AnOpenSession, MakesNoTokenWithoutThePassword) {
  EXPECT_EQ(make_token({}), 400);
  EXPECT_EQ(make_token({{"present", "wrong green kettle"}}), 403);
  EXPECT_EQ(make_token({{"present", kPassword}}), 403) << "one try: the session has ended";
  EXPECT_TRUE(people_->tokens.all()->empty());
  session_ = *people_->sessions.begin(*people_->accounts.find("ada"));
  EXPECT_EQ(make_token({{"present", kPassword}}), 201);
}

TEST_F(AnOpenSession, SetsUpNoAuthenticatorWithoutThePassword) {
  const auto begin = [&](const json::object& shown) {
    return ask("/v1/people/me/authenticator", shown, "__Host-session=" + session_);
  };
  EXPECT_EQ(begin({}), 400);
  EXPECT_EQ(begin({{"present", "wrong green kettle"}}), 403);
  EXPECT_EQ(begin({{"present", kPassword}}), 403) << "one try: the session has ended";
  EXPECT_TRUE(people_->accounts.find("ada")->next_authenticator.empty());
  session_ = *people_->sessions.begin(*people_->accounts.find("ada"));
  EXPECT_EQ(begin({{"present", kPassword}}), 201);
}

TEST_F(AnOpenSession, MakesNoTokenWithoutTheCodeWhereThereIsAnAuthenticator) {
  const auto secret = *people_->accounts.begin_authenticator("ada", as_bytes(std::string_view(kPassword)));
  const auto code = [&] { return *people::code_at(secret.view(), clock_.now_s() / people::kStep_s); };
  ASSERT_TRUE(people_->accounts.confirm_authenticator("ada", code()));
  EXPECT_EQ(make_token({{"present", kPassword}}), 403);
  session_ = *people_->sessions.begin(*people_->accounts.find("ada"));
  clock_.set(clock_.now_s() + people::kStep_s);
  EXPECT_EQ(make_token({{"present", kPassword}, {"code", code()}}), 201);
}

}  // namespace
}  // namespace perspective::resources

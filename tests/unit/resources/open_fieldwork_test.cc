// While fieldwork is open: counts in fives, numbers only for a reason, and what nobody reads is locked again.
#include <chrono>
#include <thread>

#include "paper/reference.h"
#include "support/source_folder.h"
#include "unit/resources/running_collector.h"

namespace perspective::resources {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class WhileFieldworkIsOpen : public RunningCollector {
 protected:
  void SetUp() override {
    RunningCollector::SetUp();
    create();
    auto kiosk = enrolled();
    const auto package = package_of(kiosk);
    form_ = paper::draw_reference(package.salt);
    std::vector<protocol::SealedEnvelope> batch;
    for (int i = 0; i < 7; ++i) batch.push_back(sealed(package, inspection::weekly_reader("Chairs")));
    auto no_answers = inspection::weekly_reader("Chairs");
    no_answers.questionnaire = "no such";
    batch.push_back(sealed(package, no_answers));
    ASSERT_EQ(deliver(kiosk, batch).status, 200);
  }
  WebAnswer ask(const std::string& path) { return inspector().get("/v1/inspections/lewes" + path); }
  void key_a_form() {
    const json::object keying{
        {"reference", form_}, {"questionnaire", "readers"}, {"language", "en"}, {"answers", json::object{}}};
    ASSERT_EQ(inspector().post("/v1/inspections/lewes/paper/keyings", json::serialize(keying)).status, 201);
  }
  std::string form_;
  void end() { ASSERT_EQ(inspector().post("/v1/inspections/lewes/end-fieldwork", "{}").status, 200); }
};

TEST_F(WhileFieldworkIsOpen, UnlockingTellsInFivesHowManyThereAre) {
  auto answer = parsed(unlock());
  EXPECT_EQ(answer.at("counted"), 5);
  EXPECT_EQ(answer.at("set_aside"), 0) << "so is what cannot be counted";
  EXPECT_EQ(answer.at("is_rounded_down"), true);
  end();
  answer = parsed(unlock());
  EXPECT_EQ(answer.at("counted"), 7);
  EXPECT_EQ(answer.at("set_aside"), 1);
  EXPECT_EQ(answer.at("is_rounded_down"), false);
}

TEST_F(WhileFieldworkIsOpen, WhatNobodyHasReadIsToldInFivesToo) {
  auto listed = parsed(inspector().get("/v1/inspections")).at("inspections").at(0);
  EXPECT_EQ(listed.at("unread"), 5) << "of fewer it is not said whether there are any";
  end();
  listed = parsed(ask(""));
  EXPECT_EQ(listed.at("unread"), 8);
}

TEST_F(WhileFieldworkIsOpen, PaperFormsAreToldInFivesToo) {
  auto forms = parsed(ask("/paper/keyings"));
  EXPECT_EQ(forms.at("is_rounded_down"), true);
  key_a_form();
  EXPECT_EQ(parsed(ask("/paper/keyings")).at("keyed_once"), 0);
  end();
  forms = parsed(ask("/paper/keyings"));
  EXPECT_EQ(forms.at("keyed_once"), 1);
  EXPECT_EQ(forms.at("is_rounded_down"), false);
}

TEST_F(WhileFieldworkIsOpen, CommentsTellWhatIsNotAmongThemInFivesToo) {
  unlock();
  key_a_form();
  auto comments = parsed(ask("/comments"));
  EXPECT_EQ(comments.at("set_aside"), 0);
  EXPECT_EQ(comments.at("forms"), 0);
  end();
  comments = parsed(ask("/comments"));
  EXPECT_EQ(comments.at("set_aside"), 1);
  EXPECT_EQ(comments.at("forms"), 1);
}

TEST_F(WhileFieldworkIsOpen, NumbersAreReadForAReasonThatIsInTheAudit) {
  unlock();
  for (const std::string what : {"/tally", "/tally?format=text", "/section?kind=full&language=en"}) {
    const auto refused = ask(what);
    EXPECT_EQ(refused.status, 403) << what;
    EXPECT_THAT(detail(refused), HasSubstr("gives a reason"));
  }
  for (const std::string blank : {"%20", "%20%0a%09", "%0d%0a"}) {
    EXPECT_EQ(ask("/tally?reason=" + blank).status, 403) << blank << " is no reason";
  }
  EXPECT_THAT(inspector().get("/v1/audit").body, Not(HasSubstr("tally read")));
  EXPECT_EQ(ask("/comments").status, 200);
  EXPECT_EQ(ask("/tally?reason=a%20child%20may%20be%20in%20danger").status, 200);
  EXPECT_EQ(ask("/section?kind=full&language=en&reason=to%20see").status, 200);
  EXPECT_THAT(inspector().get("/v1/audit").body, HasSubstr("a child may be in danger"));
  EXPECT_EQ(ask("/tally?reason=" + std::string(301, 'x')).status, 400);
  end();
  EXPECT_EQ(ask("/tally").status, 200);
}

TEST_F(WhileFieldworkIsOpen, CommentsComeInAnotherOrderEachTime) {
  unlock();
  const auto first = ask("/comments").body;
  bool has_differed = false;
  for (int i = 0; i < 20 && !has_differed; ++i) has_differed = ask("/comments").body != first;
  EXPECT_TRUE(has_differed);
}

TEST_F(WhileFieldworkIsOpen, WhatNobodyReadsIsLockedAgainAndThatIsInTheAudit) {
  stop();
  auto service = Service::open({.data = folder_ / "c",
                                .assets = std::filesystem::path(kSourceFolder) / "assets",
                                .listen = {},
                                .port = {},
                                .is_swap_allowed = true,
                                .store = {},
                                .idle_lock_s = 1,
                                .watch_ms = 50});
  ASSERT_TRUE(service) << service.error().what;
  service_ = *std::move(service);
  service_->start();
  ASSERT_EQ(unlock().status, 200);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (inspector().get("/v1/audit").body.find("inspection locked") == std::string::npos) {
    ASSERT_LT(std::chrono::steady_clock::now(), deadline);
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  EXPECT_EQ(ask("/comments").status, 403);
  EXPECT_THAT(inspector().get("/v1/audit").body, HasSubstr("the collector"));
  EXPECT_THAT(inspector().get("/v1/inspections").body, HasSubstr(R"("is_unlocked":false,"locks_in_minutes":null)"));
}

}  // namespace
}  // namespace perspective::resources

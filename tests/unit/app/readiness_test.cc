// What the start screen offers of packages that cannot all be used.
#include <algorithm>

#include "support/trial_app.h"

namespace perspective::app {
namespace {

using readiness::Reason;
using readiness::Reasons;

class OfferedPackages : public trial::TrialApp {
 protected:
  void serve(const std::vector<protocol::Package>& packages) {
    app::Host host{.save_draft = [](const std::string&) {},
                   .put = [](const auto&, const auto&, const auto&) {},
                   .wait = [](std::chrono::milliseconds) {},
                   .wait_for_input = [](std::chrono::milliseconds) {},
                   .wait_to_scan = [](std::chrono::milliseconds) {},
                   .visit_started = [this](const std::string&) { ++started_; },
                   .visit_ended = [](visit::Ending) {}};
    app_.emplace(app::App::create(trial::unwrapped(app::load_assets(assets())), packages, std::move(host)));
  }
  bool is_offered() { return app_->screen().item(first(screen::Role::button))->enabled; }
  bool says(const std::string& start) const {
    return std::ranges::any_of(app_->screen().items, [&](const auto& item) { return item.id.starts_with(start); });
  }
};

TEST_F(OfferedPackages, AreAllThereWhenTheyAreSound) {
  EXPECT_TRUE(is_offered());
  EXPECT_FALSE(says("why."));
  EXPECT_FALSE(says("refuses"));
}

TEST_F(OfferedPackages, WithEnvelopesOfAnotherSizeCannotStart) {
  auto spoilt = package(keys_);
  ++spoilt.envelope_bytes;
  serve({spoilt});
  EXPECT_FALSE(is_offered());
  EXPECT_TRUE(says("why.keys_unusable."));
  begin();
  EXPECT_EQ(started_, 0);
}

TEST_F(OfferedPackages, WithoutAUsableCertificateCannotStart) {
  auto spoilt = package(keys_);
  spoilt.recovery_certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
  serve({spoilt});
  EXPECT_FALSE(is_offered());
  EXPECT_TRUE(says("why.keys_unusable."));
}

TEST_F(OfferedPackages, WithoutWordsCannotStartAndTakeNothingFromTheOther) {
  auto spoilt = package(keys_);
  for (auto& [language, text] : spoilt.questionnaires.begin()->second.texts) text = R"({"title": "{unclosed"})";
  ASSERT_GT(spoilt.questionnaires.size(), 1U);
  serve({spoilt});
  EXPECT_FALSE(is_offered());
  EXPECT_TRUE(says("why.words_unusable." + spoilt.questionnaires.begin()->first));
  begin("questionnaire." + spoilt.questionnaires.rbegin()->first);
  EXPECT_EQ(started_, 1);
}

TEST_F(OfferedPackages, ThatAreNoneStopEverything) {
  serve({});
  EXPECT_TRUE(says("refuses.no_questionnaire"));
  app_->set_status({});
  EXPECT_TRUE(says("refuses.no_questionnaire"));
}

TEST_F(OfferedPackages, OfInspectionsThatHaveEndedStopEverything) {
  auto ended = package(keys_);
  ended.is_fieldwork_open = false;
  serve({ended});
  EXPECT_TRUE(says("refuses.fieldwork_ended"));
}

TEST_F(OfferedPackages, SpeakTheFirstLanguageOfTheInspection) {
  auto welsh = package(keys_);
  welsh.languages = {"cy", "en"};
  welsh.is_fieldwork_open = false;
  serve({welsh});
  EXPECT_EQ(app_->screen().language, "cy");
  EXPECT_EQ(app_->screen().item("refuses")->label, "All dim ymweliad ddechrau nawr.");
}

}  // namespace
}  // namespace perspective::app

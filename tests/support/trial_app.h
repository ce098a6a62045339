// The app as the keeper sees it: with real packages, real sealing, and a host that remembers what it was told.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "app/app.h"
#include "support/kiosk_package.h"
#include "support/source_folder.h"

namespace perspective::trial {

using kiosk_package::unwrapped;

class TrialApp : public ::testing::Test {
 protected:
  struct Put {
    std::string inspection;
    envelope::EnvelopeId id{};
    Bytes envelope;
  };

  void SetUp() override { app_.emplace(fresh()); }
  static std::filesystem::path fixtures() { return std::filesystem::path(kSourceFolder) / "tests" / "fixtures"; }

  static std::filesystem::path assets() { return std::filesystem::path(kSourceFolder) / "assets"; }
  static protocol::Package package(const kiosk_package::Keys& keys) {
    const auto folder = assets() / "questionnaires";
    std::vector<std::filesystem::path> all;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (std::filesystem::exists(entry.path() / "definition.json")) all.push_back(entry.path());
    }
    return kiosk_package::package(keys, all);
  }
  app::App fresh() {
    app::Host host{
        .save_draft = [this](std::string json) { draft_ = std::move(json); },
        .put =
            [this](const std::string& inspection, const envelope::EnvelopeId& id, Bytes sealed) {
              puts_.push_back({inspection, id, std::move(sealed)});
            },
        .count_deleted =
            [this] {
              ++deleted_;
              if (is_disk_quick_) app_->put_finished({});
            },
        .spend_token = [this](const std::string&, const protocol::TokenProof& proof) { spends_.push_back(proof); },
        .withdraw =
            [this](const std::vector<app::Withdrawal>& withdrawals) {
              withdrawals_.insert(withdrawals_.end(), withdrawals.begin(), withdrawals.end());
            },
        .wait = [this](std::chrono::milliseconds) { ++waits_; },
        .wait_for_input = [this](std::chrono::milliseconds duration) { patience_ = duration; },
        .wait_to_scan = [this](std::chrono::milliseconds duration) { scan_ = duration; },
        .speaker = speaker_to_use_,
        .outlet = access::Outlet::headphones,
        .try_pin = [this](SecretBytes pin) { pins_.emplace_back(pin.text()); },
        .send_now = [this] { ++asked_to_send_; },
        .use_stick = [this] { ++asked_for_stick_; },
        .look_over = [this] { ++looked_over_; },
        .visit_started = [this](const std::string&) { ++started_; },
        .visit_ended = [this](visit::Ending ending) { ended_ = ending; }};
    return app::App::create(unwrapped(app::load_assets(assets())), packages_, std::move(host));
  }

  // The next child, with what the keeper's memory holds.
  void crash() {
    const std::string draft = draft_;
    app_.emplace(fresh());
    ASSERT_TRUE(app_->restore(draft).has_value());
  }

  bool has(std::string_view id) const { return app_->screen().item(id) != nullptr; }
  std::string first(screen::Role role) const {
    for (const screen::Item& item : app_->screen().items) {
      if (item.role == role) return item.id;
    }
    return {};
  }
  // As the supervisor: this questionnaire, or the first; then what comes before a visit.
  void begin(const std::string& questionnaire = {}) {
    app_->press(questionnaire.empty() ? first(screen::Role::button) : questionnaire);
    app_->press("start");
  }
  void start(const std::string& language = "en") {
    begin();
    app_->press("language." + language);
  }
  // What is asked now: the first option, or these words.
  void answer(const std::string& words = {}) {
    if (const std::string option = first(screen::Role::radio); !option.empty()) app_->press(option);
    if (has("words") && !words.empty()) app_->write("words", words);
  }
  // Every hard word of this screen.
  void explain_all() {
    for (const screen::Item& item : std::vector(app_->screen().items)) {
      if (item.id.starts_with("meaning.") && item.role == screen::Role::button) app_->press(item.id);
    }
  }
  // Answers with the first option, writes one word, until the check screen.
  void answer_all() {
    for (int i = 0; i < 100 && app_->screen().id != "check"; ++i) {
      answer("Word " + std::to_string(i));
      app_->press("next");
    }
  }
  void pass_time() {
    for (; waits_ > 0; --waits_) app_->waited();
  }
  void send() {
    app_->press("send");
    pass_time();
  }
  std::string opened(std::size_t which) const {
    auto plain = unwrapped(envelope::open(puts_.at(which).envelope, keys_.inspection.key));
    return std::string(plain.text());
  }

  kiosk_package::Keys keys_;
  std::vector<protocol::Package> packages_ = {package(keys_)};
  access::Speaker* speaker_to_use_ = nullptr;
  std::string draft_;
  std::vector<Put> puts_;
  int deleted_ = 0;
  bool is_disk_quick_ = true;  // what is deleted is counted at once
  std::vector<protocol::TokenProof> spends_;
  std::vector<app::Withdrawal> withdrawals_;
  int waits_ = 0;
  std::chrono::milliseconds scan_{0};      // how long the app wants the highlight to stay; 0: for ever
  std::chrono::milliseconds patience_{0};  // how long the app waits for input; 0: for ever
  std::vector<std::string> pins_;          // that were to be tried
  int asked_to_send_ = 0;
  int asked_for_stick_ = 0;
  int looked_over_ = 0;
  int started_ = 0;
  std::optional<visit::Ending> ended_;
  std::optional<app::App> app_;
};

}  // namespace perspective::trial

#include "upload/uploader.h"

#include <atomic>

#include "kiosk_folder.h"
#include "protocol/end_of_fieldwork.h"
#include "signed_packages.h"

namespace perspective::upload {
namespace {

class UploadingKiosk : public KioskFolder {
 protected:
  UploadingKiosk() {
    collector_->answer_at("/v1/packages", SignedPackages::list(R"({"inspection":"croydon-2012","version":1})"));
    offer(1);
  }

  static Answer list_of_two(const std::string& tag) {
    auto list = SignedPackages::list(R"({"inspection":"croydon-2012","version":1},{"inspection":"lewes","version":1})");
    list.headers["etag"] = tag;
    return list;
  }
  void offer(std::size_t smallest_batch, bool is_fieldwork_open = true, int version = 1,
             const std::string& inspection = "croydon-2012") {
    auto package = SignedPackages::version(version, inspection);
    package.receipt_key = collector_->receipt_key();
    package.smallest_batch = smallest_batch;
    package.is_fieldwork_open = is_fieldwork_open;
    collector_->answer_at("/v1/packages/" + inspection, keys_.signed_package(package));
  }

  void start() {
    uploader_ = std::make_unique<Uploader>(
        *outbox_, std::move(owned_), PackageShelf(folder_ / "packages", keys_.authority.certificate_pem),
        Uploader::About{"0.4.0", clock_},
        Uploader::Told{.outbox_changed = [this] { tell(); },
                       .packages_changed =
                           [this](const auto& packages) {
                             packages_ = packages.size();
                             open_ = std::ranges::count_if(packages, &protocol::Package::is_fieldwork_open);
                             tell();
                           },
                       .sent_now =
                           [this](const Notice& why_not) {
                             {
                               const std::lock_guard lock(mutex_);
                               sent_ = why_not ? code_of(*why_not) : "all";
                             }
                             changed_.notify_all();
                           }});
  }

  void tell() {
    {
      const std::lock_guard lock(mutex_);
      is_told_ = true;
      ++told_;
    }
    changed_.notify_all();
  }
  bool await(const std::function<bool()>& is_so) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(20), is_so);
  }
  std::string await_sent() {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(20), [this] { return !sent_.empty(); });
    return sent_;
  }
  bool await_all_sent() {
    return await([this] { return state() == outbox::State::empty; });
  }

  HandSetClock clock_{1'353'585'600};  // 2012-11-22
  SignedPackages keys_;
  std::unique_ptr<ScriptedCollector> owned_ = std::make_unique<ScriptedCollector>();
  ScriptedCollector* collector_ = owned_.get();
  std::atomic<std::size_t> packages_ = 0;
  std::atomic<std::ptrdiff_t> open_ = 0;  // of those
  std::mutex mutex_;
  bool is_told_ = false;
  std::string sent_;
  int told_ = 0;  // how often
  std::condition_variable changed_;
  std::unique_ptr<Uploader> uploader_;
};

TEST_F(UploadingKiosk, SendsWhatWaitedSinceTheLastRun) {
  put(1);
  start();
  EXPECT_TRUE(await_all_sent());
  EXPECT_EQ(packages_, 1U);
}

TEST_F(UploadingKiosk, WakesWhenSomethingIsPut) {
  start();
  ASSERT_TRUE(collector_->await_requests(2));
  put(1);
  uploader_->envelope_waits();
  EXPECT_TRUE(await_all_sent());
}

TEST_F(UploadingKiosk, AsksForNothingWhileNothingWaits) {
  start();
  ASSERT_TRUE(await([this] { return is_told_; }));
  EXPECT_EQ(collector_->batches(), 0U);
}

TEST_F(UploadingKiosk, KeepsFewToItselfUntilASupervisorAsks) {
  offer(5);
  put(1);
  start();
  ASSERT_TRUE(await([this] { return is_told_; }));
  EXPECT_EQ(collector_->batches(), 0U);
  uploader_->send_now();
  EXPECT_TRUE(await_all_sent());
}

TEST_F(UploadingKiosk, TellsHowItWentOnceFieldworkHasEndedAndTheLastHasGone) {
  offer(5, false);
  collector_->answer_at("/v1/inspections/croydon-2012/ledger", {200, {}, {}});
  put(1);
  start();
  EXPECT_TRUE(await_all_sent());
  EXPECT_TRUE(await([this] { return collector_->asked("/ledger") == 1; }));
}

TEST_F(UploadingKiosk, TellsNothingOfHowItGoesWhileFieldworkIsOpen) {
  put(1);
  start();
  EXPECT_TRUE(await_all_sent());
  uploader_->send_now();
  ASSERT_TRUE(await([this] { return std::exchange(is_told_, false); }));
  EXPECT_EQ(collector_->asked("/ledger"), 0U);
}

TEST_F(UploadingKiosk, TellsASupervisorThatAllWasSent) {
  offer(5);
  put(1);
  start();
  ASSERT_TRUE(await([this] { return is_told_; }));
  EXPECT_EQ(sent_, "") << "nobody asked";
  uploader_->send_now();
  EXPECT_EQ(await_sent(), "all");
  EXPECT_EQ(state(), outbox::State::empty);
}

TEST_F(UploadingKiosk, WithoutANetworkTellsTheSupervisorSo) {
  offer(5);
  put(1);
  start();
  ASSERT_TRUE(await([this] { return is_told_; }));
  for (int i = 0; i < 2; ++i) collector_->then_fail(ErrorCode::unreachable);
  uploader_->send_now();
  EXPECT_EQ(await_sent(), "collector_unreachable");
  EXPECT_EQ(state(), outbox::State::waiting);
}

// The same words as when something waits: else they would tell what the last respondent did.
TEST_F(UploadingKiosk, WithoutANetworkSaysTheSameWhereNothingWaits) {
  offer(5);
  start();
  ASSERT_TRUE(await([this] { return is_told_; }));
  for (int i = 0; i < 2; ++i) collector_->then_fail(ErrorCode::unreachable);
  uploader_->send_now();
  EXPECT_EQ(await_sent(), "collector_unreachable");
}

TEST_F(UploadingKiosk, TellsTheSupervisorWhatTheCollectorRefused) {
  offer(5);
  put(1);
  start();
  ASSERT_TRUE(await([this] { return is_told_; }));
  for (int i = 0; i < 2; ++i) collector_->then_answer(403);
  uploader_->send_now();
  EXPECT_EQ(await_sent(), "kiosk_not_accepted");
}

TEST_F(UploadingKiosk, SendsTheLastFewOnceItsPackageSaysThatFieldworkHasEnded) {
  offer(5, false);
  put(1);
  start();
  EXPECT_TRUE(await_all_sent());
}

// An answer to a batch says that the list has changed; what waited for others leaves too.
TEST_F(UploadingKiosk, ThatSendsLearnsAtOnceThatFieldworkHasEnded) {
  offer(5, true, 1, "lewes");
  collector_->answer_at("/v1/packages", list_of_two("\"old\""));
  put(1, "lewes");
  start();
  ASSERT_TRUE(await([this] { return packages_ == 2U; }));
  offer(5, false, 2, "lewes");
  collector_->answer_at("/v1/packages", list_of_two("\"new\""));
  collector_->tag_answers("\"new\"");
  put(2);
  uploader_->envelope_waits();
  EXPECT_TRUE(await_all_sent());
}

// Once, and not after each batch, when it comes to nothing.
TEST_F(UploadingKiosk, AsksOnceForNewsThatItCannotGet) {
  collector_->tag_answers("\"new\"");
  for (std::uint8_t i = 0; i < 120; ++i) put(i);
  start();
  EXPECT_TRUE(await_all_sent());
  EXPECT_EQ(collector_->lists(), 2U);
}

TEST_F(UploadingKiosk, SaysOfItselfItsVersionItsClockAndThatSomethingWaits) {
  put(1);
  start();
  EXPECT_TRUE(await_all_sent());
  EXPECT_EQ(collector_->headers_of_request(0), protocol::headers_of({"0.4.0", clock_.now_s(), true}));
}

TEST_F(UploadingKiosk, SaysThatSomethingWaitsAfterAVisitThatWasNotSentToo) {
  offer(5);
  ASSERT_TRUE(outbox_->begin_visit("croydon-2012"));
  ASSERT_TRUE(outbox_->end_visit("croydon-2012", outbox::Ending::stopped));
  start();
  ASSERT_TRUE(await([this] { return is_told_; }));
  EXPECT_EQ(collector_->headers_of_request(0), protocol::headers_of({"0.4.0", clock_.now_s(), true}));
  EXPECT_EQ(state(), outbox::State::waiting);
}

TEST_F(UploadingKiosk, ThatIsAskedToSendWhereNothingWaitsSaysThatAllIsSent) {
  offer(5);
  ASSERT_TRUE(outbox_->begin_visit("croydon-2012"));
  ASSERT_TRUE(outbox_->end_visit("croydon-2012", outbox::Ending::stopped));
  start();
  ASSERT_TRUE(await([this] { return is_told_; }));
  uploader_->send_now();
  EXPECT_EQ(await_sent(), "all");
  EXPECT_EQ(state(), outbox::State::empty);
}

TEST_F(UploadingKiosk, DoesOnItsThreadWhatMustNotRunBesideARequest) {
  offer(5);
  start();
  ASSERT_TRUE(await([this] { return packages_ == 1U; }));
  std::atomic<bool> is_done = false;
  uploader_->soon([&] {
    put(1);
    is_done = true;
  });
  ASSERT_TRUE(await([&] { return is_done.load(); }));
  EXPECT_EQ(state(), outbox::State::waiting);
  EXPECT_EQ(collector_->batches(), 0U);
}

TEST_F(UploadingKiosk, SendsTheLastFewAndEndsVisitsOnceAStickBroughtTheEndOfFieldwork) {
  offer(5);
  put(1);
  start();
  ASSERT_TRUE(await([this] { return open_ == 1; }));
  EXPECT_EQ(collector_->batches(), 0U);
  uploader_->soon([this] {
    const auto word = protocol::sign_end_of_fieldwork(collector_->key(), "croydon-2012").value();
    const PackageShelf shelf(folder_ / "packages", keys_.authority.certificate_pem);
    EXPECT_TRUE(shelf.end_fieldwork("croydon-2012", word));
  });
  EXPECT_TRUE(await([this] { return packages_ == 1U && open_ == 0; })) << "the window is told";
  EXPECT_TRUE(await_all_sent());
}

TEST_F(UploadingKiosk, SaysThatNothingWaitsOnceTheLastOfAnEndedFieldworkHasLeft) {
  offer(5, false);
  put(1);
  start();
  ASSERT_TRUE(await_all_sent());
  ASSERT_TRUE(collector_->await_requests(5));  // list, package, batch, list, package
  EXPECT_EQ(collector_->headers_of_request(3), protocol::headers_of({"0.4.0", clock_.now_s(), false}));
}

TEST_F(UploadingKiosk, SaysNothingMoreWhileFieldworkIsOpen) {
  put(1);
  start();
  // Packages, a batch, nothing more to send: whatever it asks then, it asks before it looks again.
  ASSERT_TRUE(await([this] { return told_ >= 3; }));
  put(2);
  uploader_->envelope_waits();
  ASSERT_TRUE(await_all_sent());
  EXPECT_EQ(collector_->lists(), 1U);
}

TEST_F(UploadingKiosk, NoticeOfAFailureIsKeptForTheSupervisorAsACode) {
  put(1);
  for (int i = 0; i < 2; ++i) collector_->then_fail(ErrorCode::unreachable);
  start();
  EXPECT_TRUE(await([this] { return outbox_->notice().value() == "package_missing"; }));
  EXPECT_EQ(state(), outbox::State::waiting);
}

TEST_F(UploadingKiosk, NoticeOfAFailingReportOfTokensStaysUntilOneGetsThrough) {
  offer(1);
  ASSERT_TRUE(outbox_->spend({"croydon-2012", {1}}));
  ASSERT_TRUE(outbox_->end_visit("croydon-2012", outbox::Ending::stopped));
  collector_->takes_tokens = false;
  start();
  EXPECT_TRUE(await([this] { return outbox_->notice().value() == "tokens_not_reported"; }));
  EXPECT_EQ(state(), outbox::State::empty) << "no answer waits, and it is told all the same";
  collector_->takes_tokens = true;
  uploader_->send_now();
  EXPECT_TRUE(await([this] { return outbox_->notice().value().empty(); }));
}

TEST_F(UploadingKiosk, WhatStopsAnswersIsSaidInPlaceOfWhatItDoesToTokens) {
  put(1);
  ASSERT_TRUE(outbox_->spend({"croydon-2012", {1}}));
  for (int i = 0; i < 2; ++i) collector_->then_fail(ErrorCode::unreachable);
  start();
  ASSERT_TRUE(await([this] { return told_ >= 2; })) << "once of the answers, once of the tokens";
  EXPECT_EQ(outbox_->notice().value(), "package_missing");
}

TEST_F(UploadingKiosk, EndsPromptlyWhileARequestHangs) {
  collector_->then_hang();
  start();
  ASSERT_TRUE(collector_->await_requests(1));
  uploader_.reset();
  SUCCEED();
}

TEST_F(UploadingKiosk, EndsPromptlyWhileARetryIsDueLater) {
  put(1);
  for (int i = 0; i < 2; ++i) collector_->then_fail(ErrorCode::unreachable);
  start();
  EXPECT_TRUE(await([this] { return !outbox_->notice().value().empty(); }));
  const auto before = std::chrono::steady_clock::now();
  uploader_.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(3));
}

}  // namespace
}  // namespace perspective::upload

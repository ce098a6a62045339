// A collector hears what another one on its database stores and takes back; and that it may have missed something.
#include <gmock/gmock.h>

#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>
#include <set>

#include "server.h"

namespace perspective::postgres {
namespace {

constexpr std::chrono::seconds kLimit{30};

// What was heard, and waiting for it.
class Ear {
 public:
  OnNotice on_notice() {
    return [this](const Notice& notice) {
      const std::lock_guard lock(mutex_);
      heard_.push_back(notice);
      changed_.notify_all();
    };
  }
  // True once it came, since the last call that was true.
  bool hears(const Notice& notice) {
    std::unique_lock lock(mutex_);
    const auto has_come = [&] { return std::ranges::find(heard_, notice) != heard_.end(); };
    if (!changed_.wait_for(lock, kLimit, has_come)) return false;
    heard_.clear();
    return true;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Notice> heard_;
};

const Notice kEverything{.inspection = {}, .is_withdrawal = true};

class CollectorWithAnEar : public testing::Test {
 protected:
  void SetUp() override {
    need_server();
    if (IsSkipped() || HasFatalFailure()) return;
    const auto database = server()->make_database();
    auto here = PostgresStore::open(
        {.url = server()->url(database), .authority_sha256 = kAuthority, .on_notice = ear_.on_notice()});
    ASSERT_TRUE(here) << here.error().what;
    here_ = *std::move(here);
    there_ = *open_store(database);
    ASSERT_TRUE(there_->add_inspection(inspection_of("croydon")));
    ASSERT_TRUE(ear_.hears(kEverything)) << "once it listens";
  }
  void comes_there(std::uint32_t number) {
    std::promise<void> stored;
    there_->put({"croydon", "kiosk-a", "2026-11-22", {envelope_of(number)}}, [&](const auto& outcomes) {
      EXPECT_TRUE(outcomes);
      stored.set_value();
    });
    stored.get_future().wait();
  }

  Ear ear_;
  std::unique_ptr<store::Store> here_;
  std::unique_ptr<store::Store> there_;
};

TEST_F(CollectorWithAnEar, HearsWhatIsStoredThere) {
  comes_there(1);
  EXPECT_TRUE(ear_.hears({.inspection = "croydon", .is_withdrawal = false}));
}

TEST_F(CollectorWithAnEar, HearsWhatIsTakenBackThereWhetherOrNotItHadCome) {
  ASSERT_TRUE(there_->withdraw("croydon", std::vector{envelope_of(1).id, envelope_of(2).id}));
  EXPECT_TRUE(
      ear_.hears({.inspection = "croydon", .is_withdrawal = true, .ids = {envelope_of(1).id, envelope_of(2).id}}));
}

TEST_F(CollectorWithAnEar, LooksForItselfWhereMoreIsTakenBackAtOnceThanCanBeSaid) {
  std::vector<store::Id> ids;
  for (std::uint32_t i = 0; i < 300; ++i) ids.push_back(envelope_of(i).id);
  ASSERT_TRUE(there_->withdraw("croydon", ids));
  EXPECT_TRUE(ear_.hears({.inspection = "croydon", .is_withdrawal = true}));
}

TEST_F(CollectorWithAnEar, FindsWhatIsThereByTheTimeThatItHears) {
  comes_there(1);
  ASSERT_TRUE(ear_.hears({.inspection = "croydon", .is_withdrawal = false}));
  EXPECT_THAT(*here_->envelope_ids("croydon"), testing::ElementsAre(envelope_of(1).id));
}

TEST_F(CollectorWithAnEar, IsToldToLookAtEverythingOnceTheDatabaseIsBack) {
  for (int round = 0; round < 2; ++round) {
    server()->kill();
    server()->start();
    EXPECT_TRUE(ear_.hears(kEverything)) << round;
    ASSERT_TRUE(there_->withdraw("croydon", envelope_of(1).id));
    EXPECT_TRUE(ear_.hears({.inspection = "croydon", .is_withdrawal = true, .ids = {envelope_of(1).id}}))
        << "it listens again";
  }
}

TEST_F(CollectorWithAnEar, StopsThoughTheDatabaseIsGone) {
  server()->kill();
  const auto begun = std::chrono::steady_clock::now();
  here_.reset();
  there_.reset();
  const auto took = std::chrono::steady_clock::now() - begun;
  server()->start();
  EXPECT_LT(took, kLimit);
}

}  // namespace
}  // namespace perspective::postgres

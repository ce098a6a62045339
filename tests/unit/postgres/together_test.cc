// Two collectors on one database: whatever they do at the same time ends as if one had done it after the other.
#include <gmock/gmock.h>

#include <atomic>
#include <future>
#include <thread>
#include <vector>

#include "server.h"

namespace perspective::postgres {
namespace {

using store::PutOutcome;

std::future<Result<std::vector<PutOutcome>>> put(store::Store& store, std::vector<store::Envelope> envelopes,
                                                 const std::string& kiosk = "kiosk-a") {
  auto promise = std::make_shared<std::promise<Result<std::vector<PutOutcome>>>>();
  auto outcome = promise->get_future();
  store.put({"croydon", kiosk, "2026-11-22", std::move(envelopes)},
            [promise](auto done) { promise->set_value(std::move(done)); });
  return outcome;
}

class TwoCollectors : public testing::Test {
 protected:
  void SetUp() override {
    need_server();
    if (IsSkipped() || HasFatalFailure()) return;
    const auto database = server()->make_database();
    auto first = std::async([&] { return open_store(database); });  // both make the tables of an empty database
    auto second = open_store(database);
    auto opened = first.get();
    ASSERT_TRUE(opened) << opened.error().what;
    ASSERT_TRUE(second) << second.error().what;
    first_ = *std::move(opened);
    second_ = *std::move(second);
    ASSERT_TRUE(first_->add_inspection(inspection_of("croydon")));
  }

  // Both at once, over and over, as far as threads are.
  template <typename First, typename Second>
  static void at_once(First first, Second second) {
    std::thread other(second);
    first();
    other.join();
  }

  std::unique_ptr<store::Store> first_;
  std::unique_ptr<store::Store> second_;
};

TEST_F(TwoCollectors, ShareOneSaltAndSeeWhatTheOtherDid) {
  EXPECT_EQ(*first_->salt(), *second_->salt());
  EXPECT_EQ(second_->head("croydon")->area, "Croydon");
}

TEST_F(TwoCollectors, StoreAnEnvelopeOnceThatComesToBoth) {
  constexpr std::uint32_t kEnvelopes = 200;
  std::vector<std::future<Result<std::vector<PutOutcome>>>> answers;
  for (std::uint32_t number = 0; number < kEnvelopes; ++number) {
    answers.push_back(put(*first_, {envelope_of(number), envelope_of(number + 1)}));
    answers.push_back(put(*second_, {envelope_of(number + 1), envelope_of(number)}, "kiosk-b"));
  }
  std::int64_t stored = 0;
  for (auto& answer : answers) {
    const auto outcomes = answer.get();
    ASSERT_TRUE(outcomes) << outcomes.error().what;
    for (const auto outcome : *outcomes) {
      EXPECT_TRUE(outcome == PutOutcome::stored || outcome == PutOutcome::repeated);
      stored += outcome == PutOutcome::stored ? 1 : 0;
    }
  }
  EXPECT_EQ(stored, kEnvelopes + 1);
  EXPECT_EQ(first_->count_envelopes("croydon"), kEnvelopes + 1);
  std::int64_t counted = 0;
  const auto counts = second_->daily_counts("croydon");
  for (const auto& count : *counts) counted += count.envelopes;
  EXPECT_EQ(counted, kEnvelopes + 1);
}

TEST_F(TwoCollectors, TellAConflictOfOneIdThatCameToEachWithOtherBytes) {
  for (std::uint32_t number = 0; number < 50; ++number) {
    auto at_first = put(*first_, {envelope_of(number, 1)});
    auto at_second = put(*second_, {envelope_of(number, 2)});
    const std::vector<PutOutcome> outcomes{at_first.get()->front(), at_second.get()->front()};
    EXPECT_THAT(outcomes, testing::UnorderedElementsAre(PutOutcome::stored, PutOutcome::conflicting));
  }
}

TEST_F(TwoCollectors, NeverKeepWhatOneStoresWhileTheOtherIsToldToForgetIt) {
  constexpr std::uint32_t kRounds = 150;
  for (std::uint32_t number = 0; number < kRounds; ++number) {
    const auto envelope = envelope_of(number);
    at_once([&] { EXPECT_TRUE(put(*first_, {envelope}).get()); },
            [&] { EXPECT_TRUE(second_->withdraw("croydon", envelope.id)); });
  }
  EXPECT_EQ(first_->count_envelopes("croydon"), 0);
  EXPECT_EQ(first_->withdrawn()->size(), kRounds);
  const auto counts = first_->daily_counts("croydon");
  const auto ever = counts->empty() ? 0 : counts->front().envelopes;
  EXPECT_EQ(first_->count_withdrawn("croydon"), ever) << "stored ever = stored now + withdrawn";
}

TEST_F(TwoCollectors, StoreNothingNewOnceOneHasClosed) {
  std::atomic<bool> is_done = false;
  std::int64_t late = -1;
  std::thread closing([&] {
    while (first_->count_envelopes("croydon").value_or(0) < 20) std::this_thread::yield();
    auto closed = inspection_of("croydon");
    closed.head.is_accepting = false;
    EXPECT_TRUE(first_->update_inspection(closed));
    const auto at_closing = *first_->count_envelopes("croydon");
    is_done = true;
    EXPECT_THAT(*put(*second_, {envelope_of(1000000)}).get(), testing::ElementsAre(PutOutcome::not_accepting));
    late = *first_->count_envelopes("croydon") - at_closing;
  });
  std::vector<std::future<Result<std::vector<PutOutcome>>>> answers;
  for (std::uint32_t number = 0; number < 20000 && !is_done; ++number) {
    answers.push_back(put(*second_, {envelope_of(number)}));
    if (answers.size() % 16 == 0) answers.back().wait();
  }
  closing.join();
  for (auto& answer : answers) EXPECT_TRUE(answer.get());
  EXPECT_EQ(late, 0);
}

TEST_F(TwoCollectors, LetOneKioskInWhereTwoComeWithOneInvite) {
  for (std::uint8_t round = 0; round < 30; ++round) {
    ASSERT_TRUE(first_->add_invite({{round, 1}, "croydon", "Front desk", 100}));
    std::atomic<int> let_in = 0;
    const auto enrol = [&](store::Store& store, const std::string& name) {
      const auto id = name + std::to_string(round);
      const auto enrolled = store.enrol(Bytes{round, 1}, 50, {.id = id, .name = id, .serial = id, .inspections = {}});
      if (enrolled) ++let_in;
      EXPECT_TRUE(enrolled || enrolled.error().code == ErrorCode::refused);
    };
    at_once([&] { enrol(*first_, "a"); }, [&] { enrol(*second_, "b"); });
    EXPECT_EQ(let_in, 1);
  }
  EXPECT_EQ(first_->kiosks()->size(), 30U);
}

TEST_F(TwoCollectors, CountATokenOnceThatAKioskReportsToBoth) {
  auto issued = inspection_of("croydon");
  issued.head.version = 2;
  std::vector<store::Digest> marks;
  for (std::uint8_t i = 0; i < 200; ++i) marks.push_back({i, 1});
  ASSERT_TRUE(first_->issue_tokens(issued, marks));
  std::vector<store::Digest> turned(marks.rbegin(), marks.rend());
  for (int round = 0; round < 10; ++round) {
    at_once([&] { EXPECT_TRUE(first_->spend_tokens("croydon", "kiosk-a", marks)); },
            [&] { EXPECT_TRUE(second_->spend_tokens("croydon", "kiosk-a", turned)); });
  }
  EXPECT_EQ(*second_->token_counts("croydon"), (store::TokenCounts{.issued = 200, .spent = 200}));
}

TEST_F(TwoCollectors, LetOneOfTwoChangesThroughThatBeganWithTheSameInspection) {
  auto ended = inspection_of("croydon");
  ended.head.version = 2;
  ended.head.state = "fieldwork-ended";
  ended.package = {2};
  auto more_tokens = inspection_of("croydon");
  more_tokens.head.version = 2;
  more_tokens.package = {3};
  std::atomic<int> through = 0;
  at_once([&] { through += first_->update_inspection(ended) ? 1 : 0; },
          [&] { through += second_->issue_tokens(more_tokens, {store::Digest{1}}) ? 1 : 0; });
  EXPECT_EQ(through, 1);
}

TEST_F(TwoCollectors, WriteOneAudit) {
  constexpr int kEntries = 100;
  const auto write = [](store::Store& store, const std::string& who) {
    for (int i = 0; i < kEntries; ++i) {
      const auto written = store.append_audit([&](const auto& newest) -> Result<store::AuditEntry> {
        return store::AuditEntry{
            newest ? newest->number + 1 : 1, who + (newest ? " after " + newest->line.substr(0, 1) : ""), {1}};
      });
      ASSERT_TRUE(written) << written.error().what;
    }
  };
  at_once([&] { write(*first_, "a"); }, [&] { write(*second_, "b"); });
  const auto entries = first_->audit(0, 1000).value();
  ASSERT_EQ(entries.size(), 2U * kEntries);
  for (std::size_t i = 1; i < entries.size(); ++i) {
    EXPECT_EQ(entries[i].number, static_cast<std::int64_t>(i) + 1);
    EXPECT_EQ(entries[i].line.substr(2), "after " + entries[i - 1].line.substr(0, 1));
  }
  EXPECT_EQ(second_->audit(0, 1000).value(), entries);
}

}  // namespace
}  // namespace perspective::postgres

// A kiosk that takes back what nobody has, on and on: what it leaves is bounded, it learns nothing, and no wish is
// lost.
#include "protocol/limits.h"
#include "unit/inspection/collector.h"

namespace perspective::inspection {
namespace {

constexpr std::int64_t kDay_s = 24 * 60 * 60;

class AHostileKiosk : public Collector {
 protected:
  void SetUp() override {
    Collector::SetUp();
    create();
  }
  using Ids = std::vector<envelope::EnvelopeId>;
  static envelope::EnvelopeId drawn() {
    envelope::EnvelopeId id;
    std::ranges::copy(random_bytes(id.size()), id.begin());
    return id;
  }
  static Ids drawn(std::size_t count) {
    Ids ids(count);
    for (auto& id : ids) id = drawn();
    return ids;
  }
  // Those that were refused.
  Ids wish(const Ids& ids, const std::string& kiosk = "hostile") {
    auto refused = inspections_->take_wishes("lewes", kiosk, ids);
    EXPECT_TRUE(refused);
    return refused.value_or(Ids());
  }
  void flood(std::size_t batches) {
    for (std::size_t i = 0; i < batches; ++i) wish(drawn(protocol::kMaxBatchEnvelopes));
  }
  std::size_t left() {
    EXPECT_EQ(withdrawn_->count(), store_->withdrawn()->size());
    return withdrawn_->count();
  }
};

TEST_F(AHostileKiosk, LeavesABoundedNumberOfWishesHoweverManyItSends) {
  const auto theirs = sealed(weekly_reader());
  deliver(theirs);
  flood(300);
  EXPECT_EQ(left(), protocol::kMostOfOneKiosk.most);
  const auto more = drawn(3);
  EXPECT_THAT(wish(more), testing::UnorderedElementsAreArray(more));
  EXPECT_EQ(left(), protocol::kMostOfOneKiosk.most);
  // Whatever else it asks.
  EXPECT_THAT(wish({more[0], theirs.id, more[1]}), testing::UnorderedElementsAre(more[0], theirs.id, more[1]))
      << "which of them had come nobody learns";
  EXPECT_EQ(*store_->count_envelopes("lewes"), 0) << "it is taken back all the same";
  EXPECT_THAT(wish({theirs.id}), testing::SizeIs(1)) << "and again the same";
  EXPECT_EQ(left(), protocol::kMostOfOneKiosk.most + 1);
  // And whoever else.
  EXPECT_THAT(wish(more, "another"), testing::IsEmpty());
  EXPECT_THAT(wish(more), testing::SizeIs(3)) << "whoever knows them now";
  ASSERT_TRUE(inspections_->withdraw("lewes", drawn(1)));
  EXPECT_EQ(left(), protocol::kMostOfOneKiosk.most + 5);
}

TEST_F(AHostileKiosk, LeavesNoMoreByTakingBackWhatItSendsForThat) {
  flood(200);
  auto junk = sealed(weekly_reader());
  for (int round = 0; round < 300; ++round) {
    const auto ids = drawn(protocol::kMaxBatchEnvelopes);
    store::Batch batch{"lewes", "hostile", "2012-11-22", {}};
    for (const auto& id : ids) {
      junk.id = id;
      batch.envelopes.push_back(junk);
    }
    std::promise<void> stored;
    store_->put(std::move(batch), [&](const auto& outcomes) {
      EXPECT_TRUE(outcomes);
      stored.set_value();
    });
    stored.get_future().wait();
    EXPECT_EQ(wish(ids).size(), ids.size());
  }
  EXPECT_EQ(left(), 2 * protocol::kMostOfOneKiosk.most);
  EXPECT_EQ(*store_->count_envelopes("lewes"), 300 * 50 - protocol::kMostOfOneKiosk.most)
      << "the rest waits for another day";
}

TEST_F(AHostileKiosk, MayAskForSomeMoreEachDay) {
  flood(200);
  const auto last = drawn(1);
  EXPECT_EQ(wish(last), last);
  clock_.set(kNow + kDay_s - 1);
  EXPECT_EQ(wish(last), last);
  clock_.set(kNow + kDay_s);
  EXPECT_THAT(wish(last), testing::IsEmpty()) << "kept by the kiosk, and asked again";
  flood(4);
  EXPECT_EQ(left(), protocol::kMostOfOneKiosk.most + 1 + 50);
  clock_.set(kNow);  // set back
  flood(1);
  EXPECT_EQ(left(), protocol::kMostOfOneKiosk.most + 1 + 50);
  clock_.set(kNow + 10'000 * kDay_s);
  flood(300);
  EXPECT_LE(left(), 2 * protocol::kMostOfOneKiosk.most + 100);
}

// The same wishes come again until they are done: they count once.
TEST(TheRationOfAKiosk, IsNotUsedUpByWhatCameToNothing) {
  Ration ration(protocol::kMostOfOneKiosk);
  for (int i = 0; i < 1000; ++i) {
    ASSERT_EQ(ration.take("a", 50, kNow), Ration::Granted::yes);
    ration.give_back("a", 50);
  }
  EXPECT_EQ(ration.take("a", protocol::kMostOfOneKiosk.most, kNow), Ration::Granted::yes);
  EXPECT_EQ(ration.take("a", 1, kNow), Ration::Granted::no_for_the_first_time);
  EXPECT_EQ(ration.take("a", 1, kNow), Ration::Granted::no) << "said once";
  EXPECT_EQ(ration.take("b", 1, kNow), Ration::Granted::yes) << "another has its own";
  const auto next_day = kNow + kDay_s;
  EXPECT_EQ(ration.take("a", protocol::kMostOfOneKiosk.more_a_day + 1, next_day),
            Ration::Granted::no_for_the_first_time)
      << "and on each day again";
}

}  // namespace
}  // namespace perspective::inspection

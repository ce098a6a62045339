// What kiosks have to themselves, whatever people, other kiosks and strangers do at the same time.
#include <atomic>
#include <thread>
#include <vector>

#include "unit/resources/running_collector.h"

namespace perspective::resources {
namespace {

class KiosksRoom : public RunningCollector {
 protected:
  void SetUp() override {
    RunningCollector::SetUp();
    create();
  }
};

TEST_F(KiosksRoom, IsNotTakenByPeoplesLongWork) {
  auto kiosk = enrolled();
  ASSERT_EQ(kiosk.get("/v1/packages").status, 200);
  constexpr int kMany = 24;  // each half a second of one core; four at a time
  std::atomic<int> done = 0;
  std::vector<std::jthread> people;
  for (int i = 0; i < kMany; ++i) {
    people.emplace_back([&] {
      auto client = inspector();
      client.timeout_ms = 120'000;
      EXPECT_EQ(client
                    .post("/v1/inspections/lewes/unlock",
                          json::serialize(json::object{{"passphrase", "not the passphrase at all"}}))
                    .status,
                403);
      ++done;
    });
  }
  while (done == 0) std::this_thread::yield();
  EXPECT_EQ(kiosk.get("/v1/packages").status, 200);
  const auto package = package_of(kiosk);
  EXPECT_EQ(deliver(kiosk, {sealed(package, inspection::weekly_reader())}).status, 200);
  EXPECT_LT(done, kMany / 2) << "it waited its turn behind them";
}

TEST_F(KiosksRoom, IsNotForAKioskThatWasRevoked) {
  auto kiosk = enrolled();
  auto stolen = enrolled();
  ASSERT_EQ(inspector().post("/v1/kiosks/" + kiosk_id_ + "/revoke", "{}").status, 200);
  int refused = 0;
  int told_to_wait = 0;
  for (int i = 0; i < 130; ++i) {  // more than a stranger may at once, and far less than a kiosk
    const auto status = stolen.get("/v1/packages").status;
    refused += status == 403 ? 1 : 0;
    told_to_wait += status == 429 ? 1 : 0;
  }
  EXPECT_GT(refused, 50) << "it is told why";
  EXPECT_GT(told_to_wait, 0);
  EXPECT_EQ(kiosk.get("/v1/packages").status, 200);
}

}  // namespace
}  // namespace perspective::resources

// When a window learns of packages that came while it was there.
#include "keeper_with_children.h"

namespace perspective::keeper {
namespace {

TEST_F(KeeperWithChildren, NewPackagesReachAnIdleScreenThroughANewChild) {
  const auto first = first_child();
  const auto old = next_child();
  EXPECT_EQ(first.ask("packages"), "1");
  keeper_->use_packages({"{}", "{}"});
  EXPECT_TRUE(old.is_gone());
  const auto fresh = next_child();
  fresh.open_window();
  EXPECT_EQ(fresh.await("show"), "show draft=");
  EXPECT_EQ(fresh.ask("packages"), "2");
  EXPECT_TRUE(first.is_gone());
}

TEST_F(KeeperWithChildren, NewPackagesWaitForTheEndOfAVisit) {
  const auto first = first_child();
  const auto old = next_child();
  first.begin_visit("busy");
  EXPECT_EQ(first.await("state 1"), "state 1 ");
  keeper_->use_packages({});
  const auto fresh = next_child();
  fresh.open_window();
  // By the second answer the keeper has heard of that window too.
  for (int i = 0; i < 2; ++i) EXPECT_EQ((first.tell("spend a"), first.await("token")), "token 0");
  first.tell("end");
  EXPECT_EQ(fresh.await("show"), "show draft=");
}

}  // namespace
}  // namespace perspective::keeper

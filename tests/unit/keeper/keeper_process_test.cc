#include <gtest/gtest.h>
#include <sys/wait.h>

#include <csignal>

#include "keeper/keeper.h"
#include "puppet.h"

namespace perspective::keeper {
namespace {

// The keeper in a process of its own, as in life.
class KeeperProcess : public ::testing::Test {
 protected:
  void SetUp() override {
    process_ = fork();
    if (process_ != 0) return;
    block_signals();
    auto outbox = outbox::Outbox::open(theatre_.folder() / "outbox.sqlite").value();
    Keeper::Parts parts;
    parts.outbox = outbox.get();
    parts.child = theatre_.child();
    _exit(Keeper::create(std::move(parts)).value()->run() ? 0 : 1);
  }

  int exit_code_after(int signal) const {
    kill(process_, signal);
    int status = 0;
    waitpid(process_, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  Theatre theatre_;
  pid_t process_ = -1;
};

TEST_F(KeeperProcess, KilledTakesItsChildrenWithIt) {
  const auto child = theatre_.next_child();
  EXPECT_EQ(exit_code_after(SIGKILL), -1);
  EXPECT_TRUE(child.is_gone());
}

// One that no longer hears that its channel is gone: the system ends it.
TEST_F(KeeperProcess, KilledTakesAChildWithItThatHangs) {
  const auto child = theatre_.next_child();
  kill(child.process(), SIGSTOP);
  EXPECT_EQ(exit_code_after(SIGKILL), -1);
  EXPECT_TRUE(child.is_gone());
  kill(child.process(), SIGKILL);  // where the test failed
}

TEST_F(KeeperProcess, ToldToEndExitsWithZero) {
  const auto child = theatre_.next_child();
  EXPECT_EQ(exit_code_after(SIGTERM), 0);
  EXPECT_TRUE(child.is_gone());
}

TEST_F(KeeperProcess, InterruptedExitsWithZero) {
  const auto child = theatre_.next_child();
  EXPECT_EQ(exit_code_after(SIGINT), 0);
}

}  // namespace
}  // namespace perspective::keeper

#include "support/trial_app.h"

namespace perspective::app {
namespace {

class APut : public trial::TrialApp {};

// Two visits that drew the same words: the envelope that is there is another person's.
TEST_F(APut, RefusedForAnothersEnvelopeUnderTheSameIdIsNotThankedFor) {
  start();
  answer_all();
  send();
  app_->put_finished(fail(ErrorCode::conflict, "there"));
  pass_time();
  EXPECT_EQ(app_->screen().id, "problem");
}

TEST_F(APut, RefusedAfterACrashTooIsNotThankedFor) {
  start();
  answer_all();
  send();
  crash();
  pass_time();
  app_->put_finished(fail(ErrorCode::conflict, "there"));
  EXPECT_EQ(app_->screen().id, "problem");
}

// Else whoever watches the clock beside a slow disk would know who sent.
TEST_F(APut, IsWaitedForAsLongByWhoeverDeletes) {
  is_disk_quick_ = false;
  start();
  answer_all();
  app_->press("bar.stop");
  app_->press("stop.delete");
  pass_time();
  EXPECT_EQ(app_->screen().id, "sending");
  EXPECT_EQ(deleted_, 1);
  app_->put_finished({});
  EXPECT_EQ(app_->screen().id, "thanks");
  EXPECT_TRUE(puts_.empty());
}

TEST_F(APut, IsNotNeededToDelete) {
  is_disk_quick_ = false;
  start();
  answer_all();
  app_->press("bar.stop");
  app_->press("stop.delete");
  pass_time();
  app_->put_finished(fail(ErrorCode::io, "the disk is broken"));
  EXPECT_EQ(app_->screen().id, "thanks");
}

}  // namespace
}  // namespace perspective::app
